"""Lamps and dimmers."""

from ...spec import Spec
from ...spec.light import Light
from ...spec.simple import series
from .card import Card


def _gang(n: int) -> Spec:
    return Light(
        (f"switch_led_{n}", f"led_switch_{n}", f"switch_{n}", f"switch_led{n}"),
        brightness=(f"bright_value_{n}", f"bright_value{n}"),
        color_temp=f"temp_value_{n}",
        color=(),
        mode=(),
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
)
_ONE = Light(
    ("switch_led", "light", "switch", "switch_1", "switch_led_1", "led", "switch_white"),
    brightness=_BRIGHTNESS,
    color_temp=("temp_value_v2", "temp_value", "color_temp_control", "temp_value_1"),
)
_UNSWITCHED = Light((), brightness=_BRIGHTNESS)

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
        (_ONE, *series(_gang, 4), _UNSWITCHED),
    ),
    Card(("tgq", "tgkg"), (*series(_gang, 4), _ONE, _UNSWITCHED)),
)
