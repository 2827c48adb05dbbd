"""What lamps call what they are doing."""

from collections.abc import Mapping

from ..codes import snake
from ..datapoint import Datapoint, Enum
from ..point import Converter, Point
from .words import enumeration, words

_MODES: Mapping[str, str] = {"white": "white", "colour": "color", "color": "color", "rgb": "color"}

mode: Converter = words(_MODES)
"""White, color, scene, music and whatever else the lamp has."""


def effect(datapoint: Datapoint, /) -> Point[str] | None:
    """Take the lamp's modes beyond white and colour as effects."""
    if not isinstance(datapoint, Enum):
        return None
    meaning = {raw: raw for raw in datapoint.range if snake(raw) not in _MODES}
    return enumeration(datapoint, meaning) if meaning else None
