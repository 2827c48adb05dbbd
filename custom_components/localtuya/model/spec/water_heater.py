"""Rows of what heats water: boilers, kettles, hot water of heat pumps."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert import climate
from ..convert.bits import boolean
from ..convert.numbers import degrees, fahrenheit, temperature
from ..convert.water import operation
from . import LookWords, Spec
from .climate import CURRENTS, CURRENTS_F, HIGHEST, LOWEST, MODES, TARGETS, TARGETS_F, UNITS
from .roles import Codes, both, read, row, shared


def WaterHeater(
    switch: Codes = ("switch", "power"),
    *,
    mode: Codes = MODES,
    target: Codes = TARGETS,
    target_f: Codes = TARGETS_F,
    current: Codes = CURRENTS,
    limits: tuple[Codes, Codes] = (LOWEST, HIGHEST),
    heats_by: str = "electric",
    needs: tuple[str, ...] = ("temperature",),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a water heater; `heats_by` is its operation where it is not told what drives it."""
    roles = {
        "switch": both(switch, boolean),
        "operation_mode": both(mode, operation),
        "temperature": both(target, degrees),
        "temperature_f": both(target_f, shared(fahrenheit)),
        "current_temperature": read(current, temperature),
        "current_temperature_f": read(CURRENTS_F, shared(fahrenheit)),
        "temperature_unit": read(UNITS, climate.temperature_unit),
        "min_temperature": read(limits[0], shared(temperature)),
        "max_temperature": read(limits[1], shared(temperature)),
        "away_mode": both(("away_mode", "holiday_mode", "holiday", "vacation_mode"), boolean),
    }
    return row("water_heater", roles, look, needs=needs, options={"heats_by": heats_by})
