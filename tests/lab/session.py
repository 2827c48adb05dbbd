"""One client's connection to a simulated device: handshake, numbers, heartbeats, answers."""

import asyncio
from collections.abc import Callable, Mapping
import hmac
import os
import random
import secrets
import socket
import string
import struct
from typing import TYPE_CHECKING, Any, cast, override

import orjson

from tests.lab.faults import Outlet
from tests.lab.wire import (
    NEGOTIATING,
    NONCE_SIZE,
    PROOF_SIZE,
    Codec,
    Command,
    Frame,
    UnreadableError,
    UntrustedError,
    codec_for,
    peek,
    prove,
    session_key,
    slot,
    split,
)

if TYPE_CHECKING:
    from tests.lab.device import LabDevice

_KEYLESS_FRAMES = 3  # ignored before the session has a key; the next one closes
_PRINTABLE = string.ascii_letters + string.digits
_HANDSHAKE = frozenset({Command.START, Command.FINISH})


class LabSession(asyncio.Protocol):
    """What the firmware keeps per client; the device keeps the values."""

    def __init__(self, device: LabDevice) -> None:
        self._device = device
        self._version = device.version
        self._negotiates = device.version in NEGOTIATING
        self._local_codec = device.local_codec
        self._codec: Codec | None = None if self._negotiates else device.local_codec
        self._key = b""
        self._client_nonce = self._device_nonce = b""
        self._buffer = bytearray()
        self._keyless = _KEYLESS_FRAMES
        self._number_in = 0
        self._number_out = random.randrange(0x10000)  # noqa: S311 - no secret
        self._sent = 0
        self._deaf = False
        self._idle: asyncio.TimerHandle | None = None
        self._heard = 0.0

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        # Sockets that were accepted do not get this from asyncio, and reports would come 40 ms late.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._loop = asyncio.get_running_loop()
        self._outlet = Outlet(self._transport, lambda: self._device.faults)
        self._heard = self._loop.time()
        self._deaf = self._device.faults.accept_then_silence
        self._device.admit(self)
        self.check_idle()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._outlet.close()
        if self._idle is not None:
            self._idle.cancel()
        self._device.dismiss(self)

    @override
    def data_received(self, data: bytes) -> None:
        if self._device.faults.reset_at_first_bytes:
            self.reset()
            return
        self._buffer += data
        for raw in split(self._buffer, self._version):
            if not self.silent and not self._transport.is_closing():
                self._receive(raw)
        self._device.changed()

    @property
    def silent(self) -> bool:
        """True where the connection only looks open."""
        limit = self._device.faults.silent_after
        return self._deaf or (limit is not None and self._sent >= limit)

    @property
    def live(self) -> bool:
        """True where reports can be sent: firmware takes a key that begins with 00 for none."""
        return self._codec is not None and (not self._negotiates or self._key[:1] > b"\x00")

    def report(self, body: bytes, command: Command = Command.STATUS, serial: int = 0) -> None:
        """Send what nobody asked for: a STATUS with its slot, or a gateway's online list."""
        if self.live:
            head = slot(self._version, body, serial) if command == Command.STATUS and self._version != "3.1" else b""
            self._send(command, body, head=head)

    def close(self) -> None:
        """End with FIN, after what is still to be written."""
        self._transport.close()

    def abort(self) -> None:
        """End now."""
        self._transport.abort()

    def reset(self) -> None:
        """End with RST."""
        linger = struct.pack("ii", 1, 0)
        self._transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._transport.abort()

    def check_idle(self) -> None:
        """Close a client that is not heard of; a device without power closes nothing."""
        if self._idle is not None:
            self._idle.cancel()
        limit = self._device.faults.idle_close
        left = self._heard + limit - self._loop.time()
        if left <= 0 and not self.silent:
            self.close()
        elif not self._transport.is_closing():
            self._idle = self._loop.call_later(left if left > 0 else limit, self.check_idle)

    def _receive(self, raw: bytes) -> None:
        command, sequence = peek(raw)
        self._device.frames[command] += 1
        if not self._rises(sequence):
            self.close()
            return
        codec = self._codec_of(command)
        if codec is None:
            return
        if command == Command.HEART_BEAT and self._version == "3.5":  # answered undecrypted: proves no key
            self._beat(Frame(command, sequence))
            return
        try:
            frame = codec.open(raw)
        except UntrustedError:
            if command == Command.START and self._version == "3.4" and not self._device.faults.silent_on_wrong_key:
                self.close()
            return
        except UnreadableError:
            self._heard = self._loop.time()
            frame = Frame(command, sequence)
            if command == Command.HEART_BEAT:
                self._beat(frame)
            else:
                self._refuse(frame, "parse data error")
            return
        self._heard = self._loop.time()
        handler = self._HANDLERS.get(frame.command)
        if handler is not None and frame.command not in self._device.faults.ignore:
            handler(self, frame)

    def _rises(self, sequence: int) -> bool:
        """Check the client's number: 3.5 firmware wants each greater than the one before, and the first above 0."""
        last, self._number_in = self._number_in, sequence
        strict = self._device.faults.rising_sequence
        return sequence > last or not (self._version == "3.5" if strict is None else strict)

    def _codec_of(self, command: int) -> Codec | None:
        """Give the codec of the key that a command comes in, None where it is ignored; may close."""
        if not self._negotiates:
            return self._codec
        if command in _HANDSHAKE:
            if not self.live:
                return self._local_codec
            self.close()
        elif self.live:
            return self._codec
        elif self._keyless:
            self._keyless -= 1
        else:
            self.close()
        return None

    def _start(self, frame: Frame) -> None:
        if not self._negotiates or len(frame.body) < NONCE_SIZE:
            return
        if self._device.faults.reset_in_handshake:
            self.reset()
            return
        self._client_nonce = frame.body[:NONCE_SIZE]
        self._device_nonce = self._choose_nonce()
        proof = prove(self._device.local_key, self._client_nonce)
        if self._device.faults.bad_proof:
            proof = bytes(PROOF_SIZE)
        self._send(Command.RESPONSE, self._device_nonce + proof, request=frame, codec=self._local_codec)

    def _choose_nonce(self) -> bytes:
        """Give 16 printable characters; keys that begin with 00 come only where a fault asks for them."""
        dead = self._device.take("session_key_zero")
        while True:
            nonce = os.urandom(16) if dead else "".join(secrets.choice(_PRINTABLE) for _ in range(16)).encode()
            key = session_key(self._version, self._device.local_key, self._client_nonce, nonce)
            if (key[0] == 0) is dead:
                return nonce

    def _finish(self, frame: Frame) -> None:
        local_key = self._device.local_key
        if not self._device_nonce or not hmac.compare_digest(frame.body, prove(local_key, self._device_nonce)):
            self.close()
            return
        self._key = session_key(self._version, local_key, self._client_nonce, self._device_nonce)
        self._codec = codec_for(self._version, self._key)
        self._keyless = _KEYLESS_FRAMES
        self._device.handshakes += 1

    def _beat(self, frame: Frame) -> None:
        self._heard = self._loop.time()
        if not self._device.faults.no_heartbeat_answer:
            self._answer(frame)

    def _query(self, frame: Frame) -> None:
        if frame.command == Command.DP_QUERY_NEW and not self._negotiates:
            return
        request = None if frame.slot else _json(frame.body)
        if request is None:
            self._refuse(frame, "data format error")
            return
        for _ in range(self._device.faults.nulls_before_answer):
            self._send(frame.command, b"", request=frame)
        retcode, body = self._device.answer_query(request)
        self._answer(frame, body, retcode=retcode, command=self._device.faults.answer_queries_as)

    def _control(self, frame: Frame) -> None:
        if frame.command == Command.CONTROL_NEW and self._version == "3.1":
            return
        request = _json(frame.body) if frame.slot else None
        if request is None:
            self._refuse(frame, "parse data error")
            return
        if self._device.take("lose_controls"):
            return
        refusal, report = self._device.obey(request)
        if refusal is not None:
            self._refuse(frame, refusal)
            return
        faults = self._device.faults
        if faults.report_before_ack:
            report()
        self._answer(frame, retcode=int(faults.ack_retcode_one_empty))
        if not faults.report_before_ack:
            report()

    def _refresh(self, frame: Frame) -> None:
        request = _json(frame.body)
        if self._device.faults.no_updatedps or request is None:
            return
        self._answer(frame)
        self._device.refresh(request)

    def _extend(self, frame: Frame) -> None:
        request = _json(frame.body)
        if self._negotiates and request is not None and request.get("reqType") == "subdev_online_stat_query":
            for body in self._device.online_list():
                self._answer(frame, body)

    def _refuse(self, frame: Frame, text: str) -> None:
        self._answer(frame, text.encode(), retcode=1)

    def _answer(self, frame: Frame, body: bytes = b"", *, retcode: int = 0, command: int | None = None) -> None:
        def answer() -> None:
            for _ in range(1 + faults.duplicate_answers):
                self._send(command or frame.command, body, retcode=retcode, request=frame)

        faults = self._device.faults
        if faults.answer_delay and frame.command != Command.HEART_BEAT:
            self._device.after(faults.answer_delay, answer)
        else:
            answer()

    def _send(
        self,
        command: int,
        body: bytes,
        *,
        retcode: int = 0,
        request: Frame | None = None,
        head: bytes = b"",
        codec: Codec | None = None,
    ) -> None:
        codec = codec or self._codec
        if codec is not None and not self.silent and not self._transport.is_closing():
            self._sent += 1
            self._outlet.send(codec.seal(Frame(command, self._number(request), body, retcode, head)), command)

    def _number(self, request: Frame | None) -> int:
        """Number an outgoing frame: up to 3.3 an echo, 0 for pushes and heartbeats; later a counter of the session."""
        mode = self._device.faults.sequence
        if mode == "firmware":
            mode = "counter" if self._negotiates else "echo"
        match mode:
            case "counter":
                number = self._number_out
                self._number_out += 1
                return number
            case "echo" if request is not None and request.command != Command.HEART_BEAT:
                return request.sequence
            case "random":
                return random.randrange(1 << 32)  # noqa: S311 - no secret
        return 0

    _HANDLERS: Mapping[int, Callable[[LabSession, Frame], None]] = {
        Command.START: _start,
        Command.FINISH: _finish,
        Command.HEART_BEAT: _beat,
        Command.DP_QUERY: _query,
        Command.DP_QUERY_NEW: _query,
        Command.CONTROL: _control,
        Command.CONTROL_NEW: _control,
        Command.UPDATEDPS: _refresh,
        Command.EXTENSION: _extend,
    }


def _json(body: bytes) -> dict[str, Any] | None:
    try:
        request = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return request if isinstance(request, dict) else None
