"""Alarms: how a panel is armed, what it says when it goes off, how loud and how long a siren howls."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from math import ceil, isfinite

from ..codes import snake
from ..datapoint import Bool, Datapoint, Enum, Int, Number, Raw, Text
from ..errors import ValueRejected
from ..point import Point
from .words import enumeration

_STATES: Mapping[str, str] = {
    "disarmed": "disarmed",
    "disarm": "disarmed",
    "arm": "armed_away",
    "armed": "armed_away",
    "away": "armed_away",
    "arm_away": "armed_away",
    "away_arm": "armed_away",
    "home": "armed_home",
    "stay": "armed_home",
    "arm_home": "armed_home",
    "home_arm": "armed_home",
    "night": "armed_night",
    "arm_night": "armed_night",
    "sos": "triggered",
    "alarm": "triggered",
}
_SILENT = frozenset({"normal", "off", "mute", "none", "stop"})
_TONES: Mapping[str, str] = {
    "alarm_sound": "sound",
    "alarm_light": "light",
    "alarm_sound_light": "sound_and_light",
    "voice": "sound",
    "light_voice": "sound_and_light",
}
_LOUDNESS = ("mute", "low", "lower_middle", "middle", "medium", "normal", "upper_middle", "high", "loud", "max")
_SECONDS = {"s": 1, "min": 60, "h": 3600}


def alarm_state(datapoint: Datapoint, /) -> Point[str] | None:
    """Take how a panel is armed, in words or as yes and no; of two words for one state, the first is it."""
    match datapoint:
        case Bool():
            return _armed(datapoint)
        case Enum():
            states: dict[str, str] = {}
            for raw in datapoint.range:
                state = _STATES.get(snake(raw))
                if state is not None and state not in states.values():
                    states[raw] = state
            return enumeration(datapoint, states) if {"disarmed", "armed_away"} <= set(states.values()) else None
        case _:
            return None


def message(datapoint: Datapoint, /) -> Point[str] | None:
    """Take what a panel tells its owner: base64 of UTF-16, most significant byte first."""
    if not isinstance(datapoint, Raw | Text):
        return None
    return Point(datapoint=datapoint, decode=_message)


def tone(datapoint: Datapoint, /) -> Point[str] | None:
    """Take the sounds of a siren; `off` where it is silenced by a word among them."""
    if not isinstance(datapoint, Enum) or len(datapoint.range) < 2:
        return None
    words = {raw: snake(raw) for raw in datapoint.range}
    return enumeration(
        datapoint, {raw: "off" if word in _SILENT else _TONES.get(word, raw) for raw, word in words.items()}
    )


def howl(datapoint: Datapoint, /) -> Point[str] | None:
    """Take the sounds of a siren only where a word among them silences it."""
    point = tone(datapoint)
    return point if point and "off" in point.options else None


def volume(datapoint: Datapoint, /) -> Point[float] | None:
    """Take loudness as 0 to 1: a number's place between nothing and its maximum, or words as steps."""
    match datapoint:
        case Int() if datapoint.high > max(datapoint.low, 0):
            return Point(
                datapoint=datapoint,
                decode=lambda raw: _share(datapoint, raw),
                encode=lambda level: datapoint.encode(
                    max(datapoint.minimum, _level(datapoint, level) * datapoint.maximum)
                ),
            )
        case Enum() if len(datapoint.range) > 1 and (rising := _rising(datapoint.range)):
            silent = snake(rising[0]) == "mute" or rising[0] == "0"
            levels = {raw: (place + (not silent)) / (len(rising) - silent) for place, raw in enumerate(rising)}
            return Point(
                datapoint=datapoint,
                decode=lambda raw: levels.get(datapoint.decode(raw) or ""),
                encode=lambda level: min(rising, key=lambda raw: abs(levels[raw] - _level(datapoint, level))),
            )
        case _:
            return None


def seconds(datapoint: Datapoint, /) -> Point[Number] | None:
    """Take a time in seconds; a device that counts minutes gets as many as are needed."""
    if not isinstance(datapoint, Int) or (datapoint.unit or "s") not in _SECONDS:
        return None
    factor = _SECONDS[datapoint.unit or "s"]

    def decode(raw: object) -> Number | None:
        value = datapoint.decode(raw)
        return None if value is None else value * factor

    def encode(value: Number) -> object:
        return datapoint.encode(ceil(value / factor) if isfinite(value) else value)

    return Point(
        datapoint=datapoint,
        decode=decode,
        encode=encode,
        unit="s",
        minimum=datapoint.minimum * factor,
        maximum=datapoint.maximum * factor,
        step=datapoint.step * factor,
    )


def _armed(datapoint: Bool) -> Point[str]:
    def decode(raw: object) -> str | None:
        armed = datapoint.decode(raw)
        return None if armed is None else "armed_away" if armed else "disarmed"

    orders: Mapping[str, bool] = {"armed_away": True, "disarmed": False}
    return Point(
        datapoint=datapoint,
        decode=decode,
        encode=lambda state: datapoint.encode(orders.get(state, state)),
        options=tuple(orders),
    )


def _message(raw: object) -> str | None:
    if not isinstance(raw, str):
        return None
    try:
        text = b64decode(raw, validate=True).decode("utf-16-be").strip("\0 ")
    except Base64Error, ValueError:
        return None
    return text[:255] if text.isprintable() and text else None


def _share(datapoint: Int, raw: object) -> float | None:
    value = datapoint.decode(raw)
    return None if value is None else max(0.0, min(1.0, value / datapoint.maximum))


def _level(datapoint: Datapoint, level: float) -> float:
    if isinstance(level, bool) or not 0 <= level <= 1:
        raise ValueRejected(datapoint.code, level, "0 to 1")
    return level


def _rising(words: tuple[str, ...]) -> list[str]:
    """Return the words from quiet to loud: by what they say, or by their numbers; none where they say neither."""
    ranks = {word: _rank(word) for word in words}
    if None in ranks.values():
        return []
    return sorted(words, key=lambda word: ranks[word] or 0)


def _rank(word: str) -> int | None:
    known = snake(word)
    digits = "".join(letter for letter in known if letter.isdigit())
    return _LOUDNESS.index(known) if known in _LOUDNESS else int(digits[:3]) if digits else None
