"""Electricity blobs: voltage, current, power and more of a phase in one datapoint."""

import json

from ..catalogue.layouts import DC, PHASE, TOTAL
from ..layout import Layout, Storage
from ..point import Converter
from .structures import told

type Reading = dict[str, float]

_JSON_KEYS = {
    "voltage": "voltage",
    "electricCurrent": "current",
    "power": "power",
    "reactivePower": "reactive_power",
    "apparentPower": "apparent_power",
    "powerFactor": "power_factor",
}
_UNITS = {
    "voltage": "V",
    "current": "A",
    "power": "kW",
    "reactive_power": "kvar",
    "apparent_power": "kVA",
    "power_factor": "%",
    "frequency": "Hz",
}
_LONGEST = 512


def phase(part: str) -> Converter:
    """Return a converter for one value of a phase, such as `voltage`; see PHASE. Base64, hex or JSON."""
    return told(read_phase, part, _UNITS[part])


def dc(part: str) -> Converter:
    """Return a converter for `voltage`, `current` or `power` of a direct current."""
    return told(lambda raw: _read(raw, DC), part, _UNITS[part])


def together(part: str) -> Converter:
    """Return a converter for `current` or `power` of all phases together."""
    return told(lambda raw: _read(raw, TOTAL), part, _UNITS[part])


def read_phase(raw: object) -> Reading | None:
    """Return what the blob says, None where it makes no sense."""
    return _json(raw) if isinstance(raw, str) and raw.startswith("{") else _read(raw, PHASE)


def _read(raw: object, layout: Layout) -> Reading | None:
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        return None
    blobs = (storage.unpack(raw) for storage in (Storage.HEX, Storage.BASE64))
    table = next((table for blob in blobs if blob and (table := layout.decode(blob)) is not None), None)
    if not isinstance(table, dict):
        return None
    return {
        name: -value if table.get(f"negative_{name}") else value
        for name, value in table.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _json(raw: str) -> Reading | None:
    try:
        parts = json.loads(raw)
    except ValueError, RecursionError:
        return None
    if not isinstance(parts, dict):
        return None
    return {
        ours: float(parts[theirs])
        for theirs, ours in _JSON_KEYS.items()
        if isinstance(parts.get(theirs), int | float) and not isinstance(parts[theirs], bool)
    }
