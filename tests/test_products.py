"""The way of recorded devices: from the thing model through the plan to entities in Home Assistant."""

from collections.abc import Iterator
from dataclasses import replace
import json
import logging
from pathlib import Path
from unittest.mock import PropertyMock, patch

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import Entity
import pytest

from custom_components.localtuya.model.datapoint import Bool, Datapoint, Enum, Int, Text
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.schema import Schema
from custom_components.localtuya.naming import unique_id

from .house import DEVICE_ID, Install

pytest_plugins = ("tests.install",)

RECORDS = {
    path.stem: DeviceRecord.from_json(json.loads(path.read_text()))
    for path in sorted((Path(__file__).parent / "devices").glob("*.json"))
}


@pytest.fixture(autouse=True)
def _everything_enabled() -> Iterator[None]:
    enabled = PropertyMock(return_value=True)
    with patch.object(Entity, "entity_registry_enabled_default", enabled):
        yield


@pytest.mark.parametrize("product", RECORDS)
@pytest.mark.parametrize("values", ["none", "recorded", "highest"])
async def test_every_entity_of_a_product_has_a_sound_state(
    install: Install, hass: HomeAssistant, caplog: pytest.LogCaptureFixture, product: str, values: str
) -> None:
    record = replace(RECORDS[product], id=DEVICE_ID, name="Thing")
    dps = {"none": {}, "recorded": record.dps, "highest": highest(record)}[values]

    device = await install(record=record, dps=dps)

    registry = er.async_get(hass)
    entries = {entry.unique_id: entry for entry in er.async_entries_for_config_entry(registry, device.entry.entry_id)}
    features = device.coordinator.features
    keys = {feature.key for feature in features}
    if any(feature.platform == "sensor" for feature in features):
        keys |= {"connection", "last_seen"}
    assert entries.keys() == {unique_id(DEVICE_ID, key) for key in keys}
    states = [hass.states.get(entry.entity_id) for entry in entries.values()]
    assert all(state is not None and state.state != STATE_UNAVAILABLE for state in states)
    names = [state.name for state in states if state]
    assert len(set(names)) == len(names), sorted(names)
    ours = ("homeassistant.components", "homeassistant.helpers", "custom_components")
    loud = [each for each in caplog.records if each.levelno >= logging.WARNING and each.name.startswith(ours)]
    assert [each.getMessage() for each in loud] == []


def highest(record: DeviceRecord) -> dict[str, object]:
    return {datapoint.dp: _highest(datapoint) for datapoint in Schema.of(record)}


def _highest(datapoint: Datapoint) -> object:
    match datapoint:
        case Bool():
            return True
        case Int():
            return datapoint.high
        case Enum():
            return datapoint.range[-1]
        case Text():
            return "x" * datapoint.maxlen
        case _:
            return "//79"
