"""What a card is."""

from dataclasses import dataclass

from ...spec import Spec


@dataclass(frozen=True, slots=True)
class Card:
    """Rows for all devices of these categories, the most telling first."""

    categories: tuple[str, ...]
    rows: tuple[Spec, ...] = ()
