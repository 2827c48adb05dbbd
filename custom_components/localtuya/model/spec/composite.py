"""Rows of several datapoints: lights, covers, climates, fans, humidifiers."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from collections.abc import Mapping
from typing import Unpack

from ..convert import climate, cover, light
from ..convert.bits import boolean
from ..convert.colour import colour
from ..convert.numbers import (
    brightness as brightness_of,
    inverted,
    kelvin,
    number,
    percent,
    speed as speed_of,
    temperature,
)
from ..convert.words import options, words
from ..point import Converter, Dp
from . import Look, LookWords, Spec

type Codes = str | tuple[str, ...]
"""Codes in the order of preference; none for a role that the row does not have."""


_HUMIDITIES = ("humidity_current", "humidity_value", "humidity_indoor", "humidity_now", "rh_value", "humidity")


def Light(
    switch: Codes = "switch_led",
    *,
    brightness: Codes = ("bright_value_v2", "bright_value"),
    color_temp: Codes = ("temp_value_v2", "temp_value"),
    color: Codes = ("colour_data_v2", "colour_data", "colour_data_hsv", "colour_data_raw"),
    mode: Codes = "work_mode",
    needs: tuple[str, ...] = (),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a light."""
    roles = {
        "switch": _both(switch, boolean),
        "brightness": _both(brightness, brightness_of),
        "color_temp": _both(color_temp, kelvin),
        "color": _both(color, colour),
        "mode": _both(mode, light.mode),
        "effect": _both(mode, light.effect),
    }
    return _row("light", roles, look, needs)


def Cover(
    command: Codes = "control",
    *,
    position: Codes = "percent_control",
    current: Codes = ("percent_state", "percent_control"),
    state: Codes = "work_state",
    place: Codes = "situation_set",
    needs: tuple[str, ...] = (),
    upside_down: bool = True,
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a cover; `upside_down` where the device counts how far it is closed, as curtains do.

    Role `place` is "open" or "closed", where the device says that in a word.
    """
    share = inverted(percent) if upside_down else percent
    roles = {
        "command": _both(command, cover.command),
        "position": _both(position, share),
        "current_position": _read(current, share),
        "state": _read(state, cover.doing),
        "place": _read(place, cover.place),
    }
    return _row("cover", roles, look, needs)


def Gate(command: Codes, *, place: Codes, **look: Unpack[LookWords]) -> Spec:
    """Return a row for a gate or garage door: moved by a boolean, watched by a contact."""
    roles = {"command": _both(command, cover.gate), "place": _read(place, cover.contact)}
    named: LookWords = {"device_class": "garage"}
    named.update(look)
    return _row("cover", roles, named, ())


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
        "switch": _both(switch, boolean),
        "mode": _both(mode, climate.hvac_mode),
        "preset": _both(mode, climate.preset),
        "target_temperature": _both(target, temperature),
        "current_temperature": _read(current, temperature),
        "target_humidity": _both(("humidity_set",), number),
        "current_humidity": _read(_HUMIDITIES, number),
        "fan_mode": _both(fan, words(climate.SPEEDS)),
        "swing_mode": _both(swing, climate.swing),
        "action": _read(action, climate.action),
    }
    return _row("climate", roles, look, needs, {"hvac_on": hvac_on})


def Fan(
    switch: Codes = ("switch_fan", "fan_switch", "switch"),
    *,
    speed: Codes = ("fan_speed_percent", "fan_speed", "speed", "fan_speed_enum"),
    preset: Codes = ("fan_mode", "mode"),
    oscillate: Codes = ("switch_horizontal", "fan_horizontal", "switch_vertical", "swing", "oscillate"),
    direction: Codes = "fan_direction",
    needs: tuple[str, ...] = (),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a fan."""
    roles = {
        "switch": _both(switch, boolean),
        "percentage": _both(speed, speed_of),
        "preset": _both(preset, options),
        "oscillate": _both(oscillate, boolean),
        "direction": _both(direction, words({"forward": "forward", "reverse": "reverse"}, only=True, least=2)),
    }
    return _row("fan", roles, look, needs)


def Humidifier(
    switch: Codes = ("switch", "switch_spray"),
    *,
    target: Codes = "humidity_set",
    current: Codes = "humidity_current",
    mode: Codes = ("mode", "work_mode"),
    needs: tuple[str, ...] = (),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a humidifier or dehumidifier."""
    roles = {
        "switch": _both(switch, boolean),
        "target_humidity": _both(target, number),
        "current_humidity": _read(current, number),
        "mode": _both(mode, options),
    }
    return _row("humidifier", roles, look, needs)


def _both(codes: Codes, convert: Converter) -> Dp | None:
    return _wish(codes, convert, writable=True)


def _read(codes: Codes, convert: Converter) -> Dp | None:
    return _wish(codes, convert, writable=False)


def _wish(codes: Codes, convert: Converter, *, writable: bool) -> Dp | None:
    listed = (codes,) if isinstance(codes, str) else codes
    return Dp(listed[0], also=listed[1:], convert=convert, writable=writable) if listed else None


def _row(
    platform: str,
    roles: Mapping[str, Dp | None],
    look: LookWords,
    needs: tuple[str, ...],
    known: Mapping[str, object] | None = None,
) -> Spec:
    wishes = {role: wish for role, wish in roles.items() if wish is not None}
    return Spec(platform, roles=wishes, needs=needs, look=Look(**look), options=known or {})
