from collections.abc import Mapping

import pytest

from custom_components.localtuya.model.plan import Plan, make_plan
from custom_components.localtuya.model.presumed import FAMILIES, Family, presumed
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.schema import datapoint_of

LAMP = {"20": True, "21": "white", "22": 1000, "23": 0, "26": 0}
PLUG = {"1": True, "9": 0, "18": 120, "19": 253, "20": 2301, "26": 0, "38": "memory"}
CURTAIN = {"1": "stop", "2": 40, "3": 40}
CONTACT = {"1": False, "3": "high"}
KEYS = {"1": "single_click", "2": "double_click", "10": 90}


def plan(dps: Mapping[str, object]) -> Plan:
    return make_plan(DeviceRecord("device", dps=dps))


def platforms(dps: Mapping[str, object]) -> dict[str, str]:
    return {feature.key: feature.platform for feature in plan(dps).features}


@pytest.mark.parametrize(
    ("dps", "key", "platform"),
    [
        (LAMP, "20", "light"),
        ({"1": True, "2": "colour", "3": 255, "4": 255, "5": "ff000000ffff64"}, "1", "light"),
        (PLUG, "19", "sensor"),
        (CURTAIN, "1", "cover"),
        (CONTACT, "1", "binary_sensor"),
        ({"1": True, "2": 21, "3": 19, "4": "manual"}, "1", "climate"),
    ],
)
def test_a_family_is_known_by_its_values(dps: Mapping[str, object], key: str, platform: str) -> None:
    assert platforms(dps)[key] == platform


def test_a_lamp_is_whole() -> None:
    (light,) = (feature for feature in plan(LAMP).features if feature.platform == "light")
    assert light.points["brightness"].read(LAMP) == 255
    assert light.points["color_temp"].writable


def test_power_is_in_watts() -> None:
    (power,) = (feature for feature in plan(PLUG).features if feature.look.device_class == "power")
    assert power.points["main"].read(PLUG) == 25.3


@pytest.mark.parametrize(
    "dps",
    [
        {"1": True},
        {"1": True, "2": 21, "3": 19},  # a thermostat? a dimmer? nobody can tell
        {"1": True, "2": 87},  # a contact with its battery? a dimmer?
        {"1": "stop"},
        {"1": True, "18": 1, "19": 1, "20": 3},
        {},
    ],
)
def test_too_little_proves_nothing(dps: Mapping[str, object]) -> None:
    assert presumed(dps) == {}


def test_what_does_not_fit_keeps_its_number() -> None:
    rows = presumed({**LAMP, "22": "bright", "24": 7, "99": 5})
    assert rows.keys() == {"20", "21", "23", "26"}
    codes = {datapoint.code for datapoint in plan({**LAMP, "99": 5}).schema}
    assert "dp_99" in codes


def test_a_word_that_was_said_can_be_set() -> None:
    row = presumed({**PLUG, "38": "on_again"})["38"]
    assert row["property"]["range"] == ["off", "on", "memory", "on_again"]


def test_the_model_of_the_cloud_counts_alone() -> None:
    model = ({"id": 1, "code": "zhege", "mode": "rw", "type": "obj", "property": {"type": "bool"}},)
    codes = {datapoint.code for datapoint in make_plan(DeviceRecord("device", properties=model, dps=PLUG)).schema}
    assert "cur_power" not in codes


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_rows_of_a_family_make_sense(family: Family) -> None:
    for dp, row in family.rows.items():
        assert datapoint_of({"id": dp, **row}).code == row["code"]


def test_a_datapoint_that_comes_late_joins_in() -> None:
    before, after = plan({"20": True}), plan(LAMP)
    assert [feature.platform for feature in before.features] == ["switch"]
    assert any(feature.platform == "light" for feature in after.features)
