"""Lamps and dimmers."""

from ...spec import Spec
from ...spec.light import Light
from ...spec.simple import series
from .card import Card


def _gang(n: int) -> Spec:
    return Light(
        (f"switch_led_{n}", f"led_switch_{n}", f"switch_{n}"),
        brightness=f"bright_value_{n}",
        color_temp=f"temp_value_{n}",
        color=(),
        mode=(),
        scene=(),
        darkest=f"brightness_min_{n}",
        brightest=f"brightness_max_{n}",
        needs=("switch", "brightness"),
        name="light",
        number=n,
    )


_BRIGHTNESS = (
    "bright_value_v2",
    "bright_value",
    "brightness",
    "bright",
    "dimmer",
    "brightness_control",
    "bright_value_1",
    "bright_controller",
    "led_light",
)
_WARMTH = ("temp_value_v2", "temp_value", "color_temp_control", "temp_value_1", "temp_controller")
_WHITE = Light(
    "white_switch",
    brightness=_BRIGHTNESS,
    color_temp=_WARMTH,
    color=(),
    scene=("scene_data_v2", "scene_data"),
    beside="rgbic_work_mode",
    needs=("switch", "brightness", "beside"),
    name="white_light",
)
_RING = Light(
    "colour_switch",
    brightness=(),
    color_temp=(),
    mode="rgbic_work_mode",
    scene="dreamlight_scene_mode",
    darkest=(),
    brightest=(),
    needs=("switch", "color", "mode"),
    name="color_light",
)
"""Of a lamp with a white and a coloured light, each switched for itself."""
_SWITCHES = ("switch_led", "light", "switch", "switch_1", "switch_led_1", "led", "switch_white", "switch_controller")
_ONE = Light(
    _SWITCHES,
    brightness=_BRIGHTNESS,
    color_temp=_WARMTH,
    mode=("work_mode", "mode_controller"),
    color=("colour_data_v2", "colour_data", "colour_data_hsv", "colour_data_raw", "color_controller"),
    darkest=("brightness_min_1", "bright_min_1", "minbright_value", "min_bright_value", "min_bright"),
)
_UNSWITCHED = Light((), brightness=("bright_value_v2", "bright_value", "brightness", "bright", "dimmer"))

CARDS = (
    Card(
        (
            "dj",
            "dd",
            "dc",
            "fwd",
            "xdd",
            "dsd",
            "gyd",
            "hcdd",
            "mbd",
            "tyd",
            "tyndj",
            "sxd",
            "fwl",
            "xktyd",
            "ykq",
            "hxd",
            "bzyd",
            "hdmipmtbq",
        ),
        (_WHITE, _RING, _ONE, *series(_gang, 4), _UNSWITCHED),
    ),
    Card(("tgq", "tgkg"), (*series(_gang, 4), _ONE, _UNSWITCHED)),
)
