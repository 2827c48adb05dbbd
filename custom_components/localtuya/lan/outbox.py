"""Requests under way on one link: commands wait, merge and are sent again once; questions wait for their answer."""

import asyncio
from collections.abc import Callable, Mapping
from copy import copy

from .connection import Connection
from .errors import ConnectionLost, LanError, NoAnswer
from .session import Reply, Report, Ticket


class Outbox:
    """Sends at most one command at a time per node; those that come meanwhile merge, the latest value of a DP wins."""

    __slots__ = ("_answer", "_calls", "_connection", "_lanes", "_memory", "_merge")

    def __init__(self, *, answer: float, merge: float, memory: float) -> None:
        self._answer = answer
        self._merge = merge
        self._memory = memory
        self._connection: Connection | None = None
        self._lanes: dict[str | None, _Lane] = {}
        self._calls: dict[Ticket, Callable[[LanError | None], None]] = {}

    def open(self, connection: Connection) -> None:
        """Send over this connection from now on."""
        self._connection = connection

    def close(self, error: LanError) -> None:
        """Fail whatever is under way."""
        self._connection = None
        for lane in self._lanes.values():
            if lane.gathering is not None:
                lane.gathering.cancel()
                lane.gathering = None
                lane.busy = False
            while lane.waiting:
                lane.waiting.pop(0).finish(error)
        calls, self._calls = self._calls, {}
        for done in calls.values():
            done(error)

    def settle(self, reply: Reply) -> bool:
        """Take an answer; False if nobody waits for it."""
        done = self._calls.pop(reply.ticket, None)
        if done is None:
            return False
        done(reply.error)
        return True

    def control(self, dps: Mapping[str, object], node: str | None, *, exclusive: bool) -> asyncio.Future[None]:
        """Write DPs; the future fails with a LanError. `exclusive` commands are never merged and never sent twice."""
        lane = self._lanes.get(node)
        if lane is None:
            lane = self._lanes[node] = _Lane(node)
        future = asyncio.get_running_loop().create_future()
        if lane.waiting and not exclusive and not lane.waiting[-1].exclusive:
            lane.waiting[-1].join(dps, [future])
        else:
            lane.waiting.append(_Batch(dict(dps), [future], exclusive=exclusive))
        if not lane.busy:
            lane.busy = True
            loop = asyncio.get_running_loop()
            if self._merge:
                lane.gathering = loop.call_later(self._merge, self._send_next, lane)
            else:
                lane.gathering = loop.call_soon(self._send_next, lane)
        return future

    def ask(self, data: bytes, ticket: Ticket) -> asyncio.Future[None]:
        """Send a question; the future fails with a LanError."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        timer = loop.call_later(self._answer, self._unanswered, ticket)

        def done(error: LanError | None) -> None:
            timer.cancel()
            _finish(future, error)

        self._calls[ticket] = done
        self._write(data)
        return future

    def fresh(self, report: Report) -> Report:
        """Leave out what a gateway remembers of a child but a command has just changed."""
        lane = self._lanes.get(report.node)
        if lane is None or asyncio.get_running_loop().time() > lane.commanded_at + self._memory:
            return report
        wanted = lane.commanded
        return report._replace(
            dps={name: value for name, value in report.dps.items() if name not in wanted or wanted[name] == value}
        )

    def _unanswered(self, ticket: Ticket) -> None:
        done = self._calls.pop(ticket, None)
        ticket.settled = True
        if done is not None:
            # Some devices answer a question under another number.
            done(None if ticket.reported else NoAnswer("no answer to the question"))

    def _send_next(self, lane: _Lane) -> None:
        """Send the command that has waited longest; the lane is busy until it is answered."""
        lane.gathering = None
        while lane.waiting:
            if self._send(lane, lane.waiting.pop(0)):
                return
        lane.busy = False

    def _send(self, lane: _Lane, batch: _Batch) -> bool:
        """Send a command; False if that failed at once."""
        loop = asyncio.get_running_loop()
        connection = self._connection
        if connection is None:
            batch.finish(ConnectionLost("the connection ended"))
            return False
        try:
            data, ticket = connection.session.control(batch.dps, lane.node)
        except LanError as error:
            batch.finish(error)
            return False
        timer = loop.call_later(self._answer, self._silence, lane, batch, ticket)

        def done(error: LanError | None) -> None:
            timer.cancel()
            batch.finish(error)
            self._send_next(lane)

        self._calls[ticket] = done
        lane.commanded = batch.dps
        lane.commanded_at = loop.time()
        connection.send(data)
        return True

    def _silence(self, lane: _Lane, batch: _Batch, ticket: Ticket) -> None:
        """Send once more, with what has come meanwhile, or give up."""
        self._calls.pop(ticket, None)
        ticket.settled = True
        if batch.exclusive or batch.repeated:
            batch.finish(NoAnswer("no answer to the command"))
            self._send_next(lane)
            return
        batch.repeated = True
        if lane.waiting and not lane.waiting[0].exclusive:
            later = lane.waiting.pop(0)
            batch.join(later.dps, later.waiters)
        if not self._send(lane, batch):
            self._send_next(lane)

    def _write(self, data: bytes) -> None:
        if self._connection is not None:
            self._connection.send(data)


class _Batch:
    """A command, with all who wait for it."""

    __slots__ = ("dps", "exclusive", "repeated", "waiters")

    def __init__(self, dps: dict[str, object], waiters: list[asyncio.Future[None]], *, exclusive: bool) -> None:
        self.dps = dps
        self.waiters = waiters
        self.exclusive = exclusive
        self.repeated = False

    def join(self, dps: Mapping[str, object], waiters: list[asyncio.Future[None]]) -> None:
        """Take another command in; its values win."""
        self.dps = {**self.dps, **dps}
        self.waiters += waiters

    def finish(self, error: LanError | None) -> None:
        """Tell all who wait."""
        for future in self.waiters:
            _finish(future, error)


class _Lane:
    """The commands to one node."""

    __slots__ = ("busy", "commanded", "commanded_at", "gathering", "node", "waiting")

    def __init__(self, node: str | None) -> None:
        self.node = node
        self.waiting: list[_Batch] = []
        self.busy = False
        self.gathering: asyncio.Handle | None = None
        self.commanded: Mapping[str, object] = {}
        self.commanded_at = float("-inf")


def _finish(future: asyncio.Future[None], error: LanError | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(None)
    else:
        future.set_exception(copy(error))
