"""Local Tuya: Tuya devices on the local network, without a form for each of them."""

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.device_registry import AnyDeviceEntry
from homeassistant.helpers.typing import ConfigType

from .books import async_load_ledgers
from .cache import RecordCache
from .const import DOMAIN, PLATFORMS
from .devices import device_id_of
from .following import async_bequeath
from .hub import Hub, LocalTuyaConfigEntry
from .membership import async_forget
from .services import async_setup_services

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, _: ConfigType) -> bool:
    """Offer the actions; they are there before any account is. Remember the calls to the cloud."""
    await async_load_ledgers(hass)
    async_setup_services(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: LocalTuyaConfigEntry) -> bool:
    """Set up an account; devices connect in the background, so that no device is waited for."""
    hub = entry.runtime_data = Hub(hass, entry)
    await hub.async_load()
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    await hub.async_start()

    async def stop(_: Event) -> None:
        await hub.async_stop()

    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stop))
    entry.async_on_unload(entry.add_update_listener(_async_updated))
    return True


async def async_unload_entry(hass: HomeAssistant, entry: LocalTuyaConfigEntry) -> bool:
    """Take an account down: no task, timer or socket stays."""
    unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
    if unloaded:
        await entry.runtime_data.async_stop()
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: LocalTuyaConfigEntry) -> None:
    """Delete what was kept of an account, and what was said of it; who has its devices too may offer them."""
    async_forget(hass, entry)
    async_bequeath(hass, entry)
    await RecordCache.of(hass, entry).async_remove()


async def async_remove_config_entry_device(
    _: HomeAssistant, entry: LocalTuyaConfigEntry, device: AnyDeviceEntry
) -> bool:
    """Allow deleting a device that is no longer set up; one that is, is deleted where it was added."""
    return device_id_of(device) not in entry.runtime_data.coordinators


async def _async_updated(_: HomeAssistant, entry: LocalTuyaConfigEntry) -> None:
    await entry.runtime_data.async_update()
