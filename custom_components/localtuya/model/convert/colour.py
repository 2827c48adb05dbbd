"""Colour in the three ways that lamps write it; ours is (hue 0-360, saturation 0-100, value 0-255)."""

import json

from ..datapoint import Datapoint, Raw, Text
from ..errors import ValueRejected
from ..point import Point

type Colour = tuple[float, float, int]


def colour(datapoint: Datapoint, /) -> Point[Colour] | None:
    """Take a lamp's colour.

    `hhhhssssvvvv` (hue 0-360, the others 0-1000, four hex digits each) is today's way, `rrggbb0hhhssvv` (0-255, 14
    hex digits) that of the first bulbs (datapoint 5), JSON `{h, s, v}` the cloud's. Facts: dp_facts, section light.
    """
    match datapoint:
        case Text():
            old = datapoint.maxlen == 14 or datapoint.dp == "5"
            write = _write_old if old else _write_new
            return Point(datapoint=datapoint, decode=_read, encode=lambda value: write(_checked(datapoint, value)))
        case Raw() if datapoint.code.startswith("colour_data"):
            return Point(
                datapoint=datapoint,
                decode=lambda raw: _read_bytes(datapoint.decode(raw)),
                encode=lambda value: datapoint.encode(bytes.fromhex(_write_new(_checked(datapoint, value)))),
            )
        case _:
            return None


def _read(raw: object) -> Colour | None:
    if not isinstance(raw, str):
        return None
    try:
        match len(raw):
            case 12:
                return _new(raw)
            case 14:
                return _bounded(int(raw[7:10], 16), int(raw[10:12], 16) / 2.55, int(raw[12:14], 16))
            case _:
                return _read_json(raw)
    except ValueError:
        return None


def _read_bytes(raw: bytes | None) -> Colour | None:
    return _new(raw.hex()) if raw is not None and len(raw) == 6 else None


def _new(digits: str) -> Colour:
    hue, saturation, value = (int(digits[n : n + 4], 16) for n in (0, 4, 8))
    return _bounded(hue, saturation / 10, value * 255 / 1000)


def _read_json(raw: str) -> Colour | None:
    parts = json.loads(raw)
    if not isinstance(parts, dict):
        return None
    numbers = [part for letter in "hsv" if isinstance(part := parts.get(letter), int | float) and abs(part) <= 1000]
    if len(numbers) != 3:
        return None
    hue, saturation, value = numbers
    most = 1000 if max(saturation, value) > 255 else 255
    return _bounded(hue, saturation * 100 / most, value * 255 / most)


def _bounded(hue: float, saturation: float, value: float) -> Colour:
    return min(hue, 360), round(min(saturation, 100), 1), round(min(value, 255))


def _checked(datapoint: Datapoint, colour_: Colour) -> Colour:
    hue, saturation, value = colour_
    if not (0 <= hue <= 360 and 0 <= saturation <= 100 and 0 <= value <= 255):
        raise ValueRejected(datapoint.code, colour_, "a hue to 360, saturation to 100, value to 255")
    return colour_


def _write_new(colour_: Colour) -> str:
    hue, saturation, value = colour_
    return f"{round(hue):04x}{round(saturation * 10):04x}{round(value * 1000 / 255):04x}"


def _write_old(colour_: Colour) -> str:
    hue, saturation, value = colour_
    red, green, blue = _rgb(hue, saturation, value)
    return f"{red:02x}{green:02x}{blue:02x}{round(hue):04x}{round(saturation * 255 / 100):02x}{round(value):02x}"


def _rgb(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    def part(n: int) -> int:
        k = (n + hue / 60) % 6
        return round(value * (1 - saturation / 100 * max(0, min(k, 4 - k, 1))))

    return part(5), part(3), part(1)
