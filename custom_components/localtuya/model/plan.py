"""The plan of a device: which entities it gets. Asks user, quirk, card, words and leftovers, in this order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from .bind import Find, bind
from .catalogue import aliases
from .catalogue.cards import CARDS
from .catalogue.words import COMPOSITES, WORDS
from .category import infer
from .choices import Choice, UserChoices
from .codes import fold
from .datapoint import Datapoint
from .leftovers import chosen, leftover
from .quirks import Quirk, corrected, quirk_of
from .record import DeviceRecord
from .schema import Schema
from .spec import Feature, Source, Spec

NO_CHOICES = UserChoices()
_MAIN_PLATFORMS = frozenset({"switch", "light", "cover"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What one device gets: its schema, as corrected, and its features; their keys are unique."""

    schema: Schema
    features: tuple[Feature, ...]
    category: str = ""
    """The category whose card was used; inferred where the cloud's is missing or finds nothing."""


def make_plan(record: DeviceRecord, user: UserChoices = NO_CHOICES) -> Plan:
    """Return the plan; never raises, whatever the record says."""
    raw = Schema.of(record)
    quirk = quirk_of(record, raw)
    schema = corrected(raw, quirk, user)
    board = _Board(schema, hidden=(dp for dp, choice in user.choices.items() if choice.hidden))
    _apply_user(board, user)
    board.apply(quirk.specs if quirk else (), Source.QUIRK)
    category = _apply_card(board, record.category, quirk, schema)
    board.apply(COMPOSITES, Source.WORDS)
    for datapoint in board.free():
        board.apply_words(datapoint)
    unknown = not board.features
    for feature in (leftover(datapoint, useful=unknown) for datapoint in board.free()):
        if feature is not None:
            board.settle(feature)
    features = _unnumbered(board.features)
    return Plan(schema, tuple(_renamed(feature, user) for feature in features), category)


class _Board:
    """The datapoints that nobody claimed yet, and the features that were made."""

    def __init__(self, schema: Schema, hidden: Iterable[str]) -> None:
        self.features: list[Feature] = []
        self._schema = schema
        self._keys: set[str] = set()
        self._claimed = frozenset(hidden)
        self._words: dict[str, list[Datapoint]] = {}
        for datapoint in schema:
            for word in aliases.words_of(datapoint):
                self._words.setdefault(word, []).append(datapoint)

    def is_free(self, datapoint: Datapoint) -> bool:
        return datapoint.dp not in self._claimed

    def free(self) -> list[Datapoint]:
        return [datapoint for datapoint in self._schema if self.is_free(datapoint)]

    def apply(self, specs: Iterable[Spec], source: Source) -> bool:
        """Bind the rows in turn and tell whether any could; parts of one datapoint see it although a part has it."""
        before = self._claimed
        made = False
        for spec in specs:
            find = partial(self._find, closed=before if spec.part else self._claimed)
            made |= self._bind(spec, find, source)
        return made

    def apply_words(self, datapoint: Datapoint) -> None:
        """Bind the words of one datapoint: the first that takes its kind, or all its parts."""
        words = aliases.words_of(datapoint)
        taken = False
        for spec in (spec for word in words for spec in WORDS.get(word, ())):
            if not taken or spec.part:
                taken |= self._bind(spec, lambda code: datapoint if fold(code) in words else None, Source.WORDS)

    def settle(self, feature: Feature) -> bool:
        """Take a feature, and with it its datapoints but those it shares, unless its key is taken."""
        if feature.key in self._keys:
            return False
        self._keys.add(feature.key)
        self._claimed |= {point.dp for point in feature.points.values() if not point.shared}
        self.features.append(feature)
        return True

    def _bind(self, spec: Spec, find: Find, source: Source) -> bool:
        feature = bind(spec, find, source)
        return feature is not None and self.settle(feature)

    def _find(self, code: str, *, closed: frozenset[str]) -> Datapoint | None:
        return next((datapoint for datapoint in self._words.get(fold(code), ()) if datapoint.dp not in closed), None)


def _apply_user(board: _Board, user: UserChoices) -> None:
    for datapoint in board.free():
        choice = user.choices.get(datapoint.dp)
        feature = chosen(datapoint, choice) if choice and choice.platform else None
        if feature is not None:
            board.settle(feature)


def _apply_card(board: _Board, category: str, quirk: Quirk | None, schema: Schema) -> str:
    """Use the card of the category; if it finds nothing that makes the device what it is, that of the inferred one."""
    wanted = quirk.category if quirk and quirk.category else category
    for candidate in dict.fromkeys((wanted, infer(schema))):
        card = CARDS.get(candidate)
        if card and board.apply(card.rows, Source.CARD):
            return candidate
    return wanted


def _unnumbered(features: list[Feature]) -> list[Feature]:
    """Take the number off what there is only one of; if its card says that it is the device, it takes its name."""
    series = Counter((feature.platform, feature.look.name) for feature in features)

    def alone(feature: Feature) -> Feature:
        look = feature.look
        if look.number is None or series[feature.platform, look.name] > 1:
            return feature
        name = "" if feature.source is Source.CARD and feature.platform in _MAIN_PLATFORMS else look.name
        return replace(feature, look=replace(look, number=None, name=name))

    return [alone(feature) for feature in features]


def _renamed(feature: Feature, user: UserChoices) -> Feature:
    choice = user.choices.get(feature.dp, Choice())
    look = feature.look
    if choice.name is not None:
        look = replace(look, label=choice.name)
    if choice.enabled is not None:
        look = replace(look, enabled=choice.enabled)
    return feature if look is feature.look else replace(feature, look=look)
