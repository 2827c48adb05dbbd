"""What a card is."""

from dataclasses import dataclass, field
from functools import cached_property

from ...codes import fold
from ...index import Index
from ...spec import Spec


@dataclass(frozen=True)
class Card:
    """Rows for all devices of these categories, the most telling first; a code among them stands for its words."""

    categories: tuple[str, ...]
    rows: tuple[Spec | str, ...] = ()
    spare: str = field(kw_only=True, default="")
    """Codes, separated by spaces, whose words are of no use to most owners of such a device: disabled by default."""

    @cached_property
    def specs(self) -> tuple[Spec, ...]:
        """The rows that it has itself."""
        return tuple(row for row in self.rows if isinstance(row, Spec))

    @cached_property
    def index(self) -> Index[Spec | str]:
        """The rows by the words that they need."""
        return Index(self.rows, lambda row: row.needed if isinstance(row, Spec) else (frozenset({fold(row)}),))

    @cached_property
    def folded_spare(self) -> frozenset[str]:
        """The spare codes as they are compared."""
        return frozenset(map(fold, self.spare.split()))
