"""Fans, purifiers, humidifiers, dehumidifiers."""

from ...convert.bits import bit
from ...spec.air import SWITCHES, Fan, Humidifier
from ...spec.light import Light
from ...spec.simple import CONFIG, BinarySensor, Sensor, Switch
from .card import Card

_HUMIDITIES = ("humidity_indoor", "humidity_current", "humidity_value", "env_humid", "get_hum", "indoor_humidity")
_FULL = BinarySensor(
    "fault",
    convert=bit("full", "tankfull", "water_full", "fl", "warter_full", "full_fault"),
    part="full",
    name="tank_full",
    device_class="problem",
)
_FANS = (
    Fan(SWITCHES, needs=("switch",)),
    Fan((), speed=("fan_speed_percent", "fan_speed", "fan_speed_enum", "windspeed", "wind_speed"), needs=("speed",)),
    *(
        Fan(
            (),
            speed=(f"{side}_fan_speed", f"{side}_speed", f"{side}speed_3"),
            preset=(),
            oscillate=(),
            name=f"{side}_fan",
        )
        for side in ("supply", "exhaust")
    ),
)
_FAN_OF_ANOTHER = Fan(
    (),
    speed=("fan_speed_enum", "windspeed", "fan_speed"),
    preset=(),
    oscillate=("swing", "shake", "swing_mode"),
    direction=(),
    power=("switch", "switch_on"),
    needs=("speed",),
    name="fan",
)

CARDS = (
    Card(("fs", "fsd", "fskg", "ks"), (*_FANS, Light(("light", "switch_led", "light_switch"), name="light"))),
    Card(("kj", "xfj", "yyj", "infrared_fan", "infrared_airpurifier"), _FANS),
    Card(
        ("xxj",),
        (
            Fan(
                ("switch_spray", "spray", "switch"),
                speed=("dp_mist_grade", "mist_grade", "spray_volume", "spray_mode", "mode"),
                preset=("spray_mode", "mode"),
                oscillate=(),
                direction=(),
            ),
        ),
    ),
    Card(
        ("jsq",),
        (
            _FAN_OF_ANOTHER,
            Humidifier(
                target=("humidity_set", "set_humidity", "humidity"),
                current=_HUMIDITIES,
                mode=("mode", "work_mode", "spray_mode", "level"),
                needs=("switch",),
                device_class="humidifier",
            ),
        ),
    ),
    Card(
        ("cs",),
        (
            _FAN_OF_ANOTHER,
            Humidifier(
                target=("dehumidify_set_value", "dehumidify_set_enum", "humidity_set", "humidity", "dehumidify"),
                current=_HUMIDITIES,
                mode=("mode", "set_mode", "work_mode"),
                needs=("switch",),
                device_class="dehumidifier",
            ),
            Switch("anion", name="ionizer", category=CONFIG),
            Sensor("temp_indoor", "temp_current", name="temperature", device_class="temperature", unit="°C"),
            _FULL,
        ),
    ),
)
