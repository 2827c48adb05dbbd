"""Scenes of lamps: what the apps have built in, written out as the lamp wants it."""

from collections.abc import Mapping

from ..datapoint import Datapoint, Enum, Raw, Text
from ..errors import ValueRejected
from ..point import Converter, Point
from .colour import OLD, Colour, colour
from .words import options

_STEADY, _JUMP, _FADE = 0, 1, 2
_DRIFT, _WAVE, _CHASE, _PULSE, _FLOW = 1, 2, 3, 4, 10
"""How the colours of a strip move."""

type _Part = tuple[int, int, int, int]
"""One step of a scene: hue 0-360, saturation and value 0-1000, brightness of the white 0-1000."""


def _steps(number: int, speed: int, change: int, *parts: _Part, warmth: int = 0) -> str:
    """Return the number, then for each step two speeds, the change (1 byte each), colour, white, warmth (2 each)."""
    speeds = f"{speed:02x}{speed if change else speed - 1:02x}{change:02x}"
    return f"{number:02x}" + "".join(f"{speeds}{''.join(f'{n:04x}' for n in (*part, warmth))}" for part in parts)


def _strip(number: int, movement: int, speed: int, *colors: tuple[int, int], mirrored: bool = False) -> bytes:
    """Return version, number, movement, two speeds, ways, two spares, brightness (1 byte each), hues, saturations."""
    head = (1, number, movement, speed, speed, 0xE0 if mirrored else 0x60, 0, 0, 100)
    return bytes((*head, *(byte for hue, saturation in colors for byte in (*hue.to_bytes(2), saturation))))


_RAINBOW: tuple[_Part, ...] = tuple((hue, 1000, 1000, 0) for hue in (0, 120, 240, 61, 174, 275))
_MOVING = {
    "soft": _steps(4, 70, _FADE, (120, 1000, 1000, 0), (120, 1000, 10, 0)),
    "colorful": _steps(5, 70, _JUMP, *_RAINBOW),
    "dazzling": _steps(6, 70, _JUMP, *_RAINBOW[:3]),
    "gorgeous": _steps(7, 70, _FADE, *_RAINBOW),
}
_WHITE: Mapping[str, str] = {
    "night": _steps(0, 14, _STEADY, (0, 0, 0, 200)),
    "reading": _steps(1, 14, _STEADY, (0, 0, 0, 1000), warmth=500),
    "working": _steps(2, 14, _STEADY, (0, 0, 0, 1000), warmth=1000),
    "leisure": _steps(3, 14, _STEADY, (0, 0, 0, 500), warmth=500),
    **_MOVING,
}
_COLORED: Mapping[str, str] = {
    "night": _steps(0, 14, _STEADY, (46, 1000, 716, 0)),
    "reading": _steps(1, 14, _STEADY, (132, 0, 1000, 0)),
    "working": _steps(2, 14, _STEADY, (20, 1000, 1000, 0)),
    "leisure": _steps(3, 14, _STEADY, (232, 899, 796, 0)),
    **_MOVING,
}
_OLD: Mapping[str, Colour] = {
    "night": Colour(37, 100, 189, OLD),
    "reading": Colour(38, 3, 255, OLD),
    "working": Colour(16, 100, 207, OLD),
    "leisure": Colour(226, 69, 180, OLD),
}
_STRIP: Mapping[str, bytes] = {
    "northern_lights": _strip(29, _CHASE, 82, (174, 100), (166, 100), (193, 100), (204, 100), mirrored=True),
    "iceland_blue": _strip(21, _FLOW, 82, (193, 97), (180, 48), (181, 82), (196, 99), mirrored=True),
    "glacier_express": _strip(22, _FLOW, 100, (146, 95), (198, 96)),
    "sea_of_clouds": _strip(23, _CHASE, 94, (56, 47), (30, 92), (213, 69), (282, 100)),
    "fireworks": _strip(24, _WAVE, 100, (178, 57), (266, 100), (301, 100), (319, 100), mirrored=True),
    "snow": _strip(25, _FLOW, 84, (177, 44), (192, 100)),
    "firefly": _strip(26, _CHASE, 75, (224, 57), (265, 83), mirrored=True),
    "autumn": _strip(30, _FLOW, 82, (25, 100), (34, 94), (44, 91), (20, 100), (12, 100), mirrored=True),
    "game": _strip(31, _WAVE, 95, (272, 100), (210, 100), (173, 100), (139, 100)),
    "holiday": _strip(32, _FLOW, 85, (194, 88), (318, 51), (255, 70), (285, 100)),
    "working": _strip(33, _CHASE, 60, (191, 24), (260, 23)),
    "party": _strip(34, _PULSE, 100, (215, 92), (188, 83), (55, 30), (44, 63), (353, 63)),
    "sport": _strip(36, _FLOW, 75, (188, 38), (214, 85), (280, 100), (249, 77)),
    "relax": _strip(37, _CHASE, 67, (183, 53), (155, 84), (205, 97)),
    "romantic": _strip(38, _DRIFT, 89, (281, 71), (329, 61), (205, 97), (38, 100), mirrored=True),
    "christmas": _strip(41, _WAVE, 97, (11, 100), (217, 100), (43, 100), (145, 100), (185, 100)),
    "forest": _strip(45, _WAVE, 89, (156, 99), (188, 98), (123, 96)),
    "neon": _strip(55, _FLOW, 90, (51, 88), (24, 100), (256, 69), (227, 94), (172, 48)),
}


def scene(*, white: bool) -> Converter:
    """Return a converter for the scenes that a lamp's datapoint can hold; `white`: the lamp has a tunable white.

    Facts: mapping_enum_values (dreamlight_scene_mode).
    """

    def convert(datapoint: Datapoint, /) -> Point[str] | None:
        match datapoint:
            case Enum() if len(datapoint.range) > 1:
                return options(datapoint)
            case Text() if datapoint.maxlen == 14:
                return _known(datapoint, {name: _as_colour(datapoint, value) for name, value in _OLD.items()})
            case Text() if int(datapoint.dp) >= 20:  # below, nobody can tell whether it is of the first bulbs
                return _known(datapoint, _WHITE if white else _COLORED)
            case Raw() if datapoint.code.startswith("dreamlight"):
                return _known(datapoint, _STRIP)
            case _:
                return None

    return convert


def _as_colour(datapoint: Datapoint, value: Colour) -> object:
    point = colour(datapoint)
    return None if point is None else point.write(value)[datapoint.dp]


def _known(datapoint: Text | Raw, scenes: Mapping[str, object]) -> Point[str] | None:
    """Return the point of the scenes that fit the datapoint."""
    known = {name: value for name, value in scenes.items() if isinstance(value, bytes | str)}
    fitting = {name: value for name, value in known.items() if len(value) <= datapoint.maxlen}
    names = {value: name for name, value in fitting.items()}

    def decode(raw: object) -> str | None:
        value = datapoint.decode(raw)
        return names.get(value.lower() if isinstance(value, str) else value) if isinstance(value, str | bytes) else None

    def encode(name: str) -> object:
        if name not in fitting:
            raise ValueRejected(datapoint.code, name, ", ".join(fitting))
        return datapoint.encode(fitting[name])

    return Point(datapoint=datapoint, decode=decode, encode=encode, options=tuple(fitting)) if fitting else None
