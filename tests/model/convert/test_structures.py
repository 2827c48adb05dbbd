from base64 import b64encode
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.model.convert.structures import part, structure
from custom_components.localtuya.model.datapoint import Datapoint
from custom_components.localtuya.model.errors import Unreported, ValueRejected
from custom_components.localtuya.model.point import Point

from ..devices import dp

INCHING = dp("switch_inching", "string", maxlen=255)
BREAKER = dp("alarm_set_2", "raw", maxlen=128)
THRESHOLDS = b64encode(bytes.fromhex("0101003f03000109")).decode()
OVERVOLTAGE = ("alarm", "overvoltage")


def whole(datapoint: Datapoint) -> Point[Any]:
    point = structure(datapoint)
    assert point
    return point


def value(datapoint: Datapoint, name: str, **given: Any) -> Point[Any]:
    point = part(name, **given)(datapoint)
    assert point
    return point


def test_a_structure_as_a_whole() -> None:
    point = whole(INCHING)
    assert point.read({"1": "AQA8"}) == [{"enabled": True, "channel": 1, "seconds": 60}]
    assert point.read({"1": "~"}) is None
    assert point.write([{"enabled": False, "channel": 2, "seconds": 300}]) == {"1": "AgEs"}


@pytest.mark.parametrize(
    "bad", [[{"enabled": True}], {"seconds": 1}, 7, None, [{"enabled": 1, "channel": 1, "seconds": 1}]]
)
def test_a_structure_that_does_not_fit(bad: object) -> None:
    with pytest.raises(ValueRejected):
        whole(INCHING).write(bad)


def test_one_that_is_too_long() -> None:
    entry = {"enabled": True, "channel": 1, "seconds": 60}
    with pytest.raises(ValueRejected):
        whole(dp("switch_inching", "string", maxlen=8)).write([entry] * 3)


def test_bytes_without_a_layout() -> None:
    point = whole(dp("mystery", "raw"))
    assert point.read({"1": "AQI="}) is None
    assert point.write("0102") == {"1": "AQI="}
    assert point.write("AQI=") == {"1": "AQI="}
    for bad in ({"a": 1}, "?", 5):
        with pytest.raises(ValueRejected):
            point.write(bad)


def test_a_text_is_json_or_itself() -> None:
    point = whole(dp("motion_zone", "string", maxlen=20))
    assert point.read({"1": '{"num":1}'}) == {"num": 1}
    assert point.read({"1": "{"}) is None
    assert point.write({"num": 2}) == {"1": '{"num":2}'}
    assert point.write("plain") == {"1": "plain"}
    with pytest.raises(ValueRejected):
        point.write({"num": "x" * 20})


def test_numbers_have_no_structure() -> None:
    assert structure(dp("countdown", "value")) is None
    assert part("seconds")(dp("countdown", "value")) is None
    assert part("seconds")(dp("mystery", "raw")) is None


def test_one_value_is_written_with_all_else() -> None:
    point = value(BREAKER, "threshold", of=OVERVOLTAGE, limits=(100, 300))
    assert (point.minimum, point.maximum, point.writable) == (100, 300, True)
    assert point.read({"1": THRESHOLDS}) == 265
    assert point.write(270, {"1": THRESHOLDS}) == {"1": b64encode(bytes.fromhex("0101003f0300010e")).decode()}
    switch = value(BREAKER, "enabled", of=OVERVOLTAGE)
    assert switch.write(value=True, dps={"1": THRESHOLDS}) == {
        "1": b64encode(bytes.fromhex("0101003f03010109")).decode()
    }


def test_one_value_needs_all_else() -> None:
    point = value(BREAKER, "threshold", of=OVERVOLTAGE, limits=(100, 300))
    for dps in ({}, {"1": "AAAA"}, {"1": b64encode(bytes.fromhex("0101003f")).decode()}):
        with pytest.raises(Unreported):
            point.write(230, dps)
    for bad in (99, 301, True, "230"):
        with pytest.raises(ValueRejected):
            point.write(bad, {"1": THRESHOLDS})


def test_a_table_that_is_missing_is_added() -> None:
    seconds = value(INCHING, "seconds", of=("channel", 1), limits=(1, 3600), new={"enabled": False, "seconds": 1})
    assert seconds.write(60, {"1": ""}) == {"1": "AAA8"}
    with pytest.raises(Unreported):
        seconds.write(60, {})


@given(raw=st.text(max_size=40) | st.integers() | st.none() | st.lists(st.integers(), max_size=2))
def test_nothing_is_too_strange(raw: object) -> None:
    for datapoint in (INCHING, BREAKER, dp("motion_zone", "string")):
        whole(datapoint).read({"1": raw})
    value(BREAKER, "threshold", of=OVERVOLTAGE).read({"1": raw})
