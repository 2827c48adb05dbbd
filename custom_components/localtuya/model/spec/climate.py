"""Rows of what heats and cools."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert import climate
from ..convert.bits import boolean
from ..convert.numbers import number, temperature
from ..convert.words import words
from . import LookWords, Spec
from .roles import Codes, both, read, row

_HUMIDITIES = ("humidity_current", "humidity_value", "humidity_indoor", "humidity_now", "rh_value", "humidity")


def Climate(
    *,
    switch: Codes = ("switch", "power"),
    mode: Codes = ("mode", "system_mode", "work_mode"),
    target: Codes = ("temp_set", "temp_set_f"),
    current: Codes = ("temp_current", "temp_current_f"),
    fan: Codes = (),
    swing: Codes = (),
    action: Codes = ("work_state", "valve_state", "work_status"),
    hvac_on: str = "heat",
    needs: tuple[str, ...] = ("target_temperature",),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a climate device; `hvac_on` is its mode where only a switch exists."""
    roles = {
        "switch": both(switch, boolean),
        "mode": both(mode, climate.hvac_mode),
        "preset": both(mode, climate.preset),
        "target_temperature": both(target, temperature),
        "current_temperature": read(current, temperature),
        "target_humidity": both(("humidity_set",), number),
        "current_humidity": read(_HUMIDITIES, number),
        "fan_mode": both(fan, words(climate.SPEEDS)),
        "swing_mode": both(swing, climate.swing),
        "action": read(action, climate.action),
    }
    return row("climate", roles, look, needs=needs, options={"hvac_on": hvac_on})
