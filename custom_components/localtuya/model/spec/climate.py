"""Rows of what heats and cools."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert import climate
from ..convert.bits import boolean
from ..convert.numbers import fahrenheit, humidity, temperature
from . import LookWords, Spec
from .roles import Codes, borrow, both, read, row

MODES = ("mode", "mode_1", "system_mode", "work_mode", "hvac_mode", "set_mode", "run_mode")
TARGETS = (
    "temp_set",
    "temp_set_1",
    "temp_set_c",
    "temp_c_set",
    "target_temp",
    "targettem",
    "target_tem_set",
    "set_temper_c",
    "set_temper",
    "set_tem",
    "temperature_set",
    "setting_temp",
    "up_set_tem",
    "manual_temperature",
    "manual_temp",
    "temperature",
    "temp",
    "temp_set_f",
)
TARGETS_F = ("temp_set_f", "temp_f_set", "set_temper_f")
CURRENTS = (
    "temp_current",
    "temp_current_1",
    "temp_current_c",
    "current_temp_c",
    "room_temper_c",
    "room_temperature",
    "temp_c_disp",
    "now_temp",
    "tem_now",
    "win_temp",
    "in_temp",
    "inwt_temp",
    "temp_inlet",
    "upper_temp_current",
    "floor_temp_current",
    "temp_floor",
    "tem",
    "temp_current_f",
)
CURRENTS_F = ("temp_current_f", "temp_f_disp", "current_temp_f", "room_temper_f")
UNITS = ("temp_unit_convert", "temp_unit_convert_1", "c_f", "temp_c_f_set", "c_f_change", "change_tem", "cfc", "unit",
         "switch")  # fmt: skip
LOWEST = ("lower_temp", "temp_low", "set_dn_limit", "set_temp_min", "min_set_temp", "temp_min", "min_temp",
          "temp_bottom")  # fmt: skip
HIGHEST = ("upper_temp", "temp_up", "set_up_limit", "set_temp_max", "max_set_temp", "temp_max", "max_temp",
           "temp_top")  # fmt: skip
_HEATING = ("heat_temp_set", "temp_set_hot", "set_heating_temp", "heating_set", "ach_stemp")
_COOLING = ("cool_temp_set", "temp_set_cool", "set_cold_temp", "cold_temp_set", "cooling_set", "acc_stemp")
_HUMIDITIES = ("humidity_current", "humidity_value", "humidity_indoor", "humidity_now", "rh_value", "humidity")
ACTIONS = (
    "work_state",
    "valve_state",
    "work_status",
    "run_status",
    "run_state",
    "heating_state",
    "heat_state",
    "heating_status",
    "heater_status",
    "relay_state",
    "output_state",
    "load_status",
    "output",
    "temp_switch",
    "heating",
    "heat",
    "status",
    "device_state",
    "motor_opening",
    "valve_open_degree",
    "valve_ratio",
    "valve",
)


def Climate(
    *,
    switch: Codes = ("switch", "power"),
    mode: Codes = MODES,
    target: Codes = TARGETS,
    current: Codes = CURRENTS,
    fan: Codes = (),
    swing: Codes = (),
    swing_horizontal: Codes = (),
    action: Codes = ACTIONS,
    hvac_on: str = "heat",
    needs: tuple[str, ...] = ("temperature",),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a climate device; `hvac_on` is its mode where only a switch exists."""
    roles = {
        "switch": both(switch, boolean),
        "hvac_mode": both(mode, climate.hvac_mode),
        "preset_mode": both(mode, climate.preset),
        "temperature": both(target, temperature),
        "temperature_f": borrow(TARGETS_F, fahrenheit, writable=True),
        "target_temp_low": both(_HEATING, temperature),
        "target_temp_high": both(_COOLING, temperature),
        "current_temperature": read(current, temperature),
        "current_temperature_f": borrow(CURRENTS_F, fahrenheit),
        "temperature_unit": read(UNITS, climate.temperature_unit),
        "min_temperature": borrow(LOWEST, temperature),
        "max_temperature": borrow(HIGHEST, temperature),
        "humidity": both(("humidity_set", "set_humidity"), humidity),
        "current_humidity": read(_HUMIDITIES, humidity),
        "fan_mode": both(fan, climate.fan_mode),
        "swing_mode": both(swing, climate.swing),
        "swing_horizontal_mode": both(swing_horizontal, climate.swing),
        "hvac_action": read(action, climate.action),
        "eco": both(("eco", "eco_mode", "mode_eco"), boolean),
        "quiet": both(("silent_mode", "silent_mdoe", "mute_mode"), boolean),
        "away": both(("holiday", "holiday_mode", "away_mode"), boolean),
    }
    return row("climate", roles, look, needs=needs, options={"hvac_on": hvac_on})
