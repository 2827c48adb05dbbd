"""Energy that is told piece by piece: how much there was in all.

Tuya's datapoint `add_ele` is reported either as what was used since the report before, which is how Wi-Fi devices are
told to do it, or as the total, and nothing that a device says of itself tells which. So both are reckoned at once.
What is shown is what there was in any case, the rise of a total; what there was beyond that if these are increments
is held back, and added at once when it turns out that they are. Neither is anything counted twice nor lost:

- A value below the one before is no total. A total may be reset once, so that the second fall settles it.
- The same value again, alone in its report, is no total either; the sixth in a row settles it. Together with others
  it is just said once more, as devices do when somebody connects, and counts nothing.
- Twenty rises without a fall are a total.

Answers to questions count nothing: they repeat the last report. A gateway's children always tell the total.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

_FALLS = 2
_REPEATS = 6
_RISES = 20
_DIGITS = 6


class Kind(StrEnum):
    """What the values turned out to be."""

    UNSETTLED = "unsettled"
    INCREMENTS = "increments"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was counted so far; `shown` never falls."""

    kind: Kind = Kind.UNSETTLED
    shown: float = 0.0
    held: float = 0.0
    """What is to be added if these are increments."""
    last: float | None = None
    rises: int = 0
    falls: int = 0
    repeats: int = 0

    def hear(self, value: float, *, alone: bool) -> Tally:
        """Return the tally after one more report; `alone`: nothing else was in it."""
        if value < 0 or (value == self.last and not alone):
            return self
        match self.kind:
            case Kind.INCREMENTS:
                return replace(self, last=value, shown=_sum(self.shown, value))
            case Kind.TOTAL:
                return replace(self, last=value, shown=_sum(self.shown, _rise(self.last, value)))
            case Kind.UNSETTLED:
                return self._weigh(value)

    def to_json(self) -> dict[str, object]:
        """Return plain JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Tally:
        """Return the tally; a new one if the data make no sense."""
        numbers = {name: data.get(name) for name in ("shown", "held", "rises", "falls", "repeats")}
        last, kind = data.get("last"), str(data.get("kind"))
        sound = all(isinstance(number, int | float) and number >= 0 for number in numbers.values())
        if not sound or kind not in Kind or not (last is None or isinstance(last, int | float)):
            return cls()
        return cls(kind=Kind(kind), last=last, **numbers)  # type: ignore[arg-type]

    def _weigh(self, value: float) -> Tally:
        last = self.last
        if last is None:
            return replace(self, last=value, held=value)
        if value > last:
            shown, held = _sum(self.shown, value - last), _sum(self.held, last)
            after = replace(self, last=value, shown=shown, held=held, rises=self.rises + 1, repeats=0)
        elif value == last:
            after = replace(self, held=_sum(self.held, value), repeats=self.repeats + 1)
        else:
            after = replace(self, last=value, shown=_sum(self.shown, value), falls=self.falls + 1, rises=0, repeats=0)
        if after.falls >= _FALLS or after.repeats >= _REPEATS:
            return replace(after, kind=Kind.INCREMENTS, shown=_sum(after.shown, after.held), held=0.0)
        return replace(after, kind=Kind.TOTAL, held=0.0) if after.rises >= _RISES else after


def _rise(last: float | None, value: float) -> float:
    """Return by how much a total rose; one that fell was reset."""
    return value if last is None or value < last else value - last


def _sum(one: float, other: float) -> float:
    return round(one + other, _DIGITS)
