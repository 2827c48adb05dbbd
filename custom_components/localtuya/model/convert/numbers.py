"""Numbers: plain, as a share of the range, on a light's scales."""

from dataclasses import replace
from math import gcd
import re

from ..codes import snake
from ..datapoint import Datapoint, Enum, Int, Number
from ..errors import ValueRejected
from ..point import Converter, Point
from ..units import TEMPERATURE

WARMEST, COLDEST = 2000, 6500
"""Kelvin at the ends of a lamp's scale; no schema says them, Tuya's own apps assume these."""

_DIGITS = re.compile(r"\d+")
_BOTH = re.compile("[℃°º˚]|摄氏")


def number(datapoint: Datapoint, /) -> Point[Number] | None:
    """Take an integer as it is, in its unit."""
    if not isinstance(datapoint, Int):
        return None
    return Point(
        datapoint=datapoint,
        decode=datapoint.decode,
        encode=datapoint.encode,
        minimum=datapoint.minimum,
        maximum=datapoint.maximum,
        step=datapoint.step,
        unit=datapoint.unit or None,
    )


def temperature(datapoint: Datapoint, /) -> Point[Number] | None:
    """Take an integer as a temperature; where the schema names no unit, a code that ends in f tells fahrenheit."""
    return _temperature(datapoint, "°F" if snake(datapoint.code).endswith("_f") else "°C")


def fahrenheit(datapoint: Datapoint, /) -> Point[Number] | None:
    """Take an integer as a temperature, in °F where the schema names no unit."""
    return _temperature(datapoint, "°F")


def numeral(datapoint: Datapoint, /) -> Point[Number] | None:
    """Take an integer as it is, and words that carry a number each (`40`, `45RH`) as that number, the nearest one."""
    if not isinstance(datapoint, Enum):
        return number(datapoint)
    raws = {int(found[0]): raw for raw in datapoint.range if len(found := _DIGITS.findall(raw)) == 1}
    if len(raws) < 2:
        return None
    values = {raw: value for value, raw in raws.items()}
    low, high = min(raws), max(raws)

    def decode(raw: object) -> Number | None:
        word = datapoint.decode(raw)
        return None if word is None else values.get(word)

    def encode(value: Number) -> object:
        if isinstance(value, bool) or not low <= value <= high:
            raise ValueRejected(datapoint.code, value, f"{low} to {high}")
        return datapoint.encode(raws[min(raws, key=lambda known: abs(known - value))])

    step = gcd(*(value - low for value in raws))
    return Point(datapoint=datapoint, decode=decode, encode=encode, minimum=low, maximum=high, step=step)


def degrees(datapoint: Datapoint, /) -> Point[Number] | None:
    """Take an integer as a temperature, or words that are temperatures; a code that ends in f tells fahrenheit."""
    if not isinstance(datapoint, Enum):
        return temperature(datapoint)
    point = numeral(datapoint)
    return point and replace(point, unit="°F" if snake(datapoint.code).endswith("_f") else "°C")


def humidity(datapoint: Datapoint, /) -> Point[Number] | None:
    """Take an integer or words as a share of moisture."""
    point = numeral(datapoint)
    return None if point is None or (point.unit or "%") != "%" else replace(point, unit="%")


def duration(datapoint: Datapoint, /) -> Point[Number] | None:
    """Take an integer as a time; where the schema names no unit, a day's length in the range tells it."""
    point = number(datapoint)
    if point is None or point.unit or point.maximum is None:
        return point
    return replace(point, unit="s" if point.maximum >= 3600 else "min" if point.maximum > 24 else "h")


def percent(datapoint: Datapoint, /) -> Point[int] | None:
    """Take an integer's place in its range as 0 to 100; an enumeration of numbers is a range too."""
    return _scaled(datapoint, 0, 100)


def brightness(datapoint: Datapoint, /) -> Point[int] | None:
    """Take an integer's place in its range as a light's brightness, 0 to 255 (1 at the dimmest); words are steps.

    Words that know no way to be off are no brightness.
    """
    if isinstance(datapoint, Enum):
        steps = _levels(datapoint.range)
        return _steps(datapoint, steps, 255, zero=True) if steps else None
    return _scaled(datapoint, 1 if isinstance(datapoint, Int) and datapoint.low > 0 else 0, 255)


def kelvin(datapoint: Datapoint, /) -> Point[int] | None:
    """Take a lamp's warmth in kelvin: linear in mired over the range, the largest raw value is the coldest.

    A range that can only be kelvin or mired is that.
    """
    if not isinstance(datapoint, Int) or datapoint.high <= datapoint.low:
        return None
    if datapoint.minimum >= 1000:
        return _plain_kelvin(datapoint)
    if datapoint.minimum >= 100 and datapoint.maximum <= 700:
        return _plain_mired(datapoint)
    warm, cold = 1e6 / WARMEST, 1e6 / COLDEST

    def decode(raw: object) -> int | None:
        share = _share(datapoint, raw)
        return None if share is None else round(1e6 / (warm + share * (cold - warm)))

    def encode(value: int) -> object:
        mired = 1e6 / max(WARMEST, min(COLDEST, value))
        return _place(datapoint, (mired - warm) / (cold - warm))

    return Point(datapoint=datapoint, decode=decode, encode=encode, minimum=WARMEST, maximum=COLDEST, unit="K")


def inverted(convert: Converter) -> Converter:
    """Return the converter with its range turned around: what was the maximum becomes the minimum."""

    def inside(datapoint: Datapoint, /) -> Point[Number] | None:
        point = convert(datapoint)
        if point is None or point.minimum is None or point.maximum is None:
            return None
        total = point.minimum + point.maximum

        def decode(raw: object) -> Number | None:
            value = point.decode(raw)
            return None if value is None else total - value

        forward = point.encode
        return replace(point, decode=decode, encode=None if forward is None else lambda value: forward(total - value))

    return inside


def _temperature(datapoint: Datapoint, usual: str) -> Point[Number] | None:
    point = number(datapoint)
    unit = (point and point.unit) or usual
    if unit not in TEMPERATURE:
        unit = usual if _BOTH.search(unit) else unit  # "℃/℉": the device's own setting tells which
    return replace(point, unit=unit) if point is not None and unit in TEMPERATURE else None


def _plain_kelvin(datapoint: Int) -> Point[int]:
    def decode(raw: object) -> int | None:
        value = datapoint.decode(raw)
        return None if value is None else round(value)

    return Point(
        datapoint=datapoint,
        decode=decode,
        encode=datapoint.encode,
        minimum=datapoint.minimum,
        maximum=datapoint.maximum,
        unit="K",
    )


def _plain_mired(datapoint: Int) -> Point[int]:
    def decode(raw: object) -> int | None:
        value = datapoint.decode(raw)
        return None if not value or value < 0 else round(1e6 / value)

    def encode(value: int) -> object:
        return datapoint.encode(max(datapoint.minimum, min(datapoint.maximum, 1e6 / max(value, 1))))

    warmest, coldest = round(1e6 / datapoint.maximum), round(1e6 / datapoint.minimum)
    return Point(datapoint=datapoint, decode=decode, encode=encode, minimum=warmest, maximum=coldest, unit="K")


def _scaled(datapoint: Datapoint, first: int, last: int) -> Point[int] | None:
    if not isinstance(datapoint, Int) or datapoint.high <= datapoint.low:
        return None

    def decode(raw: object) -> int | None:
        share = _share(datapoint, raw)
        return None if share is None else round(first + share * (last - first))

    def encode(value: Number) -> object:
        if isinstance(value, bool) or not 0 <= value <= last:
            raise ValueRejected(datapoint.code, value, f"{first} to {last}")
        return _place(datapoint, max(0, (value - first) / (last - first)))

    unit = "%" if last == 100 else None
    step = max(1, round(datapoint.increment * (last - first) / (datapoint.high - datapoint.low)))
    return Point(datapoint=datapoint, decode=decode, encode=encode, minimum=first, maximum=last, step=step, unit=unit)


def _share(datapoint: Int, raw: object) -> float | None:
    value = datapoint.decode(raw)
    if value is None:
        return None
    span = datapoint.maximum - datapoint.minimum
    return max(0.0, min(1.0, (value - datapoint.minimum) / span))


def _place(datapoint: Int, share: float) -> object:
    return datapoint.encode(datapoint.minimum + share * (datapoint.maximum - datapoint.minimum))


_LEVELS = (
    frozenset({"0", "off", "close", "closed", "none"}),
    frozenset({"low", "weak", "soft", "half", "half_bright", "micro_light"}),
    frozenset({"mid", "middle", "medium", "normal", "standard"}),
    frozenset({"high", "strong", "bright", "full", "fully", "full_bright", "max_light"}),
)


def _levels(words: tuple[str, ...]) -> list[str]:
    """Return the words from dark to bright, none unless all are known and one of them is off."""
    ranks = {word: _rank(word) for word in words}
    if len(words) < 2 or min(ranks.values()) or -1 in ranks.values():
        return []
    return sorted(words, key=lambda word: ranks[word])


def _rank(word: str) -> int:
    """Return how bright a word is: 0 is off, -1 unknown."""
    counted = word.removeprefix("level").strip("_ ")
    if counted.isdecimal() and len(counted) < 3:
        return int(counted)
    return next((rank for rank, words in enumerate(_LEVELS) if snake(word) in words), -1)


def _steps[R: (int, str)](datapoint: Datapoint, raws: list[R], most: int = 100, *, zero: bool = False) -> Point[int]:
    """Return the point of raw values in rising order, that stand for equal steps to `most`; `zero`: the first is 0."""
    shift = 0 if zero else 1
    places = {raw: (place + shift) * most / (len(raws) - 1 + shift) for place, raw in enumerate(raws)}
    words = {str(raw): raw for raw in raws}

    def decode(raw: object) -> int | None:
        known = words.get(str(raw)) if isinstance(raw, int | str) and not isinstance(raw, bool) else None
        return None if known is None else round(places[known])

    def encode(value: Number) -> R:
        if isinstance(value, bool) or not 0 <= value <= most or (not value and not zero):
            raise ValueRejected(datapoint.code, value, f"{1 - zero} to {most}")
        return min(raws, key=lambda raw: abs(places[raw] - value))

    step = most / (len(raws) - 1 + shift)
    return Point(datapoint=datapoint, decode=decode, encode=encode, minimum=0, maximum=most, step=step)
