"""Cards: what a category adds to the words, above all what makes the device what it is."""

from collections.abc import Mapping

from . import (
    air,
    cameras,
    covers,
    household,
    infrared,
    lights,
    pets,
    power,
    relays,
    robots,
    safety,
    sensors,
    thermal,
    water,
)
from .card import Card

__all__ = ["CARDS", "WORDS_ONLY", "Card"]

_ALL = (
    *relays.CARDS,
    *power.CARDS,
    *lights.CARDS,
    *covers.CARDS,
    *thermal.CARDS,
    *air.CARDS,
    *sensors.CARDS,
    *cameras.CARDS,
    *pets.CARDS,
    *household.CARDS,
    *infrared.CARDS,
    *water.CARDS,
    *safety.CARDS,
    *robots.CARDS,
)

CARDS: Mapping[str, Card] = {category: card for card in _ALL for category in card.categories}
"""The cards by category."""

WORDS_ONLY = frozenset({"qt", "scene", "wfcon", "zjq", "slj", "smd", "tracker", "znyh", "sf", "ts", "sb"})
"""Categories without a card on purpose: of them the words say it all, or there is nothing to say."""
