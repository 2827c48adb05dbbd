"""What curtain motors understand and say."""

from collections.abc import Mapping
from dataclasses import replace

from ..codes import snake
from ..datapoint import Bool, Datapoint, Enum, Int, Number
from ..point import Converter, Point
from .numbers import number
from .words import enumeration, words

OPEN, CLOSE, STOP = "open", "close", "stop"
COMMANDS: Mapping[str, str] = {
    **dict.fromkeys(("open", "on", "up", "fz", "opened", "kai", "shang"), OPEN),
    **dict.fromkeys(("close", "off", "down", "zz", "closed", "guan", "xia"), CLOSE),
    **dict.fromkeys(("stop", "pause", "ting", "stopped"), STOP),
}
_NUMBERED: Mapping[tuple[str, ...], Mapping[str, str]] = {
    ("0", "1", "2"): {"0": OPEN, "1": CLOSE, "2": STOP},
    ("1", "2", "3"): {"1": OPEN, "2": CLOSE, "3": STOP},
    ("0", "1", "2", "3"): {"1": OPEN, "2": CLOSE, "3": STOP},
}
_DOINGS: Mapping[str, str] = {
    "opening": "opening",
    "closing": "closing",
    "stop": "stopped",
    "stopped": "stopped",
    "standby": "stopped",
    "not_moving": "stopped",
    "opened": "stopped",
    "closed": "stopped",
}
_PLACES: Mapping[str, str] = {
    "open": "open",
    "opened": "open",
    "fully_open": "open",
    "close": "closed",
    "closed": "closed",
    "fully_close": "closed",
    "fully_closed": "closed",
}
_LONGEST_TRAVEL = 3600

place: Converter = words(_PLACES, only=True, least=2)
"""Open or closed."""


def command(datapoint: Datapoint, /) -> Point[str] | None:
    """Take an enumeration that opens, closes and stops: whatever device it is part of, that moves something."""
    point = _command(datapoint)
    return point if point is not None and STOP in point.options else None


def any_command(datapoint: Datapoint, /) -> Point[str] | None:
    """Take whatever can open and close something that is known to be a cover: words, numbers, yes and no."""
    if isinstance(datapoint, Enum) and (numbered := _NUMBERED.get(tuple(sorted(datapoint.range)))):
        return enumeration(datapoint, numbered)
    return gate(datapoint)


def press(datapoint: Datapoint, /) -> Point[str] | None:
    """Take a datapoint that does one thing when it is set: a boolean, or an enumeration of a single word."""
    match datapoint:
        case Bool():
            order: object = True
        case Enum() if len(datapoint.range) == 1:
            order = datapoint.range[0]
        case _:
            return None
    return Point(datapoint=datapoint, decode=lambda _: None, encode=lambda _: datapoint.encode(order))


def doing(datapoint: Datapoint, /) -> Point[str] | None:
    """Take opening, closing or stopped; who has no word for having stopped only tells the last direction."""
    point = words(_DOINGS, only=True)(datapoint)
    return point if point is not None and {"opening", "closing"} <= set(point.options) else None


def gate(datapoint: Datapoint, /) -> Point[str] | None:
    """Take a boolean that opens with true and closes with false; words are taken as commands."""
    if not isinstance(datapoint, Bool):
        return _command(datapoint)
    orders = {OPEN: True, CLOSE: False}

    def decode(raw: object) -> str | None:
        value = datapoint.decode(raw)
        return None if value is None else OPEN if value else CLOSE

    return Point(
        datapoint=datapoint,
        decode=decode,
        encode=lambda word: datapoint.encode(orders.get(word, word)),
        options=(OPEN, CLOSE),
    )


def contact(datapoint: Datapoint, /) -> Point[str] | None:
    """Take a door contact, true while open, as a place; words are taken as places."""
    if not isinstance(datapoint, Bool):
        return place(datapoint)

    def decode(raw: object) -> str | None:
        value = datapoint.decode(raw)
        return None if value is None else "open" if value else "closed"

    return Point(datapoint=datapoint, decode=decode, options=("open", "closed"))


def turned(datapoint: Datapoint, /) -> Point[bool] | None:
    """Take whether the motor was turned around, so that it counts the other way: `back` of forward and back."""
    if not isinstance(datapoint, Enum) or "back" not in datapoint.range:
        return None
    return Point(datapoint=datapoint, decode=lambda raw: raw == "back" if raw in datapoint.range else None)


def travel(datapoint: Datapoint, /) -> Point[float] | None:
    """Take how long it takes from end to end, in seconds."""
    if not isinstance(datapoint, Int):
        return None
    milliseconds = datapoint.unit == "ms" or datapoint.maximum > _LONGEST_TRAVEL

    def decode(raw: object) -> float | None:
        value = datapoint.decode(raw)
        seconds = value / 1000 if value is not None and milliseconds else value
        return seconds if seconds and 0 < seconds <= _LONGEST_TRAVEL else None

    return Point(datapoint=datapoint, decode=decode, unit="s")


def angle(datapoint: Datapoint, /) -> Point[Number] | None:
    """Take slats' angle, whatever unit the schema gives it."""
    point = number(datapoint)
    return None if point is None else replace(point, unit="°")


def _command(datapoint: Datapoint) -> Point[str] | None:
    if not isinstance(datapoint, Enum):
        return None
    meaning: dict[str, str] = {}
    for raw in datapoint.range:
        word = COMMANDS.get(snake(raw))
        if word is not None and word not in meaning.values():
            meaning[raw] = word
    return enumeration(datapoint, meaning) if {OPEN, CLOSE} <= set(meaning.values()) else None
