"""Times that no row names: pairs of hours and minutes, numbers that are called a timer or the start of something."""

from collections.abc import Iterable, Iterator

from .codes import snake, tokens
from .convert.clock import at_most_a_day, part
from .datapoint import Datapoint, Int
from .spec import Spec
from .spec.moments import Time, Timer

_HOURS = frozenset({"hour", "hours", "hh"})
_MINUTES = frozenset({"minute", "minutes", "min", "mm"})
_RUNS = frozenset({"countdown", "timer", "clock"})
_ENDS = frozenset({"start", "end", "begin", "stop", "open", "close"})
_LASTS = frozenset({"time", "duration"})
_DAYS = frozenset({1439, 1440, 86_399, 86_400})


def time_rows(datapoints: Iterable[Datapoint]) -> Iterator[Spec]:
    """Yield the rows of times among datapoints that nobody knows."""
    numbers = [datapoint for datapoint in datapoints if isinstance(datapoint, Int) and datapoint.writable]
    minutes = {rest: each for each in numbers if (rest := _rest(each, _MINUTES)) is not None and part("minute")(each)}
    paired: set[Datapoint] = set()
    for hours in numbers:
        rest = _rest(hours, _HOURS)
        if rest is not None and rest in minutes and part("hour")(hours):
            paired |= {hours, minutes[rest]}
            name = rest if "time" in rest.split("_") else f"{rest}_time".strip("_")
            yield Time(hour=hours.code, minute=minutes[rest].code, name=name)
    for number in numbers:
        if number not in paired and _is_time(number):
            yield from Timer(number.code)


def _rest(datapoint: Datapoint, words: frozenset[str]) -> str | None:
    """Return the code without the word that is one of these, None where it has none."""
    parts = snake(datapoint.code).split("_")
    kept = [each for each in parts if each not in words]
    return "_".join(kept) if len(kept) == len(parts) - 1 else None


def _is_time(datapoint: Int) -> bool:
    """Whether its name says so, and its unit or a range of just a day."""
    words = tokens(datapoint.code)
    named = bool(words & _RUNS) or bool(words & _ENDS and words & _LASTS)
    return named and bool(datapoint.unit or datapoint.high in _DAYS) and at_most_a_day(datapoint) is not None
