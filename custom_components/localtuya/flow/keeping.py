"""What the flows have in common that add devices which no account gave them."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from homeassistant.config_entries import ConfigEntry, ConfigEntryState, ConfigSubentryData
from homeassistant.core import HomeAssistant, callback
from homeassistant.data_entry_flow import FlowContext, FlowResult

from ..cache import RecordCache
from ..model.record import DeviceRecord
from .choosing import made
from .listening import ListeningFlow
from .patience import PatientFlow


class Ending(NamedTuple):
    """What is said when a flow ends."""

    reason: str
    description_placeholders: Mapping[str, str]


class KeepingFlow[ContextT: FlowContext, ResultT: FlowResult[Any, Any], HandlerT](
    PatientFlow[ContextT, ResultT, HandlerT], ListeningFlow[ContextT, ResultT, HandlerT]
):
    """Adds devices to the entry that the flow is about."""

    async def _async_keep(
        self, devices: list[ConfigSubentryData], records: Iterable[DeviceRecord], ending: Ending
    ) -> ResultT:
        """Add devices, of which this much is known, and end."""
        raise NotImplementedError


async def async_prepare(hass: HomeAssistant, entry: ConfigEntry, records: Iterable[DeviceRecord]) -> None:
    """Tell an entry what is known of devices that are about to be added."""
    if entry.state is ConfigEntryState.LOADED:
        entry.runtime_data.async_expect(records)
        return
    cache = RecordCache.of(hass, entry)
    known = await cache.async_load() | {record.id: record for record in records}
    await cache.async_save(known.values())


@callback
def async_add(hass: HomeAssistant, entry: ConfigEntry, devices: Iterable[ConfigSubentryData]) -> None:
    """Add devices to an entry."""
    for device in devices:
        hass.config_entries.async_add_subentry(entry, made(device))
