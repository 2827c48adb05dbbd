"""Local keys change when a device is paired again: the cloud knows the new one, but is asked rarely."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
import logging
import time
from typing import Any, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .account import Account
from .cloud.errors import CloudAuthError, CloudError
from .const import CONF_LOCAL_KEY, CONF_OLD_KEYS
from .issues import async_report_key_rejected, async_solve_key_rejected

_LOGGER = logging.getLogger(__name__)

FIRST_PAUSE = 600.0
"""Seconds after a question in vain before a device's key is asked for again; doubles each time."""
LONGEST_PAUSE = 86_400.0
MOST_OLD_KEYS = 3
"""Keys of a device that are remembered beside the current one: a device that was reset may come back with one."""


def with_key(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return what of a device's data changes when this key becomes the current one: the last ones are kept."""
    known = (data[CONF_LOCAL_KEY], *data.get(CONF_OLD_KEYS, ()))
    old = [each for each in dict.fromkeys(known) if each and each != key]
    return {CONF_LOCAL_KEY: key, CONF_OLD_KEYS: old[:MOST_OLD_KEYS]}


class KeyHolder(Protocol):
    """Whose keys are renewed."""

    account: Account | None

    def linked(self) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Return the devices that have a link, with their data."""

    def is_up(self, device_id: str) -> bool:
        """Return whether a device is there, which proves its key."""

    def name_of(self, device_id: str) -> str:
        """Return what the user calls a device."""

    @callback
    def async_take_keys(self, device_id: str, news: Mapping[str, Any]) -> None:
        """Store other keys of a device and tell its link."""


@dataclass(slots=True)
class _Rest:
    until: float
    pause: float


class KeyKeeper:
    """Says when it is worth asking the cloud for a device's key."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take a clock that counts seconds."""
        self._clock = clock
        self._resting: dict[str, _Rest] = {}

    def may_ask(self, device_id: str) -> bool:
        """Return whether the cloud may be asked now, and count it as a question."""
        now = self._clock()
        rest = self._resting.get(device_id)
        if rest is not None and now < rest.until:
            return False
        pause = FIRST_PAUSE if rest is None else min(rest.pause * 2, LONGEST_PAUSE)
        self._resting[device_id] = _Rest(now + pause, pause)
        return True

    def forget(self, device_id: str) -> None:
        """Forget the questions: another key is known, or the device is gone."""
        self._resting.pop(device_id, None)


class KeyRenewal:
    """Answers a rejected key: by the cloud's, if it knows another one; else it is the user's turn."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, holder: KeyHolder) -> None:
        """Prepare; the cloud is asked when a device rejects its key."""
        self._hass = hass
        self._entry = entry
        self._holder = holder
        self._keeper = KeyKeeper()
        self._rejected: set[str] = set()
        self._asking: asyncio.Task[None] | None = None

    @callback
    def async_rejected(self, device_id: str) -> None:
        """Take that a device has another key than all that are known; ask the cloud, if it is time."""
        if self._keeper.may_ask(device_id):
            self._rejected.add(device_id)
            if self._asking is None or self._asking.done():
                self._asking = self._entry.async_create_background_task(self._hass, self._renew(), "local keys")

    @callback
    def async_proved(self, device_id: str) -> None:
        """Take that a device has the key that is known, or is none of ours any more."""
        self.async_forget(device_id)
        async_solve_key_rejected(self._hass, device_id)

    @callback
    def async_forget(self, device_id: str) -> None:
        """Take that something of a device changed: the next rejection is a new case."""
        self._keeper.forget(device_id)

    @callback
    def async_stop(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()

    async def _renew(self) -> None:
        """Take the keys that the cloud has now; where a rejected one is still the same, it is up to the user."""
        keys = await self._keys()
        rejected, self._rejected = self._rejected, set()
        for device_id, data in list(self._holder.linked()):
            key = keys.get(device_id)
            known = {data[CONF_LOCAL_KEY], *data.get(CONF_OLD_KEYS, ())}
            if key and key not in known:
                if self._holder.is_up(device_id):  # the cloud may be ahead of the device, or behind it
                    news = {CONF_OLD_KEYS: [key, *data.get(CONF_OLD_KEYS, ())][:MOST_OLD_KEYS]}
                else:
                    news = with_key(data, key)
                self._holder.async_take_keys(device_id, news)
            elif device_id in rejected:
                name = self._holder.name_of(device_id)
                async_report_key_rejected(self._hass, device_id, name, cloud=self._holder.account is not None)

    async def _keys(self) -> dict[str, str]:
        if self._holder.account is None:
            return {}
        try:
            devices = await self._holder.account.async_devices()
        except CloudError as error:
            _LOGGER.debug("The cloud does not say the local keys: %s", error)
            if isinstance(error, CloudAuthError):
                self._entry.async_start_reauth(self._hass)
            return {}
        return {device.id: device.local_key for device in devices.values()}
