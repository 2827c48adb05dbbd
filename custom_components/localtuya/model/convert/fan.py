"""What fans call their speeds and swings: speeds as 1 to 100 %, swinging as yes or no."""

from collections.abc import Callable, Mapping, Sequence
import re

from ..codes import snake, tokens
from ..datapoint import Bool, Datapoint, Enum, Int, Number
from ..errors import ValueRejected
from ..point import Point

_STILL = frozenset({"off", "close", "closed", "stop", "cancel", "none"})
_SLOW_TO_FAST = (
    ("verylow", "very_low"),
    ("mute", "quiet", "silent", "silence"),
    ("low", "small", "min", "slow", "weak", "soft", "light", "l", "lowspeed"),
    ("low_mid", "mid_low", "medium_low", "low_medium"),
    ("mid", "middle", "med", "medium", "m", "normal", "standard", "ordinary", "midspeed"),
    ("mid_high", "high_mid", "medium_high", "high_medium"),
    ("high", "hig", "large", "big", "fast", "h", "highspeed"),
    ("strong", "strength"),
    ("turbo", "super", "power", "powerful", "max", "full", "top", "boost"),
)
_NAMED = {word: rank for rank, words in enumerate(_SLOW_TO_FAST) for word in words}
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = re.compile(r"(?:[a-z_]*?(?:level|speed|gear|wind|fan|grade|v|l|f|h)_?v?)?(\d{1,3})")
_DECORATION = re.compile(r"^(?:fan|wind|speed)_|_(?:speed|wind|mist)$")


def speed(datapoint: Datapoint, /) -> Point[int] | None:
    """Take a fan's speed as 1 to 100, in steps: the first is not standstill, which is 0 where the device can say it."""
    match datapoint:
        case Int() if datapoint.high > max(datapoint.low, 1):
            return _levels(datapoint)
        case Enum() if len(raws := speeds(datapoint.range)) > 1 and not _numbers_of_a_mode(datapoint, raws):
            still = next((raw for raw in datapoint.range if snake(raw) in _STILL), None)
            return _words(datapoint, raws, still)
        case _:
            return None


def speeds(words: Sequence[str]) -> list[str]:
    """Return the words that are speeds, from slow to fast; those that are nothing of the kind are left out."""
    numbers = {word: number for word in words if (number := _number_in(word)) is not None}
    names = {word: rank for word in words if word not in numbers and (rank := _rank(word)) is not None}
    if numbers and names:
        return [word for word in words if word in numbers or word in names]
    return sorted(numbers or names, key=(numbers or names).__getitem__)


def oscillation(datapoint: Datapoint, /) -> Point[bool] | None:
    """Take swinging as yes or no; of several angles the widest is yes, and they keep an entity of their own."""
    if isinstance(datapoint, Bool):
        return Point(datapoint=datapoint, decode=datapoint.decode, encode=datapoint.encode)
    if not isinstance(datapoint, Enum):
        return None
    still = next((raw for raw in datapoint.range if snake(raw) in _STILL or raw == "0"), None)
    swings = [raw for raw in datapoint.range if raw != still]
    if still is None or not swings:
        return None
    angles = [raw for raw in swings if raw.isdigit()]
    widest = max(angles, key=int) if angles else swings[0]

    def decode(raw: object) -> bool | None:
        word = datapoint.decode(raw)
        return None if word is None else word != still

    def encode(value: bool) -> object:  # noqa: FBT001 - a converter has one value
        return datapoint.encode(widest if value else still)

    return Point(datapoint=datapoint, decode=decode, encode=encode, shared=len(swings) > 1)


def direction(datapoint: Datapoint, /) -> Point[str] | None:
    """Take where it blows, as words or as a boolean that turns it around, as forward and reverse."""
    match datapoint:
        case Bool():
            meaning: Mapping[object, str] = {False: "forward", True: "reverse"}
        case Enum():
            meaning = {raw: word for raw in datapoint.range if (word := _DIRECTIONS.get(snake(raw))) is not None}
        case _:
            return None
    raws = {word: raw for raw, word in meaning.items()}
    if len(raws) != 2:
        return None

    def decode(raw: object) -> str | None:
        value = datapoint.decode(raw)
        return None if value is None else meaning.get(value)

    def encode(word: str) -> object:
        if word not in raws:
            raise ValueRejected(datapoint.code, word, ", ".join(raws))
        return datapoint.encode(raws[word])

    return Point(datapoint=datapoint, decode=decode, encode=encode, options=("forward", "reverse"))


_DIRECTIONS = {
    "forward": "forward",
    "foward": "forward",
    "positive": "forward",
    "summer": "forward",
    "reverse": "reverse",
    "backward": "reverse",
    "negative": "reverse",
    "winter": "reverse",
}


def _numbers_of_a_mode(datapoint: Enum, raws: Sequence[str]) -> bool:
    return "mode" in tokens(datapoint.code) and all(raw.isdigit() for raw in raws)


def _number_in(word: str) -> int | None:
    name = snake(word)
    if name in _COUNTED:
        return _COUNTED.index(name) + 1
    found = _NUMBER.fullmatch(name)
    return None if found is None else int(found[1])


def _rank(word: str) -> int | None:
    name = snake(word)
    return _NAMED.get(name, _NAMED.get(_DECORATION.sub("", name)))


def _levels(datapoint: Int) -> Point[int]:
    first = datapoint.low if datapoint.low > 0 else datapoint.low % datapoint.increment or datapoint.increment
    many = (datapoint.high - first) // datapoint.increment + 1
    unit = datapoint.maximum / datapoint.high
    stops = datapoint.low <= 0

    def decode(raw: object) -> int | None:
        value = datapoint.decode(raw)
        if value is None:
            return None
        place = (value / unit - first) / datapoint.increment + 1
        return 0 if stops and value <= 0 else _percent(max(1, min(many, round(place))), many)

    def encode(value: Number) -> object:
        place = _place(datapoint, value, many, stops=stops)
        return datapoint.encode((first + (place - 1) * datapoint.increment) * unit if place else 0)

    return _point(datapoint, decode, encode, many, stops=stops)


def _words(datapoint: Enum, raws: list[str], still: str | None) -> Point[int]:
    many = len(raws)

    def decode(raw: object) -> int | None:
        word = datapoint.decode(raw)
        if word is not None and word == still:
            return 0
        return _percent(raws.index(word) + 1, many) if word in raws else None

    def encode(value: Number) -> object:
        place = _place(datapoint, value, many, stops=still is not None)
        return datapoint.encode(raws[place - 1] if place else still)

    return _point(datapoint, decode, encode, many, stops=still is not None)


def _point(
    datapoint: Datapoint,
    decode: Callable[[object], int | None],
    encode: Callable[[Number], object],
    many: int,
    *,
    stops: bool,
) -> Point[int]:
    step, lowest = 100 / many, 0 if stops else 1
    return Point(datapoint=datapoint, decode=decode, encode=encode, minimum=lowest, maximum=100, step=step, unit="%")


def _percent(place: int, many: int) -> int:
    """Return the share that Home Assistant gives a step; it rounds down, which only few steps survive both ways."""
    return max(1, place * 100 // many if many <= 50 else round(place * 100 / many))


def _place(datapoint: Datapoint, value: Number, many: int, *, stops: bool) -> int:
    """Return which of the steps is meant, 0 for standstill."""
    if isinstance(value, bool) or not 0 <= value <= 100 or (not value and not stops):
        raise ValueRejected(datapoint.code, value, f"{0 if stops else 1} to 100")
    return max(1, int(value * many / 100 + 0.5)) if value else 0
