"""What infrared hubs send and learn: bursts of light, keys of a code library, radio codes.

A burst is a row of little-endian 16-bit microseconds, light and dark in turn. There are two dialects: JSON in one
datapoint (`ir_send`), and a datapoint for each of its fields (`control`, `key_study`, …).
"""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
import json
import re
from struct import pack, unpack
from typing import Any

from ..datapoint import Datapoint, Enum, Raw, Text
from ..point import Point
from .words import enumeration

LONGEST = 0xFFFF
"""Microseconds that a burst can hold of light or dark."""
_REST = 30_000
"""Microseconds of dark after the last light, which the hubs expect."""
_DELAY = 300
_CONTROLS = ("send_ir", "study", "study_exit", "study_key")
_LIBRARY = re.compile(r":?head:(?P<head>[0-9a-f]*)[:,; ]+key:(?P<key>.+)", re.IGNORECASE)
_RADIO: Mapping[str, object] = {"rf_type": "sub_2g", "ver": "2"}
_BAND = "433"


@dataclass(frozen=True, slots=True)
class Burst:
    """Light and dark, as a hub learned it."""

    data: bytes


@dataclass(frozen=True, slots=True)
class LibraryKey:
    """A key of a code library: a head that says how it is coded, and the key."""

    head: str
    key: str


@dataclass(frozen=True, slots=True)
class Radio:
    """A radio code as a hub learned it: base64 of JSON, which nobody else reads."""

    data: str


type Code = Burst | LibraryKey | Radio


def parse(written: str) -> Code | None:
    """Return the code that a person wrote or that was learned; None if it is none.

    `b64:…`, `hex:…`, `raw:` with microseconds, `rf:…` or `head:…,key:…`.
    """
    if library := _LIBRARY.fullmatch(written.strip()):
        return LibraryKey(library["head"], library["key"])
    kind, _, rest = written.strip().partition(":")
    try:
        return _ALPHABETS[kind.lower()](rest) if kind.lower() in _ALPHABETS else None
    except Base64Error, ValueError:
        return None


def learned(data: bytes) -> Code | None:
    """Return the code in what a hub reports; None if it is none."""
    if data.startswith(b"{"):
        return Radio(b64encode(data).decode())
    return Burst(data) if len(data) >= 4 and len(data) % 2 == 0 else None


def written(code: Code) -> str:
    """Return the code as `parse` reads it."""
    match code:
        case Burst(data):
            return f"b64:{b64encode(data).decode()}"
        case LibraryKey(head, key):
            return f"head:{head},key:{key}"
        case Radio(data):
            return f"rf:{data}"


def timings(burst: Burst) -> list[int]:
    """Return the microseconds, those of the dark negative."""
    lengths = unpack(f"<{len(burst.data) // 2}H", burst.data)
    return [-length if place % 2 else length for place, length in enumerate(lengths)]


def bursts(microseconds: Iterable[int]) -> Iterator[tuple[bytes, int]]:
    """Yield the bursts of these timings with the microseconds to wait after each: a long dark parts them.

    Raise ValueError where light lasts longer than a burst can hold.
    """
    lengths = [abs(each) for each in microseconds]
    if not lengths or max(lengths[::2]) > LONGEST:
        raise ValueError("no timings that a hub could send")
    begun: list[int] = []
    for place, length in enumerate(lengths):
        if place % 2 and length > LONGEST:
            yield _packed([*begun, _REST]), length - _REST
            begun = []
        else:
            begun.append(length)
    if begun:
        yield _packed(begun if len(begun) % 2 == 0 else [*begun, _REST]), 0


def sending(code: Code, roles: Container[str]) -> dict[str, object] | None:
    """Return what a hub with these roles is told to send the code; None if it cannot."""
    match code:
        case Burst(data) if "send" in roles:
            return {"send": _order("send_ir", head="", key1=f"1{b64encode(data).decode()}", type=0, delay=_DELAY)}
        case LibraryKey(head, key) if "send" in roles:
            return {"send": _order("send_ir", head=head, key1=f"0{key}", type=0, delay=_DELAY)}
        case Radio(data) if "send" in roles:
            key1 = {"code": data, "times": 6, "delay": 0, "intervals": 0, "ver": "2"}
            return {"send": _order("rfstudy_send", feq=0, mode=0, rate=0, key1=key1, **_RADIO)}
        case Burst(data) if "code" in roles:
            values = {"control": "study_key", "code_type": 0, "code": data}
        case LibraryKey(head, key) if "head" in roles and "key" in roles:
            values = {"control": "send_ir", "code_type": 0, "head": head, "key": key}
        case _:
            return None
    return {role: value for role, value in values.items() if role in roles}


def studying(roles: Container[str], *, on: bool, radio: bool = False) -> dict[str, object] | None:
    """Return what a hub with these roles is told to begin or end learning; None if it cannot."""
    if "receive" not in roles:
        return None
    if "send" not in roles:
        return None if radio else {"control": "study" if on else "study_exit"}
    if radio:
        return {"send": _order("rf_study" if on else "rfstudy_exit", study_feq=_BAND, **_RADIO)}
    return {"send": _order("study" if on else "study_exit")}


def order(datapoint: Datapoint, /) -> Point[Mapping[str, Any]] | None:
    """Take a text as the JSON of an order."""
    if not isinstance(datapoint, Text):
        return None
    return Point(
        datapoint=datapoint,
        decode=lambda _: None,
        encode=lambda value: datapoint.encode(json.dumps(value, separators=(",", ":"))),
    )


def control(datapoint: Datapoint, /) -> Point[str] | None:
    """Take an enumeration that has a hub send and learn."""
    if not isinstance(datapoint, Enum) or not {"study", "study_key"} <= set(datapoint.range):
        return None
    return enumeration(datapoint, {raw: raw for raw in datapoint.range if raw in _CONTROLS})


def code(datapoint: Datapoint, /) -> Point[bytes] | None:
    """Take the bytes of a code."""
    return (
        Point(datapoint=datapoint, decode=datapoint.decode, encode=datapoint.encode)
        if isinstance(datapoint, Raw)
        else None
    )


def _order(command: str, **fields: object) -> dict[str, object]:
    return {"control": command, **fields}


def _packed(lengths: list[int]) -> bytes:
    return pack(f"<{len(lengths)}H", *lengths)


def _of_base64(digits: str) -> Code | None:
    return learned(b64decode(digits, validate=True))


def _of_microseconds(numbers: str) -> Code | None:
    parts = [data for data, _ in bursts(int(each) for each in re.split(r"[\s,]+", numbers.strip(" ,[]")))]
    return Burst(parts[0]) if len(parts) == 1 else None


_ALPHABETS: Mapping[str, Callable[[str], Code | None]] = {
    "b64": _of_base64,
    "base64": _of_base64,
    "rf": _of_base64,
    "hex": lambda digits: learned(bytes.fromhex(digits)),
    "raw": _of_microseconds,
}
