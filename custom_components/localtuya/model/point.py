"""A wish for a value (`Dp`) and the fact it becomes on a real device (`Point`): pure reading and writing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from .codes import fold
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
    amend: Callable[[T, object], object] | None = None
    """As `encode`, for a part of a datapoint: is given the raw value that stands now, None if there is none."""
    minimum: Number | None = None
    maximum: Number | None = None
    step: Number | None = None
    unit: str | None = None
    options: tuple[str, ...] = ()
    shared: bool = False
    """Whether the datapoint keeps an entity of its own beside the one that reads it here."""

    @property
    def dp(self) -> str:
        """The datapoint id that it lives in."""
        return self.datapoint.dp

    @property
    def writable(self) -> bool:
        """Whether `write` can succeed."""
        return (self.encode or self.amend) is not None and self.datapoint.writable

    def read(self, dps: Dps) -> T | None:
        """Return the value, None where the device has not said it or said nonsense."""
        raw = dps.get(self.datapoint.dp)
        return None if raw is None else self.decode(raw)

    def write(self, value: T, dps: Dps = MappingProxyType({})) -> dict[str, object]:
        """Return the datapoints to send, given what stands now; raise ValueRejected if the value does not fit."""
        if not self.writable:
            raise ValueRejected(self.datapoint.code, value, "nothing: it can only be read")
        try:
            if self.amend is not None:
                return {self.datapoint.dp: self.amend(value, dps.get(self.datapoint.dp))}
            return {self.datapoint.dp: self.encode(value)} if self.encode is not None else {}
        except (TypeError, ValueError) as error:
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
    borrowed: bool = field(default=False, kw_only=True)
    """It is only looked at: the datapoint stays free for an entity of its own, or belongs to another."""
    words: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """All codes, folded, the best first."""

    def __post_init__(self) -> None:
        """Fold the codes once: devices are asked for them over and over."""
        object.__setattr__(self, "words", tuple(dict.fromkeys(map(fold, (self.code, *self.also)))))
