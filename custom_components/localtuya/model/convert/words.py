"""Words: an enumeration's raw values and Home Assistant's words for them, both ways."""

from collections.abc import Collection, Mapping
from itertools import count
import re

from ..codes import snake
from ..datapoint import Datapoint, Enum
from ..errors import ValueRejected
from ..point import Converter, Point

_TIME = re.compile(r"(\d+)_?(s|secs?|seconds?|mins?|minutes?|mintues?|h|hrs?|hours?|d|days?)")
_TIME_UNITS = {"s": "s", "m": "min", "h": "h", "d": "d"}
_USUAL = {
    "anticlockwise": "counterclockwise",
    "backword": "backward",
    "cancle": "cancel",
    "chargring": "charging",
    "cleanning": "cleaning",
    "colour": "color",
    "forword": "forward",
    "foward": "forward",
    "hig": "high",
    "hight": "high",
    "med": "medium",
    "meduim": "medium",
    "mid": "medium",
    "middle": "medium",
    "midium": "medium",
    "openning": "opening",
    "warter_full": "water_full",
    # Chinese words in Latin letters
    "di": "low",
    "gao": "high",
    "guan": "off",
    "kai": "on",
    "shoudong": "manual",
    "shuimian": "sleep",
    "ting": "stop",
    "zhong": "medium",
    "zidong": "auto",
}
"""Misspelt and foreign words; a place (`middle` of a curtain) has a row with a meaning of its own."""


def options(datapoint: Datapoint, /) -> Point[str] | None:
    """Take an enumeration with the usual words, in snake case."""
    return _usual_words(datapoint)


def words(meaning: Mapping[str, str] | None = None, *, only: bool = False, least: int = 1) -> Converter:
    """Return a converter by this meaning (raw word in snake case -> our word).

    Other words are the usual ones, or are left out with `only`; it takes no enumeration with fewer than `least` words.
    """
    known = meaning or {}

    def convert(datapoint: Datapoint, /) -> Point[str] | None:
        if not isinstance(datapoint, Enum):
            return None
        raws = [raw for raw in datapoint.range if not only or snake(raw) in known]
        return enumeration(datapoint, translated(raws, known)) if len(raws) >= least else None

    return convert


_usual_words = words()


def translated(raws: Collection[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return our words for raw ones; a raw word stays where ours is already that of another one."""
    own = {snake(raw): raw for raw in raws}
    ours: dict[str, str] = {}
    for word, raw in own.items():
        wish = known.get(word) or usual(raw)
        ours[raw] = raw if wish != word and (wish in own or wish in ours.values()) else wish
    return {raw: ours.get(raw, raw) for raw in raws}


def usual(raw: str) -> str:
    """Return the usual word, in snake case, for what makers write in many ways: `hight` -> high, `30Sec` -> 30s."""
    word = snake(raw)
    if found := _TIME.fullmatch(word):
        return f"{found[1]}{_TIME_UNITS[found[2][0]]}"
    return _USUAL.get(word, word)


def enumeration(datapoint: Enum, meaning: Mapping[str, str]) -> Point[str]:
    """Return the point whose raw words mean these; each of ours is `[a-z0-9_]` and stands for one raw word."""
    raws: dict[str, str] = {}
    for place, (raw, word) in enumerate(meaning.items(), 1):
        wish = snake(word) or f"option_{place}"
        if wish in raws:
            wish = next(each for n in count(place) if (each := f"{wish}_{n}") not in raws)
        raws[wish] = raw
    ours = {raw: word for word, raw in raws.items()}

    def decode(raw: object) -> str | None:
        known = datapoint.decode(raw)
        return None if known is None else ours.get(known)

    def encode(word: str) -> object:
        if word not in raws:
            raise ValueRejected(datapoint.code, word, ", ".join(raws))
        return datapoint.encode(raws[word])

    return Point(datapoint=datapoint, decode=decode, encode=encode, options=tuple(raws))
