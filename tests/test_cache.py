from dataclasses import replace
import time
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.localtuya.cache import RecordCache
from custom_components.localtuya.const import DOMAIN
from custom_components.localtuya.model.record import DeviceRecord

from .home_assistant import PLUG_MAC, SWITCH_MODEL

KEY = "localtuya.eu1"
STATES = "localtuya.eu1.states"
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


async def test_another_account_gets_the_files(hass: HomeAssistant, hass_storage: dict[str, Any]) -> None:
    cache = RecordCache(hass, "eu1")
    await cache.async_save([PLUG])
    cache.looked = 12.0
    cache.async_schedule_save(lambda: [PLUG, LAMP])
    for _ in range(2):
        await cache.async_move("eu2")
        assert hass_storage.keys() == {"localtuya.eu2", "localtuya.eu2.states"}
    other = RecordCache(hass, "eu2")
    assert await other.async_load() == {"plug": PLUG, "lamp": LAMP}
    assert other.looked == cache.looked == 12.0


async def test_states_are_kept_beside_the_records(hass: HomeAssistant, hass_storage: dict[str, Any]) -> None:
    seen = replace(PLUG, dps={"1": True, "9": "a", "10": [1], "11": "x" * 256}, seen=1234.5, interval=60.0)
    await RecordCache(hass, "eu1").async_save([seen, LAMP])
    kept = replace(seen, dps={"1": True, "9": "a"})
    assert await RecordCache(hass, "eu1").async_load() == {"plug": kept, "lamp": LAMP}
    assert hass_storage[KEY]["data"]["devices"][0]["dps"] == {}
    assert hass_storage[STATES]["data"]["states"]["plug"] == {
        "dps": {"1": True, "9": "a"},
        "seen": 1234.5,
        "interval": 60.0,
    }


async def test_secrets_are_not_kept(hass: HomeAssistant, hass_storage: dict[str, Any]) -> None:
    model = ({"id": 5, "code": "temporary_password", "mode": "rw", "type": "string"}, {"id": 6, "code": "Mode"})
    await RecordCache(hass, "eu1").async_save([DeviceRecord("lock", properties=model, dps={"5": "4711", "6": "auto"})])
    assert hass_storage[STATES]["data"]["states"]["lock"]["dps"] == {"6": "auto"}
    assert "4711" not in str(hass_storage)


async def test_states_are_written_rarely_and_records_only_when_they_changed(
    hass: HomeAssistant, hass_storage: dict[str, Any], freezer: FrozenDateTimeFactory
) -> None:
    device = PLUG
    cache = RecordCache(hass, "eu1")
    await cache.async_load()

    async def report(seconds: float, **dps: object) -> tuple[bool, object]:
        """Let the device report and time pass; tell whether its record was written, and which state."""
        nonlocal device
        device = replace(device, dps=dict(dps), seen=time.time())
        hass_storage.pop(KEY, None)
        cache.async_schedule_save(lambda: [device])
        for step in (1.0, seconds - 1.1, 0.1):
            freezer.tick(step)
            async_fire_time_changed(hass)
            await hass.async_block_till_done()
        state = hass_storage.get(STATES, {}).get("data", {}).get("states", {}).get("plug", {})
        return KEY in hass_storage, state.get("dps")

    assert await report(11, d1=1) == (True, {"d1": 1})
    assert await report(11, d1=2) == (False, {"d1": 1})
    assert await report(11, d1=3) == (False, {"d1": 1})
    device = replace(device, name="Another name")
    assert await report(11, d1=4) == (True, {"d1": 1}), "what is new of the device itself does not wait"
    assert await report(300, d1=5) == (False, {"d1": 5})
    cache.async_schedule_save(lambda: [replace(device, dps={"d1": 6})])
    await cache.async_flush()
    assert hass_storage[STATES]["data"]["states"]["plug"]["dps"] == {"d1": 6}


@pytest.mark.parametrize(
    "states",
    [None, [], {"plug": None}, {"plug": {"dps": 5}}, {"plug": {"dps": {"1": True}, "seen": "now", "interval": []}}],
)
async def test_nonsense_among_the_states_is_nothing(
    hass: HomeAssistant, hass_storage: dict[str, Any], states: object
) -> None:
    for key, data in ((KEY, {"devices": [PLUG.to_json()]}), (STATES, {"states": states})):
        hass_storage[key] = {"version": 1, "minor_version": 1, "key": key, "data": data}
    assert await RecordCache(hass, "eu1").async_load() == {"plug": PLUG}


@pytest.mark.parametrize(
    ("rows", "kept"),
    [(None, {}), ([1], {}), ({"plug": "x", "lamp": 3, "door": None, "fan": 1.5}, {"lamp": 3.0, "fan": 1.5})],
)
async def test_what_was_let_go_is_kept(
    hass: HomeAssistant, hass_storage: dict[str, Any], rows: object, kept: dict[str, float]
) -> None:
    hass_storage[STATES] = {"version": 1, "minor_version": 1, "key": STATES, "data": {"let_go": rows}}
    for _ in range(2):
        cache = RecordCache(hass, "eu1")
        await cache.async_load()
        assert cache.let_go == kept
        await cache.async_save([PLUG])


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
    assert {KEY, STATES} <= hass_storage.keys()
    await cache.async_remove()
    assert {KEY, STATES}.isdisjoint(hass_storage)
