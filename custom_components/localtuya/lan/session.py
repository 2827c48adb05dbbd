"""What is said on one connection, without the connection: bytes in, events out; requests in, bytes out."""

from collections.abc import Mapping, Sequence
import time
from typing import Any, NamedTuple

import orjson

from . import bodies
from .armour import CLEAR_TEXTS
from .commands import Command
from .dialect import Dialect
from .errors import DeviceRefused, FrameError, KeyRejected, LanError, Unreadable, VersionMismatch
from .frame import Splitter
from .handshake import Negotiation, negotiate


class Ready(NamedTuple):
    """Requests may be sent from now on, behind `greeting` and best in the same write."""

    greeting: bytes


class Report(NamedTuple):
    """Values of DPs, of the gateway's child `node` or of the device itself."""

    dps: Mapping[str, object]
    node: str | None = None
    answer: bool = False
    """The answer to a query, which a gateway gives from memory; else said by itself."""


class Presence(NamedTuple):
    """Which children a gateway says are there and which are not; silence about a child means nothing."""

    online: frozenset[str]
    offline: frozenset[str]


class Reply(NamedTuple):
    """A request was answered; `error` is the refusal, if it was one."""

    ticket: Ticket
    error: DeviceRefused | None = None


class Failed(NamedTuple):
    """Nothing sensible can follow on this connection, and nothing does."""

    error: LanError


type Event = Ready | Report | Presence | Reply | Failed


class Ticket:
    """A request that was sent: what an answer to it looks like."""

    __slots__ = ("acknowledged", "command", "dps", "node", "reported", "settled")

    def __init__(self, command: int, node: str | None, dps: Mapping[str, object] | None = None) -> None:
        self.command = command
        self.node = node
        self.dps = dps
        """What a control wants; None for a query."""
        self.acknowledged = False
        """An empty frame came for it."""
        self.reported = False
        """Its node reported something since it was sent."""
        self.settled = False
        """Answered or given up; it keeps its place in the queue for a late answer."""


class Session:
    """Protocol state of one TCP connection to a device; `key` is the local key (16 bytes)."""

    __slots__ = (
        "_codec",
        "_device_id",
        "_key",
        "_negotiation",
        "_over",
        "_pending",
        "_sequence",
        "_splitter",
        "_spoiled",
        "dialect",
        "heard",
        "proved",
        "ready",
    )

    def __init__(self, dialect: Dialect, device_id: str, key: bytes) -> None:
        self.dialect = dialect
        self.ready = not dialect.negotiates
        self.heard = 0
        """Sound frames received."""
        self.proved = False
        """The device has shown that it has the key (3.1 can only show that it is a device)."""
        self._device_id = device_id
        self._key = key
        self._codec = dialect.codec(key)
        self._splitter = Splitter()
        self._negotiation: Negotiation | None = None
        self._over = False
        self._pending: list[Ticket] = []
        self._sequence = 0
        self._spoiled = 0

    @property
    def silent(self) -> bool:
        """Nothing was packed for sending yet."""
        return not self._sequence

    def open(self) -> bytes:
        """Return what to send first: the start of the negotiation, or nothing where there is none."""
        if not self.dialect.negotiates:
            return b""
        self._negotiation = negotiate(self.dialect.version, self._key)
        return self._pack(*next(self._negotiation))

    def receive(self, data: bytes) -> list[Event]:
        """Take what arrived; return what it means. Never raises."""
        events: list[Event] = []
        for packet in self._splitter.feed(data):
            if self._over:
                break
            try:
                command, payload, retcode = self._codec.open(packet)
            except LanError as error:
                self._damaged(error, events)
                continue
            self.heard += 1
            self._spoiled = 0
            if command == _STATUS and not self._pending and not retcode and self._negotiation is None:
                # Nearly all that ever comes: a report, and nobody waits for an answer.
                try:
                    report = _report_in(_loads(payload))
                except ValueError:
                    report = None
                if report is not None:
                    self.proved = True
                    events.append(report)
                    continue
            self._understand(command, payload, retcode, events)
        return events

    def query(
        self, node: str | None = None, *, command: Command | None = None, nulls: Sequence[int] | None = None
    ) -> tuple[bytes, Ticket]:
        """Ask for all DPs, under another command number if one is given.

        `nulls` are the DPs to ask a device22 for, on which alone that is harmless.
        """
        now = int(time.time())
        if nulls is None:
            command = command or self.dialect.query
            ticket = self._expect(Ticket(command, node))
            return self._pack(command, bodies.query(self.dialect, self._device_id, node, now)), ticket
        packets = []
        tickets = []
        for body in bodies.null_queries(self._device_id, nulls, now):
            tickets.append(self._expect(Ticket(Command.CONTROL_NEW, node)))
            packets.append(self._pack(Command.CONTROL_NEW, body))
        for follower in tickets[1:]:
            follower.settled = True
        return b"".join(packets), tickets[0]

    def control(self, dps: Mapping[str, object], node: str | None = None) -> tuple[bytes, Ticket]:
        """Write DPs. Raises FrameError for values that cannot be sent."""
        try:
            body = bodies.control(self.dialect, self._device_id, dps, node, int(time.time()))
        except TypeError as error:
            raise FrameError(f"no JSON: {error}") from None
        ticket = self._expect(Ticket(self.dialect.control, node, dps))
        return self._pack(self.dialect.control, body), ticket

    def refresh(self, dp_ids: Sequence[int]) -> bytes:
        """Ask for fresh values of metered DPs; nothing answers but reports, if at all."""
        return self._pack(Command.UPDATEDPS, bodies.refresh(dp_ids))

    def presence(self) -> bytes:
        """Ask a gateway which of its children are online."""
        return self._pack(Command.LAN_EXT_STREAM, bodies.presence())

    def heartbeat(self) -> bytes:
        """Say that the client is alive."""
        return self._pack(Command.HEART_BEAT, bodies.heartbeat(self._device_id))

    def _pack(self, command: int, text: bytes) -> bytes:
        # Devices hang up if the number does not grow, so it is drawn at the moment of packing, and packed is sent.
        self._sequence += 1
        return self._codec.seal(self._sequence, command, text)

    def _expect(self, ticket: Ticket) -> Ticket:
        pending = self._pending
        if len(pending) >= _MANY_PENDING:
            # A device that reports but never acknowledges leaves its tickets behind.
            oldest = next((old for old in pending if old.settled), None)
            if oldest is not None or len(pending) >= _MOST_PENDING:
                pending.remove(oldest or pending[0])
        pending.append(ticket)
        return ticket

    def _negotiate(self, negotiation: Negotiation, answer: bytes, events: list[Event]) -> None:
        """Take the device's step and make ours."""
        try:
            greeting = self._pack(*negotiation.send(answer))
            next(negotiation)
        except StopIteration as done:
            self._codec = self.dialect.codec(done.value)
            self._negotiation = None
            self.ready = self.proved = True
            events.append(Ready(greeting))
        except LanError as error:
            self._fail(error, events)

    def _understand(self, command: int, payload: bytes, retcode: int, events: list[Event]) -> None:
        """Take a sound frame; while the key is negotiated, what is no part of that is ignored."""
        if self._negotiation is not None:
            if command == Command.SESS_KEY_NEG_RESP:
                self._negotiate(self._negotiation, payload, events)
        elif command == Command.HEART_BEAT:
            pass
        elif retcode and payload:
            self._refused(command, payload, retcode, events)
        elif not payload:
            self._acknowledged(command, events)
        elif (body := _parse(payload)) is None:
            if payload in CLEAR_TEXTS:
                self._refused(command, payload, retcode, events)
        elif command == Command.LAN_EXT_STREAM:
            _presence(body, events)
        else:
            self._reported(command, body, events)

    def _reported(self, command: int, body: dict[str, Any], events: list[Event]) -> None:
        report = _report_in(body)
        if report is None:
            # An answer without values is still an answer.
            if command != _STATUS:
                self._answered(command, _node_in(body), events)
            return
        self.proved = True
        if command == _STATUS or not self._pending:
            events.append(report)
        else:
            events.append(report._replace(answer=True))
            self._answered(command, report.node, events)
        self._confirm(report, events)

    def _acknowledged(self, command: int, events: list[Event]) -> None:
        """An empty frame: the end of a control, but only the announcement of a query's answer."""
        for ticket in self._pending:
            if ticket.command == command:
                if ticket.dps is not None:
                    self._pending.remove(ticket)
                    _settle(ticket, None, events)
                    return
                if not ticket.acknowledged:
                    ticket.acknowledged = True
                    return

    def _answered(self, command: int, node: str | None, events: list[Event]) -> None:
        """An answer with values or words: of one control, but as good as any for all queries of its node."""
        for ticket in [ticket for ticket in self._pending if ticket.command == command and ticket.node == node]:
            self._pending.remove(ticket)
            _settle(ticket, None, events)
            if ticket.dps is not None:
                return

    def _confirm(self, report: Report, events: list[Event]) -> None:
        """A report settles what asked for it, although the ticket waits on for its own answer."""
        dps, node, _ = report
        for ticket in self._pending:
            if ticket.settled or ticket.node != node:
                continue
            ticket.reported = True
            wanted = ticket.dps
            if wanted is None:
                if ticket.acknowledged:
                    _settle(ticket, None, events)
            elif all(name in dps and dps[name] == value for name, value in wanted.items()):
                _settle(ticket, None, events)

    def _refused(self, command: int, payload: bytes, retcode: int, events: list[Event]) -> None:
        text = payload.decode("utf-8", "replace")[:_LONGEST_REASON]
        ticket = next((ticket for ticket in self._pending if ticket.command == command), None)
        if self.dialect.version == "3.1" and command == Command.CONTROL and payload == b"parse data error":
            self._fail(KeyRejected("the device cannot read commands"), events)
        elif not text.isprintable():
            self._fail(KeyRejected("a refusal in another key"), events)
        else:
            self.proved = True
            if ticket is None:
                return
            self._pending.remove(ticket)
            _settle(ticket, DeviceRefused(retcode, text), events)

    def _damaged(self, error: LanError, events: list[Event]) -> None:
        """Take a packet that could not be opened."""
        match error:
            case Unreadable(retcode=retcode):
                # A sound frame in another key: what devices with CRC send to clients with a wrong key.
                self.heard += 1
                if retcode or self.dialect.negotiates:
                    self._fail(KeyRejected("the device answers in another key"), events)
                    return
            case VersionMismatch() if not self.heard:
                self._fail(error, events)
                return
        self._spoiled += 1
        if self._spoiled >= _MOST_SPOILED or self._negotiation is not None:
            self._fail(FrameError("out of step"), events)

    def _fail(self, error: LanError, events: list[Event]) -> None:
        self._over = True
        events.append(Failed(error))


_STATUS = int(Command.STATUS)
_loads = orjson.loads
_new = tuple.__new__
"""Makes a Report at half the cost of calling it."""
_LONGEST_REASON = 100
_MANY_PENDING = 8
_MOST_PENDING = 256
_MOST_SPOILED = 3


def _settle(ticket: Ticket, error: DeviceRefused | None, events: list[Event]) -> None:
    if not ticket.settled:
        ticket.settled = True
        events.append(Reply(ticket, error))


def _parse(payload: bytes) -> dict[str, Any] | None:
    """Return the JSON object of a payload, as well as it can be read, or None."""
    try:
        body = orjson.loads(payload)
    except orjson.JSONDecodeError:
        try:
            body = orjson.loads(payload.decode("utf-8", "replace").rstrip("\0"))
        except orjson.JSONDecodeError:
            return None
    return body if isinstance(body, dict) else None


def _report_in(body: object) -> Report | None:
    """Return the report in the JSON of a payload, in either form; None if there is none."""
    if isinstance(body, dict):
        dps = body.get("dps")
        node = body.get("cid")
        if dps is None and isinstance(inner := body.get("data"), dict):
            dps = inner.get("dps")
            node = inner.get("cid", node)
        if isinstance(dps, dict):
            return _new(Report, (dps, node if isinstance(node, str) else None, False))
    return None


def _node_in(body: dict[str, Any]) -> str | None:
    """Return the child that JSON without values is about."""
    inner = body.get("data")
    node = inner.get("cid") if isinstance(inner, dict) and "cid" in inner else body.get("cid")
    return node if isinstance(node, str) else None


def _presence(body: dict[str, Any], events: list[Event]) -> None:
    if body.get("reqType") == "subdev_online_stat_report" and isinstance(data := body.get("data"), dict):
        events.append(Presence(_names(data.get("online")), _names(data.get("offline"))))


def _names(value: object) -> frozenset[str]:
    return frozenset(name for name in value if isinstance(name, str)) if isinstance(value, list) else frozenset()
