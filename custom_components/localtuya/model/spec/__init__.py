"""One possible entity (`Spec`, a row of the catalogue) and what it becomes on a real device (`Feature`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypedDict

from ..point import Dp, Point

MAIN = "main"
"""The role of a simple entity's only datapoint."""
EXCLUSIVE = "exclusive"
"""The option of what acts once per command: such commands are never merged and never sent twice."""

PIECEWISE = "piecewise"
"""The option of what may be reported as increments rather than as a total; see tally."""


class Source(StrEnum):
    """Who proposed an entity; the earlier one wins."""

    USER = "user"
    QUIRK = "quirk"
    CARD = "card"
    WORDS = "words"
    PHRASE = "phrase"
    """Not the code, but the words in it are known."""
    LEFTOVERS = "leftovers"


class LookWords(TypedDict, total=False):
    """The fields of `Look`, as keywords of a row."""

    name: str
    number: int | None
    device_class: str | None
    state_class: str | None
    unit: str | None
    category: str | None
    enabled: bool
    precision: int | None


@dataclass(frozen=True, slots=True)
class Look:
    """How an entity presents itself; the words are Home Assistant's, as plain strings."""

    name: str = field(kw_only=True, default="")
    """Translation key and English fallback in snake case; empty for the main feature, which takes the device's name."""
    number: int | None = field(kw_only=True, default=None)
    """The gang, outlet or channel, where there are several: becomes the placeholder `number`."""
    device_class: str | None = field(kw_only=True, default=None)
    state_class: str | None = field(kw_only=True, default=None)
    unit: str | None = field(kw_only=True, default=None)
    category: str | None = field(kw_only=True, default=None)
    """None: where the device class puts it; empty: on top, whatever the class says."""
    enabled: bool = field(kw_only=True, default=True)
    precision: int | None = field(kw_only=True, default=None)
    label: str | None = field(kw_only=True, default=None)
    """The user's own name; wins over the translation of `name`."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One possible entity: its roles as wishes.

    It applies if all `needs` (if none are named, the first role) find their datapoint; the first role found gives the
    entity its identity.
    """

    platform: str
    roles: Mapping[str, Dp] = field(kw_only=True)
    needs: tuple[str, ...] = field(kw_only=True, default=())
    look: Look = field(kw_only=True, default=Look())
    part: str | None = field(kw_only=True, default=None)
    """Tells several entities of one datapoint apart; ends up in the unique id."""
    options: Mapping[str, object] = field(kw_only=True, default_factory=lambda: MappingProxyType({}))
    """What the platform must know beyond its values, such as the assumed order of positions."""
    required: frozenset[str] = field(init=False, repr=False, compare=False)
    """The roles without which it is nothing."""
    needed: tuple[frozenset[str], ...] = field(init=False, repr=False, compare=False)
    """For each role that it needs, the folded codes of which the device must have one."""

    def __post_init__(self) -> None:
        """Prepare the quick look by which nearly all rows are passed over."""
        required = self.needs or tuple(self.roles)[:1]
        object.__setattr__(self, "required", frozenset(required))
        object.__setattr__(self, "needed", tuple(frozenset(self.roles[role].words) for role in required))


@dataclass(frozen=True, slots=True)
class Feature:
    """One entity of a real device: a spec whose wishes came true."""

    platform: str
    points: Mapping[str, Point[Any]] = field(kw_only=True)
    dp: str = field(kw_only=True)
    code: str = field(kw_only=True)
    source: Source = field(kw_only=True)
    look: Look = field(kw_only=True, default=Look())
    part: str | None = field(kw_only=True, default=None)
    options: Mapping[str, object] = field(kw_only=True, default_factory=lambda: MappingProxyType({}))

    @property
    def key(self) -> str:
        """The end of the unique id: the datapoint id, with the part where there is one."""
        return self.dp if self.part is None else f"{self.dp}_{self.part}"

    @property
    def dps(self) -> frozenset[str]:
        """All datapoint ids that it reads."""
        return frozenset(point.dp for point in self.points.values())

    @property
    def claims(self) -> frozenset[str]:
        """The datapoint ids that are its own: all but those that keep an entity beside it."""
        return frozenset(point.dp for point in self.points.values() if not point.shared)
