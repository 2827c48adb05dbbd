"""Times of the day and times to go, as the hours, minutes and seconds that they are counted in."""

from datetime import time
import re

from ..datapoint import Datapoint, Int, Number, Text
from ..errors import ValueRejected
from ..point import Converter, Point
from .numbers import duration

SECONDS = {"second": 1, "minute": 60, "hour": 3600}
"""How many seconds each role of a time counts."""
DAY = 86_400
_UNITS = {"second": "s", "minute": "min", "hour": "h"}
_WRITTEN = re.compile(r"(\d{1,2})[:.]?(\d{2})(?:[:.]?(\d{2}))?")


def counted(role: str) -> Converter:
    """Return a converter for an integer that counts `second`, `minute` or `hour`, whole ones and at most a day."""

    def convert(datapoint: Datapoint, /) -> Point[Number] | None:
        if not isinstance(datapoint, Int) or not _within_a_day(datapoint, SECONDS[role]):
            return None
        point = duration(datapoint)
        return point if point and point.unit == _UNITS[role] else None

    return convert


def at_most_a_day(datapoint: Datapoint, /) -> Point[Number] | None:
    """Take an integer as a time to go, where it may be shown as hours, minutes and seconds too."""
    return next((point for role in SECONDS if (point := counted(role)(datapoint)) is not None), None)


def part(role: str) -> Converter:
    """Return a converter for an integer that is only the hours, minutes or seconds of a time."""
    most = 23 if role == "hour" else 59

    def convert(datapoint: Datapoint, /) -> Point[Number] | None:
        if not isinstance(datapoint, Int) or datapoint.low != 0 or not 1 < datapoint.maximum <= most + 1:
            return None
        return Point(datapoint=datapoint, decode=datapoint.decode, encode=datapoint.encode)

    return convert


def hms(datapoint: Datapoint, /) -> Point[int] | None:
    """Take a text such as `07:30`, with seconds or without, as the seconds since midnight."""
    if not isinstance(datapoint, Text):
        return None

    def decode(raw: object) -> int | None:
        found = _WRITTEN.fullmatch(raw.strip()) if isinstance(raw, str) else None
        if found is None:
            return None
        hour, minute, second = (int(digits or 0) for digits in found.groups())
        return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else None

    def encode(value: int) -> object:
        if not 0 <= value < DAY:
            raise ValueRejected(datapoint.code, value, "a time of the day")
        moment = time(value // 3600, value // 60 % 60, value % 60)
        return datapoint.encode(moment.isoformat("seconds" if moment.second else "minutes"))

    return Point(datapoint=datapoint, decode=decode, encode=encode)


def _within_a_day(datapoint: Int, seconds: int) -> bool:
    whole = datapoint.scale == 0 and datapoint.divisor == 1
    return whole and 0 <= datapoint.low < datapoint.high <= DAY / seconds
