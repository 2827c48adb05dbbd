"""What thermostats and air conditioners call their modes, fans and swings, in Home Assistant's words."""

from collections.abc import Mapping

from ..codes import snake
from ..datapoint import Bool, Datapoint, Enum
from ..point import Converter, Point
from .words import enumeration

HVAC_MODES: Mapping[str, str] = {
    "auto": "auto",
    "cold": "cool",
    "cool": "cool",
    "cooling": "cool",
    "freeze": "cool",
    "refrigeration": "cool",
    "hot": "heat",
    "heat": "heat",
    "heating": "heat",
    "warm": "heat",
    "wind": "fan_only",
    "fan": "fan_only",
    "fan_only": "fan_only",
    "blow": "fan_only",
    "ventilation": "fan_only",
    "air_supply": "fan_only",
    "wet": "dry",
    "dry": "dry",
    "dehum": "dry",
    "dehumidify": "dry",
    "dehumidification": "dry",
    "arefaction": "dry",
    "heat_cool": "heat_cool",
    "off": "off",
}
_TELLING = frozenset({"cool", "heat", "dry", "fan_only", "heat_cool"})

PRESETS: Mapping[str, str] = {
    "leave": "away",
    "holiday": "away",
    "vacation": "away",
    "strong": "boost",
    "power": "boost",
    "turbo": "boost",
    "comfortable": "comfort",
    "economy": "eco",
    "energy": "eco",
    "temp_prog": "temporary",
    "temporary_manual": "temporary",
}
ACTIONS: Mapping[str, str] = {
    "cooling": "cooling",
    "cool": "cooling",
    "cold": "cooling",
    "heating": "heating",
    "heat": "heating",
    "hot": "heating",
    "opened": "heating",
    "open": "heating",
    "warming": "idle",
    "warm": "idle",
    "close": "idle",
    "closed": "idle",
    "idle": "idle",
    "standby": "idle",
    "manual": "idle",
    "auto": "idle",
    "off": "off",
    "fan": "fan",
    "ventilation": "fan",
    "wind": "fan",
    "drying": "drying",
    "dry": "drying",
    "dehumidification": "drying",
    "defrost": "defrosting",
    "defrosting": "defrosting",
    "preheating": "preheating",
}
SPEEDS: Mapping[str, str] = {
    "mid": "medium",
    "middle": "medium",
    "med": "medium",
    "hig": "high",
    "strong": "high",
    "mute": "quiet",
    "silence": "quiet",
    "silent": "quiet",
    "low_mid": "medium_low",
    "mid_low": "medium_low",
    "mid_high": "medium_high",
    "high_mid": "medium_high",
}
SWINGS: Mapping[str, str] = {
    "all": "both",
    "up_down": "vertical",
    "un_down": "vertical",
    "left_right": "horizontal",
    "close": "off",
    "open": "on",
}


def hvac_mode(datapoint: Datapoint, /) -> Point[str] | None:
    """Take an enumeration that names at least one of cooling, heating, drying, blowing; words that mean none are None.

    Where two raw words mean the same mode, the first one is it.
    """
    if not isinstance(datapoint, Enum):
        return None
    modes = hvac_words(datapoint)
    return enumeration(datapoint, modes) if set(modes.values()) & _TELLING else None


def preset(datapoint: Datapoint, /) -> Point[str] | None:
    """Take the words of a mode that are no hvac mode; all of them, where none is."""
    if not isinstance(datapoint, Enum):
        return None
    modes = hvac_words(datapoint)
    taken = modes if set(modes.values()) & _TELLING else {}
    meaning = {raw: PRESETS.get(snake(raw), raw) for raw in datapoint.range if raw not in taken}
    return enumeration(datapoint, meaning) if meaning else None


def hvac_words(datapoint: Enum) -> dict[str, str]:
    """Return the raw words that are hvac modes, with the mode."""
    modes: dict[str, str] = {}
    for raw in datapoint.range:
        mode = HVAC_MODES.get(snake(raw))
        if mode is not None and mode not in modes.values():
            modes[raw] = mode
    return modes


def action(datapoint: Datapoint, /) -> Point[str] | None:
    """Take what the device is doing: words, or a boolean for heating or not."""
    match datapoint:
        case Enum() if set(datapoint.range) == {"0", "1"}:
            return _read_only(datapoint, {"0": "idle", "1": "heating"})
        case Enum() if any(snake(raw) in ACTIONS for raw in datapoint.range):
            return _read_only(datapoint, {raw: ACTIONS.get(snake(raw)) for raw in datapoint.range})
        case Bool():

            def decode(raw: object) -> str | None:
                heats = datapoint.decode(raw)
                return None if heats is None else "heating" if heats else "idle"

            return Point(datapoint=datapoint, decode=decode, options=("heating", "idle"))
        case _:
            return None


def swing(datapoint: Datapoint, /) -> Point[str] | None:
    """Take swinging, as words or as a boolean, in Home Assistant's words."""
    return _words_or_switch(SWINGS, "on", "off")(datapoint)


def _words_or_switch(meaning: Mapping[str, str], yes: str, no: str) -> Converter:
    def convert(datapoint: Datapoint, /) -> Point[str] | None:
        match datapoint:
            case Enum():
                return enumeration(datapoint, {raw: meaning.get(snake(raw), raw) for raw in datapoint.range})
            case Bool():

                def decode(raw: object) -> str | None:
                    value = datapoint.decode(raw)
                    return None if value is None else yes if value else no

                def encode(word: str) -> object:
                    return datapoint.encode({yes: True, no: False}.get(word, word))

                return Point(datapoint=datapoint, decode=decode, encode=encode, options=(no, yes))
            case _:
                return None

    return convert


def _read_only(datapoint: Enum, meaning: Mapping[str, str | None]) -> Point[str]:
    def decode(raw: object) -> str | None:
        word = datapoint.decode(raw)
        return None if word is None else meaning[word]

    return Point(datapoint=datapoint, decode=decode, options=tuple(dict.fromkeys(filter(None, meaning.values()))))
