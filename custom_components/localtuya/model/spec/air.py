"""Rows of what moves, moistens and dries air."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert.bits import boolean
from ..convert.numbers import number, speed as speed_of
from ..convert.words import options, words
from . import LookWords, Spec
from .roles import Codes, both, read, row


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
        "switch": both(switch, boolean),
        "percentage": both(speed, speed_of),
        "preset": both(preset, options),
        "oscillate": both(oscillate, boolean),
        "direction": both(direction, words({"forward": "forward", "reverse": "reverse"}, only=True, least=2)),
    }
    return row("fan", roles, look, needs=needs)


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
        "switch": both(switch, boolean),
        "target_humidity": both(target, number),
        "current_humidity": read(current, number),
        "mode": both(mode, options),
    }
    return row("humidifier", roles, look, needs=needs)
