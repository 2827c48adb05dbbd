"""Keys from elsewhere than the cloud, for devices that are set up, in whichever entry."""

from collections.abc import Iterator, Mapping

from homeassistant.config_entries import ConfigEntry, ConfigEntryState, ConfigSubentry
from homeassistant.const import CONF_DEVICE_ID
from homeassistant.core import HomeAssistant, callback

from .cloud.rows import CloudDevice
from .const import DOMAIN, SUBENTRY_DEVICE
from .devices import is_child
from .keys import is_another, with_key

type Devices = Mapping[str, CloudDevice]


def renewable(hass: HomeAssistant, devices: Devices) -> int:
    """Return how many devices that are set up have another key here."""
    return sum(1 for entry in hass.config_entries.async_entries(DOMAIN) for _ in _renewable(entry, devices))


@callback
def async_hand_out(hass: HomeAssistant, devices: Devices) -> int:
    """Give these keys to the devices that are set up and have others; return how many took one.

    A device that is up keeps the key that it has proved, and the new one beside it.
    """
    taken = 0
    for entry in hass.config_entries.async_entries(DOMAIN):
        renewed = list(_renewable(entry, devices))
        taken += len(renewed)
        if entry.state is ConfigEntryState.LOADED:
            entry.runtime_data.keys.async_offer(devices)
            continue
        for subentry in renewed:
            news = with_key(subentry.data, devices[subentry.data[CONF_DEVICE_ID]].local_key)
            hass.config_entries.async_update_subentry(entry, subentry, data={**subentry.data, **news})
    return taken


def _renewable(entry: ConfigEntry, devices: Devices) -> Iterator[ConfigSubentry]:
    for subentry in entry.get_subentries_of_type(SUBENTRY_DEVICE):
        device = devices.get(subentry.data[CONF_DEVICE_ID])
        if device and not is_child(subentry.data) and is_another(subentry.data, device.local_key):
            yield subentry
