"""Rows of what heats water: boilers, kettles, hot water of heat pumps."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert import climate
from ..convert.bits import boolean
from ..convert.numbers import degrees, fahrenheit, temperature
from ..convert.water import operation
from . import LookWords, Spec
from .climate import CURRENTS, CURRENTS_F, HIGHEST, LOWEST, MODES, TARGETS, TARGETS_F, UNITS
from .roles import Codes, borrow, both, read, row


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
        "temperature_f": borrow(target_f, fahrenheit, writable=True),
        "current_temperature": read(current, temperature),
        "current_temperature_f": borrow(CURRENTS_F, fahrenheit),
        "temperature_unit": read(UNITS, climate.temperature_unit),
        "min_temperature": borrow(limits[0], temperature),
        "max_temperature": borrow(limits[1], temperature),
        "away_mode": both(("away_mode", "holiday_mode", "holiday", "vacation_mode"), boolean),
    }
    return row("water_heater", roles, look, needs=needs, options={"heats_by": heats_by})
