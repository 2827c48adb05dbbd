import logging
from typing import Any

import pytest

from custom_components.localtuya.model.datapoint import Bitmap, Bool, Enum, Int, Mode, Raw, Text
from custom_components.localtuya.model.errors import SchemaError
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.schema import Schema, datapoint_of

from .devices import dp, row


@pytest.mark.parametrize(
    ("kind", "facts", "expected"),
    [
        ("bool", {}, Bool),
        ("value", {"min": 0, "max": 9}, Int),
        ("enum", {"range": ["a"]}, Enum),
        ("bitmap", {"label": ["x"]}, Bitmap),
        ("string", {}, Text),
        ("raw", {}, Raw),
        ("Boolean", {}, Bool),
        ("Integer", {}, Int),
        ("Json", {}, Text),
    ],
)
def test_kinds(kind: str, facts: dict[str, Any], expected: type) -> None:
    assert type(dp("code", kind, **facts)) is expected


def test_kind_may_stand_outside() -> None:
    outside = {"id": 6, "code": "phase_a", "mode": "ro", "type": "raw"}
    assert datapoint_of(outside) == Raw("6", code="phase_a", mode=Mode.READ)


def test_specification_rows_carry_json() -> None:
    specification = {
        "dp_id": 2,
        "code": "temp_set",
        "type": "Integer",
        "values": '{"min":50,"max":350,"scale":1,"step":5,"unit":"℃"}',
    }
    found = datapoint_of(specification)
    assert isinstance(found, Int)
    assert (found.minimum, found.maximum, found.step, found.unit) == (5, 35, 0.5, "°C")


@pytest.mark.parametrize(
    ("facts", "low", "high", "increment", "scale"),
    [
        ({"min": 0, "max": 100, "scale": 100}, 0, 100, 1, 0),
        ({"min": 100, "max": 0}, 0, 100, 1, 0),
        ({"min": "0", "max": "1000", "scale": "1", "step": "5"}, 0, 1000, 5, 1),
        ({"min": 0, "max": 10, "step": 0}, 0, 10, 1, 0),
        ({"min": 0, "max": 10, "step": 50}, 0, 10, 1, 0),
        ({"min": 0, "max": 100, "unit": "0.01V"}, 0, 100, 1, 2),
        ({"min": 0, "max": 1000, "scale": 1, "unit": "%"}, 0, 1000, 1, 1),
        ({}, -(2**31), 2**31 - 1, 1, 0),
        ({"min": None, "max": [], "scale": {}, "step": "x"}, -(2**31), 2**31 - 1, 1, 0),
        ({"min": float("-inf"), "max": "nan"}, -(2**31), 2**31 - 1, 1, 0),
    ],
)
def test_numbers_that_make_little_sense(facts: dict[str, Any], low: int, high: int, increment: int, scale: int) -> None:
    found = dp("value", "value", **facts)
    assert isinstance(found, Int)
    assert (found.low, found.high, found.increment, found.scale) == (low, high, increment, scale)


@pytest.mark.parametrize(
    "garbage",
    [
        {},
        {"id": 0, "code": "a", "type": "bool"},
        {"id": "x", "code": "a", "type": "bool"},
        {"id": 10**9, "code": "a", "type": "bool"},
        {"id": 1, "code": None, "type": "bool"},
        {"id": 1, "code": "a", "type": "poem"},
        {"id": 1, "code": "a", "type": "enum"},
        {"id": 1, "code": "a", "type": "enum", "property": {"range": []}},
        {"id": 1, "code": "a", "type": "obj", "property": "{"},
    ],
)
def test_garbage_is_refused(garbage: dict[str, object]) -> None:
    with pytest.raises(SchemaError):
        datapoint_of(garbage)


def test_what_makes_no_sense_is_skipped_and_said_once(caplog: pytest.LogCaptureFixture) -> None:
    good = row("switch", "bool", number=2)
    bad = row("mode", "enum", number=1)
    with caplog.at_level(logging.WARNING):
        schema = Schema.of(DeviceRecord("device", properties=(bad, good, "nonsense")))  # type: ignore[arg-type]
    assert [datapoint.code for datapoint in schema] == ["switch"]
    assert len(caplog.records) == 2


def test_a_device_that_only_talks() -> None:
    schema = Schema.of(DeviceRecord("device", dps={"20": True, "3": 21, "1": "text", "x": 1, "9": None}))
    assert [(datapoint.dp, type(datapoint)) for datapoint in schema] == [("1", Text), ("3", Int), ("20", Bool)]


def test_what_it_says_beyond_its_properties_is_added() -> None:
    schema = Schema.of(DeviceRecord("device", properties=(row("switch", "bool"),), dps={"1": True, "101": 5}))
    assert list(schema.by_id) == ["1", "101"]
    assert schema.by_code["switch"].dp == "1"
    assert len(schema) == 2
