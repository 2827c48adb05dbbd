"""A movement between two ends, of which only the time that it takes is known."""

from dataclasses import dataclass

OPEN, CLOSED = 100, 0


@dataclass(frozen=True, slots=True)
class Journey:
    """What moves since `begun` from a position, 0 to 100 (None: unknown), up or down, in `seconds` from end to end."""

    begun: float
    start: float | None
    up: bool
    seconds: float

    @property
    def end(self) -> int:
        """Where it leads if nobody stops it."""
        return OPEN if self.up else CLOSED

    def position(self, now: float) -> float | None:
        """Return where it is; from an unknown start that is known at the end only."""
        way = OPEN * max(0.0, now - self.begun) / self.seconds
        if self.start is None:
            return self.end if way >= OPEN else None
        return min(OPEN, self.start + way) if self.up else max(CLOSED, self.start - way)

    def left(self, now: float, goal: float) -> float:
        """Return in how many seconds it is there; from an unknown start it may take the whole way."""
        start = self.start if self.start is not None else OPEN - self.end
        return self.begun + abs(goal - start) / OPEN * self.seconds - now
