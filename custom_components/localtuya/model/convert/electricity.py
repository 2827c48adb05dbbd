"""Electricity blobs: voltage, current and power of a phase in one datapoint."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable
import json

from ..datapoint import Datapoint, Raw, Text
from ..point import Converter, Point

type Reading = dict[str, float]

_JSON_KEYS = {"voltage": "voltage", "electricCurrent": "current", "power": "power"}
_HEX_LENGTHS = frozenset({16, 30, 34, 36})
_UNITS = {"voltage": "V", "current": "A", "power": "kW"}


def phase(part: str) -> Converter:
    """Return a converter for `voltage` (V), `current` (A) or `power` (kW) of a phase.

    Eight bytes: voltage (2, 0.1 V), current (3, mA), power (3, W). Longer ones start with a version and their
    length (`01 0f` or `02 0f`); version 2 ends in sign bits (1 current, 2 power). Base64, hex or JSON.
    """
    return _reader(part, read_phase)


def read_phase(raw: object) -> Reading | None:
    """Return what the blob says, None where it makes no sense."""
    if not isinstance(raw, str) or not 8 <= len(raw) <= 512:
        return None
    if raw.startswith("{"):
        return _json(raw)
    blob = _bytes(raw)
    if blob is None or len(blob) < 8:
        return None
    signs = 0
    if len(blob) >= 17 and blob[0] in {1, 2} and blob[1] == 15:
        signs = blob[17] if blob[0] == 2 and len(blob) > 17 else 0
        blob = blob[2:]
    voltage, current, power = (int.from_bytes(part) for part in (blob[:2], blob[2:5], blob[5:8]))
    return {
        "voltage": voltage / 10,
        "current": (-1 if signs & 1 else 1) * current / 1000,
        "power": (-1 if signs & 2 else 1) * power / 1000,
    }


def _reader(part: str, read: Callable[[object], Reading | None]) -> Converter:
    def convert(datapoint: Datapoint, /) -> Point[float] | None:
        if not isinstance(datapoint, Raw | Text):
            return None
        return Point(datapoint=datapoint, decode=lambda raw: (read(raw) or {}).get(part), unit=_UNITS[part])

    return convert


def _json(raw: str) -> Reading | None:
    try:
        parts = json.loads(raw)
    except ValueError:
        return None
    if not isinstance(parts, dict):
        return None
    return {
        ours: float(parts[theirs])
        for theirs, ours in _JSON_KEYS.items()
        if isinstance(parts.get(theirs), int | float) and not isinstance(parts[theirs], bool)
    }


def _bytes(raw: str) -> bytes | None:
    try:
        return bytes.fromhex(raw) if len(raw) in _HEX_LENGTHS else b64decode(raw, validate=True)
    except Base64Error, ValueError:
        return None
