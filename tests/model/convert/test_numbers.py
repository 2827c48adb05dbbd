from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.model.convert.numbers import (
    brightness,
    degrees,
    duration,
    fahrenheit,
    humidity,
    inverted,
    kelvin,
    number,
    percent,
    temperature,
)
from custom_components.localtuya.model.errors import ValueRejected

from ..devices import dp


def test_a_number_keeps_its_unit_and_limits() -> None:
    point = number(dp("cur_voltage", "value", min=0, max=5000, scale=1, unit="V"))
    assert point is not None
    assert (point.minimum, point.maximum, point.step, point.unit) == (0, 500, 0.1, "V")
    assert point.read({"1": 2303}) == 230.3
    assert point.read({"1": "garbage"}) is None
    assert point.read({}) is None


def test_half_degrees_are_written_exactly() -> None:
    point = number(dp("temp_set", "value", min=50, max=350, scale=1, step=5))
    assert point is not None
    assert point.write(21.5) == {"1": 215}
    with pytest.raises(ValueRejected):
        point.write(36)


@pytest.mark.parametrize(
    ("code", "unit", "expected"), [("temp_set", "", "°C"), ("temp_set_f", "", "°F"), ("temp_set", "℉", "°F")]
)
def test_a_temperature_always_has_a_unit(code: str, unit: str, expected: str) -> None:
    point = temperature(dp(code, "value", min=0, max=100, unit=unit))
    assert point is not None
    assert point.unit == expected


def test_what_is_no_temperature_is_none() -> None:
    assert temperature(dp("temp_set", "value", min=0, max=100, unit="W")) is None


@pytest.mark.parametrize(
    ("most", "unit", "expected"), [(86400, "", "s"), (1440, "", "min"), (24, "", "h"), (24, "s", "s")]
)
def test_a_time_without_unit_is_told_by_its_range(most: int, unit: str, expected: str) -> None:
    point = duration(dp("countdown", "value", min=0, max=most, unit=unit))
    assert point is not None
    assert point.unit == expected


def test_brightness_is_linear_and_never_dark_by_accident() -> None:
    point = brightness(dp("bright_value", "value", min=10, max=1000))
    assert point is not None
    assert [point.read({"1": raw}) for raw in (10, 505, 1000)] == [1, 128, 255]
    assert point.write(255) == {"1": 1000}
    assert point.write(0) == {"1": 10}
    with pytest.raises(ValueRejected):
        point.write(256)


def test_brightness_in_words_counts_from_zero() -> None:
    point = brightness(dp("backlight", "enum", range=["0", "1", "2", "3"]))
    assert point is not None
    assert [point.read({"1": raw}) for raw in "0123"] == [0, 85, 170, 255]
    assert point.write(100) == {"1": "1"}
    assert brightness(dp("backlight", "enum", range=["low", "high"])) is None


@pytest.mark.parametrize(
    ("words", "brightest"),
    [
        (["high", "middle", "low", "close"], "high"),
        (["Fully", "Half", "Close"], "Fully"),
        (["closed", "level_1", "level_2"], "level_2"),
        (["off", "low", "mid", "high"], "high"),
    ],
)
def test_brightness_in_words_is_ordered_by_their_meaning(words: list[str], brightest: str) -> None:
    point = brightness(dp("backlight", "enum", range=words))
    assert point is not None
    assert point.write(255) == {"1": brightest}
    assert point.read({"1": brightest}) == 255
    assert [raw for raw in words if point.read({"1": raw}) == 0] == [point.write(0)["1"]]


@pytest.mark.parametrize("words", [["1", "2", "3"], ["high", "mid", "low"], ["off"], ["off", "disco"]])
def test_words_that_are_never_off_or_unknown_are_no_brightness(words: list[str]) -> None:
    assert brightness(dp("backlight", "enum", range=words)) is None


def test_some_lamps_say_mired() -> None:
    point = kelvin(dp("color_temp_control", "value", min=153, max=500))
    assert point is not None
    assert (point.minimum, point.maximum) == (2000, 6536)
    assert point.read({"1": 250}) == 4000
    assert point.read({"1": 0}) is None
    assert point.write(4000) == {"1": 250}
    assert [point.write(value) for value in (1, 100000)] == [{"1": 500}, {"1": 153}]


def test_the_largest_raw_value_is_the_coldest() -> None:
    point = kelvin(dp("temp_value", "value", min=0, max=1000))
    assert point is not None
    assert [point.read({"1": raw}) for raw in (0, 1000)] == [2000, 6500]
    assert point.write(2000) == {"1": 0}
    assert point.write(6500) == {"1": 1000}
    assert point.write(99999) == {"1": 1000}


def test_some_lamps_say_kelvin() -> None:
    point = kelvin(dp("temp_value", "value", min=2700, max=6500))
    assert point is not None
    assert point.write(3000) == {"1": 3000}


def test_a_curtain_counts_how_far_it_is_closed() -> None:
    point = inverted(percent)(dp("percent_control", "value", min=0, max=100, unit="%"))
    assert point is not None
    assert point.write(25) == {"1": 75}
    assert point.read({"1": 75}) == 25


@pytest.mark.parametrize(
    ("facts", "unit"),
    [
        ({"unit": "℃"}, "°C"),
        ({"unit": "℉"}, "°F"),
        ({"unit": ""}, "°C"),
        ({"unit": "℃/℉"}, "°C"),
        ({"unit": "h"}, None),
    ],
)
def test_units_of_temperature(facts: dict[str, Any], unit: str | None) -> None:
    point = temperature(dp("temp_set", "value", min=16, max=86, **facts))
    assert (point and point.unit) == unit


def test_a_twin_in_fahrenheit_without_a_unit() -> None:
    point = fahrenheit(dp("temp_set_huas", "value", min=61, max=88))
    assert point is not None
    assert point.unit == "°F"


@pytest.mark.parametrize(
    ("words", "share", "raw"),
    [(["40", "45", "50", "55", "CO"], 47, "45"), (["CO", "40RH", "45RH"], 43, "45RH"), (["80", "30", "55"], 30, "30")],
)
def test_words_that_are_numbers(words: list[str], share: int, raw: str) -> None:
    point = humidity(dp("humidity_set", "enum", range=words))
    assert point is not None
    assert point.write(share) == {"1": raw}
    assert point.read({"1": "CO"}) is None
    with pytest.raises(ValueRejected):
        point.write(90)
    with pytest.raises(ValueRejected):
        point.write(float("nan"))


def test_words_that_are_temperatures() -> None:
    point = degrees(dp("temp_setting_quick_c", "enum", range=["40", "55", "70", "85"]))
    assert point is not None
    assert (point.minimum, point.maximum, point.step, point.unit) == (40, 85, 15, "°C")
    assert point.read({"1": "70"}) == 70
    assert degrees(dp("mode", "enum", range=["tea", "coffee"])) is None


def test_what_is_no_humidity() -> None:
    assert humidity(dp("humidity_set", "value", min=0, max=100, unit="℃")) is None


@given(low=st.integers(-100, 100), span=st.integers(1, 100000), share=st.integers(0, 100))
def test_what_is_written_is_read(low: int, span: int, share: int) -> None:
    point = percent(dp("percent", "value", min=low, max=low + span))
    assert point is not None
    read = point.read(point.write(share))
    assert read is not None
    assert abs(read - share) <= max(1, 100 / span)
