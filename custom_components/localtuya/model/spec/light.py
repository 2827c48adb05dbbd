"""Rows of lights."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert import light
from ..convert.bits import boolean
from ..convert.colour import colour
from ..convert.numbers import brightness as brightness_of, kelvin
from ..convert.scene import scene as scene_of
from . import LookWords, Spec
from .roles import Codes, borrow, both, row


def Light(
    switch: Codes = "switch_led",
    *,
    brightness: Codes = ("bright_value_v2", "bright_value"),
    color_temp: Codes = ("temp_value_v2", "temp_value"),
    color: Codes = ("colour_data_v2", "colour_data", "colour_data_hsv", "colour_data_raw"),
    mode: Codes = "work_mode",
    scene: Codes = ("dreamlight_scene_mode", "scene_data_v2", "scene_data", "scene_mod"),
    darkest: Codes = ("brightness_min_1", "bright_min_1"),
    brightest: Codes = ("brightness_max_1", "bright_max_1"),
    beside: Codes = (),
    needs: tuple[str, ...] = (),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a light.

    `darkest` and `brightest` are settings that bound its brightness; `beside` is what tells that the row applies, if
    it is needed. A light has the scenes of a tunable white (`scene`) or those that are all colour (`scene_color`).
    """
    roles = {
        "switch": both(switch, boolean),
        "brightness": both(brightness, brightness_of),
        "color_temp": both(color_temp, kelvin),
        "color": both(color, colour),
        "mode": both(mode, light.mode),
        "effect": both(mode, light.effect),
        "scene": both(scene, scene_of(white=True)),
        "scene_color": both(scene, scene_of(white=False)),
        "darkest": borrow(darkest, brightness_of),
        "brightest": borrow(brightest, brightness_of),
        "beside": borrow(beside, light.anything),
    }
    return row("light", roles, look, needs=needs)


def Lamp(
    switch: Codes,
    brightness: Codes = (),
    *,
    color_temp: Codes = (),
    color: Codes = (),
    mode: Codes = (),
    scene: Codes = (),
    needs: tuple[str, ...] = (),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a light beside something else: it has what it is given and nothing more."""
    return Light(
        switch,
        brightness=brightness,
        color_temp=color_temp,
        color=color,
        mode=mode,
        scene=scene,
        darkest=(),
        brightest=(),
        needs=needs,
        **look,
    )
