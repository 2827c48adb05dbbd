"""What Python can do at best: a bare asyncio.Protocol, one cipher operation and one JSON parse per message."""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from functools import partial
import hmac
import os
import struct
from typing import cast, override

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
import orjson

from tests.bench.candidate import LoopCandidate
from tests.bench.fleet import KEY, SWITCH, Target

_LOCAL_KEY = KEY.encode()
_START, _RESPONSE, _FINISH, _CONTROL, _STATUS, _BEAT, _QUERY, _CONTROL_NEW, _QUERY_NEW = 3, 4, 5, 7, 8, 9, 10, 13, 16
_NEGOTIATING = frozenset({"3.4", "3.5"})
_HEAD_55AA, _HEAD_6699 = struct.Struct(">4I"), struct.Struct(">IHIII")


class Floor(LoopCandidate):
    """Devices by index, each a protocol object and nothing else."""

    def __init__(self, beat: float) -> None:
        super().__init__()
        self.beat = beat
        self._lines: list[Line] = []
        self._missing = 0
        self._heard: asyncio.Future[None] | None = None

    @property
    @override
    def size(self) -> int:
        return len(self._lines)

    @override
    async def async_connect(self, targets: Sequence[Target]) -> None:
        heard = self.expect(len(targets))
        connect = self._loop.create_connection
        made = await asyncio.gather(
            *(connect(partial(Line, self, target), target.host, target.port) for target in targets)
        )
        await heard
        self._lines += [line for _, line in made]

    @override
    async def async_command(self, index: int) -> None:
        await self._lines[index].command()

    @override
    async def async_close(self) -> None:
        for line in self._lines:
            line.close()
        self._lines = []
        await asyncio.sleep(0.01)

    @override
    def expect(self, count: int) -> asyncio.Future[None]:
        self._missing = count
        self._heard = self._loop.create_future()
        return self._heard

    def hear_one(self) -> None:
        """Count a report."""
        self._missing -= 1
        if not self._missing and self._heard is not None:
            self._heard.set_result(None)


class Line(asyncio.Protocol):
    """One connection."""

    def __init__(self, owner: Floor, target: Target) -> None:
        self._owner = owner
        self._newer = target.version in _NEGOTIATING
        self._seal, self._open, self._head, self._tail = _ciphers(target.version, _LOCAL_KEY)
        self._version = target.version
        self._number = 0
        self._rest = b""
        self._answer: asyncio.Future[None] | None = None
        self._reported = False
        self._nonce = os.urandom(16) if self._newer else b""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._pack(_START, self._nonce) if self._newer else self._pack(_QUERY, b"{}"))
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._owner.beat, self._tick, loop)

    @override
    def data_received(self, data: bytes) -> None:
        if self._rest:
            data = self._rest + data
        head = self._head
        at, size = 0, len(data)
        while size - at >= head:
            end = at + head + int.from_bytes(data[at + head - 4 : at + head]) + (4 if head == 18 else 0)
            if end > size:
                break
            self._hear(data[at + head - 5], data, at, end)
            at = end
        self._rest = data[at:]

    def close(self) -> None:
        """Hang up."""
        self._timer.cancel()
        self._transport.close()

    def command(self) -> asyncio.Future[None]:
        """Write one DP; done when the device has acknowledged it."""
        self._answer = asyncio.get_running_loop().create_future()
        dps = {SWITCH: True}
        if self._newer:
            text = self._version.encode() + bytes(12) + orjson.dumps({"protocol": 5, "t": 1, "data": {"dps": dps}})
            self._transport.write(self._pack(_CONTROL_NEW, text))
        else:
            self._transport.write(self._pack(_CONTROL, orjson.dumps({"devId": "", "dps": dps, "t": "1"})))
        return self._answer

    def _hear(self, command: int, data: bytes, at: int, end: int) -> None:
        text = self._open(data, at, end)
        if command in {_STATUS, _QUERY, _QUERY_NEW}:
            orjson.loads(text)
            self._owner.hear_one()
        elif command == _RESPONSE:
            self._finish(text[:16])
        elif self._answer is not None and command in {_CONTROL, _CONTROL_NEW}:
            self._answer.set_result(None)
            self._answer = None

    def _finish(self, theirs: bytes) -> None:
        """Derive the session key; give the proof and ask for the status in one write."""
        finish = self._pack(_FINISH, hmac.digest(_LOCAL_KEY, theirs, "sha256"))
        mixed = (int.from_bytes(self._nonce) ^ int.from_bytes(theirs)).to_bytes(16)
        if self._version == "3.5":
            key = AESGCM(_LOCAL_KEY).encrypt(self._nonce[:12], mixed, None)[:16]
        else:
            key = Cipher(AES(_LOCAL_KEY), ECB()).encryptor().update(mixed)  # noqa: S305 - what devices speak
        self._seal, self._open, *_ = _ciphers(self._version, key)
        self._transport.write(finish + self._pack(_QUERY_NEW, b"{}"))

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        self._transport.write(self._pack(_BEAT, b"{}"))
        self._timer = loop.call_later(self._owner.beat, self._tick, loop)

    def _pack(self, command: int, text: bytes) -> bytes:
        self._number += 1
        return self._seal(self._number, command, text)


type _Seal = Callable[[int, int, bytes], bytes]
type _Open = Callable[[bytes, int, int], bytes]


def _ciphers(version: str, key: bytes) -> tuple[_Seal, _Open, int, int]:
    """Give seal, open, and how many bytes stand before and behind the payload."""
    if version == "3.5":
        return *_gcm(key), 18, 4
    tail = 36 if version == "3.4" else 8
    return *_ecb(version, key, tail), 16, tail


def _gcm(key: bytes) -> tuple[_Seal, _Open]:
    gcm = AESGCM(key)

    def seal(number: int, command: int, text: bytes) -> bytes:
        head = _HEAD_6699.pack(0x6699, 0, number, command, len(text) + 28)
        nonce = os.urandom(12)
        return head + nonce + gcm.encrypt(nonce, text, head[4:]) + b"\x00\x00\x99\x66"

    def open_(data: bytes, at: int, end: int) -> bytes:
        text = gcm.decrypt(data[at + 18 : at + 30], data[at + 30 : end - 4], data[at + 4 : at + 18])
        return text[19:] if text[4:6] == b"3." else text[4:]

    return seal, open_


def _ecb(version: str, key: bytes, tail: int) -> tuple[_Seal, _Open]:
    cipher = Cipher(AES(key), ECB())  # noqa: S305 - what devices speak
    encrypt, decrypt = cipher.encryptor().update, cipher.decryptor().update
    slot = version.encode() + bytes(12)

    def seal(number: int, command: int, text: bytes) -> bytes:
        pad = 16 - len(text) % 16
        text = text if version == "3.1" and command != _CONTROL else encrypt(text + bytes([pad]) * pad)
        if command == _CONTROL:
            text = b"3.1" + bytes(16) + b64encode(text) if version == "3.1" else slot + text
        data = _HEAD_55AA.pack(0x55AA, number, command, len(text) + tail) + text
        check = hmac.digest(key, data, "sha256") if tail == 36 else bytes(4)
        return data + check + b"\x00\x00\xaa\x55"

    def open_(data: bytes, at: int, end: int) -> bytes:
        text = data[at + 20 : end - tail]
        if version == "3.1":
            if text[:1] != b"3":
                return text
            text = b64decode(text[19:])
        elif len(text) & 15:
            text = text[15:]
        if not text:
            return text
        text = decrypt(text)
        text = text[: -text[-1]]
        return text[15:] if text[:2] == b"3." else text

    return seal, open_
