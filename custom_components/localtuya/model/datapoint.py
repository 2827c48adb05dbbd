"""Datapoints: the typed numbers of a device. Lenient when reading (nonsense is None), strict when writing."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass, field
from enum import StrEnum
from typing import override

from .errors import ValueRejected

type Number = int | float


class Mode(StrEnum):
    """The access mode of a datapoint."""

    READ = "ro"
    WRITE = "wr"
    BOTH = "rw"


@dataclass(frozen=True, slots=True)
class Datapoint:
    """One datapoint as the product's schema defines it; `dp` is its id as it stands on the wire, `"1"` to `"255"`."""

    dp: str
    code: str = field(kw_only=True)
    mode: Mode = field(kw_only=True, default=Mode.BOTH)
    label: str = field(kw_only=True, default="")

    @property
    def readable(self) -> bool:
        """Whether the device reports it."""
        return self.mode is not Mode.WRITE

    @property
    def writable(self) -> bool:
        """Whether the device takes it."""
        return self.mode is not Mode.READ

    def decode(self, raw: object) -> object | None:
        """Return the value of what the device said, None if that makes no sense."""
        raise NotImplementedError

    def encode(self, value: object) -> object:
        """Return what to send for the value; raise ValueRejected if it does not fit."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Bool(Datapoint):
    """A switch: true or false."""

    @override
    def decode(self, raw: object) -> bool | None:
        match raw:
            case bool():
                return raw
            case 0 | 1:
                return bool(raw)
            case "true" | "True" | "1" | "on":
                return True
            case "false" | "False" | "0" | "off":
                return False
            case _:
                return None

    @override
    def encode(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise ValueRejected(self.code, value, "true or false")
        return value


@dataclass(frozen=True, slots=True)
class Int(Datapoint):
    """An integer on the wire that stands for `raw / 10**scale / divisor`; `low`, `high` and `increment` are raw.

    A scale below zero is for what is shown in a smaller unit than the device counts in.
    """

    low: int = field(kw_only=True)
    high: int = field(kw_only=True)
    increment: int = field(kw_only=True, default=1)
    scale: int = field(kw_only=True, default=0)
    divisor: int = field(kw_only=True, default=1)
    """What no power of ten can say: 2 for a device that counts half degrees."""
    unit: str = field(kw_only=True, default="")

    @property
    def minimum(self) -> Number:
        """The smallest value, in units."""
        return self._in_units(self.low)

    @property
    def maximum(self) -> Number:
        """The largest value, in units."""
        return self._in_units(self.high)

    @property
    def step(self) -> Number:
        """The distance between two values, in units."""
        return self._in_units(self.increment)

    @override
    def decode(self, raw: object) -> Number | None:
        match raw:
            case bool():
                return None
            case int() | float():
                return self._in_units(raw) if abs(raw) < 2**53 else None
            case str():
                try:
                    return self._in_units(int(raw, 10)) if len(raw) < 20 else None
                except ValueError:
                    return None
            case _:
                return None

    @override
    def encode(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 2**53:
            raise ValueRejected(self.code, value, self._allowed)
        exact = round(value * self._factor / self._multiple, 6)
        raw = self.low + round((exact - self.low) / self.increment) * self.increment
        if raw > self.high >= exact:
            raw -= self.increment
        if not self.low <= raw <= self.high:
            raise ValueRejected(self.code, value, self._allowed)
        return raw

    @property
    def _allowed(self) -> str:
        return f"{self.minimum} to {self.maximum}"

    @property
    def _factor(self) -> int:
        return int(10 ** max(self.scale, 0)) * self.divisor

    @property
    def _multiple(self) -> int:
        return int(10 ** max(-self.scale, 0))

    def _in_units(self, raw: Number) -> Number:
        if not self.scale and self.divisor == 1:
            return raw
        whole, factor = raw * self._multiple, self._factor
        return whole if factor == 1 else whole / factor


@dataclass(frozen=True, slots=True)
class Enum(Datapoint):
    """One word of a list."""

    range: tuple[str, ...] = field(kw_only=True)

    @override
    def decode(self, raw: object) -> str | None:
        match raw:
            case str() if raw in self.range:
                return raw
            case int() if not isinstance(raw, bool) and str(raw) in self.range:
                return str(raw)
            case _:
                return None

    @override
    def encode(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.range:
            raise ValueRejected(self.code, value, ", ".join(self.range))
        return value


@dataclass(frozen=True, slots=True)
class Bitmap(Datapoint):
    """A set of faults or flags: bit n is `labels[n]`."""

    labels: tuple[str, ...] = field(kw_only=True, default=())

    @override
    def decode(self, raw: object) -> int | None:
        return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 2**64 else None

    @override
    def encode(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2 ** max(len(self.labels), 1):
            raise ValueRejected(self.code, value, "a bit mask")
        return value


@dataclass(frozen=True, slots=True)
class Text(Datapoint):
    """A string of at most `maxlen` characters: plain text, JSON or hex digits."""

    maxlen: int = field(kw_only=True, default=255)

    @override
    def decode(self, raw: object) -> str | None:
        return raw if isinstance(raw, str) else None

    @override
    def encode(self, value: object) -> str:
        if not isinstance(value, str) or len(value) > self.maxlen:
            raise ValueRejected(self.code, value, f"a text of at most {self.maxlen} characters")
        return value


@dataclass(frozen=True, slots=True)
class Raw(Datapoint):
    """Bytes, base64 on the wire."""

    maxlen: int = field(kw_only=True, default=1024)

    @override
    def decode(self, raw: object) -> bytes | None:
        if not isinstance(raw, str):
            return None
        try:
            return b64decode(raw, validate=True)
        except Base64Error, ValueError:
            return None

    @override
    def encode(self, value: object) -> str:
        if not isinstance(value, bytes) or len(value) > self.maxlen:
            raise ValueRejected(self.code, "bytes", f"at most {self.maxlen} bytes")
        return b64encode(value).decode()
