"""What the calls of a cloud project were for, and when it is better to make none: who pays for them has few."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
import time
from typing import Final

from .errors import CloudAuthError, CloudBusy, CloudError, CloudSetupError, CloudTokenError, error_of
from .rows import Row, record


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
_MOST_KEPT: Final = 5_000
_JUMP: Final = 3600.0
"""Seconds by which a clock may be set back without what was noted counting as of the future."""
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

    def __init__(self, clock: Callable[[], float] = time.time, *, changed: Callable[[], None] = lambda: None) -> None:
        """Begin without a call; `clock` gives seconds since 1970, `changed` is called when there is more to keep."""
        self.total = 0
        """Calls made since the start."""
        self._clock = clock
        self._changed = changed
        self._calls: deque[tuple[float, Cause, str]] = deque(maxlen=_MOST_KEPT)
        self._error: CloudError | None = None
        self._pause = 0.0
        self._until = 0.0

    @property
    def error(self) -> CloudError | None:
        """Why no call is made at present; None if calls are made."""
        return self._error if self.rest else None

    @property
    def rest(self) -> float:
        """Seconds until the next call is worth making; none where the clock was set back to before the rest began."""
        left = self._until - self._clock()
        return left if 0 < left <= self._pause else 0.0

    def today(self) -> Mapping[str, Mapping[str, int]]:
        """Return how often what was asked in the last 24 hours, by cause."""
        self._forget()
        counts: dict[str, Counter[str]] = {}
        for _, cause, question in self._calls:
            counts.setdefault(cause.value, Counter())[question] += 1
        return counts

    def to_json(self) -> dict[str, object]:
        """Return what a restart must not forget; empty where nothing is worth it."""
        self._forget()
        calls = [[round(at), cause.value, question] for at, cause, question in self._calls]
        told: dict[str, object] = {"calls": calls} if calls else {}
        if error := self.error:
            told["rest"] = {"code": error.code, "key": error.key, "pause": self._pause, "until": self._until}
        return told

    def recall(self, told: Row) -> None:
        """Take what `to_json` returned before a restart; what makes no sense is left out."""
        rows = told.get("calls")
        calls = [call for row in rows if (call := _call(row))] if isinstance(rows, list) else []
        self._calls = deque(sorted((*calls, *self._calls)), maxlen=_MOST_KEPT)
        self._forget()
        match record(told.get("rest")):
            case {"code": int(code), "key": str(key), "pause": float(pause), "until": float(until)}:
                if self._error is None and pause <= DAY:
                    self._error, self._pause, self._until = error_of(code, key=key), pause, until

    def enter(self, path: str) -> None:
        """Count a call, or raise what the cloud said last: until the rest is over, only the user may ask."""
        cause = _CAUSE.get()
        if cause is not Cause.SET_UP and (error := self.error) is not None:
            raise error
        self._forget()
        if cause in _CAPPED and sum(each is cause for _, each, _ in self._calls) >= MOST_A_DAY:
            raise CloudBusy(detail="so many calls were made today for this that no more are")
        self.total += 1
        question = next((name for part, name in _QUESTIONS if part in path), "devices")
        self._calls.append((self._clock(), cause, question))
        self._changed()

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
        self._changed()

    def _forget(self) -> None:
        """Forget yesterday's calls, and those that a clock noted before it was set back."""
        now = self._clock()
        while self._calls and self._calls[0][0] <= now - DAY:
            self._calls.popleft()
        while self._calls and self._calls[-1][0] > now + _JUMP:
            self._calls.pop()


def _call(row: object) -> tuple[float, Cause, str] | None:
    match row:
        case [int() | float() as at, str(cause), str(question)] if cause in set(Cause):
            return float(at), Cause(cause), question
    return None


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
