"""Limits and alarms: what is watched, from where on, and whether it tells."""

from ...convert.bits import on_when
from ...spec import Spec
from ...spec.simple import (
    CONFIG,
    DIAGNOSTIC,
    BinarySensor,
    Data,
    Number,
    Problem,
    Select,
    Sensor,
    Switch,
    group,
    series,
)

_WATER = ("ph", "tds", "ec", "salinity", "pro", "orp", "cf", "rh")


def _water(code: str) -> list[Spec]:
    name = {"pro": "density", "cf": "conductivity_factor", "ec": "conductivity", "rh": "humidity"}.get(code, code)
    kind = "ph" if code == "ph" else None
    return [
        Number(
            f"{code}_warn_max",
            f"{code}_max",
            name=f"{name}_alarm_high",
            device_class=kind,
            category=CONFIG,
            enabled=False,
        ),
        Number(
            f"{code}_warn_min",
            f"{code}_min",
            name=f"{name}_alarm_low",
            device_class=kind,
            category=CONFIG,
            enabled=False,
        ),
    ]


def _channel(n: int) -> list[Spec]:
    return [
        Problem(f"ch{n}_alarm", f"probe{n}_alarm", f"alarm_ch{n}", name="alarm", number=n),
        *Data(f"ch{n}_alert_setting", name="alert_settings", number=n),
        Switch(
            f"alarm{n}_switch",
            f"alarm_{n}_switch",
            f"switch_clock{n}",
            f"clock{n}",
            name="alarm",
            number=n,
            category=CONFIG,
        ),
        Number(f"alarm{n}_time", f"clock{n}", name="alarm_time", number=n, device_class="duration", category=CONFIG),
        Number(f"alarm_countdown_{n}", name="alarm_delay", number=n, device_class="duration", category=CONFIG),
        Number(f"door_time_{n}", name="door_alarm_delay", number=n, device_class="duration", category=CONFIG),
        Select(f"door_state_{n}", name="door_alarm", number=n, category=CONFIG),
    ]


ROWS = (
    *(row for code in _WATER for row in _water(code)),
    *series(_channel, 8),
    *group(
        Number,
        {
            "temperature_max_set upper_alarm_temp alarm_temp_max high_temp_limit temp_max_cvalue hight_protect_temp "
            "temp_alarm_max hightemp temp_upper_limit": "temperature_alarm_high",
            "temperature_min_set lower_alarm_temp alarm_temp_min temp_min_cvalue temp_alarm_min lowtemp "
            "temp_lower_limit": "temperature_alarm_low",
            "low_temp_limit low_protect_temp lowprotecttemp lowtemp_protect": "frost_temperature",
            "high_protect_temp hightemp_protect over_temp": "overheat_temperature",
        },
        device_class="temperature", unit="°C", category=CONFIG,
    ),
    *group(
        Number,
        {"temp_max_fvalue": "temperature_alarm_high_f", "temp_min_fvalue": "temperature_alarm_low_f"},
        device_class="temperature", unit="°F", category=CONFIG, enabled=False,
    ),
    *group(
        Number,
        {"humidity_max_set max_set": "humidity_alarm_high", "humidity_min_set mini_set": "humidity_alarm_low"},
        device_class="humidity", unit="%", category=CONFIG,
    ),
    *group(
        Switch,
        {
            "temperature_switch upper_temp_switch switch_upper_temp temp_max_switch": "temperature_alarm_high",
            "temp_min_switch switch_lower_temp lower_temp_switch": "temperature_alarm_low",
            "humidityswitch humidity_switch": "humidity_alarm",
            "hightemp_protect high_temp_protect": "overheat_protection",
            "lowtemp_protect low_temp_protect": "frost_protection",
            "switch_alarm_propel alarm_propel_switch message push_switch": "push_messages",
            "switch_alarm_call callphone": "phone_calls",
            "switch_alarm_sms": "text_messages",
            "switch_alarm_light": "alarm_light",
            "switch_mode_sound": "arming_sound",
            "switch_mode_dl_sound": "delay_sound",
            "switch_mode_light": "arming_light",
            "switch_kb_sound": "keypad_sound",
            "switch_kb_light": "keypad_light",
            "switch_low_battery": "low_battery_alarm",
            "arming_switch arming_mode": "armed",
            "fault_detection": "fault_detection",
            "recover_enable": "automatic_recovery",
            "leak_protect": "leak_protection",
            "valve_check": "valve_check",
        },
        category=CONFIG,
    ),
    Select("arming_mode", "s_mode", name="alarm_mode"),
    *group(
        Number,
        {
            "alarm_period s_alerttime": "alarm_delay",
            "recover_cnt": "recovery_attempts",
            "call_looptimes": "call_attempts",
            "leak_delay": "leak_delay",
            "vibration_value": "vibration_threshold",
            "micro_min_detection bre_min_detection": "nearest_motionless_detection",
            "detection_near": "nearest_distance",
            "presence_time": "presence_time",
            "motionless_sensitivity": "motionless_sensitivity",
            "movesensitivity move_sensitivity trigger_sensitivity": "motion_sensitivity",
            "bright_sensitivity": "brightness_sensitivity",
            "ext_temp_zone": "external_hysteresis",
            "room_temp_zone": "room_hysteresis",
            "alarm_volume_value": "alarm_volume",
        },
        category=CONFIG,
    ),
    Switch("false_breath", name="ignore_small_movements", category=CONFIG),
    *group(
        Select,
        {
            "alarmtype alarm_type sound_mode": "alarm_sound",
            "alarm_out": "alarm_output",
            "link_alarm": "linked_alarm",
            "alarm_state": "alarm",
            "temp_set": "overheat_action",
        },
        category=CONFIG,
    ),
    Select("zone_attribute", name="zone_type", category=CONFIG, enabled=False),  # of the accessory added last
    Sensor("sub_state", name="sub_device_status", category=DIAGNOSTIC, enabled=False),
    *group(
        BinarySensor,
        {
            "tamperedalarm tampered_alarm": "tamper",
            "hightempalarm high_temp_alarm": "temperature_alarm_high",
            "lowtempalarm low_temp_alarm": "temperature_alarm_low",
            "error_alarm": "problem",
            "time_alarm": "time_alarm",
        },
        device_class="problem", category=DIAGNOSTIC,
    ),
    BinarySensor("alarm", "cus_alarm", convert=on_when("alarm", "1", "true", "yes"), name="alarm",
                 device_class="safety"),
    BinarySensor("temp_alarm", name="temperature_alarm", device_class="problem"),
    *group(Problem, {"alarm_status notification alertup cook_temp_alarm cook_time_alarm "
                     "device_status": ""}),
    *group(
        Sensor,
        {
            "alarm cus_alarm": "alarm",
            "fault_type": "fault",
            "message_report": "message",
            "device_status": "status",
            "hcho_sensor_state": "formaldehyde_level",
            "com com_index": "comfort",
        },
        category=DIAGNOSTIC,
    ),
    *group(
        Data,
        {
            "alarm_set_1 alarm_set1": "alarm_thresholds",
            "alarm_set_2 alarm_set2 alarm_set3 alarm_set_3": "trip_thresholds",
            "alarm_msg": "alarm_message",
            "alarm": "alarm_data",
            "switch_alarm_time": "alarm_times",
            "tin_set hin_set tout_set hout_set": "",
            "all_max_min": "extremes",
            "ch_type": "channel_types",
        },
    ),
)  # fmt: skip
