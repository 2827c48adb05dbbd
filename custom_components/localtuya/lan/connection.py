"""One TCP connection to a device: the socket, its heartbeat, its end."""

import asyncio
from typing import Protocol, cast, override

from .endpoint import Timing
from .errors import ConnectionLost, LanError, NoAnswer
from .session import Event, Session


class ConnectionOwner(Protocol):
    """Who opened a connection. Called in the event loop."""

    def connection_made(self, connection: Connection) -> None:
        """TCP stands."""

    def connection_heard(self, connection: Connection, events: list[Event]) -> None:
        """The device said something; `events` may be empty (a heartbeat)."""

    def connection_doubted(self, connection: Connection) -> None:
        """Something stayed unanswered, perhaps a heartbeat: ask something that the device is known to answer."""

    def connection_lost(self, connection: Connection, error: LanError, *, reset: bool) -> None:
        """It ended, by `reset` or in good order; never called after `close`."""


class Connection(asyncio.Protocol):
    """The socket of one session. Sends heartbeats, notices when nothing comes back."""

    __slots__ = (
        "_asked",
        "_closed",
        "_error",
        "_heartbeat",
        "_loop",
        "_quiet_until",
        "_sent",
        "_timer",
        "_timing",
        "_transport",
        "heard_at",
        "owner",
        "session",
    )

    def __init__(self, session: Session, owner: ConnectionOwner, timing: Timing) -> None:
        self.session = session
        self.owner = owner
        """Who hears of it; may be handed on."""
        self._timing = timing
        self._heartbeat = timing.heartbeat
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._sent = 0.0
        self._quiet_until = 0.0
        self._asked = 0.0
        self.heard_at = 0.0
        """Loop time of the last sound frame."""
        self._error: LanError | None = None
        self._closed = False

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if self._closed:
            transport.close()
            return
        self.owner.connection_made(self)

    @override
    def data_received(self, data: bytes) -> None:
        session = self.session
        heard = session.heard
        events = session.receive(data)
        if session.heard != heard:
            self._asked = 0.0
            self.heard_at = self._loop.time()
        if not self._closed and (events or session.heard != heard):
            self.owner.connection_heard(self, events)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        self._transport = None
        if not self._closed:
            self._closed = True
            error = self._error or ConnectionLost("the device hung up" if exc is None else f"connection broke: {exc}")
            self.owner.connection_lost(self, error, reset=isinstance(exc, ConnectionResetError | BrokenPipeError))

    def send(self, data: bytes, *, asks: bool = True) -> None:
        """Write; `asks` = some frame must come back."""
        if self._transport is None or self._closed:
            return
        self._transport.write(data)
        now = self._loop.time()
        if not asks:
            self._quiet_until = now + _REFRESH_TAKES
        else:
            self._sent = now
            if not self._asked:
                self._asked = now
            if self._timer is None:
                self._timer = self._loop.call_later(self._heartbeat, self._tick)

    @property
    def idle(self) -> float:
        """Seconds since anything was sent; 0 while an answer is due."""
        return 0.0 if self._asked else self._loop.time() - self._sent

    def beat_every(self, seconds: float) -> None:
        """Send heartbeats after this much silence instead of the usual time."""
        self._heartbeat = seconds
        if self._timer is not None:
            self._stop_timer()
            self._timer = self._loop.call_at(self._sent + seconds, self._tick)

    def check(self) -> None:
        """Find out within one answer's time whether anybody is still there."""
        if not self._asked or self._timer is None:
            self.send(self.session.heartbeat())
            self._asked = self._loop.time() - self._heartbeat
            self._stop_timer()
            self._timer = self._loop.call_later(self._timing.answer, self._tick)

    def close(self) -> None:
        """End the connection in good order (FIN); the owner hears nothing more."""
        self._closed = True
        self._stop_timer()
        if self._transport is not None:
            self._transport.close()

    def fail(self, error: LanError) -> None:
        """End the connection for this reason; the owner hears of it soon."""
        self._error = error
        if self._transport is not None:
            self._transport.abort()

    def _tick(self) -> None:
        """Send a heartbeat if it is due, give up if nothing came back, sleep until the next of both."""
        now = self._loop.time()
        patience = self._heartbeat + self._timing.answer
        if self._asked and now - self._asked >= patience - _SLACK:
            self._timer = None
            self.fail(NoAnswer(f"nothing heard for {now - self._asked:.0f} s"))
            return
        if now < self._quiet_until - _SLACK:
            self._timer = self._loop.call_at(self._quiet_until, self._tick)
            return
        if now - self._sent >= self._heartbeat - _SLACK:
            if self._asked:
                self.owner.connection_doubted(self)
            else:
                self.send(self.session.heartbeat())
        due = self._sent + self._heartbeat
        if self._asked:
            due = min(due, self._asked + patience)
        self._timer = self._loop.call_at(due, self._tick)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


_REFRESH_TAKES = 1.0
"""Seconds in which a metering device is busy with a refresh and had better not be asked for a heartbeat."""
_SLACK = 0.001
