"""How often: connections per hour, refreshes of metered values, wake-ups of a sleeper. Times are given, in seconds."""


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


_HOUR = 3600.0
_FORGETTING = 0.1
