"""Fans, purifiers, humidifiers, dehumidifiers."""

from ...convert.bits import bit
from ...spec.air import Fan, Humidifier
from ...spec.light import Light
from ...spec.simple import BinarySensor, Sensor, Switch
from .card import Card

_SWITCHES = ("switch_fan", "fan_switch", "switch", "switch_1")
_SPEEDS = (
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
)
_FULL = BinarySensor(
    "fault",
    convert=bit("full", "tankfull", "water_full", "fl", "warter_full", "full_fault"),
    part="full",
    name="tank_full",
    device_class="problem",
)

CARDS = (
    Card(
        ("fs", "fsd", "fskg", "ks"),
        (
            Fan(_SWITCHES, speed=_SPEEDS),
            Fan((), speed=_SPEEDS),
            Light(("light", "switch_led", "light_switch"), name="light"),
        ),
    ),
    Card(("kj", "xfj", "yyj"), (Fan(("switch", *_SWITCHES), speed=_SPEEDS), Fan((), speed=_SPEEDS))),
    Card(
        ("xxj",),
        (
            Fan(
                ("switch_spray", "switch"),
                speed=("dp_mist_grade", "mist_grade", "spray_mode", "mode"),
                preset=("mode",),
                oscillate=(),
                direction=(),
            ),
        ),
    ),
    Card(
        ("jsq",),
        (
            Humidifier(
                target=("humidity_set", "set_humidity", "humidity"),
                current=("humidity_current", "humidity_value"),
                mode=("mode", "work_mode", "spray_mode", "level"),
                needs=("switch",),
                device_class="humidifier",
            ),
        ),
    ),
    Card(
        ("cs",),
        (
            Humidifier(
                target=("dehumidify_set_value", "humidity_set", "humidity"),
                current=("humidity_indoor", "humidity_current", "humidity_value"),
                needs=("switch",),
                device_class="dehumidifier",
            ),
            Fan((), speed=("fan_speed_enum", "windspeed", "fan_speed"), preset=(), oscillate="swing", name="fan"),
            Switch("anion", name="ionizer"),
            Sensor("temp_indoor", "temp_current", name="temperature", device_class="temperature", unit="°C"),
            _FULL,
        ),
    ),
)
