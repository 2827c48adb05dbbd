"""Relays, gangs and what belongs to them: countdowns, memory, indicator, child lock."""

from ...convert.numbers import duration
from ...spec.moments import Timer
from ...spec.simple import CONFIG, DIAGNOSTIC, Select, Sensor, Switch, series

_MEMORY = {"0": "off", "1": "on", "2": "last", "power_off": "off", "power_on": "on", "memory": "last"}
_INDICATOR = {"relay": "state", "pos": "locator"}

ROWS = (
    *series(lambda n: Switch(f"switch_{n}", name="switch", number=n), 16),
    *series(lambda n: Switch(f"switch_usb{n}", f"usb{n}", name="usb", number=n), 6),
    Switch("switch", name="switch"),
    Switch("switch_usb", "usb", name="usb"),
    Switch("switch_all", "total_switch", name="all"),
    *series(lambda n: Timer(f"countdown_{n}", f"countdown{n}", f"count_down_{n}", name="countdown", number=n), 16),
    *series(lambda n: Timer(f"countdown_usb{n}", f"usb_countdown_{n}", name="countdown_usb", number=n), 6),
    *Timer("countdown", "countdown_time", "count_down", name="countdown"),
    Select("countdown_set", "countdown", "timer", "fan_countdown", name="countdown", category=CONFIG),
    Sensor(
        "countdown", "countdown_time", convert=duration, name="countdown", device_class="duration", category=DIAGNOSTIC
    ),
    Sensor(
        "countdown_left",
        "coutdown",
        "time_remaining",
        "remaining_time",
        "left_time",
        "remain_time",
        name="time_remaining",
        device_class="duration",
        category=DIAGNOSTIC,
    ),
    *Timer("countdown_left", "fan_countdown_left", name="time_remaining"),
    Select(
        "relay_status",
        "power_on_state",
        "power_memory_mode",
        meaning=_MEMORY,
        name="power_on_behavior",
        category=CONFIG,
    ),
    *series(
        lambda n: Select(f"relay_status_{n}", meaning=_MEMORY, name="power_on_behavior", number=n, category=CONFIG), 8
    ),
    Select("light_mode", "indicator_mode", "led_mode", meaning=_INDICATOR, name="indicator_mode", category=CONFIG),
    Select(
        "switch_type",
        meaning={"flip": "toggle", "sync": "follow", "button": "push"},
        name="switch_type",
        category=CONFIG,
    ),
    *series(lambda n: Select(f"switch_type_{n}", f"switch_mode{n}", name="switch_type", number=n, category=CONFIG), 8),
    Switch("child_lock", name="child_lock", category=CONFIG),
    Switch("switch_backlight", "backlight_switch", "backlight", name="backlight", category=CONFIG),
    Select("backlight", "backlight_level", name="backlight", category=CONFIG),
    Switch("do_not_disturb", name="do_not_disturb", category=CONFIG),
    Switch("remote_switch", name="remote", category=CONFIG, enabled=False),
    Sensor("online_state", name="online", category=DIAGNOSTIC, enabled=False),
)
