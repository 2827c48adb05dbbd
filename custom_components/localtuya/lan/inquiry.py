"""Asking a device for its status: in which form, about how many children at a time, when again."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
import logging

from . import bodies
from .commands import Command
from .connection import Connection
from .endpoint import Endpoint, Timing
from .errors import DeviceRefused
from .session import Presence, Session, Ticket

_LOGGER = logging.getLogger(__name__)


class Form(StrEnum):
    """How a device can be asked for its status."""

    USUAL = "usual"
    """The query of its protocol version."""
    OTHER = "other"
    """The query of the other versions."""
    REFRESH = "refresh"
    """As if all DPs were metered."""
    NULLS = "nulls"
    """device22: by writing nulls. To other devices nulls are values!"""


class Inquiry:
    """The questions of one link. What it learns about the form outlives the connection."""

    __slots__ = (
        "_awaited",
        "_connection",
        "_endpoint",
        "_late",
        "_nodes",
        "_offline",
        "_presence_due",
        "_queue",
        "_refusals",
        "_refused_since",
        "_rounds",
        "_timer",
        "_timing",
        "_untold",
        "answered",
        "form",
    )

    def __init__(self, endpoint: Endpoint, timing: Timing, nodes: Iterable[str]) -> None:
        self.form = Form.NULLS if endpoint.device22 else Form.USUAL
        self._endpoint = endpoint
        self._timing = timing
        self._nodes = tuple(nodes)
        self._connection: Connection | None = None
        self._awaited: dict[Ticket, _Question] = {}
        self._late: dict[Ticket, _Question] = {}
        self._queue: list[str | None] = []
        self._untold: set[str | None] = set()
        self._offline: set[str] = set()
        self._rounds = 0
        self._timer: asyncio.TimerHandle | None = None
        self.answered = False
        """The device told values, on whatever occasion: it is no device22."""
        self._refusals = 0
        self._refused_since = 0.0
        self._presence_due = 0.0

    def configure(self, endpoint: Endpoint) -> None:
        """Take what the user says of the device."""
        if endpoint.device22 != self._endpoint.device22:
            self.form = Form.NULLS if endpoint.device22 else Form.USUAL
        self._endpoint = endpoint

    def first_words(self, session: Session) -> bytes:
        """Return the first questions: about the device itself, some of its children, and who of them is there."""
        self._forget()
        self._untold.update((None, *self._nodes))
        self._queue.extend(self._nodes)
        packets = [self._ask(session, None)]
        packets += [self._ask(session, self._queue.pop(0)) for _ in range(min(len(self._queue), _AT_ONCE))]
        if self._nodes:
            packets.append(session.presence())
        return b"".join(packets)

    def open(self, connection: Connection) -> None:
        """Go on with the questions on a connection where the first words have been said."""
        self._connection = connection
        self._presence_due = asyncio.get_running_loop().time() + self._timing.presence
        self._after(self._timing.answer)

    def close(self) -> None:
        """Ask no more."""
        self._connection = None
        self._forget()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def set_nodes(self, nodes: Iterable[str]) -> None:
        """Take the children; new ones are asked, the others forgotten."""
        old, self._nodes = self._nodes, tuple(nodes)
        gone = set(old).difference(self._nodes)
        self._offline -= gone
        self._untold -= gone
        self._queue = [node for node in self._queue if node not in gone]
        if self._nodes and not old and self._connection is not None:  # the first words did not ask who is there
            self._connection.send(self._connection.session.presence(), asks=False)
        self._ask_soon(node for node in self._nodes if node not in old)

    def query(self, session: Session, node: str | None) -> tuple[bytes, Ticket]:
        """Return a question in the form that the device understands."""
        if node is not None or self.form in {Form.USUAL, Form.REFRESH}:
            if node is None and session.dialect.nulls:
                return session.query(nulls=self._endpoint.dp_ids or bodies.USUAL_DP_IDS)
            return session.query(node)
        if self.form is Form.NULLS:
            return session.query(nulls=self._endpoint.dp_ids or bodies.USUAL_DP_IDS)
        usual = session.dialect.query
        return session.query(command=Command.DP_QUERY if usual == Command.DP_QUERY_NEW else Command.DP_QUERY_NEW)

    def heard_presence(self, presence: Presence) -> None:
        """Take notice that the device is a gateway, which needs no values of its own; ask children that came back."""
        if presence.online or presence.offline:
            self.answered = True
            self._untold.discard(None)
        back = self._offline & presence.online
        self._offline -= back
        self._offline |= presence.offline.intersection(self._nodes)
        self._ask_soon(node for node in self._nodes if node in back)

    def settle(self, ticket: Ticket, error: DeviceRefused | None) -> None:
        """Take an answer, perhaps a late one; those to somebody else's questions do not matter."""
        question = self._awaited.pop(ticket, None) or self._late.pop(ticket, None)
        if question is None:
            return
        node = question.node
        if error is None:
            self._told(question)
        else:
            _LOGGER.debug("%s: status of %s %s", self._endpoint.device_id, node or "itself", error)
            if node is None:
                self._refused(error)
            elif error.text != _UNVALID:
                self._untold.discard(node)
        self._proceed()

    def _told(self, question: _Question) -> None:
        """The question had an answer: its form is one that the device understands."""
        self._untold.discard(question.node)
        if question.node is None and question.late:
            self.form = question.form

    def _ask(self, session: Session, node: str | None) -> bytes:
        data, ticket = self.query(session, node)
        self._awaited[ticket] = _Question(node, self.form)
        return data

    def _ask_soon(self, nodes: Iterable[str]) -> None:
        """Ask about children, where there is a connection."""
        if self._connection is not None:
            fresh = [node for node in nodes if node not in self._queue]
            self._queue += fresh
            self._untold.update(fresh)
            self._rounds = 0
            self._proceed()

    def _proceed(self) -> None:
        """Ask the next questions, as many as may be under way at once; when all were asked, those untold again."""
        connection = self._connection
        if connection is None:
            return
        while self._queue and len(self._awaited) < _AT_ONCE:
            connection.send(self._ask(connection.session, self._queue.pop(0)))
            self._after(self._timing.answer)
        if self._untold and not self._awaited:
            self._after(min(self._timing.retry * 2.0 ** min(self._rounds, 16), self._timing.backoff_most))

    def _refused(self, error: DeviceRefused) -> None:
        """A refusal: a gateway without values of its own, a device that has just booted, or a device22."""
        if self._nodes:
            self._untold.discard(None)
        if self._nodes or self.answered:
            return
        now = asyncio.get_running_loop().time()
        self._refusals += 1
        if self._refusals == 1:
            self._refused_since = now
            if self._connection is not None:
                # Only a gateway answers this, and then there is nothing to wait for.
                self._connection.send(self._connection.session.presence(), asks=False)
        if (
            error.text == _UNVALID
            and self._refusals >= _REFUSALS
            and now - self._refused_since >= self._timing.device22
            and self.form is not Form.NULLS
        ):
            _LOGGER.info("%s only answers to a query by nulls", self._endpoint.device_id)
            self.form = Form.NULLS
            self._rounds = 0

    def _tick(self) -> None:
        """Give up what was not answered, go on, ask again about what was not told."""
        self._timer = None
        connection = self._connection
        if connection is None:
            return
        self._give_up(connection)
        if self._untold and not self._awaited and not self._queue:
            self._rounds += 1
            if self._rounds > _ROUNDS:
                # Perhaps they sleep, or are far away: the gateway will say when they are back.
                self._offline.update(node for node in self._untold if node is not None)
                self._untold &= {None}
            self._queue += sorted(self._untold, key=str)
        self._proceed()
        now = asyncio.get_running_loop().time()
        if self._nodes:
            if now >= self._presence_due:
                self._presence_due = now + self._timing.presence
                connection.send(connection.session.presence(), asks=False)
            if self._timer is None:
                self._after(self._presence_due - now)

    def _give_up(self, connection: Connection) -> None:
        """Wait no longer for what is under way; late answers count all the same."""
        for ticket, question in self._awaited.items():
            # Some devices answer a question under another number, but what was reported may be of another occasion, so
            # they are asked again before that is believed. Gateways need not answer for themselves.
            if ticket.reported:
                if self._rounds >= _DOUBTS:
                    self._untold.discard(question.node)
            elif question.node is None and self._nodes:
                self._untold.discard(question.node)
            elif question.node is None and not self.answered:
                self._change_form(connection)
            self._late[ticket] = replace(question, late=True)
        self._awaited.clear()
        while len(self._late) > _MOST_LATE:
            del self._late[next(iter(self._late))]

    def _forget(self) -> None:
        """Forget all that belongs to one connection."""
        self._awaited.clear()
        self._late.clear()
        self._queue.clear()
        self._untold.clear()
        self._offline.clear()
        self._rounds = 0

    def _change_form(self, connection: Connection) -> None:
        """The query was not even refused: try another form, but nulls only where they are known to be harmless."""
        if self.form is Form.USUAL:
            self.form = Form.OTHER
        elif self.form is Form.OTHER:
            self.form = Form.REFRESH
        elif self.form is Form.REFRESH:
            self.form = Form.USUAL
        if self.form is Form.REFRESH and self._endpoint.dp_ids:
            connection.send(connection.session.refresh(self._endpoint.dp_ids), asks=False)

    def _after(self, delay: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(delay, self._tick)


@dataclass(frozen=True, slots=True)
class _Question:
    """What was asked, in which form."""

    node: str | None
    form: Form
    late: bool = False
    """Nobody waits for the answer any more."""


_AT_ONCE = 8
_DOUBTS = 2
_MOST_LATE = 64
_REFUSALS = 3
_ROUNDS = 6
_UNVALID = "json obj data unvalid"
