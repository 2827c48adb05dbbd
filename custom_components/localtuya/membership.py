"""An entry leaves its Tuya account or joins one; its devices stay as they are, links, entities and all."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry
from homeassistant.const import CONF_REGION
from homeassistant.core import HomeAssistant, callback

from .cloud.regions import region
from .cloud.rows import CloudDevice
from .const import CONF_USER_ID, SUBENTRY_DEVICE
from .flow.entries import free_title, is_usual
from .hub import LocalTuyaConfigEntry
from .issues import async_solve_account
from .moving import known_as
from .texts import async_texts


def title_of(credentials: Mapping[str, Any]) -> str:
    """Return what an account is called as long as its owner gives it no name."""
    return f"Tuya {region(credentials[CONF_REGION]).name}"


async def async_title(hass: HomeAssistant) -> str:
    """Return what an entry without account is called as long as its owner gives it no name."""
    return (await async_texts(hass))["without_cloud"]


async def async_leave(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Forget the credentials of an account, and what was said of it: from now on nothing is asked."""
    title = await async_title(hass) if is_usual(entry.title, title_of(entry.data)) else entry.title
    hass.config_entries.async_update_entry(entry, data={}, title=title)
    async_forget(hass, entry)


@callback
def async_forget(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Take back what an account asked of its owner: repairs, new credentials, new devices to be added."""
    async_solve_account(hass, entry.entry_id)
    flows = hass.config_entries.flow
    asked = [flow["flow_id"] for flow in entry.async_get_active_flows(hass, {SOURCE_REAUTH})]
    shown = flows.async_progress_by_init_data_type(dict, lambda data: data.get("entry_id") == entry.entry_id)
    for flow_id in (*asked, *(flow["flow_id"] for flow in shown)):
        flows.async_abort(flow_id)


async def async_join(
    hass: HomeAssistant,
    entry: LocalTuyaConfigEntry,
    credentials: Mapping[str, Any],
    listed: Mapping[str, CloudDevice],
) -> None:
    """Make an entry that runs an account, whose devices are listed: what it knows of those set up is filled in."""
    ours = is_usual(entry.title, await async_title(hass))
    title = free_title(hass, title_of(credentials)) if ours else entry.title
    hub = entry.runtime_data
    await hub.async_join(credentials[CONF_USER_ID], listed)
    for device in entry.get_subentries_of_type(SUBENTRY_DEVICE):
        data = known_as(device.data, listed)
        hass.config_entries.async_update_subentry(entry, device, data=data)
    hub.keys.async_take(listed)
    hass.config_entries.async_update_entry(entry, data=credentials, unique_id=credentials[CONF_USER_ID], title=title)
