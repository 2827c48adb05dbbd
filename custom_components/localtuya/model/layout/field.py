"""What a layout is made of: a field takes its bytes from the front of a blob, and writes them back."""

from dataclasses import KW_ONLY, dataclass, field
from typing import Protocol

from .misfit import Misfit, Structure

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


class Field(Protocol):
    """A part of a blob; without a name its parts belong to what it stands in, or it is not told at all."""

    @property
    def name(self) -> str:
        """The key of its value."""

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return the value at the front of the blob, and what follows; raise Misfit."""

    def write(self, value: object) -> bytes:
        """Return the bytes of the value; raise Misfit."""


@dataclass(frozen=True, slots=True)
class Number:
    """An integer that stands for `raw / divisor`; `low` and `high` are raw."""

    name: str
    size: int = 1
    _: KW_ONLY
    divisor: int = 1
    signed: bool = False
    little: bool = False
    low: int | None = None
    high: int | None = None

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return the number."""
        head, rest = split(blob, self.size)
        raw = int.from_bytes(head, "little" if self.little else "big", signed=self.signed)
        self._check(raw)
        return raw if self.divisor == 1 else raw / self.divisor, rest

    def write(self, value: object) -> bytes:
        """Return the bytes of the number; it must be one that the field can hold exactly."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 2**53:
            raise Misfit(f"{self.name} is a number")
        raw = round(value * self.divisor)
        if abs(raw - value * self.divisor) > 1e-6:
            raise Misfit(f"{self.name} counts in steps of {1 / self.divisor:g}")
        self._check(raw)
        try:
            return raw.to_bytes(self.size, "little" if self.little else "big", signed=self.signed)
        except OverflowError as error:
            raise Misfit(f"{self.name} is too large") from error

    def _check(self, raw: int) -> None:
        if (self.low is not None and raw < self.low) or (self.high is not None and raw > self.high):
            raise Misfit(f"{self.name} is out of range")


@dataclass(frozen=True, slots=True)
class Fixed:
    """Bytes that are always these; not told."""

    blob: bytes
    name: str = field(default="", init=False)

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Skip them, if they are there."""
        head, rest = split(blob, len(self.blob))
        if head != self.blob:
            raise Misfit("another version")
        return {}, rest

    def write(self, value: object) -> bytes:  # noqa: ARG002 - nothing is asked
        """Return them."""
        return self.blob


@dataclass(frozen=True, slots=True)
class Flag:
    """A byte for yes and no."""

    name: str
    _: KW_ONLY
    on: int = 1
    off: int = 0

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return whether it is so."""
        head, rest = split(blob, 1)
        if head[0] not in {self.on, self.off}:
            raise Misfit(f"{self.name} is neither yes nor no")
        return head[0] == self.on, rest

    def write(self, value: object) -> bytes:
        """Return the byte."""
        if not isinstance(value, bool):
            raise Misfit(f"{self.name} is true or false")
        return bytes((self.on if value else self.off,))


@dataclass(frozen=True, slots=True)
class Word:
    """A byte that stands for a word; one without a word goes by its number."""

    name: str
    words: tuple[str, ...]
    _: KW_ONLY
    first: int = 0

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return the word."""
        head, rest = split(blob, 1)
        place = head[0] - self.first
        return self.words[place] if 0 <= place < len(self.words) else str(head[0]), rest

    def write(self, value: object) -> bytes:
        """Return the byte of the word."""
        if isinstance(value, str) and value in self.words:
            return bytes((self.words.index(value) + self.first,))
        if isinstance(value, str) and value.isascii() and value.isdecimal() and int(value[:4]) < 256:
            return bytes((int(value),))
        raise Misfit(f"{self.name} is one of {', '.join(self.words)}")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day in two bytes, hour and minute."""

    name: str

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return the time as `HH:MM`."""
        head, rest = split(blob, 2)
        return told(self.name, head[0] * 60 + head[1], head[1] < 60), rest

    def write(self, value: object) -> bytes:
        """Return the bytes of the time."""
        return bytes(divmod(minutes_of(self.name, value), 60))


@dataclass(frozen=True, slots=True)
class Minutes:
    """A time of the day in two bytes, counted in minutes."""

    name: str

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return the time as `HH:MM`."""
        head, rest = split(blob, 2)
        return told(self.name, int.from_bytes(head), fits=True), rest

    def write(self, value: object) -> bytes:
        """Return the bytes of the time."""
        return minutes_of(self.name, value).to_bytes(2)


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the week as bits of a byte, the lowest is the `first` day; none: once."""

    name: str
    _: KW_ONLY
    first: str = "sunday"

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return the days, by name."""
        head, rest = split(blob, 1)
        if head[0] > 127:
            raise Misfit("a week has seven days")
        return [day for bit, day in enumerate(self._days()) if head[0] >> bit & 1], rest

    def write(self, value: object) -> bytes:
        """Return the byte of the days."""
        days = self._days()
        if not isinstance(value, list) or not all(day in days for day in value):
            raise Misfit(f"{self.name} is a list of days: {', '.join(days)}")
        return bytes((sum(1 << days.index(day) for day in set(value)),))

    def _days(self) -> tuple[str, ...]:
        start = DAYS.index(self.first)
        return DAYS[start:] + DAYS[:start]


@dataclass(frozen=True, slots=True)
class Part:
    """Some bits of a number: one is yes or no; more count from `base`."""

    name: str
    bit: int
    width: int = 1
    base: int = 0


@dataclass(frozen=True, slots=True)
class Bits:
    """A number whose bits are several values; they belong to what the field stands in. Other bits are 0."""

    parts: tuple[Part, ...]
    size: int = 1
    name: str = field(default="", init=False)

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return the values by name."""
        head, rest = split(blob, self.size)
        raw = int.from_bytes(head)
        found = {part.name: raw >> part.bit & (1 << part.width) - 1 for part in self.parts}
        return {
            part.name: bool(found[part.name]) if part.width == 1 else found[part.name] + part.base
            for part in self.parts
        }, rest

    def write(self, value: object) -> bytes:
        """Return the bytes of the values."""
        raw = 0
        for part in self.parts:
            one = value.get(part.name) if isinstance(value, dict) else None
            if not isinstance(one, bool if part.width == 1 else int) or (part.width > 1 and isinstance(one, bool)):
                raise Misfit(f"{part.name} is {'true or false' if part.width == 1 else 'a whole number'}")
            if not 0 <= one - part.base < 1 << part.width:
                raise Misfit(f"{part.name} is out of range")
            raw |= (one - part.base) << part.bit
        return raw.to_bytes(self.size)


@dataclass(frozen=True, slots=True)
class Characters:
    """A text, to the end or of a fixed size that zeros fill up."""

    name: str
    _: KW_ONLY
    encoding: str = "utf-8"
    size: int | None = None

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return the text."""
        head, rest = (blob, b"") if self.size is None else split(blob, self.size)
        try:
            return head.decode(self.encoding).rstrip("\0" if self.size else ""), rest
        except UnicodeDecodeError as error:
            raise Misfit(f"{self.name} is no text") from error

    def write(self, value: object) -> bytes:
        """Return the bytes of the text."""
        if not isinstance(value, str):
            raise Misfit(f"{self.name} is a text")
        try:
            blob = value.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise Misfit(f"{self.name} has characters that the device does not know") from error
        if self.size is not None and len(blob) > self.size:
            raise Misfit(f"{self.name} is too long")
        return blob.ljust(self.size or 0, b"\0")


@dataclass(frozen=True, slots=True)
class Digits:
    """A number whose decimal digits are two to a byte."""

    name: str
    size: int = 1

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return the number."""
        head, rest = split(blob, self.size)
        if not head.hex().isdecimal():
            raise Misfit(f"{self.name} is no decimal number")
        return int(head.hex()), rest

    def write(self, value: object) -> bytes:
        """Return the bytes of the number."""
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 100**self.size:
            raise Misfit(f"{self.name} is a whole number of {self.size * 2} digits")
        return bytes.fromhex(str(value).zfill(self.size * 2))


def split(blob: bytes, size: int) -> tuple[bytes, bytes]:
    """Return so many bytes and the rest; raise Misfit if there are fewer."""
    if len(blob) < size:
        raise Misfit("too short")
    return blob[:size], blob[size:]


def told(name: str, minutes: int, fits: bool) -> str:  # noqa: FBT001
    """Return the time so many minutes after midnight."""
    if minutes > 24 * 60 or not fits:
        raise Misfit(f"{name} is no time")
    return f"{minutes // 60:02}:{minutes % 60:02}"


def minutes_of(name: str, value: object) -> int:
    """Return how many minutes after midnight a time is."""
    hour, _, minute = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not (hour.isascii() and hour.isdecimal() and minute.isascii() and minute.isdecimal()) or len(minute) != 2:
        raise Misfit(f"{name} is a time such as 06:30")
    minutes = int(hour[:3]) * 60 + int(minute)
    if int(minute) > 59 or minutes > 24 * 60:
        raise Misfit(f"{name} is a time such as 06:30")
    return minutes
