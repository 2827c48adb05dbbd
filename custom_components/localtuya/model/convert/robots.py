"""What robots that clean and mow say they do, and what they are told, in Home Assistant's words."""

from collections.abc import Callable, Mapping
import re

from ..codes import snake
from ..datapoint import Datapoint, Enum
from ..point import Converter, Point
from .words import enumeration, words

type _Signs = tuple[tuple[str, re.Pattern[str]], ...]
"""Meanings with what gives them away; the first that fits counts."""


def _signs(**patterns: str) -> _Signs:
    return tuple((meaning, re.compile(pattern)) for meaning, pattern in patterns.items())


_TROUBLE = r"fault|err|trouble|trap|stuck|unarrive|abnormal|emergency|warning"
_HOMEWARD = r"to_?charge|go_?charge|charge_?go|recharge|back_?charge|dock(?!ed)|find_sta|return|home|seek_dust"
_AT_HOME = r"charg|charing|docked|dust|self_clean|wash|dry"
_HALTED = r"paus|halt"
_CLEANERS = _signs(
    error=_TROUBLE,
    returning=_HOMEWARD,
    docked=_AT_HOME,
    paused=_HALTED,
    idle=r"standby|idle|sleep|dormant|done|comp|finish|arrived|shutdown|stop|ready|offline|upgrade|detection|low_?(pow|bat)",
)
_MOWERS = _signs(
    error=_TROUBLE,
    returning=rf"park|{_HOMEWARD}",
    docked=rf"standby|{_AT_HOME}",
    paused=_HALTED,
    idle=r"idle|sleep|locked|test|updat|upgrade|stop|finish|done|comp",
)
_NUMBERED = {"0": "idle", "1": "cleaning", "2": "cleaning", "3": "cleaning", "4": "docked", "5": "docked",
             "6": "cleaning"}  # fmt: skip
"""Of robots that count: standing by, sweeping, mopping, along the edges, charging, charged, on one spot."""

COMMANDS: Mapping[str, str] = {
    "chargego": "return_to_base",
    "charge_go": "return_to_base",
    "goto_charge": "return_to_base",
    "back_charge": "return_to_base",
    "backcharge": "return_to_base",
    "find_sta": "return_to_base",
    "spiral": "clean_spot",
    "sprial": "clean_spot",
    "spot": "clean_spot",
    "clean_spot": "clean_spot",
    "standby": "stop",
    "idle": "stop",
    "stop": "stop",
    "pause": "pause",
    "smart": "smart",
    "auto": "smart",
    "clean_auto": "smart",
    "wallfollow": "wall_follow",
    "clean_wall": "wall_follow",
    "clean_random": "random",
    "select_room": "selectroom",
    "clean_sroom": "sroom",
}
"""What cleaning robots are told; other words keep themselves."""
_ORDERS = frozenset({"return_to_base", "clean_spot", "stop", "smart"})
_DIRECTIONS: Mapping[str, str] = {
    "foward": "forward",
    "back": "backward",
    "turn_left": "left",
    "turnleft": "left",
    "turn_right": "right",
    "turnright": "right",
}
_SUCTION: Mapping[str, str] = {"close": "off", "closed": "off", "turnoff": "off"}
_ERRANDS = _signs(
    dock=rf"station|charge|{_HOMEWARD}",
    pause=r"pause",
    resume=r"continue|resume",
    stop=r"cancel|stop|standby",
    mow_spot=r"fixed|spot",
    start_mowing=r"start|mow|smart|auto",
)

direction: Converter = words(_DIRECTIONS)
suction: Converter = words(_SUCTION)


def command(datapoint: Datapoint, /) -> Point[str] | None:
    """Take the modes of a cleaning robot, if some of them are orders."""
    point = words(COMMANDS)(datapoint)
    return point if point and _ORDERS & set(point.options) else None


def cleaning(datapoint: Datapoint, /) -> Point[str] | None:
    """Take what a cleaning robot does; words that are none of rest, way home or trouble are kinds of cleaning."""
    if isinstance(datapoint, Enum) and {"0", "1", "4"} <= set(datapoint.range):
        return _doing(datapoint, _NUMBERED.get)
    return _sorted(datapoint, _CLEANERS, "cleaning")


def mowing(datapoint: Datapoint, /) -> Point[str] | None:
    """Take what a mowing robot does."""
    return _sorted(datapoint, _MOWERS, "mowing")


def errand(datapoint: Datapoint, /) -> Point[str] | None:
    """Take what a mowing robot is told: each meaning by the first word that has it."""
    if not isinstance(datapoint, Enum):
        return None
    meaning: dict[str, str] = {}
    for raw in datapoint.range:
        word = _meant(raw, _ERRANDS)
        if word is not None and word not in meaning.values():
            meaning[raw] = word
    return enumeration(datapoint, meaning) if "start_mowing" in meaning.values() else None


def _sorted(datapoint: Datapoint, signs: _Signs, work: str) -> Point[str] | None:
    if not isinstance(datapoint, Enum) or len({_meant(raw, signs) for raw in datapoint.range} - {None}) < 2:
        return None
    return _doing(datapoint, lambda raw: _meant(raw, signs) or work)


def _doing(datapoint: Enum, meaning: Callable[[str], str | None]) -> Point[str]:
    doings = {raw: meaning(raw) for raw in datapoint.range}

    def decode(raw: object) -> str | None:
        word = datapoint.decode(raw)
        return None if word is None else doings[word]

    return Point(datapoint=datapoint, decode=decode, options=tuple(dict.fromkeys(filter(None, doings.values()))))


def _meant(raw: str, signs: _Signs) -> str | None:
    word = snake(raw)
    return next((meaning for meaning, pattern in signs if pattern.search(word)), None)
