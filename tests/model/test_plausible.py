from typing import Any

import pytest

from custom_components.localtuya.model.datapoint import Int
from custom_components.localtuya.model.schema import Schema

from .devices import record, row


def numbers(*rows: dict[str, Any]) -> list[Int]:
    return [datapoint for datapoint in Schema.of(record(*rows)) if isinstance(datapoint, Int)]


def number(code: str, mode: str = "ro", **facts: Any) -> Int:
    (found,) = numbers(row(code, "value", mode=mode, **facts))
    return found


@pytest.mark.parametrize(
    ("code", "facts", "raw", "value", "unit"),
    [
        ("cur_voltage", {"max": 2500, "unit": "V"}, 2303, 230.3, "V"),
        ("cur_voltage", {"max": 5000, "unit": "V", "scale": 1}, 2303, 230.3, "V"),
        ("dc_bus_voltage", {"max": 500, "unit": "V"}, 320, 320, "V"),
        ("cur_power", {"max": 50000, "unit": "W"}, 605, 605, "W"),
        ("cur_current", {"max": 3000000, "unit": "A"}, 605, 0.605, "A"),
        ("cur_current", {"max": 30000, "unit": "mA"}, 605, 605, "mA"),
        ("current_a", {"max": 1000000, "unit": "mA"}, 6050, 6.05, "A"),
        ("l1_voltage", {"max": 5000, "unit": "*0.1V"}, 2303, 230.3, "V"),
        ("battery", {"max": 500, "unit": "0.01v"}, 302, 3.02, "V"),
        ("delay_time", {"max": 600, "unit": "0.1s"}, 25, 2.5, "s"),
        ("temp_set", {"min": 1, "max": 59, "step": 5, "scale": 1, "unit": "℃"}, 43, 21.5, "°C"),
        ("temp_set", {"min": 50, "max": 350, "step": 5, "scale": 1, "unit": "℃"}, 215, 21.5, "°C"),
        ("temp_sensitivity", {"min": 1, "max": 55, "step": 5, "scale": 1, "unit": "℃"}, 5, 0.5, "°C"),
        ("cook_temperature", {"min": 50, "max": 250, "step": 5, "unit": "℃"}, 250, 250, "°C"),
        ("cook_temperature", {"min": 150, "max": 500, "step": 5, "unit": "℉"}, 500, 500, "°F"),
        ("humidity_value", {"max": 100, "scale": 1, "unit": "%"}, 45, 45, "%"),
        ("humidity_value", {"max": 1000, "scale": 1, "unit": "%"}, 452, 45.2, "%"),
        ("basic_device_volume", {"min": 1, "max": 10, "unit": "%"}, 7, 7, ""),
        ("ipc_siren_volume", {"max": 100, "unit": "%"}, 7, 7, "%"),
        ("lightpixel_number_set", {"min": 1, "max": 1000, "scale": 1}, 150, 150, ""),
        ("uv_index", {"max": 180, "scale": 1}, 15, 1.5, ""),
        ("pm25_value", {"max": 999, "unit": "ppm"}, 35, 35, "μg/m³"),
        ("ch2o_value", {"max": 1000, "scale": 3, "unit": "mg/m3"}, 35, 35, "μg/m³"),
        ("ch2o_value", {"max": 1000, "scale": 2, "unit": "mg/m³"}, 3, 30, "μg/m³"),
        ("ch2o_value", {"max": 3000, "scale": 3, "unit": "ug/m3"}, 35, 35, "μg/m³"),
        ("voc_value", {"max": 999, "scale": 3}, 35, 35, "μg/m³"),
        ("voc_value", {"max": 999}, 35, 35, ""),
        ("light_intensity", {"max": 20000, "scale": 2, "unit": "klux"}, 123, 1230, "lx"),
        ("reactive_power", {"max": 99999, "scale": 3, "unit": "kVar"}, 123, 123, "var"),
        ("rain_rate", {"max": 99999, "scale": 1, "unit": "mm"}, 123, 12.3, "mm/h"),
        ("bright_value", {"max": 1000}, 500, 500, ""),
    ],
)
def test_values(code: str, facts: dict[str, Any], raw: int, value: float, unit: str) -> None:
    found = number(code, **facts)
    assert (found.decode(raw), found.unit) == (value, unit)


def test_a_brightness_that_is_set_is_percent() -> None:
    lowest = number("brightness_min_1", mode="rw", min=10, max=1000)
    assert (lowest.minimum, lowest.maximum, lowest.unit) == (1, 100, "%")
    assert lowest.encode(12.5) == 125


def test_a_smaller_unit_is_written_as_the_device_counts() -> None:
    alarm = number("hcho_alarm_value", mode="rw", min=8, max=199, scale=2, unit="mg/m³")
    assert (alarm.minimum, alarm.maximum, alarm.step) == (80, 1990, 10)
    assert alarm.encode(100) == 10


def test_watts_in_tenths_beside_volts_in_tenths() -> None:
    rows = (
        row("cur_power", "value", mode="ro", max=50000, unit="W"),
        row("cur_voltage", "value", mode="ro", max=2500, unit="V"),
    )
    assert [datapoint.decode(605) for datapoint in numbers(*rows)] == [60.5, 60.5]


def test_a_calibration_in_tenths_tells_the_whole_thermostat() -> None:
    rows = (
        row("SetTemperC", "value", min=50, max=400, step=5, unit="℃"),
        row("RoomTempCalibration", "value", min=-50, max=50, step=5, unit="℃"),
    )
    target, calibration = numbers(*rows)
    assert (target.maximum, calibration.maximum) == (40, 5)
    assert number("SetTemperC", min=50, max=400, step=5, unit="℃").maximum == 400


@pytest.mark.parametrize(
    ("code", "facts", "unit"),
    [
        ("residual_electricity", {"min": -1, "max": 100}, "%"),
        ("battery_percentage", {"min": 0, "max": 105}, "%"),
        ("battery", {"max": 500}, ""),
        ("humidity_value", {"max": 1000, "scale": 1}, "%"),
        ("hum_calibration", {"min": -10, "max": 100}, ""),
        ("arm_up_percent", {"max": 50}, "%"),
        ("countdown", {"max": 86400}, "s"),
        ("count_down", {"max": 1440}, ""),
        ("alarm_time", {"max": 1800}, "s"),
        ("filter_time", {"max": 540000}, "s"),
        ("unix_time", {"max": 2147483647}, ""),
        ("usage_hours", {"max": 100000}, "h"),
        ("Light_on_hour", {"max": 23}, ""),
        ("Days_Holiday", {"max": 30}, "d"),
        ("dc_fan_speed", {"max": 2000}, "rpm"),
        ("fan_speed", {"max": 100}, ""),
        ("clean_area", {"max": 1000}, "m²"),
        ("cat_weight", {"max": 500, "scale": 1}, "kg"),
        ("signal_strength", {"min": -200, "max": 0}, "dBm"),
        ("rssi", {"min": 0, "max": 4}, ""),
        ("wind_dir360", {"max": 360}, "°"),
        ("manual_feed", {"min": 1, "max": 12}, "portions"),
    ],
)
def test_units_left_out(code: str, facts: dict[str, Any], unit: str) -> None:
    assert number(code, **facts).unit == unit
