from typing import Any

import pytest

from custom_components.localtuya.model.plan import make_plan
from custom_components.localtuya.model.spec import Feature, Source

from .devices import record, row


def only(code: str, kind: str, **facts: Any) -> Feature:
    (feature,) = make_plan(record(row(code, kind, **facts))).features
    return feature


def told(code: str, kind: str, **facts: Any) -> tuple[str, str | None, str | None, str | None]:
    feature = only(code, kind, **facts)
    assert feature.source is Source.PHRASE
    return feature.platform, feature.look.device_class, feature.look.unit, feature.look.category


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        ("pool_temp_9", {"mode": "ro"}, ("sensor", "temperature", "°C", None)),
        ("pool_temp_f", {"mode": "ro"}, ("sensor", "temperature", "°F", None)),
        ("cellar_humidity_x", {"mode": "ro"}, ("sensor", "humidity", "%", None)),
        ("pool_temp_calib", {"mode": "rw"}, ("number", "temperature_delta", "°C", "config")),
        ("pool_delay", {"mode": "rw", "unit": "秒"}, ("number", "duration", "s", "config")),
        ("remote_battery", {"mode": "ro", "unit": "%"}, ("sensor", "battery", "%", "diagnostic")),
        ("string_voltage_x", {"mode": "ro", "unit": "V"}, ("sensor", "voltage", "V", "diagnostic")),
    ],
)
def test_numbers(code: str, facts: dict[str, Any], expected: tuple[str, str | None, str | None, str | None]) -> None:
    found = only(code, "value", min=0, max=90, **facts)
    assert (found.platform, found.look.device_class, found.look.unit, found.look.category) == expected


@pytest.mark.parametrize(
    ("code", "device_class"),
    [("attic_smoke", "smoke"), ("pump_fault_x", "problem"), ("cable_plug", "plug"), ("cellar_door_x", "door")],
)
def test_yes_and_no(code: str, device_class: str) -> None:
    assert told(code, "bool", mode="ro")[:2] == ("binary_sensor", device_class)


def test_what_is_pressed_is_no_switch() -> None:
    assert told("lint_reset", "bool")[0] == "button"
    assert only("lint_reset_enable", "bool").platform == "switch"


def test_a_unit_speaks_against_a_word() -> None:
    found = only("temp_hours", "value", mode="ro", unit="h", min=0, max=90)
    assert (found.look.device_class, found.look.unit) == ("duration", "h")


def test_a_capacity_is_calibrated_without_degrees() -> None:
    assert only("capacity_calibration_x", "value", min=0, max=90).look.device_class is None


def test_a_word_alone_settles_no_unknown_code() -> None:
    assert only("frobnicate", "value", min=0, max=90).source is Source.LEFTOVERS
