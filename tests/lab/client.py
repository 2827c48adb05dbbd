"""A bare client over the laboratory's own wire, for what no well-behaved client can be made to do."""

import asyncio
from collections.abc import Mapping
import os
from typing import Self

import orjson

from tests.lab.device import LabDevice
from tests.lab.wire import NEGOTIATING, NONCE_SIZE, Command, Frame, codec_for, prove, session_key, slot, split

_SLOTTED = frozenset({Command.CONTROL, Command.CONTROL_NEW})


def dps_of(report: Frame) -> object:
    """Give the DPs of a report or an answer of any version."""
    body = orjson.loads(report.body)
    return body.get("data", body)["dps"]


class LabClient:
    """One connection; `async with LabClient(device) as client` connects and negotiates where the version does."""

    def __init__(self, device: LabDevice, *, local_key: bytes | None = None, negotiate: bool = True) -> None:
        self.version = device.version
        self.sequence = 0
        self._device = device
        self._local_key = local_key or device.local_key
        self._codec = codec_for(self.version, self._local_key)
        newer = self.version in NEGOTIATING
        self.query_command = Command.DP_QUERY_NEW if newer else Command.DP_QUERY
        self.control_command = Command.CONTROL_NEW if newer else Command.CONTROL
        self._negotiate = negotiate and newer
        self._buffer = bytearray()
        self._frames: list[bytes] = []

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(self._device.host, self._device.port)
        if self._negotiate:
            await self.negotiate()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.transport.abort()

    async def negotiate(self) -> bytes:
        """Agree on a session key and give it."""
        nonce = os.urandom(NONCE_SIZE)
        self.send(Command.START, nonce)
        answer = (await self.receive()).body
        self.send(Command.FINISH, prove(self._local_key, answer[:NONCE_SIZE]))
        key = session_key(self.version, self._local_key, nonce, answer[:NONCE_SIZE])
        self._codec = codec_for(self.version, key)
        return key

    def send(
        self, command: int, body: Mapping[str, object] | bytes = b"", *, slotted: bool | None = None, sequence: int = 0
    ) -> int:
        """Send one frame, with a slot where commands have one; gives its sequence number."""
        self.sequence = sequence or self.sequence + 1
        content = body if isinstance(body, bytes) else orjson.dumps(body)
        head = b""
        if (command in _SLOTTED if slotted is None else slotted) and self.version != "3.1":
            head = slot(self.version, content, 0, 0)
        self.write(self._codec.seal(Frame(command, self.sequence, content, slot=head)))
        return self.sequence

    def write(self, raw: bytes) -> None:
        """Send bytes as they are."""
        self._writer.write(raw)

    def query(self, cid: str | None = None) -> int:
        """Ask for the status of the device or of a child; gives the sequence number."""
        return self.send(self.query_command, {"cid": cid} if cid else {})

    def control(self, dps: Mapping[str, object], cid: str | None = None) -> int:
        """Command the device or a child; gives the sequence number."""
        inner: dict[str, object] = {"cid": cid, "dps": dps} if cid else {"dps": dps}
        wrapped = {"protocol": 5, "t": 1, "data": inner} if self.version in NEGOTIATING else {**inner, "t": "1"}
        return self.send(self.control_command, wrapped)

    async def receive(self, timeout: float = 2.0) -> Frame:  # noqa: ASYNC109
        """Give the next frame; raises EOFError, ConnectionResetError or TimeoutError."""
        async with asyncio.timeout(timeout):
            return self._codec.open(await self._next(), from_device=True)

    async def json(self) -> dict[str, object]:
        """Give the next frame's body as JSON."""
        content: dict[str, object] = orjson.loads((await self.receive()).body)
        return content

    async def beat(self) -> bool:
        """Tell whether a heartbeat sent now is answered, and by the next frame that comes."""
        self.send(Command.HEART_BEAT)
        try:
            return (await self.receive()).command == Command.HEART_BEAT
        except TimeoutError:
            return False

    async def silence(self, seconds: float = 0.05) -> bool:
        """Tell whether nothing comes and nothing closes for a moment."""
        try:
            await self.receive(seconds)
        except TimeoutError:
            return True
        except EOFError, ConnectionResetError:
            return False
        return False

    async def end(self, timeout: float = 2.0) -> str:  # noqa: ASYNC109
        """Wait for the end of the connection and name it: "fin" or "reset"."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    await self._next()
        except EOFError:
            return "fin"
        except ConnectionResetError:
            return "reset"

    async def _next(self) -> bytes:
        while not self._frames:
            data = await self._reader.read(65536)
            if not data:
                raise EOFError
            self._buffer += data
            self._frames.extend(split(self._buffer, self.version, 1 << 20))
        return self._frames.pop(0)
