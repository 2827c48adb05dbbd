"""Hearing devices announce themselves, and asking them to."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
import logging
import os
import socket
from typing import cast, override

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
import orjson
import tinytuya

from .armour import Ecb
from .commands import Command
from .frame import PREFIX_55AA, PREFIX_6699, SUFFIX_6699

_LOGGER = logging.getLogger(__name__)

PORTS = (6666, 6667, 7000)
"""Plain, encrypted, and answers to `probe`."""
PROBE_PORT = 7000


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a device says of itself. Nothing in it is proved: addresses and version are candidates."""

    device_id: str
    _: KW_ONLY
    host: str
    """Where the datagram came from."""
    announced_host: str | None = None
    """Where the device says that it is; can be stale."""
    version: str | None = None
    product_id: str | None = None


def parse(packet: bytes, sender: str) -> Announcement | None:
    """Read a broadcast in any of its forms; None if it is none. Never raises."""
    try:
        body = orjson.loads(_text(packet).rstrip(b"\0"))
    except ValueError, InvalidTag:
        return None
    if not isinstance(body, dict):
        return None
    device_id = _word(body.get("gwId"))
    if device_id is None:
        return None
    return Announcement(
        device_id,
        host=sender,
        announced_host=_word(body.get("ip")),
        version=_word(body.get("version")),
        product_id=_word(body.get("productKey")),
    )


class Discovery:
    """Listens for announcements; shares its ports with whoever else listens."""

    def __init__(
        self,
        on_announcement: Callable[[Announcement], None],
        *,
        ports: Iterable[int] = PORTS,
        bind: str = "0.0.0.0",  # noqa: S104 - broadcasts come on every adapter
    ) -> None:
        self.bound: list[int] = []
        """Ports that are listened on."""
        self.failed: dict[int, str] = {}
        """Ports that could not be bound, and why."""
        self._on_announcement = on_announcement
        self._ports = tuple(ports)
        self._bind = bind
        self._transports: list[asyncio.DatagramTransport] = []

    async def start(self) -> None:
        """Open all ports that can be opened; `bound` and `failed` tell which."""
        loop = asyncio.get_running_loop()
        for port in self._ports:
            try:
                sock = _shared_socket(self._bind, port)
            except OSError as error:
                self.failed[port] = error.strerror or str(error)
                continue
            transport, _ = await loop.create_datagram_endpoint(lambda: _Ear(self._hear), sock=sock)
            self._transports.append(transport)
            self.bound.append(sock.getsockname()[1])

    async def stop(self) -> None:
        """Close all ports."""
        for transport in self._transports:
            transport.close()
        self._transports.clear()
        self.bound.clear()
        await asyncio.sleep(0)

    def probe(self, addresses: Iterable[str], *, answer_to: str | None = None, port: int = PROBE_PORT) -> None:
        """Ask devices at addresses (or all, at broadcast addresses) to announce themselves.

        They answer to the address inside the request: `answer_to`, or this machine's address in their direction.
        """
        if not self._transports:
            return
        for address in addresses:
            ours = answer_to or _address_towards(address)
            if ours is not None:
                self._transports[-1].sendto(probe_packet(ours), (address, port))

    def _hear(self, packet: bytes, sender: str) -> None:
        announcement = parse(packet, sender)
        if announcement is not None:
            self._on_announcement(announcement)


def probe_packet(answer_to: str) -> bytes:
    """Return the request to announce oneself to this address, port 7000."""
    text = orjson.dumps({"from": "app", "ip": answer_to})
    head = PREFIX_6699 + bytes(2) + bytes(4) + Command.REQ_DEVINFO.to_bytes(4) + (len(text) + 28).to_bytes(4)
    nonce = os.urandom(12)
    return head + nonce + _GCM.encrypt(nonce, text, head[4:]) + SUFFIX_6699


class _Ear(asyncio.DatagramProtocol):
    def __init__(self, hear: Callable[[bytes, str], None]) -> None:
        self._hear = hear

    @override
    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._hear(data, addr[0])


_ECB = Ecb(tinytuya.udpkey)
_GCM = AESGCM(tinytuya.udpkey)
_LONGEST = 200


def _text(packet: bytes) -> bytes:
    """Return the JSON inside a datagram. Raises ValueError or InvalidTag."""
    if packet[:4] == PREFIX_6699:
        if len(packet) < 18 + 12 + 16 + 4:
            raise ValueError("too short")
        text = _GCM.decrypt(packet[18:30], packet[30:-4], packet[4:18])
        return text if text[:1] == b"{" else text[4:]
    if packet[:4] == PREFIX_55AA:
        inner = packet[16:-8]
        if inner[:3] == b"\0\0\0":
            inner = inner[4:]
        return inner if inner[:1] == b"{" else _ECB.decrypt(inner)
    return packet if packet[:1] == b"{" else _ECB.decrypt(packet)


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= _LONGEST else None


def _shared_socket(bind: str, port: int) -> socket.socket:
    """Return a bound UDP socket that lets others bind the same port."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)  # noqa: FBT003 - no keyword
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "SO_REUSEPORT"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        sock.bind((bind, port))
    except OSError:
        sock.close()
        raise
    return sock


def _address_towards(address: str) -> str | None:
    """Return this machine's address in the direction of another; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            sock.connect((address, PROBE_PORT))
        except OSError:
            return None
        return cast(str, sock.getsockname()[0])
