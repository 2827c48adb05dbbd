"""A wish for a value (`Dp`) and the fact it becomes on a real device (`Point`): pure reading and writing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .datapoint import Datapoint, Number
from .errors import ValueRejected

type Dps = Mapping[str, object]
"""Raw values by datapoint id, as they stand on the wire: `{"1": True, "19": 313}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point[T]:
    """A value of one real device: how it is read from the datapoint and written to it, and its limits."""

    datapoint: Datapoint
    decode: Callable[[object], T | None]
    encode: Callable[[T], object] | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    step: Number | None = None
    unit: str | None = None
    options: tuple[str, ...] = ()

    @property
    def dp(self) -> str:
        """The datapoint id that it lives in."""
        return self.datapoint.dp

    @property
    def writable(self) -> bool:
        """Whether `write` can succeed."""
        return self.encode is not None and self.datapoint.writable

    def read(self, dps: Dps) -> T | None:
        """Return the value, None where the device has not said it or said nonsense."""
        raw = dps.get(self.datapoint.dp)
        return None if raw is None else self.decode(raw)

    def write(self, value: T) -> dict[str, object]:
        """Return the datapoints to send; raise ValueRejected if the value does not fit."""
        if self.encode is None or not self.datapoint.writable:
            raise ValueRejected(self.datapoint.code, value, "nothing: it can only be read")
        try:
            return {self.datapoint.dp: self.encode(value)}
        except (TypeError, ValueError, OverflowError) as error:
            raise ValueRejected(self.datapoint.code, value, "values of another type") from error


class Converter(Protocol):
    """What stands between a datapoint and a value: gives the point, or None where it does not fit the datapoint."""

    def __call__(self, datapoint: Datapoint, /) -> Point[Any] | None:
        """Return the point of this datapoint."""


@dataclass(frozen=True, slots=True)
class Dp:
    """A wish: the first of these codes that the device has, of a kind that the converter takes."""

    code: str
    convert: Converter | None = field(default=None, kw_only=True)
    also: tuple[str, ...] = field(default=(), kw_only=True)
    writable: bool = field(default=False, kw_only=True)

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, the best first."""
        return (self.code, *self.also)
