"""What is known of an account's devices, on disk: a start without internet is a normal start."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
import logging
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import UnsupportedStorageVersionError
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.storage import Store
from homeassistant.util import slugify

from .const import DOMAIN
from .model.codes import is_secret
from .model.record import DeviceRecord

_LOGGER = logging.getLogger(__name__)
_VERSION = 1
_SAVE_DELAY = 10.0  # seconds
_STATE_PAUSE = 300.0
"""Seconds between two writes of the last states."""
_LONGEST = 255
"""Characters of a text that is worth keeping: longer ones are pictures and maps."""


class RecordCache:
    """The records of one account, kept under the account's unique id, so that the config flow can fill it.

    What the cloud said and what the devices said last are two files: the second, small one is written often.
    """

    def __init__(self, hass: HomeAssistant, account: str) -> None:
        """Prepare the stores of this account; nothing is read yet."""
        self.looked = 0.0
        """When the account was looked at last, in Unix time; kept with the states."""
        self.let_go: dict[str, float] = {}
        """Devices that were set up, in any entry: they are new only if they were paired after this Unix time."""
        self._hass = hass
        self._store, self._states = _stores(hass, account)
        self._pending: Callable[[], Iterable[DeviceRecord]] | None = None
        self._written: list[DeviceRecord] = []
        self._states_due = 0.0
        self._cancel: CALLBACK_TYPE | None = None

    @classmethod
    def of(cls, hass: HomeAssistant, entry: ConfigEntry) -> RecordCache:
        """Return the cache of a config entry."""
        return cls(hass, entry.unique_id or entry.entry_id)

    async def async_load(self) -> dict[str, DeviceRecord]:
        """Return the records by device id; nothing where there is no file or no sense in it."""
        rows = (await self._store.async_load_rows()).get("devices")
        said = await self._states.async_load_rows()
        states, looked = said.get("states"), said.get("looked")
        self.looked = float(looked) if isinstance(looked, int | float) else 0.0
        self.let_go = _times(said.get("let_go"))
        records: dict[str, DeviceRecord] = {}
        for row in rows if isinstance(rows, list) else ():
            try:
                record = DeviceRecord.from_json(row)
            except (TypeError, ValueError, AttributeError) as error:
                _LOGGER.debug("A cached device is skipped: %s", error)
                continue
            if isinstance(record.id, str):
                records[record.id] = _with_state(record, states.get(record.id) if isinstance(states, dict) else None)
        self._written = [_without_state(record) for record in records.values()]
        return records

    async def async_save(self, records: Iterable[DeviceRecord]) -> None:
        """Write the records now."""
        records = list(records)
        self._written = [_without_state(record) for record in records]
        await self._store.async_save(_pack(self._written))
        await self._states.async_save(self._pack_states(records))

    @callback
    def async_schedule_save(self, records: Callable[[], Iterable[DeviceRecord]]) -> None:
        """Write what changed of what `records` returns: a little later, states only now and then; or at the flush."""
        self._pending = records
        if self._cancel is None:
            self._cancel = async_call_later(self._hass, _SAVE_DELAY, self._sort)

    async def async_flush(self) -> None:
        """Write now what is scheduled."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        if self._pending is not None:
            pending, self._pending = self._pending, None
            await self.async_save(pending())

    async def async_move(self, account: str) -> None:
        """Keep the records under the unique id of another account from now on."""
        old, new = (self._store, self._states), _stores(self._hass, account)
        if new[0].key == old[0].key:
            return
        await self.async_flush()
        looked, records = self.looked, await self.async_load()
        self.looked, (self._store, self._states) = looked, new
        await self.async_save(records.values())
        for store in old:
            await store.async_remove()

    async def async_remove(self) -> None:
        """Delete the files."""
        await self._store.async_remove()
        await self._states.async_remove()

    @callback
    def _sort(self, _: datetime) -> None:
        """Write the records if one is another than before, and the states when their time has come."""
        self._cancel = None
        if self._pending is None:
            return
        records = [_without_state(record) for record in self._pending()]
        if records != self._written:
            self._written = records
            self._store.async_delay_save(lambda: _pack(records))
        self._states.async_delay_save(self._pack_pending, max(0.0, self._states_due - self._hass.loop.time()))

    def _pack_pending(self) -> dict[str, Any]:
        self._states_due = self._hass.loop.time() + _STATE_PAUSE
        pending, self._pending = self._pending, None
        return self._pack_states(pending() if pending else ())

    def _pack_states(self, records: Iterable[DeviceRecord]) -> dict[str, Any]:
        return {
            "looked": self.looked,
            "let_go": self.let_go,
            "states": {
                record.id: {"dps": _worth_keeping(record), "seen": record.seen, "interval": record.interval}
                for record in records
            },
        }


def _stores(hass: HomeAssistant, account: str) -> tuple[CacheStore, CacheStore]:
    name = f"{DOMAIN}.{slugify(account)}"
    return CacheStore(hass, _VERSION, name, private=True), CacheStore(hass, _VERSION, f"{name}.states", private=True)


def _without_state(record: DeviceRecord) -> DeviceRecord:
    return replace(record, dps={}, seen=None, interval=None)


def _with_state(record: DeviceRecord, row: object) -> DeviceRecord:
    if not isinstance(row, dict) or not isinstance(row.get("dps"), dict):
        return replace(record, seen=None, interval=None)
    seen, interval = row.get("seen"), row.get("interval")
    return replace(
        record,
        dps=row["dps"],
        seen=seen if isinstance(seen, float) else None,
        interval=interval if isinstance(interval, float) else None,
    )


def _pack(records: Iterable[DeviceRecord]) -> dict[str, Any]:
    return {"devices": [record.to_json() for record in records]}


def _times(rows: object) -> dict[str, float]:
    """Return the times of a file."""
    pairs = rows.items() if isinstance(rows, dict) else ()
    return {str(key): float(value) for key, value in pairs if isinstance(value, int | float)}


def _worth_keeping(record: DeviceRecord) -> Mapping[str, object]:
    """Return the values but secrets and pictures."""
    secret = {str(row.get("id")) for row in record.properties if is_secret(str(row.get("code")))}
    return {dp: value for dp, value in record.dps.items() if dp not in secret and not _is_long(value)}


def _is_long(value: object) -> bool:
    match value:
        case str():
            return len(value) > _LONGEST
        case bool() | int() | float():
            return False
    return True


class CacheStore(Store[dict[str, Any]]):
    """A cache has no past worth migrating: another version's file reads as empty."""

    async def async_load_rows(self) -> dict[str, Any]:
        """Return what is in the file, nothing if it is unreadable."""
        try:
            data = await self.async_load()
        except UnsupportedStorageVersionError:
            return {}
        return data if isinstance(data, dict) else {}

    @override
    async def _async_migrate_func(
        self, old_major_version: int, old_minor_version: int, old_data: dict[str, Any]
    ) -> dict[str, Any]:
        return {}
