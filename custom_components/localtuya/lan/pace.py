"""How often: connections, heartbeats, refreshes of metered values, wake-ups of a sleeper. All times in seconds."""

import random

from .endpoint import Timing


class Backoff:
    """When to try again: later after each failure, at once at a sign of life, never beyond the hourly budget."""

    __slots__ = ("_barred_until", "_budget", "_cut_short", "_ended", "_pleas", "_timing", "failures", "rebuffs")

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._budget = Budget(timing.connections_per_hour)
        self.failures = 0
        """Rounds in vain since the last session that lasted."""
        self.rebuffs = 0
        """Of these, rounds in which somebody was there, but no session came of it."""
        self._cut_short = 0
        self._pleas = 0
        self._ended = float("-inf")
        self._barred_until = float("-inf")

    @property
    def contested(self) -> bool:
        """The device hung up on every one of the last sessions, each soon after it began."""
        return self._cut_short >= _CONTESTED

    def failed(self, now: float, dialed: int, *, reached: bool = True, hard: bool = False) -> float:
        """Take that a round of so many connections was in vain; return the seconds until the next."""
        self.failures += 1
        self.rebuffs += reached
        return self._rest(now, dialed, hard=hard)

    def lost(self, now: float, dialed: int, lived: float, *, hung_up: bool, hard: bool = False) -> float:
        """Take that a session ended after so many seconds, perhaps by the device; return the seconds until the next."""
        self.rebuffs = 0
        if lived >= self._timing.heartbeat:
            self.failures = self._pleas = self._cut_short = 0
        else:
            self.failures += 1
            self._cut_short = self._cut_short + 1 if hung_up else 0
        return self._rest(now, dialed, hard=hard or self.contested)

    def hope(self) -> None:
        """Take a sign of life, or news: what failed so far counts no more."""
        self.failures = self._pleas = 0

    def affords(self, now: float) -> bool:
        """Whether the budget allows another round at this time."""
        return now >= self._barred_until

    def plea(self, now: float) -> bool:
        """Whether a command may end the wait: the first at once, each later one only after twice the time."""
        price = min(self._timing.backoff_first * (2.0 ** min(self._pleas, 16) - 1), self._timing.backoff_hard)
        if now < self._ended + price or not self.affords(now):
            return False
        self._pleas += 1
        return True

    def _rest(self, now: float, dialed: int, *, hard: bool) -> float:
        """Return how long to wait, with jitter so that hundreds of links do not come back at once."""
        timing = self._timing
        delay = timing.backoff_first * 2.0 ** min(max(self.failures - 1, 0), 16)
        if hard:
            delay = max(delay, timing.backoff_hard)
        delay = min(delay, timing.backoff_most) * random.uniform(0.5, 1.0)  # noqa: S311 - jitter
        overspent = self._budget.spend(dialed, now)
        self._ended = now
        self._barred_until = now + overspent
        return max(delay, overspent)


class Budget:
    """Connections that may be tried per hour; what is not used is saved, up to an hour's worth."""

    __slots__ = ("_at", "_left", "_per_hour")

    def __init__(self, per_hour: float) -> None:
        self._per_hour = per_hour
        self._left = per_hour
        self._at = 0.0

    def spend(self, count: int, now: float) -> float:
        """Take so many connections at time `now`; return how many seconds to wait before the next one (0 = none)."""
        if self._at:
            self._left = min(self._per_hour, self._left + (now - self._at) * self._per_hour / _HOUR)
        self._at = now
        self._left -= count
        return max(0.0, (1 - self._left) * _HOUR / self._per_hour)


class Pace:
    """Seconds between refreshes: shorter while they bring news, longer while they do not."""

    __slots__ = ("_fastest", "_slowest", "seconds")

    def __init__(self, fastest: float, slowest: float) -> None:
        self._fastest = fastest
        self._slowest = slowest
        self.seconds = fastest

    def judge(self, *, brought: bool) -> float:
        """Take whether the last refresh brought anything; return the seconds until the next one."""
        self.seconds = self._fastest if brought else min(self.seconds * 2, self._slowest)
        return self.seconds


class Rhythm:
    """The usual interval between the wake-ups of a sleeper, learned."""

    __slots__ = ("_last", "interval")

    def __init__(self) -> None:
        self._last: float | None = None
        self.interval: float | None = None
        """Seconds; None until two wake-ups were seen."""

    def beat(self, now: float) -> None:
        """Take a wake-up at time `now`."""
        if self._last is not None:
            step = now - self._last
            # Sleepers also wake early, when something happens: the regular interval is the long one.
            known = self.interval
            self.interval = step if known is None or step > known else known + (step - known) * _FORGETTING
        self._last = now


class Vigil:
    """How often a device must hear from us, learned from when it hung up on an idle connection."""

    __slots__ = ("_last", "_usual", "seconds")

    def __init__(self, usual: float) -> None:
        self._usual = usual
        self._last = 0.0
        self.seconds = usual
        """Between two heartbeats."""

    def hung_up(self, idle: float) -> None:
        """Take that the device hung up after so many seconds without a word from us; twice the same is a habit."""
        habit = abs(idle - self._last) <= idle * _SAME
        if habit and self._usual * _SHORTEST <= idle < self._usual:
            self.seconds = min(self.seconds, idle * _IN_TIME)
        self._last = idle


_CONTESTED = 3
_SAME = 0.1
_SHORTEST = 0.1
_IN_TIME = 0.6
_HOUR = 3600.0
_FORGETTING = 0.1
