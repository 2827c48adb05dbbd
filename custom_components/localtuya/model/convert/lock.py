"""Locks: bolted or not, who opened, and the keys of remote unlocking.

Remote unlocking goes by a key of eight digits that is registered for a member and then shown, both as bytes. Facts: the
maker's reference of lock datapoints, and owners' reports that locks take both over the LAN.
"""

from collections.abc import Mapping
from dataclasses import dataclass
import struct
from typing import Any

from ..datapoint import Bool, Datapoint, Enum, Int, Raw
from ..errors import ValueRejected
from ..point import Point
from .bits import inverse

_MEMBER = 1
"""In whose name keys are registered: the owner's."""
_REGISTRATION = struct.Struct(">BHIIH8s")
_OPERATION = struct.Struct(">BH8sH")
_BY_PHONE = 1
_ONCE = 1
_ANSWERS: Mapping[int, str] = {
    0: "done",
    1: "failed",
    2: "wrong_password",
    3: "timed_out",
    4: "out_of_validity",
    5: "wrong_code",
    6: "double_locked",
}
_LOCKED: Mapping[str, bool] = {
    "lock": True,
    "locked": True,
    "close": True,
    "closed": True,
    "unlock": False,
    "unlocked": False,
    "open": False,
    "opened": False,
}


@dataclass(frozen=True, slots=True)
class Registration:
    """A key that is to be valid once, between two times in seconds since 1970."""

    key: str
    start: int
    end: int

    def pack(self) -> bytes:
        """Return it as the lock takes it."""
        return _REGISTRATION.pack(1, _MEMBER, self.start, self.end, _ONCE, self.key.encode())


@dataclass(frozen=True, slots=True)
class Operation:
    """A key that is shown to unlock, or to lock."""

    key: str
    unlock: bool

    def pack(self) -> bytes:
        """Return it as the lock takes it."""
        return _OPERATION.pack(self.unlock, _MEMBER, self.key.encode(), _BY_PHONE)


def locked(datapoint: Datapoint, /) -> Point[bool] | None:
    """Take the state of a bolt as locked or not; a boolean is true while it is open."""
    match datapoint:
        case Bool():
            return inverse(datapoint)
        case Enum() if {_LOCKED.get(word.lower()) for word in datapoint.range} >= {True, False}:
            return Point(datapoint=datapoint, decode=lambda raw: _LOCKED.get((datapoint.decode(raw) or "").lower()))
        case _:
            return None


def user(datapoint: Datapoint, /) -> Point[int] | None:
    """Take the number of the finger, card or code that opened; a record in bytes has it after the member's number."""
    match datapoint:
        case Int():
            return Point(datapoint=datapoint, decode=lambda raw: _whole(datapoint.decode(raw)))
        case Raw():
            return Point(datapoint=datapoint, decode=lambda raw: _recorded(datapoint.decode(raw)))
        case _:
            return None


def keys(datapoint: Datapoint, /) -> Point[Any] | None:
    """Take bytes as where a `Registration` or an `Operation` goes; read as what the lock answers to it, in a word."""
    if not isinstance(datapoint, Raw):
        return None

    def encode(wish: object) -> object:
        if not isinstance(wish, Registration | Operation):
            raise ValueRejected(datapoint.code, "this", "a key")
        return datapoint.encode(wish.pack())

    return Point(datapoint=datapoint, decode=lambda raw: _answer(datapoint.decode(raw)), encode=encode)


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _recorded(record: bytes | None) -> int | None:
    return int.from_bytes(record[2:4]) if record is not None and len(record) >= 4 else None


def _answer(said: bytes | None) -> str | None:
    """Return what the lock answers: a result and the member's number; what is longer is no answer."""
    return _ANSWERS.get(said[0]) if said is not None and len(said) == 3 else None
