"""What lamps call what they are doing."""

from collections.abc import Mapping

from ..codes import snake
from ..datapoint import Datapoint, Enum
from ..point import Converter, Point
from .words import enumeration, words

_MODES: Mapping[str, str] = {
    "white": "white",
    "light_white": "white",
    "white_mode": "white",
    "manual": "white",
    "colour": "color",
    "color": "color",
    "colour_mode": "color",
    "color_mode": "color",
    "rgb": "color",
}
_OFF = frozenset({"off", "close", "closed"})

mode: Converter = words(_MODES)
"""White, color, scene, music and whatever else the lamp has."""


def effect(datapoint: Datapoint, /) -> Point[str] | None:
    """Take the lamp's modes beyond white and colour as effects; off is none."""
    if not isinstance(datapoint, Enum):
        return None
    meaning = {raw: raw for raw in datapoint.range if snake(raw) not in _MODES and snake(raw) not in _OFF}
    return enumeration(datapoint, meaning) if meaning else None


def anything(datapoint: Datapoint, /) -> Point[object]:
    """Take whatever it is: for what only has to be there."""
    return Point(datapoint=datapoint, decode=datapoint.decode)
