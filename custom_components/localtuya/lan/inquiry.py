"""Asking a device for its status: in which form, about how many children at a time, when again."""

import asyncio
from collections.abc import Iterable
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
        "_nodes",
        "_presence_due",
        "_queue",
        "_refusals",
        "_refused_since",
        "_timer",
        "_timing",
        "_wait",
        "answered",
        "form",
    )

    def __init__(self, endpoint: Endpoint, timing: Timing, nodes: Iterable[str]) -> None:
        self.form = Form.NULLS if endpoint.device22 else Form.USUAL
        self._endpoint = endpoint
        self._timing = timing
        self._nodes = tuple(nodes)
        self._connection: Connection | None = None
        self._awaited: dict[Ticket, str | None] = {}
        self._queue: list[str] = []
        self._timer: asyncio.TimerHandle | None = None
        self._wait = timing.retry
        self.answered = False
        """The device told values, by itself or after all."""
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
        self._awaited.clear()
        self._queue.clear()
        self._queue.extend(self._nodes)
        packets = [self._ask(session, None)]
        packets += [self._ask(session, self._queue.pop(0)) for _ in range(min(len(self._queue), _AT_ONCE))]
        if self._nodes:
            packets.append(session.presence())
        return b"".join(packets)

    def open(self, connection: Connection) -> None:
        """Go on with the questions on a connection where the first words have been said."""
        self._connection = connection
        self._wait = self._timing.retry
        self._presence_due = asyncio.get_running_loop().time() + self._timing.presence
        self._after(self._timing.answer)

    def close(self) -> None:
        """Ask no more."""
        self._connection = None
        self._awaited.clear()
        self._queue.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def set_nodes(self, nodes: Iterable[str]) -> None:
        """Take the children; new ones are asked."""
        old, self._nodes = self._nodes, tuple(nodes)
        if self._connection is not None:
            self._queue.extend(node for node in self._nodes if node not in old)
            self._proceed()

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
        """Take notice that the device is a gateway: such need no values of their own."""
        if presence.online or presence.offline:
            self.answered = True

    def settle(self, ticket: Ticket, error: DeviceRefused | None) -> bool:
        """Take an answer; False if the question was somebody else's."""
        if ticket not in self._awaited:
            return False
        node = self._awaited.pop(ticket)
        if error is not None:
            _LOGGER.debug("%s: status of %s %s", self._endpoint.device_id, node or "itself", error)
            if node is None:
                self._refused(error)
        self._proceed()
        return True

    def _ask(self, session: Session, node: str | None) -> bytes:
        data, ticket = self.query(session, node)
        self._awaited[ticket] = node
        return data

    def _proceed(self) -> None:
        """Ask about further children, as many as may be under way at once."""
        connection = self._connection
        if connection is None:
            return
        while self._queue and len(self._awaited) < _AT_ONCE:
            connection.send(self._ask(connection.session, self._queue.pop(0)))
            self._after(self._timing.answer)

    def _refused(self, error: DeviceRefused) -> None:
        """A refusal: a gateway without values of its own, a device that has just booted, or a device22."""
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
            self._wait = 0.0
        self._after(self._wait)

    def _tick(self) -> None:
        """Forget what was not answered, go on, ask again where nothing was ever told."""
        self._timer = None
        connection = self._connection
        if connection is None:
            return
        silent = None in self._awaited.values()
        self._awaited.clear()
        if not self.answered and not self._nodes:
            if silent:
                self._change_form(connection)
            self._wait = min(max(self._wait, self._timing.retry) * 2, self._timing.backoff_most)
            connection.send(self._ask(connection.session, None))
            self._after(self._wait)
        self._proceed()
        now = asyncio.get_running_loop().time()
        if self._nodes:
            if now >= self._presence_due:
                self._presence_due = now + self._timing.presence
                connection.send(connection.session.presence(), asks=False)
            if self._timer is None:
                self._after(self._presence_due - now)

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


_AT_ONCE = 8
_REFUSALS = 3
_UNVALID = "json obj data unvalid"
