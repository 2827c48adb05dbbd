"""Carries out an approach: one attempt after the other, until a session is live or all were in vain."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from .approach import Approach, Attempt, End, Outcome, Situation, Verdict, approach
from .connection import Connection
from .dialect import DIALECTS
from .endpoint import Timing
from .errors import KeyRejected, LanError, Stillborn, VersionMismatch
from .session import Event, Failed, Ready, Session


class DialerOwner(Protocol):
    """Who wants a live session."""

    def dial_accepted(self) -> None:
        """TCP stands; the first words are next."""

    def dial_succeeded(self, connection: Connection, attempt: Attempt, events: list[Event]) -> None:
        """The session is live and said this so far; the connection is the owner's from now on."""

    def dial_failed(self, verdict: Verdict) -> None:
        """All attempts were in vain."""

    def first_words(self, session: Session) -> bytes:
        """Return the requests to begin with."""


class Dialer:
    """Tries what the approach tells; at most one connection at a time."""

    __slots__ = (
        "_approach",
        "_attempt",
        "_connection",
        "_counted",
        "_device_id",
        "_next_patience",
        "_nudged",
        "_owner",
        "_patience",
        "_port",
        "_round_since",
        "_since",
        "_task",
        "_timer",
        "_timing",
        "dialed",
    )

    def __init__(self, device_id: str, owner: DialerOwner, timing: Timing) -> None:
        self.dialed = 0
        """Connections tried so far."""
        self._device_id = device_id
        self._owner = owner
        self._timing = timing
        self._port = 0
        self._approach: Approach | None = None
        self._attempt: Attempt | None = None
        self._connection: Connection | None = None
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._nudged = False
        self._patience = self._next_patience = 1
        self._since = 0.0
        self._round_since = 0.0
        self._counted = 0

    def take_count(self) -> int:
        """Return how many connections were tried since the last time this was asked."""
        count, self._counted = self.dialed - self._counted, self.dialed
        return count

    @property
    def busy(self) -> bool:
        """A round of attempts is under way."""
        return self._approach is not None

    @property
    def stuck(self) -> bool:
        """The present attempt has waited a moment for TCP, perhaps since before the device was there.

        Starting anew is worth it then, but not for ever: who keeps asking would never learn that nobody answers.
        """
        if self._task is None:
            return False
        now = asyncio.get_running_loop().time()
        return now - self._since > _MOMENT and now - self._round_since < self._timing.connect

    def begin(self, situation: Situation, port: int) -> None:
        """Start a round of attempts, giving up one under way."""
        if not self.busy:
            self._round_since = asyncio.get_running_loop().time()
        self.cancel()
        self._port = port
        self._patience = self._next_patience
        self._approach = approach(situation)
        self._advance(None)

    def cancel(self) -> None:
        """Give up the round under way; the owner hears nothing more of it."""
        if self._approach is not None:
            self._approach.close()
            self._approach = None
        self._hang_up()
        if self._task is not None:
            self._task.cancel()

    async def stop(self) -> None:
        """Give up, and wait until nothing is left."""
        task = self._task
        self.cancel()
        if task is not None:
            await asyncio.wait([task])

    def connection_made(self, connection: Connection) -> None:  # noqa: ARG002
        """See ConnectionOwner."""
        self._owner.dial_accepted()
        if self._attempt is not None and self._attempt.wait:
            self._after(self._timing.probe, self._speak)
        else:
            self._speak()

    def connection_heard(self, connection: Connection, events: list[Event]) -> None:
        """See ConnectionOwner."""
        for event in events:
            match event:
                case Failed(error):
                    self._next(_outcome(error))
                    return
                case Ready(greeting):
                    connection.send(greeting + self._owner.first_words(connection.session))
        attempt = self._attempt
        if connection.session.ready and attempt is not None:
            # Below 3.4 any sound frame will do: only a device of that kind with a word for us sends one.
            self._connection = None
            self.cancel()
            self._owner.dial_succeeded(connection, attempt, events)

    def connection_doubted(self, connection: Connection) -> None:
        """See ConnectionOwner."""
        connection.send(connection.session.heartbeat())

    def connection_lost(self, connection: Connection, error: LanError, *, reset: bool) -> None:  # noqa: ARG002
        """See ConnectionOwner."""
        self._next(Outcome(End.RESET if reset else End.CUT, early=connection.session.silent))

    def _try(self, attempt: Attempt) -> None:
        self.dialed += 1
        self._attempt = attempt
        self._since = asyncio.get_running_loop().time()
        session = Session(DIALECTS[attempt.version], self._device_id, attempt.key)
        self._connection = Connection(session, self, self._timing)
        self._task = asyncio.get_running_loop().create_task(self._connect(attempt.host, self._connection))

    async def _connect(self, host: str, connection: Connection) -> None:
        end: End | None = None
        try:
            async with asyncio.timeout(self._timing.connect):
                await asyncio.get_running_loop().create_connection(lambda: connection, host, self._port)
        except TimeoutError:
            end = End.FILTERED
        except ConnectionRefusedError:
            end = End.REFUSED
        except OSError, ValueError:
            end = End.ABSENT
        finally:
            if self._task is asyncio.current_task():
                self._task = None
        if end is not None:
            self._next(Outcome(end))

    def _speak(self) -> None:
        """Say the first words and wait for an answer."""
        connection, attempt = self._connection, self._attempt
        if connection is None or attempt is None:
            return
        session = connection.session
        words = session.open() or self._owner.first_words(session)
        self._nudged = attempt.brief
        if attempt.brief and session.ready:
            words += session.heartbeat()
        connection.send(words)
        self._after(self._answer / 2 if attempt.brief else self._answer, self._silent)

    def _silent(self) -> None:
        """Nothing came back: say what every device without negotiation answers, then give up."""
        connection = self._connection
        if connection is None:
            return
        if connection.session.ready and not self._nudged:
            self._nudged = True
            connection.send(connection.session.heartbeat())
            self._after(self._answer / 2, self._silent)
        else:
            if self._attempt is not None and not self._attempt.brief:
                # Perhaps it is only slow: let it have more time in the next round.
                self._next_patience = min(self._patience * 2, _MOST_PATIENT)
            self._next(Outcome(End.SILENT))

    @property
    def _answer(self) -> float:
        """Seconds to wait for the first answer."""
        return self._timing.answer * self._patience

    def _next(self, outcome: Outcome) -> None:
        """Go on with the round, or hand over its verdict."""
        self._hang_up()
        if self._approach is not None:
            self._advance(outcome)

    def _advance(self, outcome: Outcome | None) -> None:
        """Make the next attempt of the approach; `outcome` is that of the one before."""
        if self._approach is None:
            return
        try:
            attempt = next(self._approach) if outcome is None else self._approach.send(outcome)
        except StopIteration as done:
            self._approach = None
            self._owner.dial_failed(done.value)
        else:
            self._try(attempt)

    def _hang_up(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _after(self, delay: float, act: Callable[[], None]) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(delay, act)


_MOMENT = 0.05
_MOST_PATIENT = 4


def _outcome(error: LanError) -> Outcome:
    """Translate what the session found."""
    match error:
        case KeyRejected():
            return Outcome(End.KEY)
        case VersionMismatch(version=version):
            return Outcome(End.VERSION, version=version)
        case Stillborn():
            return Outcome(End.STILLBORN)
        case _:
            return Outcome(End.SPOILED)
