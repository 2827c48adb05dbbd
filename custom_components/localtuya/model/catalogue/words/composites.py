"""Lights, covers, fans, sirens, locks … wherever they turn up, also in devices that are something else."""

from ...spec import Spec
from ...spec.air import Fan
from ...spec.cover import Cover
from ...spec.light import Light
from ...spec.safety import AlarmPanel, Latch, Siren
from ...spec.simple import CONFIG, series
from ...spec.water import Valve


def _light(n: int) -> Spec:
    return Light(
        (f"switch_led_{n}", f"led_switch_{n}"),
        brightness=f"bright_value_{n}",
        color_temp=f"temp_value_{n}",
        color=f"colour_data_{n}",
        mode=f"work_mode_{n}",
        name="light",
        number=n,
    )


def curtain(n: int) -> Spec:
    """Return the n-th of several curtains."""
    return Cover(
        f"control_{n}",
        position=f"percent_control_{n}",
        current=(f"percent_state_{n}", f"percent_control_{n}"),
        state=f"work_state_{n}",
        place=(),
        name="curtain",
        number=n,
        device_class="curtain",
    )


COMPOSITES: tuple[Spec, ...] = (
    Light("switch_led", name="light"),
    Light("light", name="light", needs=("switch", "brightness")),
    Light("light", brightness=(), color_temp=(), color=(), mode=(), name="light", category=CONFIG),
    *series(_light, 4),
    Light(
        (),
        brightness=("backlight", "backlight_brightness"),
        color_temp=(),
        color=(),
        mode=(),
        name="backlight",
        category=CONFIG,
    ),
    Light("basic_indicator", brightness=(), color_temp=(), color=(), mode=(), name="indicator", category=CONFIG),
    Light("laser_switch", brightness="laser_bright", color_temp=(), color=(), mode=(), name="laser"),
    Light("white_switch", brightness="white_brightness", color_temp=(), color=(), mode=(), name="white_light"),
    Light("colour_switch", brightness=(), color_temp=(), mode=(), name="color_light"),
    Light("floodlight_switch", brightness="floodlight_lightness", color_temp=(), color=(), mode=(), name="floodlight"),
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
)
