"""What curtain motors understand and say."""

from collections.abc import Mapping

from ..codes import snake
from ..datapoint import Bool, Datapoint, Enum
from ..point import Converter, Point
from .words import enumeration, words

COMMANDS: Mapping[str, str] = {
    "open": "open",
    "on": "open",
    "up": "open",
    "fz": "open",
    "close": "close",
    "off": "close",
    "down": "close",
    "zz": "close",
    "stop": "stop",
}
_DOINGS: Mapping[str, str] = {
    "opening": "opening",
    "closing": "closing",
    "stop": "stopped",
    "stopped": "stopped",
    "standby": "stopped",
}
_PLACES: Mapping[str, str] = {
    "open": "open",
    "opened": "open",
    "fully_open": "open",
    "close": "closed",
    "closed": "closed",
    "fully_close": "closed",
}

place: Converter = words(_PLACES, only=True, least=2)
"""Open or closed."""


def command(datapoint: Datapoint, /) -> Point[str] | None:
    """Take an enumeration that opens and closes, and perhaps stops."""
    if not isinstance(datapoint, Enum):
        return None
    meaning: dict[str, str] = {}
    for raw in datapoint.range:
        word = COMMANDS.get(snake(raw))
        if word is not None and word not in meaning.values():
            meaning[raw] = word
    return enumeration(datapoint, meaning) if {"open", "close"} <= set(meaning.values()) else None


def doing(datapoint: Datapoint, /) -> Point[str] | None:
    """Take opening, closing or stopped; who never says that it stopped only tells the last direction."""
    point = words(_DOINGS, only=True)(datapoint)
    return point if point is not None and "stopped" in point.options else None


def gate(datapoint: Datapoint, /) -> Point[str] | None:
    """Take a boolean that opens with true and closes with false; words are taken as commands."""
    if not isinstance(datapoint, Bool):
        return command(datapoint)
    orders = {"open": True, "close": False}

    def decode(raw: object) -> str | None:
        value = datapoint.decode(raw)
        return None if value is None else "open" if value else "close"

    return Point(
        datapoint=datapoint,
        decode=decode,
        encode=lambda word: datapoint.encode(orders.get(word, word)),
        options=("open", "close"),
    )


def contact(datapoint: Datapoint, /) -> Point[str] | None:
    """Take a door contact, true while open, as a place; words are taken as places."""
    if not isinstance(datapoint, Bool):
        return place(datapoint)

    def decode(raw: object) -> str | None:
        value = datapoint.decode(raw)
        return None if value is None else "open" if value else "closed"

    return Point(datapoint=datapoint, decode=decode, options=("open", "closed"))
