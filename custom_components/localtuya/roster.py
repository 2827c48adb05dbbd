"""Which devices of an entry are at work, with which data; what is learned of one is stored with its subentry."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_DEVICE_ID
from homeassistant.core import HomeAssistant, callback

from .devices import parents_first

type Data = Mapping[str, Any]


class Changes(NamedTuple):
    """What the entry has other than the roster."""

    gone: list[str]
    """Ids of devices."""
    new: list[ConfigSubentry]
    other: list[ConfigSubentry]
    """Those with other data."""


class Roster:
    """The devices of an entry by id, as they were when they were applied last."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Prepare; nothing is applied yet."""
        self._hass = hass
        self._entry = entry
        self._applied: dict[str, tuple[ConfigSubentry, Data]] = {}

    def __contains__(self, device_id: object) -> bool:
        """Return whether a device is at work."""
        return device_id in self._applied

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of the devices; they may be removed meanwhile."""
        return iter(list(self._applied))

    def data(self, device_id: str) -> Data:
        """Return what is known of a device."""
        return self._applied[device_id][1]

    def subentry(self, device_id: str) -> ConfigSubentry:
        """Return the subentry of a device."""
        return self._applied[device_id][0]

    def apply(self, subentry: ConfigSubentry) -> str:
        """Take the data of a subentry; return the id of the device."""
        device_id: str = subentry.data[CONF_DEVICE_ID]
        self._applied[device_id] = (subentry, subentry.data)
        return device_id

    def drop(self, device_id: str) -> None:
        """Forget a device."""
        del self._applied[device_id]

    def changes(self) -> Changes:
        """Return what changed in the entry since it was applied, gateways before their children."""
        wanted = {subentry.data[CONF_DEVICE_ID]: subentry for subentry in parents_first(self._entry)}
        return Changes(
            [device_id for device_id in self._applied if device_id not in wanted],
            [subentry for device_id, subentry in wanted.items() if device_id not in self._applied],
            [
                subentry
                for device_id, subentry in wanted.items()
                if device_id in self._applied and self.data(device_id) != subentry.data
            ],
        )

    @callback
    def async_store(self, device_id: str, **news: Any) -> bool:
        """Remember something of a device that its link knows already; return whether it is news."""
        subentry, old = self._applied[device_id]
        if (data := {**old, **news}) == old:
            return False
        self._applied[device_id] = (subentry, data)
        if subentry.subentry_id in self._entry.subentries:  # else it is being removed
            self._hass.config_entries.async_update_subentry(self._entry, subentry, data=data)
        return True
