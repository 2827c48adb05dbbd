"""Whatever a datapoint is, as a sensor shows it."""

from typing import Any

from ..datapoint import Datapoint, Enum, Int, Raw, Text
from ..point import Point
from .numbers import number
from .words import options

_LONGEST = 255


def measured(datapoint: Datapoint, /) -> Point[Any] | None:
    """Take a number or a word as it is; other kinds are no measurement."""
    match datapoint:
        case Int():
            return number(datapoint)
        case Enum():
            return options(datapoint)
        case _:
            return None


def written(datapoint: Datapoint, /) -> Point[str] | None:
    """Take a text as it is and bytes as their base64; what is longer than a state may be becomes None."""
    if not isinstance(datapoint, Text | Raw):
        return None

    def decode(raw: object) -> str | None:
        return raw if isinstance(raw, str) and len(raw) <= _LONGEST else None

    return Point(datapoint=datapoint, decode=decode)
