"""Binding: a wish (`Spec`) meets the datapoints of a real device and becomes a fact (`Feature`), or nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .codes import tokens
from .convert.plain import measured
from .datapoint import Datapoint, Int
from .point import Dp, Point
from .spec import Feature, Look, Source, Spec
from .units import fits

type Find = Callable[[str], Datapoint | None]
"""Gives the datapoint of a folded code, None where the device has none or it is taken."""

_TOTALS = frozenset({"energy", "gas", "water", "reactive_energy"})
_STATELESS = frozenset({"duration", "enum"})
_CLASS_OF_UNIT = {
    "°C": "temperature",
    "°F": "temperature",
    "W": "power",
    "kW": "power",
    "V": "voltage",
    "mV": "voltage",
    "A": "current",
    "mA": "current",
    "kWh": "energy",
    "Wh": "energy",
    "MWh": "energy",
    "Hz": "frequency",
    "VA": "apparent_power",
    "kVA": "apparent_power",
    "var": "reactive_power",
    "kvar": "reactive_power",
    "lx": "illuminance",
    "dBm": "signal_strength",
    "hPa": "atmospheric_pressure",
    "mbar": "atmospheric_pressure",
    "kPa": "pressure",
    "bar": "pressure",
    "psi": "pressure",
    "μS/cm": "conductivity",
    "mS/cm": "conductivity",
    "L/min": "volume_flow_rate",
    "m³/h": "volume_flow_rate",
    "L/h": "volume_flow_rate",
    "gal/min": "volume_flow_rate",
    "gal/h": "volume_flow_rate",
    "s": "duration",
    "min": "duration",
    "h": "duration",
    "d": "duration",
    "ms": "duration",
    "cm": "distance",
    "mm": "distance",
    "m": "distance",
    "km": "distance",
    "m²": "area",
    "g": "weight",
    "kg": "weight",
}
_ELECTRICAL = frozenset({"apparent_power", "current", "frequency", "power_factor", "reactive_energy", "reactive_power",
                         "voltage"})  # fmt: skip
"""What is told of electricity beside power and energy, which are what an owner looks for."""
DIFFERENCES = frozenset({"calibration", "correction", "corr", "hysteresis", "deadzone", "diff", "compensate", "offset",
                          "calibrate", "sensitivity", "revise", "cali", "dead", "deviation"})  # fmt: skip


def bind(spec: Spec, find: Find, source: Source, *, anywhere: Find | None = None) -> Feature | None:
    """Return the feature, None where a needed datapoint is missing, of another kind, or cannot be written.

    What is borrowed is looked for `anywhere`, also among what others have.
    """
    points: dict[str, Point[Any]] = {}
    for role, wish in spec.roles.items():
        point = _meet(wish, anywhere or find if wish.borrowed else find)
        if point is None:
            if role in spec.required:
                return None
        else:
            points[role] = replace(point, shared=True) if wish.borrowed and not point.shared else point
    first = next(iter(points.values()))
    return Feature(
        spec.platform,
        points=points,
        dp=first.dp,
        code=first.datapoint.code,
        source=source,
        look=dress(spec.platform, spec.look, first),
        part=spec.part,
        options=spec.options,
    )


def dress(platform: str, look: Look, point: Point[Any]) -> Look:
    """Return the look that fits what the device measures: unit from its schema, classes that allow this unit."""
    if platform not in {"sensor", "number"}:
        return look
    if point.options:
        return replace(look, device_class="enum", unit=None, state_class=None)
    unit = point.unit or look.unit or ""
    device_class = look.device_class
    if device_class == "volatile_organic_compounds_parts" and fits("volatile_organic_compounds", unit):
        device_class = "volatile_organic_compounds"
    if device_class is None or not fits(device_class, unit):
        if device_class is not None and not point.unit and look.unit is None:
            device_class = None
        else:
            device_class = class_of(unit, point.datapoint.code) if device_class != "" else None
    sensor = platform == "sensor"
    return Look(
        name=look.name,
        number=look.number,
        device_class=device_class or None,
        state_class=_state_class(look, device_class, unit) if sensor else None,
        unit=unit or None,
        category=_category(look, device_class) if sensor else look.category,
        enabled=look.enabled,
        precision=_precision(look, point) if sensor else look.precision,
        label=look.label,
    )


def class_of(unit: str, code: str) -> str | None:
    """Return the device class that the unit alone tells, None where it tells nothing."""
    device_class = _CLASS_OF_UNIT.get(unit)
    if device_class == "temperature" and tokens(code) & DIFFERENCES:
        return "temperature_delta"
    return device_class


def _meet(wish: Dp, find: Find) -> Point[Any] | None:
    convert = wish.convert or measured
    for word in wish.words:
        datapoint = find(word)
        if datapoint is None:
            continue
        point = convert(datapoint)
        if point is not None and (point.writable if wish.writable else datapoint.readable):
            return point
    return None


def _category(look: Look, device_class: str | None) -> str | None:
    category = "diagnostic" if look.category is None and device_class in _ELECTRICAL else look.category
    return category or None


def _state_class(look: Look, device_class: str | None, unit: str) -> str | None:
    if look.state_class is not None:
        return look.state_class or None
    if device_class in _TOTALS:
        return "total_increasing"
    if device_class in _STATELESS or not (device_class or unit):
        return None
    return "measurement_angle" if device_class == "wind_direction" else "measurement"


def _precision(look: Look, point: Point[Any]) -> int | None:
    scale = point.datapoint.scale if isinstance(point.datapoint, Int) else 0
    return look.precision if look.precision is not None else max(scale, 0) or None
