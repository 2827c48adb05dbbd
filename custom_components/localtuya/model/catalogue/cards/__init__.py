"""Cards: what a category adds to the words, above all what makes the device what it is."""

from collections.abc import Mapping

from . import air, covers, lights, relays, robots, safety, thermal, water
from .card import Card

__all__ = ["CARDS", "Card"]

_ALL = (
    *relays.CARDS,
    *lights.CARDS,
    *covers.CARDS,
    *thermal.CARDS,
    *air.CARDS,
    *water.CARDS,
    *safety.CARDS,
    *robots.CARDS,
)

CARDS: Mapping[str, Card] = {category: card for card in _ALL for category in card.categories}
"""The cards by category."""
