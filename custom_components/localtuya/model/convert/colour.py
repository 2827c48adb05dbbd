"""Colour in the ways that lamps write it: hex digits of today and of the first bulbs, plain RGB, JSON, bytes."""

import json
from typing import NamedTuple

from ..datapoint import Datapoint, Int, Raw, Text
from ..errors import ValueRejected
from ..point import Point

NEW, OLD, RGB, JSON, JSON_SMALL = "new", "old", "rgb", "json", "json_small"
"""The forms of a text: `hhhhssssvvvv` (hue 0-360, the others 0-1000, four hex digits each), `rrggbb0hhhssvv` (0-255),
`rrggbb`, and `{h, s, v}` to 1000 or to 255. Facts: dp_facts, section light."""


class Colour(NamedTuple):
    """Hue 0-360, saturation 0-100, value 0-255, and the form in which the lamp writes it, where it has said one."""

    hue: float
    saturation: float
    value: int
    form: str = ""


def colour(datapoint: Datapoint, /) -> Point[Colour] | None:
    """Take a lamp's colour; a colour without a form is written as the schema suggests."""
    match datapoint:
        case Text():
            usual = _usual_form(datapoint)
            return Point(
                datapoint=datapoint,
                decode=_read,
                encode=lambda value: datapoint.encode(_write(_checked(datapoint, value), usual)),
            )
        case Raw() if datapoint.code.lower().startswith("colo"):
            return Point(
                datapoint=datapoint,
                decode=lambda raw: _read_bytes(datapoint.decode(raw)),
                encode=lambda value: datapoint.encode(_bytes(_checked(datapoint, value), short=not datapoint.readable)),
            )
        case _:
            return None


def form_beside(brightness: Point[int] | None) -> str:
    """Return the form of a lamp that has not said its colour yet, as the range of its brightness tells it."""
    datapoint = brightness.datapoint if brightness is not None else None
    if not isinstance(datapoint, Int) or datapoint.high < 255:
        return ""
    return OLD if datapoint.high == 255 else NEW


def _usual_form(datapoint: Text) -> str:
    if datapoint.code.lower().startswith("rgb"):
        return RGB
    return OLD if datapoint.maxlen == 14 or int(datapoint.dp) < 20 else NEW


def _read(raw: object) -> Colour | None:
    if not isinstance(raw, str):
        return None
    try:
        match len(raw):
            case 6:
                return _from_rgb(*bytes.fromhex(raw))
            case 12:
                return _new(raw)
            case 14:
                return _bounded(int(raw[7:10], 16), int(raw[10:12], 16) / 2.55, int(raw[12:14], 16), OLD)
            case _:
                return _read_json(raw)
    except ValueError:
        return None


def _read_bytes(raw: bytes | None) -> Colour | None:
    match raw:
        case bytes() if len(raw) == 6:
            return _new(raw.hex())
        case bytes() if len(raw) == 4:  # mesh lamps: hue, saturation and value in percent
            return _bounded(int.from_bytes(raw[:2]), raw[2], raw[3] * 2.55)
        case _:
            return None


def _new(digits: str) -> Colour:
    hue, saturation, value = (int(digits[n : n + 4], 16) for n in (0, 4, 8))
    return _bounded(hue, saturation / 10, value * 255 / 1000, NEW)


def _read_json(raw: str) -> Colour | None:
    parts = json.loads(raw)
    if not isinstance(parts, dict):
        return None
    numbers = [part for letter in "hsv" if isinstance(part := parts.get(letter), int | float) and abs(part) <= 1000]
    if len(numbers) != 3:
        return None
    hue, saturation, value = numbers
    most, form = (1000, JSON) if max(saturation, value) > 255 else (255, JSON_SMALL)
    return _bounded(hue, saturation * 100 / most, value * 255 / most, form)


def _from_rgb(red: int, green: int, blue: int) -> Colour:
    most, least = max(red, green, blue), min(red, green, blue)
    span = most - least
    if not span:
        return _bounded(0, 0, most, RGB)
    if most == red:
        hue = (green - blue) / span % 6
    else:
        hue = (blue - red) / span + 2 if most == green else (red - green) / span + 4
    return _bounded(round(hue * 60, 1), span * 100 / most, most, RGB)


def _bounded(hue: float, saturation: float, value: float, form: str = "") -> Colour:
    return Colour(min(max(hue, 0), 360), round(min(max(saturation, 0), 100), 1), round(min(max(value, 0), 255)), form)


def _checked(datapoint: Datapoint, value: Colour) -> Colour:
    wanted = Colour(*value)
    if not (0 <= wanted.hue <= 360 and 0 <= wanted.saturation <= 100 and 0 <= wanted.value <= 255):
        raise ValueRejected(datapoint.code, value, "a hue to 360, saturation to 100, value to 255")
    return wanted


def _write(wanted: Colour, usual: str) -> str:
    hue, saturation, value, form = wanted
    match form or usual:
        case "old":
            return f"{_rgb(wanted)}{round(hue):04x}{round(saturation * 255 / 100):02x}{round(value):02x}"
        case "rgb":
            return _rgb(wanted)
        case "json" | "json_small" as kind:
            most = 1000 if kind == JSON else 255
            parts = {"h": round(hue), "s": round(saturation * most / 100), "v": round(value * most / 255)}
            return json.dumps(parts, separators=(",", ":"))
        case _:
            return f"{round(hue):04x}{round(saturation * 10):04x}{round(value * 1000 / 255):04x}"


def _bytes(wanted: Colour, *, short: bool) -> bytes:
    if short:
        return bytes((*round(wanted.hue).to_bytes(2), round(wanted.saturation), round(wanted.value / 2.55)))
    return bytes.fromhex(_write(wanted, NEW))


def _rgb(wanted: Colour) -> str:
    def part(n: int) -> int:
        k = (n + wanted.hue / 60) % 6
        return round(wanted.value * (1 - wanted.saturation / 100 * max(0, min(k, 4 - k, 1))))

    return f"{part(5):02x}{part(3):02x}{part(1):02x}"
