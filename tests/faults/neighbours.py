"""Healthy devices beside the broken ones: their links must not notice."""

import asyncio
import contextlib
from dataclasses import dataclass
import itertools
import time
from typing import Self

from custom_components.localtuya.lan import Endpoint, LanError, Link, LinkState, Presence, Report
from tests.faults.scene import KEY, PORT, free_host, scaled
from tests.lab.device import LabDevice
from tests.lab.faults import Faults

EVERY = 0.1
"""Seconds between two commands to a neighbour."""
LATE = 0.15
"""Seconds after which the end of a command counts as late: half the time allowed for an answer."""


_TICK = 0.01
_NEVER = 1e9
"""Seconds: in one row the clock of the event loop jumps, and the devices share it."""


@dataclass(frozen=True, slots=True)
class _Trouble:
    begun: float
    ended: float


class Neighbourhood:
    """Three healthy devices, each with a link and a command every moment; enter and leave it."""

    def __init__(self) -> None:
        self._devices = [
            LabDevice(
                f"neighbour{version}",
                local_key=KEY,
                version=version,
                dps={"1": 0},
                host=free_host(),
                port=PORT,
                faults=Faults(idle_close=_NEVER),
            )
            for version in ("3.3", "3.4", "3.5")
        ]
        self._links: list[Link] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._troubles: list[_Trouble] = []
        self._starved = 0.0
        self.commands = 0
        """Commands sent so far."""

    async def __aenter__(self) -> Self:
        self._tasks.append(asyncio.create_task(self._measure()))
        for device in self._devices:
            await device.start()
            endpoint = Endpoint(device.device_id, local_key=KEY, host=device.host, port=PORT, version=device.version)
            link = Link(endpoint, self, timing=scaled())
            self._links.append(link)
            link.start()
            self._tasks.append(asyncio.create_task(self._command(link)))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        for link in self._links:
            await link.stop()
        for device in self._devices:
            await device.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def affected(self, begun: float, ended: float) -> int:
        """Count the commands that failed or came late between these times of the event loop."""
        return sum(trouble.ended >= begun and trouble.begun <= ended for trouble in self._troubles)

    def link_state(self, state: LinkState, error: LanError | None) -> None:  # noqa: ARG002
        """See LinkListener: a neighbour that is lost is trouble."""
        if error is not None:
            now = asyncio.get_running_loop().time()
            self._troubles.append(_Trouble(now, now))

    def link_report(self, report: Report) -> None:
        """See LinkListener."""

    def link_presence(self, presence: Presence) -> None:
        """See LinkListener."""

    def link_located(self, host: str, version: str) -> None:
        """See LinkListener."""

    async def _measure(self) -> None:
        """Add up the time for which the machine gave its processors to other programs, which is nobody's fault here."""
        while True:
            begun, worked = time.perf_counter(), time.process_time()
            await asyncio.sleep(_TICK)
            late = time.perf_counter() - begun - _TICK
            self._starved += max(0.0, late - (time.process_time() - worked))

    async def _command(self, link: Link) -> None:
        loop = asyncio.get_running_loop()
        for value in itertools.count():
            begun, starved = loop.time(), self._starved
            failed = True
            with contextlib.suppress(LanError):
                await link.control({"1": value})
                failed = False
            await asyncio.sleep(0)
            self.commands += 1
            if failed or loop.time() - begun - (self._starved - starved) > LATE:
                self._troubles.append(_Trouble(begun, loop.time()))
            await asyncio.sleep(EVERY)
