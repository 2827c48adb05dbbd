"""What a quirk is: corrections to one family of products."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..schema import Schema
from ..spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What a datapoint really is; what is None is as the schema says."""

    scale: int | None = None
    divisor: int | None = None
    unit: str | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Quirk:
    """Corrections to one family of products, told by product ids or by the shape of their schema."""

    family: str
    products: frozenset[str] = field(kw_only=True, default=frozenset())
    shape: Callable[[Schema], bool] | None = field(kw_only=True, default=None)
    fixes: Mapping[str, Fix] = field(kw_only=True, default_factory=dict)
    """By code."""
    specs: tuple[Spec, ...] = field(kw_only=True, default=())
    category: str = field(kw_only=True, default="")
    """Replaces the cloud's category."""
