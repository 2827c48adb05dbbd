"""Links to simulated devices, and who listens to them."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace

import pytest

from custom_components.localtuya.lan import Endpoint, LanError, Link, LinkState, Presence, Report, Timing
from tests.lab.device import LabDevice

QUICK = Timing(
    connect=0.5,
    answer=0.15,
    heartbeat=0.3,
    backoff_first=0.02,
    backoff_most=0.2,
    backoff_hard=0.1,
    probe=0.03,
    memory=0.2,
    retry=0.02,
    device22=0.1,
    presence=0.1,
    refresh_fastest=0.03,
    refresh_slowest=0.12,
    connections_per_hour=100_000,
)


class Witness:
    """Hears a link and remembers."""

    def __init__(self) -> None:
        self.states: list[LinkState] = []
        self.errors: list[LanError | None] = []
        self.reports: list[Report] = []
        self.presences: list[Presence] = []
        self.located: list[tuple[str, str]] = []
        self._changed = asyncio.Event()

    def link_state(self, state: LinkState, error: LanError | None) -> None:
        self.states.append(state)
        self.errors.append(error)
        self._changed.set()

    def link_report(self, report: Report) -> None:
        self.reports.append(report)
        self._changed.set()

    def link_presence(self, presence: Presence) -> None:
        self.presences.append(presence)
        self._changed.set()

    def link_located(self, host: str, version: str) -> None:
        self.located.append((host, version))
        self._changed.set()

    async def wait(self, condition: Callable[[], object], seconds: float = 3.0) -> None:
        """Wait until the condition holds, looked at whenever something is heard."""
        async with asyncio.timeout(seconds):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def state(self, state: LinkState) -> None:
        """Wait until the link is in this state."""
        await self.wait(lambda: self.states and self.states[-1] is state)

    async def told(self, node: str | None = None, **dps: object) -> None:
        """Wait until these values were reported (DP ids as d1, d2, …)."""
        wanted = {name[1:]: value for name, value in dps.items()}
        await self.wait(lambda: wanted.items() <= self.values(node).items())

    def values(self, node: str | None = None) -> dict[str, object]:
        """Return everything reported so far, the latest values."""
        values: dict[str, object] = {}
        for report in self.reports:
            if report.node == node:
                values |= report.dps
        return values


type StartDevice = Callable[..., Awaitable[LabDevice]]
type Connect = Callable[..., tuple[Link, Witness]]


@pytest.fixture
async def connect(loopback: None) -> AsyncGenerator[Connect]:  # noqa: ARG001 - before
    """Start links to devices: takes the device, fields of its endpoint, `timing` and `nodes`; stops them afterwards."""
    links: list[Link] = []

    def start(
        device: LabDevice, *, nodes: tuple[str, ...] = (), timing: Timing = QUICK, **fields: object
    ) -> tuple[Link, Witness]:
        witness = Witness()
        link = Link(endpoint_of(device, **fields), witness, timing=timing, nodes=nodes)
        links.append(link)
        link.start()
        return link, witness

    yield start
    for link in links:
        await link.stop()


def endpoint_of(device: LabDevice, **fields: object) -> Endpoint:
    """Return the endpoint that fits the device, but for the given fields."""
    endpoint = Endpoint(
        device.device_id,
        local_key=device.local_key.decode(),
        host=device.host,
        port=device.port,
        version=device.version,
    )
    return replace(endpoint, **fields)  # type: ignore[arg-type]
