"""Rows of lights."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert import light
from ..convert.bits import boolean
from ..convert.colour import colour
from ..convert.numbers import brightness as brightness_of, kelvin
from . import LookWords, Spec
from .roles import Codes, both, row


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
        "switch": both(switch, boolean),
        "brightness": both(brightness, brightness_of),
        "color_temp": both(color_temp, kelvin),
        "color": both(color, colour),
        "mode": both(mode, light.mode),
        "effect": both(mode, light.effect),
    }
    return row("light", roles, look, needs=needs)
