"""What the cloud said of an account's devices, on disk: a start without internet is a normal start."""

from collections.abc import Callable, Iterable
import logging
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import UnsupportedStorageVersionError
from homeassistant.helpers.storage import Store
from homeassistant.util import slugify

from .const import DOMAIN
from .model.record import DeviceRecord

_LOGGER = logging.getLogger(__name__)
_VERSION = 1
_SAVE_DELAY = 10  # seconds


class RecordCache:
    """The records of one account, kept under the account's unique id, so that the config flow can fill it."""

    def __init__(self, hass: HomeAssistant, account: str) -> None:
        """Prepare the store of this account; nothing is read yet."""
        self._store = _Store(hass, _VERSION, f"{DOMAIN}.{slugify(account)}", private=True)
        self._pending: Callable[[], Iterable[DeviceRecord]] | None = None

    @classmethod
    def of(cls, hass: HomeAssistant, entry: ConfigEntry) -> RecordCache:
        """Return the cache of a config entry."""
        return cls(hass, entry.unique_id or entry.entry_id)

    async def async_load(self) -> dict[str, DeviceRecord]:
        """Return the records by device id; nothing where there is no file or no sense in it."""
        try:
            data = await self._store.async_load()
        except UnsupportedStorageVersionError:
            data = None
        rows = data.get("devices") if isinstance(data, dict) else None
        records: dict[str, DeviceRecord] = {}
        for row in rows if isinstance(rows, list) else ():
            try:
                record = DeviceRecord.from_json(row)
            except (TypeError, ValueError, AttributeError) as error:
                _LOGGER.debug("A cached device is skipped: %s", error)
                continue
            if isinstance(record.id, str):
                records[record.id] = record
        return records

    async def async_save(self, records: Iterable[DeviceRecord]) -> None:
        """Write the records now."""
        await self._store.async_save(_pack(records))

    @callback
    def async_schedule_save(self, records: Callable[[], Iterable[DeviceRecord]]) -> None:
        """Write what `records` returns: a little later, at the flush, or when Home Assistant stops."""
        self._pending = records
        self._store.async_delay_save(self._pack_pending, _SAVE_DELAY)

    async def async_flush(self) -> None:
        """Write now what is scheduled."""
        if self._pending is not None:
            await self._store.async_save(self._pack_pending())

    async def async_remove(self) -> None:
        """Delete the file."""
        await self._store.async_remove()

    def _pack_pending(self) -> dict[str, Any]:
        pending, self._pending = self._pending, None
        return _pack(pending() if pending else ())


def _pack(records: Iterable[DeviceRecord]) -> dict[str, Any]:
    return {"devices": [record.to_json() for record in records]}


class _Store(Store[dict[str, Any]]):
    """A cache has no past worth migrating: another version's file reads as empty."""

    @override
    async def _async_migrate_func(
        self, old_major_version: int, old_minor_version: int, old_data: dict[str, Any]
    ) -> dict[str, Any]:
        return {}
