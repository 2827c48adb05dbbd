"""The ledgers of all cloud projects, kept over restarts; no credential is written, not even a client id."""

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import Any

from homeassistant.const import CONF_CLIENT_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from .cache import CacheStore
from .cloud.ledger import Ledger
from .cloud.rows import record
from .const import CONF_CLIENT_SECRET, DOMAIN

_SAVE_DELAY = 300.0
"""Seconds; a stop of Home Assistant writes at once."""


class _Books:
    """The ledgers by a digest of the project: new credentials begin anew."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._ledgers: dict[str, Ledger] = {}
        self._hass = hass
        self._store = self._file()

    async def async_load(self) -> None:
        """Take what was kept; not what still waits to be written, as the store itself would."""
        for name, told in (await self._file().async_load_rows()).items():
            self._ledger(name).recall(record(told))

    @callback
    def async_ledger(self, client_id: str, client_secret: str) -> Ledger:
        """Return the ledger of a project, whichever of its data centers is called."""
        return self._ledger(sha256(f"{client_id}\n{client_secret}".encode()).hexdigest()[:16])

    def _ledger(self, name: str) -> Ledger:
        if (ledger := self._ledgers.get(name)) is None:
            changed = partial(self._store.async_delay_save, self._pack, _SAVE_DELAY)
            ledger = self._ledgers[name] = Ledger(changed=changed)
        return ledger

    def _file(self) -> CacheStore:
        return CacheStore(self._hass, 1, f"{DOMAIN}.ledgers", private=True)

    def _pack(self) -> dict[str, Any]:
        return {name: told for name, ledger in self._ledgers.items() if (told := ledger.to_json())}


_BOOKS: HassKey[_Books] = HassKey(f"{DOMAIN}.books")


async def async_load_ledgers(hass: HomeAssistant) -> None:
    """Take the calls and rests from before the restart."""
    await _books(hass).async_load()


@callback
def async_ledger(hass: HomeAssistant, data: Mapping[str, Any]) -> Ledger:
    """Return the ledger for the project of an entry's or a form's credentials."""
    return _books(hass).async_ledger(data[CONF_CLIENT_ID], data[CONF_CLIENT_SECRET])


def _books(hass: HomeAssistant) -> _Books:
    if _BOOKS not in hass.data:
        hass.data[_BOOKS] = _Books(hass)
    return hass.data[_BOOKS]
