"""How entities are called: unique ids, translation keys, and readable names for what has no translation."""

from collections.abc import Sequence
import re

from homeassistant.helpers.typing import UNDEFINED, UndefinedType

from .model.codes import snake
from .model.spec import Feature, Source

NUMBERED = "_numbered"
"""Ends the translation keys of names with the placeholder `{number}`: `switch_numbered` is "Switch {number}"."""

_WORD_AND_NUMBER = re.compile(r"(?<=[a-z]{3})(?=\d)")
_SPELLINGS = {
    "alm": "alarm",
    "bat": "battery",
    "cfg": "configuration",
    "ch2o": "CH₂O",
    "co": "CO",
    "co2": "CO₂",
    "cur": "current",
    "dp": "DP",
    "ele": "energy",
    "eco": "eco",
    "hum": "humidity",
    "id": "ID",
    "ip": "IP",
    "ir": "IR",
    "lcd": "LCD",
    "led": "LED",
    "mac": "MAC",
    "max": "maximum",
    "min": "minimum",
    "ph": "pH",
    "pir": "PIR",
    "pm1": "PM1",
    "pm10": "PM10",
    "pm25": "PM2.5",
    "pwr": "power",
    "rgb": "RGB",
    "rssi": "RSSI",
    "sd": "SD",
    "temp": "temperature",
    "tvoc": "TVOC",
    "usb": "USB",
    "uv": "UV",
    "va": "VA",
    "voc": "VOC",
    "vol": "volume",
    "wifi": "Wi-Fi",
}


def unique_id(device_id: str, key: str) -> str:
    """Return the unique id of an entity; earlier versions of this integration gave the same."""
    return f"local_{device_id}_{key}"


def translation_key(feature: Feature) -> str | None:
    """Return the key of name, icon and words, None where nobody could have translated them.

    A feature without a name of its own goes by its platform.
    """
    look = feature.look
    if feature.source in {Source.PHRASE, Source.LEFTOVERS, Source.USER}:
        return None
    return f"{look.name or feature.platform}{'' if look.number is None else NUMBERED}"


def name(feature: Feature, among: Sequence[Feature]) -> str | UndefinedType | None:
    """Return the name of one of a device's features: UNDEFINED where it is translated, None for the device's name.

    What bears the user's name is called so; of two that would be called the same, the later one goes by its code.
    """
    look = feature.look
    if look.label:
        return look.label
    if next((other.key for other in among if _alike(other, feature)), feature.key) != feature.key:
        return readable(snake(feature.code))
    if not look.name and look.number is None:
        return None
    if translation_key(feature) is not None:
        return UNDEFINED
    words = readable(look.name or feature.platform)
    return words if look.number is None or words.endswith(str(look.number)) else f"{words} {look.number}"


def readable(code: str) -> str:
    """Return words for a code: `cur_temp_led2` -> `Current temperature led 2`; a text with blanks stays as it is."""
    if " " in code:
        return code
    words = [_SPELLINGS.get(word, _WORD_AND_NUMBER.sub(" ", word)) for word in code.split("_") if word]
    if not words:
        return ""
    return " ".join((words[0][:1].upper() + words[0][1:] if words[0].islower() else words[0], *words[1:]))


def _alike(one: Feature, other: Feature) -> bool:
    return (one.look.name, one.look.number) == (other.look.name, other.look.number)
