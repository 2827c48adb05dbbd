"""What can be made to go wrong, as one row per device; every field is off by default and all of them combine."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

_UNFLIPPED = 22  # bytes of the longest head and the tail: lengths stay true
_COALESCE_WAIT = 0.05  # seconds after which held frames leave though they are too few


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """The behaviour of one device; change it while the device runs with `device.faults = replace(device.faults, …)`."""

    # Connections
    refuse: bool = False  # nobody listens: connection refused
    filtered: bool = False  # nobody answers a SYN: the client's connect times out
    accept_then_reset: bool = False  # a wedged device
    accept_then_silence: bool = False
    reset_at_first_bytes: bool = False  # modules that serve one client only
    reset_in_handshake: bool = False  # RST in place of the session key's answer
    max_clients: int = 3  # the next one is accepted and closed at once
    evict_first_client: bool = False  # the limit closes the oldest client instead
    idle_close: float = 30.0  # seconds without a valid frame from the client
    silent_after: int | None = None  # half-open: nothing said, heard or closed after so many frames of a session

    # Bytes
    garbage_before: bytes = b""  # around every frame
    garbage_after: bytes = b""
    flip_bits: int = 0  # how many bits of a frame are inverted, spread over it
    truncate: int = 0  # how many bytes a frame lacks at its end
    false_length: int | None = None  # the length that a frame claims
    damage_only: int | None = None  # flip, truncate and lie only in frames of this command code
    damage_every: int = 1  # and only in every so many-th of them
    one_byte_at_a_time: bool = False
    coalesce: int = 1  # frames held back until so many leave in one segment
    delay: float = 0.0  # seconds before each frame leaves; the order stays

    # Session
    session_key_zero: int = 0  # so many sessions get a key that begins with 00: dead on arrival
    bad_proof: bool = False  # the answer to START carries a wrong HMAC
    silent_on_wrong_key: bool = False  # 3.4: says nothing where others close
    sequence: Literal["firmware", "echo", "counter", "zero", "random"] = "firmware"
    rising_sequence: bool | None = None  # closes when the client's numbers do not rise; None: 3.5 does

    # Answers
    no_heartbeat_answer: bool = False
    no_updatedps: bool = False  # as the open 3.5 SDK
    ignore: frozenset[int] = frozenset()  # command codes that are received and dropped
    lose_controls: int = 0  # so many commands are received and dropped
    refuse_first_queries: int = 0  # "json obj data unvalid", as a device that has just booted
    query_retcode: str = ""  # every query is refused with this text
    control_retcode: str = ""  # every command is refused with this text
    ack_retcode_one_empty: bool = False  # retcode 1 without a text, as the open 3.5 SDK after success
    answer_queries_as: int | None = None  # the command code of the answer to a query
    answer_delay: float = 0.0  # seconds by which answers are late, while reports and heartbeats are not
    nulls_before_answer: int = 0  # empty frames before the answer to a query
    duplicate_answers: bool = False
    report_before_ack: bool = False
    no_report: bool = False  # a command is acknowledged and done, but not reported
    memory_lag: float = 0.0  # seconds in which a gateway's answers about a child are old
    online_chunk: int = 50  # children in one frame of a gateway's online list

    # Announcements
    announced_ip: str = ""  # a stale or foreign address inside the announcement
    quiet_when_connected: bool = False  # no broadcasts while a client is connected
    never_announce: bool = False  # no broadcasts at all; still answers probes

    @property
    def shapes_bytes(self) -> bool:
        """True where frames must not simply leave as they are."""
        return bool(
            self.garbage_before
            or self.garbage_after
            or self.flip_bits
            or self.truncate
            or self.false_length is not None
            or self.one_byte_at_a_time
            or self.coalesce > 1
            or self.delay
        )


class Outlet:
    """The one place where the bytes of a session leave, in order, shaped by what the faults say at that moment."""

    def __init__(self, transport: asyncio.WriteTransport, faults: Callable[[], Faults]) -> None:
        self._transport = transport
        self._faults = faults
        self._loop = asyncio.get_running_loop()
        self._queue: deque[tuple[float, bytes]] = deque()
        self._held: list[bytes] = []
        self._pumping: asyncio.TimerHandle | None = None
        self._holding: asyncio.TimerHandle | None = None
        self._matching = 0

    def send(self, raw: bytes, command: int) -> None:
        """Let one frame leave: at once where nothing is wrong."""
        faults = self._faults()
        if not faults.shapes_bytes and not self._queue and not self._held:
            self._transport.write(raw)
            return
        self._held.append(faults.garbage_before + self._damage(faults, raw, command) + faults.garbage_after)
        if len(self._held) >= faults.coalesce:
            self._release()
        elif self._holding is None:
            self._holding = self._loop.call_later(_COALESCE_WAIT, self._release)

    def close(self) -> None:
        """Forget what has not left."""
        for timer in (self._pumping, self._holding):
            if timer is not None:
                timer.cancel()
        self._queue.clear()
        self._held.clear()

    def _damage(self, faults: Faults, raw: bytes, command: int) -> bytes:
        if faults.damage_only not in {None, command}:
            return raw
        self._matching += 1
        if self._matching % faults.damage_every:
            return raw
        damaged = bytearray(raw)
        if faults.false_length is not None:
            at = 14 if raw.startswith(b"\x00\x00\x66\x99") else 12
            damaged[at : at + 4] = faults.false_length.to_bytes(4)
        for number in range(faults.flip_bits):
            damaged[-5 - (number * 7) % (len(raw) - _UNFLIPPED)] ^= 1 << number % 8
        return bytes(damaged[: len(raw) - faults.truncate])

    def _release(self) -> None:
        """Move what was held into the queue, as one piece or byte by byte."""
        if self._holding is not None:
            self._holding.cancel()
            self._holding = None
        faults = self._faults()
        due = self._loop.time() + faults.delay
        piece = b"".join(self._held)
        self._held.clear()
        if faults.one_byte_at_a_time:
            self._queue.extend((due, piece[at : at + 1]) for at in range(len(piece)))
        else:
            self._queue.append((due, piece))
        if self._pumping is None:
            self._pump()

    def _pump(self) -> None:
        """Write what is due, one piece per turn of the loop."""
        self._pumping = None
        due, piece = self._queue[0]
        wait = due - self._loop.time()
        if wait <= 0:
            self._queue.popleft()
            self._transport.write(piece)
            wait = 0
        if self._queue:
            self._pumping = self._loop.call_later(wait, self._pump)
