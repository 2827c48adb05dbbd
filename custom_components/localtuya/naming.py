"""How entities are called: unique ids, translation keys, and readable names for what has no translation."""

from collections.abc import Iterable
import re

from homeassistant.helpers.typing import UNDEFINED, UndefinedType

from .model.language import called, is_plain, readable
from .model.spec import MAIN, Feature, Look, Source

CHOICE = "choice"
"""The translation key of the words that turn up anywhere; it has no name, as each such entity is named by its code."""
NUMBERED = "_numbered"
"""Ends the translation keys of names with the placeholder `{number}`: `switch_numbered` is "Switch {number}"."""

type Name = str | UndefinedType | None
"""UNDEFINED where it is translated, None for the device's own."""

_NAMELESS = ("", None)
_UNKNOWN = frozenset({Source.PHRASE, Source.LEFTOVERS, Source.USER})
_ENGLISH = re.compile(r"(?=.*[A-Za-z]{3})[A-Za-z0-9][ -~]{2,39}")


def unique_id(device_id: str, key: str) -> str:
    """Return the unique id of an entity; earlier versions of this integration gave the same."""
    return f"local_{device_id}_{key}"


def translation_key(feature: Feature) -> str | None:
    """Return the key of name, icon and words, None where nobody could have translated them.

    A feature without a name of its own goes by its platform. All that nobody knows share one key for their words.
    """
    look = feature.look
    if feature.source in _UNKNOWN:
        main = feature.points.get(MAIN)
        return CHOICE if main is not None and main.options and feature.platform in {"select", "sensor"} else None
    return f"{look.name or feature.platform}{'' if look.number is None else NUMBERED}"


def names(features: Iterable[Feature]) -> list[Name]:
    """Return what a device's features are called.

    What bears the user's name is called so; of two that would be called the same, the later one goes by its code. No
    two names that are made of codes are the same: the later ones get a number.
    """
    found: list[Name] = []
    coded: list[tuple[int, Feature]] = []
    heard: set[tuple[str, int | None]] = set()
    taken: set[str] = set()
    for place, feature in enumerate(features):
        look = feature.look
        own = (look.name, look.number)
        if look.label or (feature.source not in _UNKNOWN and own not in heard):
            taken.add((look.label or _translated(look)).casefold())
        else:
            coded.append((place, feature))
        found.append(look.label or (None if own == _NAMELESS else UNDEFINED))
        heard.add(own)
    for place, feature in coded:
        found[place] = words = _unique(_told(feature), taken)
        taken.add(words.casefold())
    return found


def _translated(look: Look) -> str:
    return readable(look.name) if look.number is None else f"{readable(look.name)} {look.number}"


def _told(feature: Feature) -> str:
    """Return the words for the code; the maker's own, where those are English and the code says nothing."""
    if feature.part is not None and feature.source in _UNKNOWN:
        return readable(feature.look.name)
    label = next(iter(feature.points.values())).datapoint.label
    if not is_plain(feature.code) and _ENGLISH.fullmatch(label):
        return label[:1].upper() + label[1:]
    words = called(feature.code, feature.platform) or readable(feature.look.name or feature.platform)
    return words if feature.part is None else f"{words} {feature.part.replace('_', ' ')}"


def _unique(words: str, taken: set[str]) -> str:
    numbered = (words if n == 1 else f"{words} {n}" for n in range(1, len(taken) + 2))
    return next(text for text in numbered if text.casefold() not in taken)
