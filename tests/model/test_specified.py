"""What the standard instruction set leaves out is made good: a device has nearly the entities that it should."""

from dataclasses import replace
import json
from pathlib import Path
from typing import Any

import pytest
import tinytuya

from custom_components.localtuya.model.plan import make_plan
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.schema import Schema
from custom_components.localtuya.model.specified import MOST_DATAPOINTS, specified
from tests.lab.cloud_standard import instruction_set

RECORDS = [
    replace(DeviceRecord.from_json(json.loads(path.read_text())), dps={})
    for path in sorted((Path(__file__).parent.parent / "devices").glob("*.json"))
]


def _mapping(record: DeviceRecord) -> dict[str, Any]:
    """Return what tinytuya writes of a product, by its own code."""
    rows = instruction_set(record.properties, record.category)
    mapping: dict[str, Any] = {}
    tinytuya.Cloud._build_mapping([row.row(with_dp=True) for row in rows if row.mode != "wr"], mapping)
    tinytuya.Cloud._build_mapping([row.row(with_dp=True) for row in rows if row.mode != "ro"], mapping)
    written: dict[str, Any] = json.loads(json.dumps(mapping))
    return written


def _enabled(record: DeviceRecord, among: set[str]) -> set[tuple[str, str]]:
    features = (feature for feature in make_plan(record).features if feature.look.enabled and feature.dp in among)
    return {(feature.platform, feature.key) for feature in features}


def test_a_device_has_the_entities_that_its_thing_model_gives() -> None:
    whole = same = extra = 0
    for record in RECORDS:
        rows = specified(_mapping(record))
        told = {str(row["id"]) for row in rows}
        expected, found = _enabled(record, told), _enabled(replace(record, properties=rows), told)
        whole += len(expected)
        same += len(expected & found)
        extra += len(found - expected)
    assert same / whole > 0.99
    assert extra / whole < 0.01


def test_who_may_write_is_what_most_products_say() -> None:
    right = whole = 0
    for record in RECORDS:
        modes = {row["id"]: row["mode"] for row in record.properties}
        rows = specified(_mapping(record))
        whole += len(rows)
        right += sum(row["mode"] == modes[row["id"]] for row in rows)
    assert right / whole > 0.9


@pytest.mark.parametrize(
    ("code", "kind", "values", "mode"),
    [
        ("switch_1", "Boolean", {}, "rw"),
        ("doorcontact_state", "Boolean", {}, "ro"),
        ("temper_alarm", "Boolean", {}, "ro"),
        ("alarm_switch", "Boolean", {}, "rw"),
        ("cur_power", "Integer", {"unit": "W"}, "ro"),
        ("va_temperature", "Integer", {"unit": "°C"}, "ro"),
        ("temp_current", "Integer", {"unit": "°C"}, "ro"),
        ("temp_set", "Integer", {"unit": "°C"}, "rw"),
        ("countdown_1", "Integer", {"unit": "s"}, "rw"),
        ("countdown_left", "Integer", {"unit": "min"}, "ro"),
        ("bright_value_v2", "Integer", {}, "rw"),
        ("relay_status", "Enum", {"range": ["off"]}, "rw"),
        ("pir", "Enum", {"range": ["pir", "none"]}, "ro"),
        ("work_state", "Enum", {"range": ["a"]}, "ro"),
        ("switch_mode1", "Enum", {"range": ["click", "press"]}, "ro"),
        ("fault", "Bitmap", {"label": ["a"]}, "ro"),
        ("control_data", "Json", {}, "wr"),
        ("scene_data_v2", "Json", {}, "rw"),
    ],
)
def test_the_access_mode_of_usual_codes(code: str, kind: str, values: dict[str, Any], mode: str) -> None:
    (row,) = specified({"5": {"code": code, "type": kind, "values": values}})
    assert (row["id"], row["code"], row["mode"]) == (5, code, mode)


def test_words_are_those_of_the_device() -> None:
    words = ["power_off", "power_on", "last", "other"]
    mapping = {"38": {"code": "relay_status_2", "type": "Enum", "values": {"range": words}}}
    (row,) = specified(mapping)
    assert row["property"]["range"] == ["off", "on", "memory", "other"]
    assert mapping["38"]["values"] == {"range": words}, "what was given is left alone"


@pytest.mark.parametrize(("written", "unit"), [("°Cm", "cm"), ("°C", "°C"), ("°F", "°F"), ("W", "W"), ("p°Cs", "pcs")])
def test_units_that_tinytuya_spoils(written: str, unit: str) -> None:
    (row,) = specified({"1": {"code": "x", "type": "Integer", "values": {"unit": written}}})
    assert row["property"]["unit"] == unit


def test_structures_have_no_limits() -> None:
    values = {"h": {"min": 0, "max": 360}, "s": {"max": 1000}, "v": {"max": 1000}}
    rows = specified({"24": {"code": "colour_data_v2", "type": "Json", "values": values}})
    (datapoint,) = Schema.of(DeviceRecord("x", properties=rows))
    assert datapoint.code == "colour_data_v2"


@pytest.mark.parametrize(
    "mapping",
    [
        {"x": {"code": "a", "type": "Boolean"}},
        {"12345": {"code": "a", "type": "Boolean"}},
        {"²": {"code": "a", "type": "Boolean"}},
        {"1": None},
        {"1": {"code": 5, "type": "Boolean"}},
        {"1": {"code": "a" * 100, "type": "Boolean"}},
        {"1": {"code": "a"}},
    ],
)
def test_nonsense_is_left_out(mapping: dict[str, object]) -> None:
    assert specified(mapping) == ()


def test_as_many_as_a_device_can_have() -> None:
    mapping = {str(dp): {"code": "a", "type": "Boolean", "values": "{}"} for dp in range(1, 1000)}
    assert len(specified(mapping)) == MOST_DATAPOINTS
