"""Meters with tariffs, circuits and thresholds; chargers and inverters."""

from ...spec import Spec
from ...spec.simple import CONFIG, DIAGNOSTIC, BinarySensor, Data, Number, Select, Sensor, Switch, group, series


def _tariff(n: int) -> list[Spec]:
    return [
        Sensor(
            f"forward_energy_t{n}",
            name="tariff_energy",
            number=n,
            device_class="energy",
            unit="kWh",
            category=DIAGNOSTIC,
            enabled=False,
        ),
        Sensor(
            f"reverse_energy_t{n}",
            name="tariff_energy_returned",
            number=n,
            device_class="energy",
            unit="kWh",
            enabled=False,
        ),
        Sensor(f"energy_sub{n}", name="energy", number=n, device_class="energy", unit="kWh"),
        *Data(f"historical_{_SPANS[(n - 1) % 4]}_set", name=f"{_SPANS[(n - 1) % 4]}_history_settings"),
        *Data(f"historical_{_SPANS[(n - 1) % 4]}_now", name=f"{_SPANS[(n - 1) % 4]}_history"),
        *Data(f"historical_{_SPANS[(n - 1) % 4]}_pow", name=f"{_SPANS[(n - 1) % 4]}_power_history"),
        *Data(f"pv{n}_dc_data", name="solar_data", number=n),
        Sensor(f"pv{n}_volt", name="solar_voltage", number=n, device_class="voltage", unit="V"),
        Sensor(f"pv{n}_curr", name="solar_current", number=n, device_class="current", unit="A"),
        Sensor(f"l{n}_voltage", name="voltage", number=n, device_class="voltage", unit="V"),
        Sensor(f"l{n}_current", name="current", number=n, device_class="current", unit="A"),
        Sensor(f"l{n}_power", name="power", number=n, device_class="power", unit="W"),
    ]


_SPANS = ("day", "week", "month", "year")


def _axis(axis: str, letter: str) -> list[Spec]:
    return [
        Sensor(f"cur_{quantity}_{axis}", name=f"phase_{letter}_{quantity}", device_class=quantity)
        for quantity in ("voltage", "current", "power")
    ]


ROWS = (
    *series(_tariff, 4),
    *(row for axis, letter in zip("xyz", "abc", strict=True) for row in _axis(axis, letter)),
    *group(
        Sensor,
        {"voltage_current voltage acv": "voltage", "pvv": "solar_voltage"},
        device_class="voltage", unit="V",
    ),
    *group(Sensor, {"current aci": "current", "pvi": "solar_current"}, device_class="current", unit="A"),
    *group(Sensor, {"power power_current sigle_phase_power devicekw p realpower": "power"}, device_class="power",
           unit="W"),
    Sensor("achz", name="frequency", device_class="frequency", unit="Hz", category=DIAGNOSTIC),
    *group(Sensor, {"electric_total electric devicekwh fap_a": "energy"}, device_class="energy", unit="kWh"),
    *group(Number, {"energy_charge": "charge_energy"}, device_class="energy_storage", unit="kWh", category=CONFIG),
    *group(
        Number,
        {
            "c_thresh oc_thresh": "overcurrent_threshold",
            "ov_thresh": "overvoltage_threshold",
            "uv_thresh": "undervoltage_threshold",
            "op_thresh": "overpower_threshold",
            "temp_thresh": "overheat_threshold",
        },
        category=CONFIG,
    ),
    *group(Number, {"set8a": "", "set10a": "", "set16a": "", "set32a": "", "set40a": "", "set50a": "", "set60a": "",
                    "set80a": ""},
           device_class="current", unit="A", category=CONFIG, enabled=False),
    *group(Number, {"setdelaytime": "start_delay", "setdefinetime": "charging_time"}, device_class="duration",
           unit="h", category=CONFIG),
    Select("chargingoperation", name="charging"),
    Sensor("devicemaxseta", name="maximum_current", category=DIAGNOSTIC),
    Sensor("phaseflag", name="phases", category=DIAGNOSTIC),
    Sensor("battery_power", "electricity_left", "a_batterypencent", "b_batterypencent", name="battery",
           device_class="battery", unit="%", category=DIAGNOSTIC),
    *series(lambda n: Sensor(f"battery_percentage{n}", f"battery_state_{n}", name="battery", number=n,
                             category=DIAGNOSTIC), 8),
    *group(Sensor, {"a_batteryvoltage": "", "b_batteryvoltage": ""}, device_class="voltage", unit="V",
           category=DIAGNOSTIC),
    Switch("switch_overcharge", name="overcharge_protection", category=CONFIG),
    *group(Switch, {"enable_plug_and_charge": "plug_and_charge", "charge_switch": "charging"}, category=CONFIG),
    BinarySensor("battery_status", name="battery_low", device_class="battery", category=DIAGNOSTIC),
    *group(
        Data,
        {
            "month_energy": "energy_by_month",
            "daily_energy": "energy_by_day",
            "month_water_data": "water_by_month",
            "daily_water_data": "water_by_day",
            "water_use_rever_data": "water_returned",
            "flow_rate_instan": "flow",
            "countdown": "countdown",
            "flowcount tempcount raincount moisurecount": "",
        },
    ),
    *series(lambda n: Switch(f"usb_switch_{n}", f"switch_s{n}", name="switch", number=n), 8),
    *series(lambda n: Switch(f"switch_{n}", name="switch", number=n), 32, first=17),
    *series(lambda n: Number(f"switch{n}_time", f"switch_{n}_time", name="press_time", number=n, category=CONFIG), 8),
    *series(lambda n: Number(f"usb_countdown_{n}", name="countdown_usb", number=n, device_class="duration", unit="s",
                             category=CONFIG), 4),
    *series(
        lambda n: [
            Number(f"temp_set_{n}", name="target_temperature", number=n, device_class="temperature", unit="°C"),
            Number(f"settemp{n}", name="target_temperature", number=n, device_class="temperature", unit="°C"),
            Number(f"temp_set_f_{n}", name="target_temperature_f", number=n, device_class="temperature", unit="°F",
                   enabled=False),
            Number(f"cook_temperature_{n}", name="cooking_temperature", number=n, device_class="temperature",
                   unit="°C"),
            Sensor(f"temp_current_sub{n}", f"tout_ch{n}", name="temperature", number=n, device_class="temperature",
                   unit="°C"),
            Sensor(f"humidity_value_sub{n}", f"ch{n}_humidity", f"hout_ch{n}", name="humidity", number=n,
                   device_class="humidity", unit="%"),
        ],
        8,
    ),
)  # fmt: skip
