from typing import Any

import pytest

from custom_components.localtuya.model.convert.climate import (
    action,
    fan_mode,
    hvac_mode,
    preset,
    swing,
    temperature_unit,
)
from custom_components.localtuya.model.errors import ValueRejected

from ..devices import dp


@pytest.mark.parametrize(
    ("words", "modes", "presets"),
    [
        (["cold", "hot", "wind", "wet", "auto"], ("cool", "heat", "fan_only", "dry", "auto"), None),
        (["Cooling", "Heating", "Sleep"], ("cool", "heat"), ("sleep",)),
        (["auto", "manual", "leave"], None, ("auto", "manual", "away")),
        (["0", "1", "2"], None, ("0", "1", "2")),
        (["heat", "warm", "eco"], ("heat",), ("warm", "eco")),
        (["cold"], ("cool",), None),
        (["wth", "heat", "cool", "wth_heat"], ("heat", "cool", "off"), ("wth", "wth_heat")),
        (["Standby", "eco", "auto", "on"], ("auto", "off", "heat"), ("standby", "eco")),
        (["smart", "auto", "standby"], None, ("smart", "auto", "standby")),
        (["Cool", "Dyr", "Fan", "Heat"], ("cool", "dry", "fan_only", "heat"), None),
        (["auto", "manual", "off", "on"], ("auto", "off", "heat"), None),
        (["off", "low", "high"], ("off", "heat"), ("low", "high")),
        (["normal", "auto", "holiday", "off"], ("auto", "off", "heat"), ("away",)),
        (
            ["auto", "Boost_Heat", "BoostCool", "eco_heat"],
            ("auto", "heat", "cool"),
            ("boost_heat", "boost_cool", "eco_heat"),
        ),
        (["heat", "quickheat", "c_silent"], ("heat", "cool"), ("quickheat", "c_silent")),
        (["comfor", "economics", "antifreezing", "prog"], None, ("comfort", "eco", "frost", "program")),
        (["eco", "economy"], None, ("eco", "economy")),
        (["Heat_mode", "Cool_mode"], ("heat", "cool"), None),
    ],
)
def test_modes_and_presets(words: list[str], modes: tuple[str, ...] | None, presets: tuple[str, ...] | None) -> None:
    datapoint = dp("mode", "enum", range=words)
    found, others = hvac_mode(datapoint), preset(datapoint)
    assert (found and found.options) == modes
    assert (others and others.options) == presets


def test_a_mode_that_is_no_hvac_mode_is_unknown() -> None:
    point = hvac_mode(dp("mode", "enum", range=["cold", "hot", "eco"]))
    assert point is not None
    assert point.read({"1": "eco"}) is None
    assert point.write("heat") == {"1": "hot"}


def test_all_words_of_a_mode_are_read_as_it_and_the_plainest_is_written() -> None:
    point = hvac_mode(dp("mode", "enum", range=["quickheat", "quietheat", "heat", "cool"]))
    assert point is not None
    assert point.read({"1": "quietheat"}) == "heat"
    assert point.write("heat") == {"1": "heat"}
    with pytest.raises(ValueRejected):
        point.write("dry")


@pytest.mark.parametrize(
    ("kind", "facts", "raw", "expected"),
    [
        ("enum", {"range": ["stopheating", "heating"]}, "stopheating", "idle"),
        ("enum", {"range": ["0allclose", "1heaton", "2coolon"]}, "2coolon", "cooling"),
        ("enum", {"range": ["HEAT_ON", "COOL_ON", "OFF"]}, "HEAT_ON", "heating"),
        ("enum", {"range": ["close", "working"]}, "working", "heating"),
        ("value", {"min": 0, "max": 100, "unit": "%"}, 3, "heating"),
        ("value", {"min": 0, "max": 1}, 0, "idle"),
        ("enum", {"range": ["opened", "closed"]}, "opened", "heating"),
        ("enum", {"range": ["heating", "warming"]}, "warming", "idle"),
        ("enum", {"range": ["0", "1"]}, "1", "heating"),
        ("bool", {}, False, "idle"),
    ],
)
def test_actions(kind: str, facts: dict[str, Any], raw: object, expected: str) -> None:
    point = action(dp("work_state", kind, mode="ro", **facts))
    assert point is not None
    assert point.read({"1": raw}) == expected
    assert expected in point.options


def test_unknown_states_are_no_action() -> None:
    assert action(dp("work_state", "enum", range=["a", "b"])) is None
    assert action(dp("work_state", "enum", range=["hot"], mode="ro")) is None
    assert action(dp("heat", "bool")) is None
    assert action(dp("work_state", "value", min=0, max=5)) is None


def test_swinging() -> None:
    point = swing(dp("swing", "bool"))
    assert point is not None
    assert point.options == ("off", "on")
    assert point.write("on") == {"1": True}
    words = swing(dp("windshake", "enum", range=["OFF", "un_down", "all"]))
    assert words is not None
    assert words.options == ("off", "vertical", "both")


@pytest.mark.parametrize(
    ("kind", "facts", "modes", "raw"),
    [
        ("enum", {"range": ["auto", "Low", "mid", "Hig"]}, ("auto", "low", "medium", "high"), "Hig"),
        ("enum", {"range": ["1", "2", "3"]}, ("low", "medium", "high"), "3"),
        ("enum", {"range": ["1", "3"]}, ("low", "high"), "3"),
        ("enum", {"range": ["1", "2", "3", "4"]}, ("1", "2", "3", "4"), "4"),
        ("enum", {"range": ["high", "strength"]}, ("high", "strength"), "strength"),
        ("value", {"min": 1, "max": 3}, ("low", "medium", "high"), 3),
        ("value", {"min": 0, "max": 20, "step": 10, "scale": 1}, ("0", "10", "20"), 20),
    ],
)
def test_fan_modes(kind: str, facts: dict[str, Any], modes: tuple[str, ...], raw: object) -> None:
    point = fan_mode(dp("fan_speed", kind, **facts))
    assert point is not None
    assert point.options == modes
    assert point.write(modes[-1]) == {"1": raw}
    assert point.read({"1": raw}) == modes[-1]
    with pytest.raises(ValueRejected):
        point.write("storm")


def test_what_is_no_fan_mode() -> None:
    assert fan_mode(dp("fan_speed", "value", min=0, max=100)) is None
    assert fan_mode(dp("fan_speed", "value", min=-2, max=0)) is None
    assert fan_mode(dp("fan_speed", "bool")) is None


@pytest.mark.parametrize(
    ("code", "kind", "facts", "raw"),
    [
        ("temp_unit_convert", "enum", {"range": ["c", "f"]}, "f"),
        ("C_F", "enum", {"range": ["C", "F"]}, "F"),
        ("c_f_change", "bool", {}, True),
    ],
)
def test_units(code: str, kind: str, facts: dict[str, Any], raw: object) -> None:
    point = temperature_unit(dp(code, kind, **facts))
    assert point is not None
    assert point.shared
    assert point.read({"1": raw}) == "°F"


def test_what_is_no_unit() -> None:
    assert temperature_unit(dp("switch", "bool")) is None
    assert temperature_unit(dp("temp_unit_convert", "enum", range=["1", "2"])) is None
