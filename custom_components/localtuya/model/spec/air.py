"""Rows of what moves, moistens and dries air."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert import fan
from ..convert.bits import boolean
from ..convert.climate import action
from ..convert.numbers import humidity
from ..convert.words import words
from . import LookWords, Spec
from .roles import Codes, borrow, both, read, row

SWITCHES = ("switch_fan", "fan_switch", "switch", "switch_1")
SPEEDS = (
    "fan_speed_percent",
    "fan_speed",
    "speed",
    "fan_speed_enum",
    "windspeed",
    "wind_speed",
    "level",
    "gear",
    "fan_level",
    "fan",
    "fs",
    "wind_gear",
    "speed_value",
    "speed_level",
    "mode",
)
_MODES = ("fan_mode", "mode", "wind_mode", "fan_speed_enum", "fan_speed", "speed")
_SWINGS = (
    "switch_horizontal",
    "fan_horizontal",
    "wind_left_right",
    "switch_vertical",
    "fan_vertical",
    "swing",
    "shake",
    "oscillate",
    "fan_shake",
    "swing_mode",
)


def Fan(
    switch: Codes = SWITCHES,
    *,
    speed: Codes = SPEEDS,
    preset: Codes = _MODES,
    oscillate: Codes = _SWINGS,
    direction: Codes = "fan_direction",
    power: Codes = (),
    needs: tuple[str, ...] = (),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a fan; where one datapoint gives speed and preset, each takes its words.

    `power` is the switch of a device that the fan is only a part of.
    """
    roles = {
        "switch": both(switch, boolean),
        "speed": both(speed, fan.speed),
        "preset_mode": both(preset, words(_PRESETS)),
        "oscillate": both(oscillate, fan.oscillation),
        "direction": both(direction, fan.direction),
        "power": borrow(power, boolean),
    }
    return row("fan", roles, look, needs=needs)


def Humidifier(
    switch: Codes = ("switch", "switch_spray"),
    *,
    target: Codes = "humidity_set",
    current: Codes = ("humidity_current", "humidity_value"),
    mode: Codes = ("mode", "work_mode"),
    state: Codes = ("work_state", "work_status", "run_state"),
    needs: tuple[str, ...] = (),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a humidifier or dehumidifier."""
    roles = {
        "switch": both(switch, boolean),
        "humidity": both(target, humidity),
        "current_humidity": read(current, humidity),
        "mode": both(mode, words(_WORK)),
        "action": read(state, action),
    }
    return row("humidifier", roles, look, needs=needs)


_PRESETS = {
    **dict.fromkeys(("nor", "ordinary", "standard"), "normal"),
    **dict.fromkeys(("nat", "natural", "natural_wind", "breeze"), "nature"),
    **dict.fromkeys(("slp", "sledp", "sleep_wind"), "sleep"),
    **dict.fromkeys(("hand", "manul"), "manual"),
}
_WORK = {
    "continuities": "continuous",
    "continue": "continuous",
    "laundrydrying": "laundry",
    "laundry_drying": "laundry",
    "sleeping": "sleep",
    "purifying": "purify",
    "manul": "manual",
}
