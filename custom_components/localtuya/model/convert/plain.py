"""Whatever a datapoint is, as a sensor or a text shows it."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable
from functools import partial
from typing import Any

from ..codes import is_secret
from ..datapoint import Datapoint, Enum, Int, Raw, Text
from ..errors import ValueRejected
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
    """Take a text as it is and bytes as their base64; None is what is longer than a state may be, and a secret."""
    if not isinstance(datapoint, Text | Raw):
        return None
    secret = is_secret(datapoint.code)

    def decode(raw: object) -> str | None:
        return raw if isinstance(raw, str) and len(raw) <= _LONGEST and not secret else None

    return Point(datapoint=datapoint, decode=decode)


def content(datapoint: Datapoint, /) -> Point[str] | None:
    """Take a text, or bytes as their base64, to be set; `maximum` is its longest, in characters."""
    point = written(datapoint)
    if point is None or not isinstance(datapoint, Text | Raw):
        return None
    encode: Callable[[str], object]
    if isinstance(datapoint, Text):
        encode, longest = datapoint.encode, datapoint.maxlen
    else:
        encode, longest = partial(_encoded, datapoint), -(-datapoint.maxlen // 3) * 4
    return Point(datapoint=datapoint, decode=point.decode, encode=encode, minimum=0, maximum=longest, step=1)


def _encoded(datapoint: Raw, value: str) -> object:
    try:
        return datapoint.encode(b64decode(value, validate=True))
    except (Base64Error, TypeError, ValueError) as error:
        raise ValueRejected(datapoint.code, value, "base64") from error
