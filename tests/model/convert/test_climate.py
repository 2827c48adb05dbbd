from typing import Any

import pytest

from custom_components.localtuya.model.convert.climate import action, hvac_mode, preset, swing

from ..devices import dp


@pytest.mark.parametrize(
    ("words", "modes", "presets"),
    [
        (["cold", "hot", "wind", "wet", "auto"], ("cool", "heat", "fan_only", "dry", "auto"), None),
        (["Cooling", "Heating", "Sleep"], ("cool", "heat"), ("sleep",)),
        (["auto", "manual", "leave"], None, ("auto", "manual", "away")),
        (["0", "1", "2"], None, ("0", "1", "2")),
        (["heat", "warm", "eco"], ("heat",), ("warm", "eco")),
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


@pytest.mark.parametrize(
    ("kind", "facts", "raw", "expected"),
    [
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


def test_swinging() -> None:
    point = swing(dp("swing", "bool"))
    assert point is not None
    assert point.options == ("off", "on")
    assert point.write("on") == {"1": True}
    words = swing(dp("windshake", "enum", range=["OFF", "un_down", "all"]))
    assert words is not None
    assert words.options == ("off", "vertical", "both")
