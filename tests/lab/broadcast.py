"""The UDP side of simulated devices: announcements, and answers to active probes."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import md5
import socket
from typing import Any, Protocol, override

import orjson

from tests.lab.faults import Faults
from tests.lab.wire import Command, Frame, UnreadableError, UntrustedError, codec_for, peek

PLAIN_PORT, SEALED_PORT, PROBE_PORT = 6666, 6667, 7000
UDP_KEY = md5(b"yGAdlopoPVldABfn", usedforsecurity=False).digest()

_FIRST_ROUND = 0.001  # seconds between two devices when the announcer starts
_CODECS = {version: codec_for(version, UDP_KEY) for version in ("3.1", "3.3", "3.5")}


@dataclass(frozen=True, slots=True)
class Ports:
    """Where announcements go (3.1; later versions), where probes are heard (0: any) and where they are answered."""

    plain: int = PLAIN_PORT
    sealed: int = SEALED_PORT
    probe: int = PROBE_PORT
    answer: int = PROBE_PORT


class Announced(Protocol):
    """What an announcer needs to know of a device."""

    host: str
    version: str

    @property
    def faults(self) -> Faults: ...

    @property
    def clients(self) -> int: ...

    def announcement(self) -> tuple[int, bytes]: ...


def announce(version: str, device_id: str, address: str, product_id: str) -> tuple[int, bytes]:
    """Give port and datagram of a broadcast."""
    fields: dict[str, object] = {
        "ip": address,
        "gwId": device_id,
        "active": 2,
        "ablilty": 0,  # the firmware's spelling
        "encrypt": version != "3.1",
        "productKey": product_id,
        "version": version,
    }
    if version == "3.5":
        fields |= {"uuid": device_id, "sl": 1, "token": True, "wf_cfg": True}
    body = orjson.dumps(fields)
    match version:
        case "3.1":
            return PLAIN_PORT, _CODECS["3.1"].seal(Frame(0, 0, body, 0))
        case "3.4":
            return SEALED_PORT, _CODECS["3.3"].seal(Frame(Command.ANNOUNCEMENT_34, 0, body, 0))
        case "3.5":
            return SEALED_PORT, _CODECS["3.5"].seal(Frame(Command.ANNOUNCEMENT, 0, body, 0))
    return SEALED_PORT, _CODECS["3.3"].seal(Frame(Command.ANNOUNCEMENT, 0, body, 0))


def probe(address: str) -> bytes:
    """Give the datagram with which an app asks the 3.5 devices to announce themselves to `address`."""
    return _CODECS["3.5"].seal(Frame(Command.PROBE, 0, orjson.dumps({"from": "app", "ip": address})))


class Announcer:
    """Sends the announcements of devices round by round, each from its own address; answers probes for the 3.5 ones."""

    def __init__(
        self,
        devices: Iterable[Announced],
        target: str = "127.0.0.1",
        interval: float = 5.0,
        ports: Ports = Ports(),
    ) -> None:
        self._devices = list(devices)
        self._target = target
        self._interval = interval
        self._ports = ports
        self._timer: asyncio.TimerHandle | None = None
        self._next = 0
        self._ears: list[asyncio.DatagramTransport] = []
        self.probes = 0
        self.probe_port = ports.probe

    async def start(self) -> None:
        """Announce every device at once, then each once per interval; hear probes at every device and at the target."""
        loop = asyncio.get_running_loop()
        hosts = dict.fromkeys(device.host for device in self._devices if device.version == "3.5")
        if self._target.endswith(".255"):
            hosts[self._target] = None
        for host in hosts:
            ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            ear.setblocking(False)  # noqa: FBT003
            ear.bind((host, self.probe_port))
            self.probe_port = ear.getsockname()[1]
            transport, _ = await loop.create_datagram_endpoint(partial(_Ear, self, host), sock=ear)
            self._ears.append(transport)
        self._round()

    async def stop(self) -> None:
        """Be silent and deaf."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for ear in self._ears:
            ear.close()
        self._ears.clear()
        await asyncio.sleep(0)  # the sockets close in the loop's next turn

    def announce(self, device: Announced) -> None:
        """Send one device's announcement now, as a sleeper does that wakes up."""
        port, datagram = device.announcement()
        self._send(device.host, datagram, self._target, self._ports.plain if port == PLAIN_PORT else self._ports.sealed)

    def answer(self, heard_at: str, request: dict[str, Any]) -> None:
        """Answer a probe for the devices that heard it, to the address in its JSON."""
        self.probes += 1
        for device in self._devices:
            if device.version == "3.5" and heard_at in {device.host, self._target}:
                self._send(device.host, device.announcement()[1], request["ip"], self._ports.answer)

    def _round(self) -> None:
        if not self._devices:
            return
        device = self._devices[self._next % len(self._devices)]
        self._next += 1
        faults = device.faults
        if not faults.never_announce and not (faults.quiet_when_connected and device.clients):
            self.announce(device)
        first = self._next < len(self._devices)
        wait = _FIRST_ROUND if first else self._interval / len(self._devices)
        self._timer = asyncio.get_running_loop().call_later(wait, self._round)

    def _send(self, host: str, datagram: bytes, target: str, port: int) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            sender.bind((host, 0))
            sender.sendto(datagram, (target, port))


class _Ear(asyncio.DatagramProtocol):
    def __init__(self, announcer: Announcer, host: str) -> None:
        self._announcer = announcer
        self._host = host

    @override
    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        """Pass over all that is no probe with `ip` and `from`."""
        try:
            if peek(data)[0] != Command.PROBE:
                return
            request = orjson.loads(_CODECS["3.5"].open(data).body)
        except ValueError, UntrustedError, UnreadableError:
            return
        if isinstance(request, dict) and {"ip", "from"} <= request.keys():
            self._announcer.answer(self._host, request)
