"""What the calls of a cloud project were for, and when it is better to make none: who pays for them has few."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
import time
from typing import Final

from .errors import CloudAuthError, CloudBusy, CloudError, CloudSetupError, CloudTokenError


class Cause(StrEnum):
    """Why the cloud is called."""

    SET_UP = "set_up"
    """The user asked for it, in a form: never refused here."""
    LEARN = "learn"
    """Nothing is known of a device."""
    KEY = "key"
    """A device refuses its key."""
    FOLLOW = "follow"
    """What is new in the account is looked for."""


DAY: Final = 86_400.0
MOST_A_DAY: Final = 60
"""Calls within a day for each of the causes that nobody asked for; a trial has some 1,000 for everything."""
_CAPPED: Final = frozenset({Cause.KEY, Cause.FOLLOW})
_MOST_KEPT: Final = 20_000
_QUESTIONS: Final = (
    ("/v1.0/token", "token"),
    ("/model", "models"),
    ("/shadow/properties", "names"),
    ("/factory-infos", "addresses"),
    ("/specifications", "specifications"),
)
"""What the paths ask for; all others ask for devices."""
_CAUSE: ContextVar[Cause] = ContextVar("cause", default=Cause.SET_UP)


@contextmanager
def because(cause: Cause) -> Iterator[None]:
    """Let the calls made meanwhile, and by tasks begun meanwhile, have this cause."""
    token = _CAUSE.set(cause)
    try:
        yield
    finally:
        _CAUSE.reset(token)


class Ledger:
    """The calls of one project and what the cloud said to them last; all clients of a project share one."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Begin without a call; `clock` gives seconds."""
        self.total = 0
        self._clock = clock
        self._calls: deque[tuple[float, Cause, str]] = deque(maxlen=_MOST_KEPT)
        self._error: CloudError | None = None
        self._pause = 0.0
        self._until = 0.0

    @property
    def error(self) -> CloudError | None:
        """Why no call is made at present; None if calls are made."""
        return self._error if self._clock() < self._until else None

    @property
    def rest(self) -> float:
        """Seconds until the next call is worth making."""
        return max(0.0, self._until - self._clock())

    def today(self) -> Mapping[str, Mapping[str, int]]:
        """Return how often what was asked in the last 24 hours, by cause."""
        self._forget()
        counts: dict[str, Counter[str]] = {}
        for _, cause, question in self._calls:
            counts.setdefault(cause.value, Counter())[question] += 1
        return counts

    def enter(self, path: str) -> None:
        """Count a call, or raise what the cloud said last: until the rest is over, only the user may ask."""
        cause = _CAUSE.get()
        if cause is not Cause.SET_UP and self.error is not None:
            raise self.error
        self._forget()
        if cause in _CAPPED and sum(each is cause for _, each, _ in self._calls) >= MOST_A_DAY:
            raise CloudBusy(detail="so many calls were made today for this that no more are")
        self.total += 1
        question = next((name for part, name in _QUESTIONS if part in path), "devices")
        self._calls.append((self._clock(), cause, question))

    def served(self) -> None:
        """Take that the cloud answered; what is still in flight when it refuses does not end the rest."""
        if self.error is None or _CAUSE.get() is Cause.SET_UP:
            self._error, self._pause, self._until = None, 0.0, 0.0

    def refused(self, error: CloudError) -> None:
        """Take a refusal that holds for every call: rest, twice as long each time."""
        first, most = _patience(error)
        if not first or error is self.error:
            return
        if self.error is None:
            self._pause = min(self._pause * 2, most) if self._pause else first
        self._error, self._until = error, self._clock() + self._pause

    def _forget(self) -> None:
        while self._calls and self._calls[0][0] <= self._clock() - DAY:
            self._calls.popleft()


def _patience(error: CloudError) -> tuple[float, float]:
    """Return the first and the longest rest after an error, in seconds; nothing where the next call may do better."""
    match error:
        case CloudTokenError():
            return 0.0, 0.0
        case CloudBusy():
            return 60.0, 3600.0
        case CloudSetupError(reason="quota"):
            return 6 * 3600.0, DAY
        case CloudSetupError() | CloudAuthError():
            return 3600.0, DAY
    return 0.0, 0.0
