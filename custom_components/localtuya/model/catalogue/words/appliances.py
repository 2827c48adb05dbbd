"""Filters, feeders, kettles, valves, curtains, vacuums, doors: what is left of the house."""

from ...spec import Spec
from ...spec.simple import CONFIG, DIAGNOSTIC, Button, Number, Select, Sensor, Switch, group, series


def _valve(n: int) -> list[Spec]:
    return [
        Sensor(
            f"irrigation_time_{n}",
            f"use_time_{n}",
            name="watering_time",
            number=n,
            device_class="duration",
            unit="s",
            category=DIAGNOSTIC,
        ),
        Sensor(f"total_water_{n}", name="water_used", number=n, device_class="water", unit="L"),
    ]


ROWS = (
    Sensor("filter_life", "filter", "filter_percent", name="filter_life", unit="%", category=DIAGNOSTIC),
    Sensor("filter_days", "filter_time", name="filter_time", device_class="duration", unit="d", category=DIAGNOSTIC),
    Button("filter_reset", "reset_filter", "filterreset", name="reset_filter", category=CONFIG),
    Button("water_reset", "pump_reset", name="reset_maintenance", category=CONFIG),
    Number("manual_feed", "feed_num", name="manual_feed", device_class="", unit="portions", exclusive=True),
    Sensor("feed_report", name="last_amount", device_class="", unit="portions", category=DIAGNOSTIC),
    Sensor("feed_state", name="feeding"),
    Button("quick_feed", name="quick_feed"),
    Switch("slow_feed", name="slow_feed", category=CONFIG),
    Sensor("cat_weight", "weight", name="weight", device_class="weight"),
    Sensor("excretion_times_day", name="visits_today", device_class=""),
    Sensor("excretion_time_day", name="time_today", device_class="duration", unit="s"),
    Button("factory_reset", "reset", "reset_switch", name="factory_reset", category=CONFIG, enabled=False),
    Button("device_restart", "reboot", name="restart", device_class="restart", category=CONFIG),
    Switch("start", name="start"),
    Switch("pause", name="pause"),
    Switch("warm", "keep_warm", name="keep_warm"),
    Number(
        "temp_setting_quick_c",
        "warm_temp",
        "temp_set_warm",
        name="keep_warm_temperature",
        device_class="temperature",
        unit="°C",
    ),
    Number("cook_temperature", name="cooking_temperature", device_class="temperature", unit="°C"),
    Number("cook_time", name="cooking_time", device_class="duration", unit="min"),
    Number("warm_time", name="keep_warm_time", device_class="duration", unit="min"),
    Select("weather_delay", "rain_delay", name="rain_delay", category=CONFIG),
    Switch("weather_switch", "switch_weather", "smart_weather_switch", name="weather_control", category=CONFIG),
    Sensor("smart_weather", name="weather", category=DIAGNOSTIC),
    Select("smart_weather", name="weather", category=CONFIG),
    Sensor("use_time", "use_time_one", "time_use", name="watering_time", device_class="duration", category=DIAGNOSTIC),
    Sensor("water_once", name="water_session", device_class="volume_storage", unit="L"),
    Sensor("water_total", "water_use_data", "total_water", name="water_used", device_class="water", unit="L"),
    Sensor("flow_rate", "flow", "instantaneous_flow", name="flow", device_class="volume_flow_rate"),
    *series(_valve, 8),
    Select("language", "master_language", "voice_language", name="language", category=CONFIG, enabled=False),
    Switch(
        "fan_beep", "beep", "sound", "buzzer", "switch_sound", "key_tone", "voice_switch", name="beep", category=CONFIG
    ),
    *group(
        Switch,
        {
            "customize_mode_switch": "custom_mode",
            "auto_boost": "auto_boost",
            "auto_clean": "auto_clean",
            "deodorization": "deodorization",
        },
        category=CONFIG,
    ),
)
