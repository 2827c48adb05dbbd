"""The plan of a device: which entities it gets. Asks user, quirk, card, words and leftovers, in this order."""

from collections.abc import Iterable, Set as AbstractSet
from dataclasses import dataclass
from functools import partial

from .bind import Find, bind
from .catalogue import aliases
from .catalogue.cards import CARDS
from .catalogue.words import COMPOSITES, WORDS
from .category import candidates
from .choices import UserChoices
from .codes import fold
from .datapoint import Bitmap, Datapoint
from .index import Index
from .leftovers import chosen, flags, leftover
from .presentation import headline, presented
from .quirks import corrected, quirk_of
from .record import DeviceRecord
from .schema import Schema
from .spec import Feature, Source, Spec
from .times import time_rows

NO_CHOICES = UserChoices()
_ONE_OF_A_KIND = frozenset({"alarm_control_panel", "lawn_mower", "lock", "siren", "vacuum"})
"""What a device is once, if it has no name of its own."""
_COMPOSITES = Index(COMPOSITES, lambda row: row.needed)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one device gets: its schema, as corrected, and its features; their keys are unique."""

    schema: Schema
    features: tuple[Feature, ...]
    category: str = ""
    """The category whose card was used; inferred where the cloud's is missing, says little or finds nothing."""

    @property
    def headline(self) -> Feature | None:
        """What the device is, in one feature."""
        return headline(self.features)


def make_plan(record: DeviceRecord, user: UserChoices = NO_CHOICES) -> Plan:
    """Return the plan; never raises, whatever the record says."""
    raw = Schema.of(record)
    quirk = quirk_of(record, raw)
    schema = corrected(raw, quirk, user)
    board = _Board(schema, hidden=(dp for dp, choice in user.choices.items() if choice.hidden))
    masks = [datapoint for datapoint in board.free() if isinstance(datapoint, Bitmap)]
    _apply_user(board, user)
    board.apply(quirk.specs if quirk else (), Source.QUIRK)
    category = _apply_card(board, quirk.category if quirk and quirk.category else record.category, schema)
    board.apply(_COMPOSITES.among(board.words), Source.WORDS)
    read = [mask for mask in masks if not board.is_free(mask)]
    for datapoint in (*board.free(), *read):  # a fault that an entity reads is a problem all the same
        board.apply_words(datapoint)
    unknown = not board.features
    board.apply(time_rows(board.free()), Source.PHRASE)
    for feature in (leftover(datapoint, useful=unknown) for datapoint in board.free()):
        if feature is not None:
            board.settle(feature)
    for feature in [feature for datapoint in masks for feature in flags(datapoint, board.features)]:
        board.settle(feature)
    spare = CARDS[category].folded_spare if category in CARDS else frozenset()
    return Plan(schema, presented(board.features, spare, user, record.labels), category)


class _Board:
    """The datapoints that nobody claimed yet, and the features that were made."""

    def __init__(self, schema: Schema, hidden: Iterable[str]) -> None:
        self.features: list[Feature] = []
        self._schema = schema
        self._keys: set[str] = set()
        self._claimed = set(hidden)
        self._anywhere = partial(self._find, closed=frozenset(self._claimed))
        self._words: dict[str, list[Datapoint]] = {}
        for datapoint in schema:
            for word in aliases.words_of(datapoint):
                self._words.setdefault(word, []).append(datapoint)
        self.words = frozenset(self._words)
        """All that its codes can be called."""

    def is_free(self, datapoint: Datapoint) -> bool:
        return datapoint.dp not in self._claimed

    def free(self) -> list[Datapoint]:
        return [datapoint for datapoint in self._schema if datapoint.dp not in self._claimed]

    def apply(self, rows: Iterable[Spec | str], source: Source) -> bool:
        """Bind the rows in turn and tell whether any could; parts of one datapoint see it although a part has it.

        A code among them stands for its words.
        """
        before = partial(self._find, closed=frozenset(self._claimed))
        made = False
        for row in rows:
            if isinstance(row, str):
                datapoint = self._free(fold(row))
                made |= datapoint is not None and self.apply_words(datapoint)
            else:
                made |= self._bind(row, before if row.part else self._free, source)
        return made

    def apply_words(self, datapoint: Datapoint) -> bool:
        """Bind the words of one datapoint, the first that takes its kind, or all its parts; tell whether any could."""
        mine = dict.fromkeys(aliases.words_of(datapoint), datapoint)
        taken = False
        for word in mine:
            for spec in WORDS.get(word, ()):
                if not taken or spec.part:
                    taken |= self._bind(spec, mine.get, Source.WORDS)
        return taken

    def settle(self, feature: Feature) -> bool:
        """Take a feature, and with it its datapoints, unless its key is taken."""
        if feature.key in self._keys or self._repeats(feature):
            return False
        self._keys.add(feature.key)
        self._claimed |= feature.claims
        self.features.append(feature)
        return True

    def _bind(self, spec: Spec, find: Find, source: Source) -> bool:
        feature = bind(spec, find, source, anywhere=self._anywhere)
        return feature is not None and self.settle(feature)

    def _repeats(self, feature: Feature) -> bool:
        if feature.platform not in _ONE_OF_A_KIND or feature.look.name:
            return False
        return any(other.platform == feature.platform and not other.look.name for other in self.features)

    def _free(self, word: str) -> Datapoint | None:
        return self._find(word, closed=self._claimed)

    def _find(self, word: str, *, closed: AbstractSet[str]) -> Datapoint | None:
        for datapoint in self._words.get(word, ()):
            if datapoint.dp not in closed:
                return datapoint
        return None


def _apply_user(board: _Board, user: UserChoices) -> None:
    for datapoint in board.free():
        choice = user.choices.get(datapoint.dp)
        feature = chosen(datapoint, choice) if choice and choice.platform else None
        if feature is not None:
            board.settle(feature)


def _apply_card(board: _Board, given: str, schema: Schema) -> str:
    """Use the first card that finds something, of the categories that the device may be; return the category."""
    likeliest = given
    for category in candidates(given, schema):
        likeliest = likeliest or category
        card = CARDS.get(category)
        if card and board.apply(card.index.among(board.words), Source.CARD):
            return category
    return likeliest
