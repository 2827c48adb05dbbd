from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest

from custom_components.localtuya import async_remove_config_entry_device
from custom_components.localtuya.devices import device_id_of, identifier

from .home_assistant import LAMP, PLUG, USER, Home, hub_of, until, until_available

pytest_plugins = ("tests.home_assistant",)


async def test_set_up_unload_and_reload(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until_available(entry)

    assert await hass.config_entries.async_unload(entry.entry_id)
    for device_id in (PLUG, LAMP):
        await home.devices[device_id].wait_for(lambda device: device.clients == 0)

    assert await hass.config_entries.async_setup(entry.entry_id)
    await until_available(entry)
    assert await hass.config_entries.async_reload(entry.entry_id)
    await until_available(entry)
    await home.devices[PLUG].wait_for(lambda device: device.clients == 1)


async def test_an_entry_without_devices(home: Home) -> None:
    entry = await home.set_up(cloud=False)
    assert entry.state is ConfigEntryState.LOADED
    assert hub_of(entry).coordinators == {}


async def test_removing_the_account_deletes_its_cache(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, object]
) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until(lambda: hub_of(entry).coordinators[PLUG].ready)
    await hass.config_entries.async_unload(entry.entry_id)
    key = f"localtuya.{USER.lower()}"
    assert key in hass_storage
    await hass.config_entries.async_remove(entry.entry_id)
    assert key not in hass_storage


async def test_devices_that_may_be_deleted_from_the_device_page(
    hass: HomeAssistant, home: Home, device_registry: dr.DeviceRegistry
) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    plug = device_registry.async_get_device_by_identifier(identifier(PLUG), entry.entry_id)
    stale = device_registry.async_get_or_create(config_entry_id=entry.entry_id, identifiers={identifier("gone")})
    assert plug is not None
    assert not await async_remove_config_entry_device(hass, entry, plug)
    assert await async_remove_config_entry_device(hass, entry, stale)


@pytest.mark.usefixtures("home")
async def test_a_device_of_another_integration_has_no_id_of_ours(
    hass: HomeAssistant, home: Home, device_registry: dr.DeviceRegistry
) -> None:
    entry = await home.set_up(cloud=False)
    other = device_registry.async_get_or_create(config_entry_id=entry.entry_id, identifiers={("other", "local_x")})
    assert device_id_of(other) is None
    await hass.async_block_till_done()
