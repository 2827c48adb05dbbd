"""A rule that tells a kind of device from its codes."""

from dataclasses import dataclass, field
from functools import cached_property

from ..datapoint import Datapoint, Enum, Int


@dataclass(frozen=True)
class Rule:
    """One kind of device; the codes are folded and separated by spaces."""

    category: str
    any_of: str = field(kw_only=True, default="")
    least: int = field(kw_only=True, default=1)
    """So many of `any_of` must be there."""
    none: str = field(kw_only=True, default="")
    groups: tuple[str, ...] = field(kw_only=True, default=())
    """One code of each group must be there."""
    writable: str = field(kw_only=True, default="")
    """One of these must be there and take values."""
    words: tuple[tuple[str, str], ...] = field(kw_only=True, default=())
    """One of these enumerations must be there, with all these words."""
    if_words: tuple[str, str] | None = field(kw_only=True, default=None)
    """If this enumeration is there, it must have one of these words."""
    never: tuple[str, str] | None = field(kw_only=True, default=None)
    """In none of these enumerations, where they are there, may a word contain one of these."""
    scope: tuple[str, int, int] | None = field(kw_only=True, default=None)
    """One of these numbers must be set from this or more to that or more."""
    most_datapoints: int | None = field(kw_only=True, default=None)
    sure: bool = field(kw_only=True, default=False)
    """Nothing else has such codes: they say more than a vague category."""

    def fits(self, datapoints: dict[str, Datapoint]) -> bool:
        """Whether a device with these datapoints, by folded code, is of this kind; it has what is `needed`."""
        codes = datapoints.keys()
        if self._none & codes or len(datapoints) > (self.most_datapoints or len(datapoints)):
            return False
        if self.any_of and len(self._any & codes) < self.least:
            return False
        if self.writable and not any(datapoints[code].writable for code in self._writable & codes):
            return False
        return self._words_fit(datapoints) and self._scope_fits(datapoints)

    @cached_property
    def needed(self) -> tuple[frozenset[str], ...]:
        """Sets of folded codes; of each that is not empty, a device of this kind has one."""
        enumerations = frozenset(code for code, _ in self.words)
        numbers = frozenset(self.scope[0].split() if self.scope else ())
        return (self._any, *self._groups, self._writable, enumerations, numbers)

    @cached_property
    def _any(self) -> frozenset[str]:
        return frozenset(self.any_of.split())

    @cached_property
    def _none(self) -> frozenset[str]:
        return frozenset(self.none.split())

    @cached_property
    def _groups(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(group.split()) for group in self.groups)

    @cached_property
    def _writable(self) -> frozenset[str]:
        return frozenset(self.writable.split())

    def _words_fit(self, datapoints: dict[str, Datapoint]) -> bool:
        if self.words and not any(_has(datapoints.get(code), wanted) for code, wanted in self.words):
            return False
        if self.never and any(_contains(datapoints.get(code), self.never[1]) for code in self.never[0].split()):
            return False
        if self.if_words is None:
            return True
        code, wanted = self.if_words
        found = datapoints.get(code)
        return not isinstance(found, Enum) or bool(set(wanted.split()) & {word.lower() for word in found.range})

    def _scope_fits(self, datapoints: dict[str, Datapoint]) -> bool:
        if self.scope is None:
            return True
        codes, low, high = self.scope
        found = (datapoints.get(code) for code in codes.split())
        return any(
            isinstance(number, Int)
            and number.writable
            and number.low >= low * 10**number.scale
            and number.high >= high * 10**number.scale
            for number in found
        )


def _contains(found: Datapoint | None, parts: str) -> bool:
    return isinstance(found, Enum) and any(part in word.lower() for word in found.range for part in parts.split())


def _has(found: Datapoint | None, wanted: str) -> bool:
    if not wanted:
        return found is not None
    return isinstance(found, Enum) and set(wanted.lower().split()) <= {word.lower() for word in found.range}
