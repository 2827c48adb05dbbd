"""The place of one cell: a device, a link to it, and commands that go to it all the while."""

import asyncio
from collections.abc import Callable, Iterable
import contextlib
from dataclasses import dataclass, fields, replace
import itertools
import os

from custom_components.localtuya.lan import Endpoint, LanError, Link, LinkState, Presence, Report, Timing
from tests.faults.fault import Fault
from tests.lab.device import LabDevice

SCALE = 10
"""How many times shorter all waits are than those of a real installation."""
PAUSE = 0.05
"""Seconds between two commands, and between two reports."""
PORT = 6668
KEY = "0123456789abcdef"
OTHER_KEY = "fedcba9876543210"
_NUMBERS = itertools.count(256)


def scaled(factor: float = SCALE) -> Timing:
    """Return the standard waits, all divided by this factor."""
    usual = Timing()
    times = {each.name: getattr(usual, each.name) / factor for each in fields(Timing)}
    return Timing(**times | {"connections_per_hour": usual.connections_per_hour * factor})


def free_host() -> str:
    """Return a loopback address that nothing else uses, other runs of this program included."""
    number = next(_NUMBERS)
    return f"127.{2 + os.getpid() % 250}.{number >> 8 & 255}.{number & 255}"


@dataclass(slots=True)
class Command:
    """One command and its end."""

    value: int
    begun: float
    ended: float = 0.0
    error: LanError | None = None


class Scene:
    """Everything that one cell needs; `device` is the present one, `devices` are all there were."""

    def __init__(self, fault: Fault, version: str) -> None:
        self.fault = fault
        self.version = version
        self.timing = scaled()
        self.devices: list[LabDevice] = []
        self.commands: list[Command] = []
        self.states: list[tuple[float, LinkState]] = []
        self.presences: list[Presence] = []
        self.values: dict[str | None, dict[str, object]] = {}
        self.reports: list[tuple[float, Report]] = []
        self.located: list[str] = []
        self.may_command = asyncio.Event()
        """Cleared while the link has to come back without a user."""
        self.may_command.set()
        self.wakes = 0
        self.crowd_live = 0
        """How many links of the crowd are live."""
        self._guests: list[asyncio.Task[None] | asyncio.StreamWriter | Link] = []
        self._busy: list[asyncio.Task[None]] = []
        self._heard = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.device = self.new_device()
        self.link = Link(self.endpoint(**fault.endpoint), self, timing=self.timing, nodes=self.device.children)

    @property
    def now(self) -> float:
        """Seconds; any origin."""
        return self._loop.time()

    def new_device(self, **other: object) -> LabDevice:
        """Make another device, or the same one in another shape, at an address of its own; it is not started."""
        settings: dict[str, object] = {
            "local_key": KEY,
            "version": self.version,
            "dps": {"1": True, "2": 0, "3": "old"},
            "host": free_host(),
            "port": PORT,
        }
        settings |= dict(self.fault.device) | other
        device = LabDevice(str(settings.pop("device_id", "bf0123456789abcdefghij")), **settings)  # type: ignore[arg-type]
        self.devices.append(device)
        return device

    def endpoint(self, **other: object) -> Endpoint:
        """Return what the link should know of the present device, but for the given fields."""
        settings: dict[str, object] = {
            "local_key": self.device.local_key.decode(),
            "host": self.device.host,
            "port": PORT,
            "version": self.device.version,
        }
        return Endpoint(self.device.device_id, **settings | other)  # type: ignore[arg-type]

    async def replace_device(self, device: LabDevice) -> None:
        """Start another device and take it for the present one."""
        await device.start()
        self.device = device

    def follow(self) -> None:
        """Tell the link what the hub would find out from the cloud: where and what the device is."""
        self.link.update(self.endpoint())

    def announce(self, *, host: str | None = None, version: str | None = None) -> None:
        """Let the link hear a broadcast."""
        self.wakes += 1
        self.link.wake(host=host or self.device.host, version=version or self.device.version)

    async def guest(self, *, eager: bool = False) -> None:
        """Let another client connect and keep its place; an eager one comes back whenever it is thrown out."""
        if eager:
            self._guests.append(self._loop.create_task(self._insist()))
        else:
            _, writer = await asyncio.open_connection(self.device.host, PORT)
            self._guests.append(writer)

    async def second_link(self) -> tuple[Link, list[Report]]:
        """Let another link connect, as a second Home Assistant would; returns it with what it hears."""
        ear = _Ear()
        link = Link(self.endpoint(), ear, timing=self.timing)
        link.start()
        self._guests.append(link)
        await ear.live.wait()
        return link, ear.reports

    async def announce_all(self, seconds: float) -> None:
        """Let every link hear a broadcast of its device, all within this time."""
        self.announce()
        links = [guest for guest in self._guests if isinstance(guest, Link)]
        for link in links:
            link.wake(host=link.host)
            await asyncio.sleep(seconds / len(links))

    async def crowd(self, size: int) -> None:
        """Bring devices with links of their own, so that there are so many in all, and wait until all are live."""
        listener = _Crowd(self)
        for number in range(1, size):
            device = self.new_device(device_id=f"crowd{number}")
            await device.start()
            endpoint = replace(self.endpoint(), host=device.host)
            link = Link(replace(endpoint, device_id=device.device_id), listener, timing=self.timing)
            link.start()
            self._guests.append(link)
        if not await self.until(lambda: self.crowd_live == size - 1, 10):
            raise AssertionError(f"only {self.crowd_live} are live")

    def crowd_changed(self, change: int) -> None:
        """Take that more or fewer of the crowd are live."""
        self.crowd_live += change
        self._heard.set()

    async def guests_leave(self) -> None:
        """Let all other clients go for good."""
        guests, self._guests = self._guests, []
        for guest in guests:
            match guest:
                case asyncio.Task():
                    guest.cancel()
                    await asyncio.wait([guest])
                case asyncio.StreamWriter():
                    guest.transport.abort()
                case Link():
                    await guest.stop()

    def begin_traffic(self) -> None:
        """Send commands and let the device report, until the end."""
        if self.fault.commands:
            self._busy.append(self._loop.create_task(self._command()))
        if self.fault.pushes:
            self._busy.append(self._loop.create_task(self._push()))

    async def end(self) -> None:
        """Stop everything."""
        for task in self._busy:
            task.cancel()
        await self.guests_leave()
        await self.link.stop()
        for device in self.devices:
            await device.stop()
        for result in await asyncio.gather(*self._busy, return_exceptions=True):
            if isinstance(result, Exception):
                raise result

    async def until(self, condition: Callable[[], object], seconds: float) -> bool:
        """Wait until the condition holds, looked at whenever something happens and now and then; False if too long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not condition():
                    self._heard.clear()
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._heard.wait(), PAUSE)
                return True
        return False

    def since(self, begun: float) -> Iterable[Command]:
        """Return the commands begun since then that have ended."""
        return (command for command in reversed(self.commands) if command.ended and command.begun >= begun)

    def obeyed(self, command: Command) -> bool:
        """Whether any device there was has carried this command out."""
        return any(dps.get("2") == command.value for device in self.devices for _, dps in device.commands)

    def link_state(self, state: LinkState, error: LanError | None) -> None:  # noqa: ARG002
        """See LinkListener."""
        self.states.append((self.now, state))
        self._heard.set()

    def link_report(self, report: Report) -> None:
        """See LinkListener."""
        self.reports.append((self.now, report))
        self.values.setdefault(report.node, {}).update(report.dps)
        self._heard.set()

    def link_presence(self, presence: Presence) -> None:
        """See LinkListener."""
        self.presences.append(presence)
        self._heard.set()

    def link_located(self, host: str, version: str) -> None:  # noqa: ARG002
        """See LinkListener."""
        self.located.append(host)
        self._heard.set()

    async def _command(self) -> None:
        for value in itertools.count(1):
            await self.may_command.wait()
            command = Command(value, self.now)
            self.commands.append(command)
            try:
                await self.link.control({"2": value}, self.fault.node)
            except LanError as error:
                command.error = error
            command.ended = self.now
            self._heard.set()
            await asyncio.sleep(PAUSE)

    async def _push(self) -> None:
        for number in itertools.count():
            self.device.push({"1": bool(number % 2)}, self.fault.node)
            await asyncio.sleep(PAUSE)

    async def _insist(self) -> None:
        while True:
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection(self.device.host, PORT)
                try:
                    await reader.read()
                finally:
                    writer.transport.abort()
            await asyncio.sleep(PAUSE)


class _Ear:
    """Hears a second link."""

    def __init__(self) -> None:
        self.live = asyncio.Event()
        self.reports: list[Report] = []

    def link_state(self, state: LinkState, error: LanError | None) -> None:  # noqa: ARG002
        if state is LinkState.LIVE:
            self.live.set()

    def link_report(self, report: Report) -> None:
        self.reports.append(report)

    def link_presence(self, presence: Presence) -> None: ...

    def link_located(self, host: str, version: str) -> None: ...


class _Crowd(_Ear):
    """Counts which links of a crowd are live; a lost one tells its error first."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._scene = scene

    def link_state(self, state: LinkState, error: LanError | None) -> None:
        if state is LinkState.LIVE:
            self._scene.crowd_changed(1)
        elif state is LinkState.CONNECTING and error is not None:
            self._scene.crowd_changed(-1)
