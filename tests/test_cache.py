from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.localtuya.cache import RecordCache
from custom_components.localtuya.const import DOMAIN
from custom_components.localtuya.model.record import DeviceRecord

from .home_assistant import PLUG_MAC, SWITCH_MODEL

KEY = "localtuya.eu1"
PLUG = DeviceRecord("plug", name="Plug", mac=PLUG_MAC, properties=SWITCH_MODEL, dps={"1": True})
LAMP = DeviceRecord("lamp", gateway_id="gate", node_id="n1")


@pytest.mark.usefixtures("hass_storage")
async def test_what_was_saved_is_loaded(hass: HomeAssistant) -> None:
    await RecordCache(hass, "eu1").async_save([PLUG, LAMP])
    assert await RecordCache(hass, "eu1").async_load() == {"plug": PLUG, "lamp": LAMP}
    assert await RecordCache(hass, "another account").async_load() == {}


async def test_a_save_can_wait_for_the_flush(hass: HomeAssistant, hass_storage: dict[str, Any]) -> None:
    cache = RecordCache(hass, "eu1")
    await cache.async_flush()
    assert KEY not in hass_storage
    cache.async_schedule_save(lambda: [LAMP])
    cache.async_schedule_save(lambda: [PLUG])
    assert KEY not in hass_storage
    await cache.async_flush()
    await cache.async_flush()
    assert await RecordCache(hass, "eu1").async_load() == {"plug": PLUG}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"devices": None},
        {"devices": {"plug": {}}},
        {"devices": [None, 5, "plug", {}, {"name": "without id"}, {"id": 5}, {"id": "x", "properties": 7}]},
    ],
)
async def test_nonsense_is_nothing(hass: HomeAssistant, hass_storage: dict[str, Any], data: object) -> None:
    hass_storage[KEY] = {"version": 1, "minor_version": 1, "key": KEY, "data": data}
    assert await RecordCache(hass, "eu1").async_load() == {}


@pytest.mark.parametrize("version", [0, 2])
async def test_a_file_of_another_version_is_nothing(
    hass: HomeAssistant, hass_storage: dict[str, Any], version: int
) -> None:
    data = {"devices": [PLUG.to_json()]}
    hass_storage[KEY] = {"version": version, "minor_version": 1, "key": KEY, "data": data}
    cache = RecordCache(hass, "eu1")
    assert await cache.async_load() == {}
    await cache.async_save([LAMP])
    assert await RecordCache(hass, "eu1").async_load() == {"lamp": LAMP}


async def test_remove(hass: HomeAssistant, hass_storage: dict[str, Any]) -> None:
    entry = MockConfigEntry(domain=DOMAIN, unique_id="eu1")
    cache = RecordCache.of(hass, entry)
    await cache.async_save([PLUG])
    assert KEY in hass_storage
    await cache.async_remove()
    assert KEY not in hass_storage
