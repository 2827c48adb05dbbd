"""Lights, covers, fans, sirens, locks … wherever they turn up, also in devices that are something else."""

from ...spec import Spec
from ...spec.air import Fan
from ...spec.cover import Cover
from ...spec.infrared import Blaster
from ...spec.light import Lamp, Light
from ...spec.safety import AlarmPanel, Latch, Siren
from ...spec.simple import CONFIG, series
from ...spec.water import Valve

_COLORS = ("colour_data_v2", "colour_data", "colour_data_hsv", "colour_data_raw")


def _light(n: int) -> Spec:
    return Light(
        (f"switch_led_{n}", f"led_switch_{n}"),
        brightness=f"bright_value_{n}",
        color_temp=f"temp_value_{n}",
        color=f"colour_data_{n}",
        mode=f"work_mode_{n}",
        scene=f"scene_data_{n}",
        darkest=f"brightness_min_{n}",
        brightest=f"brightness_max_{n}",
        name="light",
        number=n,
    )


def curtain(n: int, turned: tuple[str, ...] = ()) -> Spec:
    """Return the n-th of several curtains."""
    return Cover(
        f"control_{n}",
        position=f"percent_control_{n}",
        current=(f"percent_state_{n}", f"percent_control_{n}"),
        state=f"work_state_{n}",
        place=(),
        tilt=(),
        turned=turned,
        travel=(f"tr_timecon_{n}", f"quick_calibration_{n}"),
        name="curtain",
        number=n,
        device_class="curtain",
    )


COMPOSITES: tuple[Spec, ...] = (
    Light(
        "switch_led",
        brightness=("bright_value_v2", "bright_value", "bright_value_1", "setlight"),
        color_temp=("temp_value_v2", "temp_value", "temp_value_1"),
        name="light",
    ),
    Light(
        "light",
        brightness=("bright_value_v2", "bright_value", "bright_value_1", "setlight", "light_brightness"),
        needs=("switch", "brightness"),
        name="light",
    ),
    *series(_light, 4),
    Lamp(("led", "switch_lamp", "lamp", "ledlight"), "led_light", name="light", needs=("switch", "brightness")),
    Lamp("laser_switch", "laser_bright", mode="star_work_mode", scene=(), name="laser"),
    Lamp("white_switch", "white_brightness", name="white_light"),
    Lamp(("colour_switch", "color_switch", "rgb_switch", "switch_rgbled"), color=_COLORS, name="color_light"),
    Lamp("switch_cctled", name="white_light"),
    Lamp("moodlight_switch", "moodlight_brightness", mode="moodlight_color", name="mood_light"),
    Lamp("colorlight", mode="colorlight_mode", name="mood_light"),
    Lamp("switch_ambiance", "ambiance_bright_value", name="mood_light"),
    Lamp(
        "strip_power",
        ("strip_brightness", "light_brightness"),
        color="rgb_value",
        mode="machine_mode",
        name="light_strip",
    ),
    Lamp("floodlight_switch", "floodlight_lightness", name="floodlight"),
    Lamp(
        ("switch_night_light", "nightlight_switch", "nightlight", "night_light", "switch_night"),
        ("night_light_bright", "night_bright_value", "night_light"),
        name="night_light",
    ),
    Lamp(("switch_lamp", "lamp", "lamp_switch", "lamp_swtich"), "lamp_brig_percentage", name="light"),
    Lamp("headlight_switch", name="headlight"),
    Lamp(("light", "light_switch", "light_onoff", "led"), name="light", category=CONFIG),
    Lamp(
        (),
        (
            "backlight",
            "backlight_brightness",
            "backlight_enum",
            "backlight_level",
            "backlight_set",
            "switch_backclight",
            "bl_level",
            "back_brightness",
        ),
        name="backlight",
        category=CONFIG,
    ),
    Lamp(
        (
            "switch_backlight",
            "backlight_switch",
            "backlight",
            "back_light",
            "blacklight",
            "switch_kb_light",
            "back_led_switch",
            "back_led_control",
            "blk_sw",
        ),
        name="backlight",
        category=CONFIG,
    ),
    Lamp("switch_alarm_light", name="alarm_light", category=CONFIG),
    Lamp(
        (
            "basic_indicator",
            "indicator",
            "indicator_led",
            "indicator_light",
            "pilot_lamp",
            "led_onoff",
            "standby_led_switch",
            "indicator_switch",
            "led_indicator",
        ),
        name="indicator",
        category=CONFIG,
    ),
    Lamp(("display", "screen_switch"), ("screen_brightness", "display_brightness"), name="display", category=CONFIG),
    Lamp((), ("screen_brightness", "display_brightness"), name="display", category=CONFIG),
    Fan(("fan_switch", "switch_fan"), preset="fan_mode", oscillate=("fan_horizontal", "fan_vertical"), name="fan"),
    Cover("control", name="curtain", device_class="curtain"),
    *series(curtain, 4, first=2),
    Siren(name="siren"),
    AlarmPanel(name="alarm"),
    Latch("accessory_lock", "accessory_lock1", name="lock", number=1),
    Latch("ipc_c_lock", "accessory_lock2", name="lock", number=2),
    *series(lambda n: Latch(f"accessory_lock{n}", name="lock", number=n), 4, first=3),
    Valve(("valve_switch", "switch_valve", "water_valve"), name="valve"),
    Valve(("gas_valve",), name="valve", device_class="gas"),
    *Blaster(name="remote"),
)
