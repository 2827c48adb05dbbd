"""What is known of a product from any device of it, in any entry."""

from dataclasses import replace

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from .cache import RecordCache
from .const import DOMAIN
from .model.record import DeviceRecord

type Models = dict[str, DeviceRecord]
"""By product id, the device of which most is known."""


async def async_models(hass: HomeAssistant) -> Models:
    """Return the products that are known; of entries that are not loaded, what their caches say."""
    models: Models = {}
    for entry in hass.config_entries.async_entries(DOMAIN):
        loaded = entry.state is ConfigEntryState.LOADED
        cached = {} if loaded else await RecordCache.of(hass, entry).async_load()
        for record in entry.runtime_data.records() if loaded else cached.values():
            known = models.get(record.product_id)
            if record.product_id and len(record.properties) > (len(known.properties) if known else 0):
                models[record.product_id] = record
    return models


def completed(record: DeviceRecord, models: Models) -> DeviceRecord:
    """Return the record with what another device of the same product says beyond it."""
    known = models.get(record.product_id)
    if known is None or len(known.properties) <= len(record.properties):
        return record
    return replace(
        record,
        category=record.category or known.category,
        product_name=record.product_name or known.product_name,
        model=record.model or known.model,
        properties=known.properties,
    )
