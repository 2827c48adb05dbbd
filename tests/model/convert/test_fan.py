from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.model.convert.fan import direction, oscillation, speed, speeds
from custom_components.localtuya.model.errors import ValueRejected

from ..devices import dp


@pytest.mark.parametrize(
    ("kind", "facts", "raw", "share"),
    [
        ("value", {"min": 1, "max": 3}, 1, 33),
        ("value", {"min": 1, "max": 3}, 2, 66),
        ("value", {"min": 1, "max": 3}, 3, 100),
        ("value", {"min": 1, "max": 100}, 42, 42),
        ("value", {"min": 0, "max": 4}, 0, 0),
        ("value", {"min": 0, "max": 4}, 1, 25),
        ("value", {"min": 5, "max": 25, "step": 5}, 10, 40),
        ("value", {"min": 10, "max": 30, "step": 10, "scale": 1}, 20, 66),
        ("enum", {"range": ["low", "middle", "high"]}, "middle", 66),
        ("enum", {"range": ["high", "low", "auto"]}, "high", 100),
        ("enum", {"range": ["high", "low", "auto"]}, "auto", None),
        ("enum", {"range": ["1", "2", "3", "4"]}, "1", 25),
        ("enum", {"range": ["2", "3", "1"]}, "2", 66),
        ("enum", {"range": ["off", "low", "middle", "high", "strong"]}, "off", 0),
        ("enum", {"range": ["off", "low", "middle", "high", "strong"]}, "high", 75),
        ("enum", {"range": ["large", "interval", "small"]}, "large", 100),
        ("enum", {"range": ["large", "interval", "small"]}, "interval", None),
    ],
)
def test_speeds(kind: str, facts: dict[str, Any], raw: object, share: int | None) -> None:
    point = speed(dp("fan_speed", kind, **facts))
    assert point is not None
    assert point.read({"1": raw}) == share
    if share is not None:
        assert point.write(share) == {"1": raw}


@pytest.mark.parametrize(
    ("words", "slow_to_fast"),
    [
        (["sleep", "low", "mid", "high", "auto"], ["low", "mid", "high"]),
        (["Low", "Medium", "High", "Turbo"], ["Low", "Medium", "High", "Turbo"]),
        (["low", "mid", "high", "verylow"], ["verylow", "low", "mid", "high"]),
        (["Low_speed", "Turbo_speed", "High_speed"], ["Low_speed", "High_speed", "Turbo_speed"]),
        (["level_3", "level_1", "level_2"], ["level_1", "level_2", "level_3"]),
        (["off", "one", "two", "three"], ["one", "two", "three"]),
        (["fan_level_v2", "fan_level_v1", "auto"], ["fan_level_v1", "fan_level_v2"]),
        (["10", "9", "1"], ["1", "9", "10"]),
        (["1", "2", "low", "high"], ["1", "2", "low", "high"]),
        (["nature", "sleep"], []),
    ],
)
def test_the_order_of_words(words: list[str], slow_to_fast: list[str]) -> None:
    assert speeds(words) == slow_to_fast


@pytest.mark.parametrize(
    ("kind", "facts"),
    [("value", {"min": 0, "max": 1}), ("value", {"min": 3, "max": 3}), ("enum", {"range": ["low"]}), ("bool", {})],
)
def test_what_is_no_speed(kind: str, facts: dict[str, Any]) -> None:
    assert speed(dp("fan_speed", kind, **facts)) is None


@given(low=st.integers(-5, 50), span=st.integers(2, 2000), step=st.integers(1, 60), share=st.floats())
def test_no_speed_leaves_the_schema(low: int, span: int, step: int, share: float) -> None:
    point = speed(dp("fan_speed", "value", min=low, max=low + span, step=step))
    if point is None:
        return
    try:
        raw = point.write(share)["1"]  # type: ignore[arg-type]
    except ValueRejected:
        assert not 1 <= share <= 100
        return
    assert isinstance(raw, int)
    assert low <= raw <= low + span
    assert share == 0 or raw > 0 or low > 0


@pytest.mark.parametrize(
    ("kind", "facts", "raws"),
    [
        ("bool", {}, (True, False)),
        ("enum", {"range": ["on", "off"]}, ("on", "off")),
        ("enum", {"range": ["off", "auto"]}, ("auto", "off")),
        ("enum", {"range": ["0", "1"]}, ("1", "0")),
        ("enum", {"range": ["OFF", "60", "180", "120"]}, ("180", "OFF")),
    ],
)
def test_oscillation(kind: str, facts: dict[str, Any], raws: tuple[object, object]) -> None:
    point = oscillation(dp("fan_horizontal", kind, **facts))
    assert point is not None
    for value, raw in zip((True, False), raws, strict=True):
        assert point.write(value) == {"1": raw}
        assert point.read({"1": raw}) is value
    assert point.shared is (len(facts.get("range", ())) > 2)


def test_angles_without_an_end_do_not_oscillate() -> None:
    assert oscillation(dp("swing", "enum", range=["45", "90", "0_90"])) is None
    assert oscillation(dp("swing", "value", min=0, max=90)) is None


@pytest.mark.parametrize(
    ("kind", "facts", "raws"),
    [
        ("enum", {"range": ["forward", "reverse"]}, ("forward", "reverse")),
        ("enum", {"range": ["winter", "summer", "off"]}, ("summer", "winter")),
        ("bool", {}, (False, True)),
    ],
)
def test_directions(kind: str, facts: dict[str, Any], raws: tuple[object, object]) -> None:
    point = direction(dp("fan_direction", kind, **facts))
    assert point is not None
    for word, raw in zip(("forward", "reverse"), raws, strict=True):
        assert point.write(word) == {"1": raw}
        assert point.read({"1": raw}) == word
    with pytest.raises(ValueRejected):
        point.write("sideways")


def test_what_is_no_direction() -> None:
    assert direction(dp("fan_direction", "enum", range=["1", "2", "3"])) is None
    assert direction(dp("fan_direction", "value", min=0, max=1)) is None
