"""Rows of a record from the standard instruction set, which knows less of a product than the thing model.

It does not tell who may write a datapoint, and says some words otherwise than the device does: both are made good here,
by what most products have (facts: schemas of 4,968 products, dp_aliases).
"""

from collections.abc import Iterator, Mapping
import re
from typing import Any

from .codes import fold, tokens

type Row = Mapping[str, Any]

MOST_DATAPOINTS = 256
"""More than any device has."""
_LONGEST = 80


def specified(mapping: Mapping[str, object]) -> tuple[Row, ...]:
    """Return rows as a thing model has them, for instructions by datapoint id; what makes no sense is left out."""
    return tuple(row for dp, told in list(mapping.items())[:MOST_DATAPOINTS] for row in _row(dp, told))


def _row(dp: str, told: object) -> Iterator[Row]:
    if not isinstance(told, Mapping) or not (dp.isascii() and dp.isdecimal() and len(dp) < _MOST_DIGITS):
        return
    code, kind, facts = told.get("code"), told.get("type"), told.get("values")
    if not isinstance(code, str) or not isinstance(kind, str) or not code or len(code) > _LONGEST:
        return
    kind = _KINDS.get(kind.lower(), kind.lower())
    facts = _as_device_says(code, dict(facts)) if isinstance(facts, Mapping) else {}
    facts = {} if told["type"] in _STRUCTURES else facts
    mode = _mode(code, kind, facts)
    yield {"id": int(dp), "code": code, "name": "", "mode": mode, "type": kind[:_LONGEST], "property": facts}


def _as_device_says(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    words, unit = facts.get("range"), facts.get("unit")
    if isinstance(words, list) and (said := _SAID.get(_bare(code))):
        facts["range"] = [said.get(word, word) if isinstance(word, str) else word for word in words]
    if isinstance(unit, str) and unit not in _DEGREES:
        # tinytuya writes degrees wherever it reads a c or an f, and so `°Cm` for `cm`
        facts["unit"] = unit.replace("°C", "c").replace("°F", "f")[:_LONGEST]
    return facts


def _mode(code: str, kind: str, facts: Row) -> str:
    """Return what most datapoints of this code and kind are: read, written, or both."""
    bare, words = _bare(code), tokens(code)
    if bare in _WRITTEN:
        return "wr"
    if bare in _TOLD or kind == "bitmap" or "single_click" in _listed(facts.get("range")):
        return "ro"
    if bare in _BOTH or kind not in _SIGNS:
        return "rw"
    told, kept = _SIGNS[kind]
    tells = not words.isdisjoint(told) or (kind == "value" and facts.get("unit") in _MEASURES)
    return "ro" if tells and words.isdisjoint(kept) else "rw"


def _listed(words: object) -> list[object]:
    return words if isinstance(words, list) else []


def _bare(code: str) -> str:
    return _NUMBER.sub("", fold(code))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MOST_DIGITS = 4
_NUMBER = re.compile(r"\d+")
_DEGREES = ("°C", "°F")
_STRUCTURES = ("Json", "JSON", "json")
_KINDS = {"boolean": "bool", "integer": "value", "json": "string"}
_SAID: Mapping[str, Mapping[str, str]] = {
    "relaystatus": {"power_off": "off", "power_on": "on", "last": "memory"},
    "switchmode": {"click": "single_click", "press": "long_press"},
}
"""What a device says in place of the standard words."""
_WRITTEN = _words("controldata downchannel musicdata")
_TOLD = _words(
    "alarmlock alarmmessage areatotal chargeenergyonce cleanarea cleanareatotal cleanrecord cleantime "
    "cleantimetotal countdownleft doorbellpic doorcontactstate edgebrush feedreport humalarm humidityvalue lefttime "
    "meterid movementdetectpic phase phasea phaseb phasec pir raglife rollbrush sdstorge status switchvalue "
    "systemversion tamperalarm tempalarm temperalarm timetotal upchannel usetime usetimeone"
)
_BOTH = _words("doorstate humidity masterstate onlinestate reverseenergytotal sosstate temperature workpower")
_SIGNS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "bool": (
        _words("changed defrost doorbell hijack inside input rain state status tamper tampered temper"),
        _words("alarm enable sound switch test"),
    ),
    "enum": (
        _words(
            "battery capacity closed co connection gas human indicator liquid movement opened presence quality result "
            "shock smoke state watersensor wireless"
        ),
        _words("alarm control ipc led light mode relay set switch"),
    ),
    "value": (
        _words(
            "add balance battery ble ch co coe cur current dis ele electric electricity energy excretion external "
            "factor fault filter floor forward frequency hcho hum illuminance indoor leakage left length liquid "
            "outdoor percentage ph pixel pm power pressure prm remain remaining report residual reverse run sd "
            "signal state status strength supply tds test total tvoc unlock use va voc voltage weight windspeed "
            "wireless"
        ),
        _words(
            "alarm calib calibration charge compensate control correction countdown day delay eco high holiday "
            "hysteresis interval level limit low lower max maximum min minimum mode offset over periodic price "
            "protect sensitivity set setting sp standby switch target threshold time timer up upper warn"
        ),
    ),
}
"""Words in a code that mean that it is told, and words that mean that it is set all the same, by kind."""
_MEASURES = frozenset({"A", "Hz", "KWH", "V", "kW", "kW.h", "kW·h", "kWh", "kwh", "lux", "mA", "mV", "P", "ppm", "㎡"})
