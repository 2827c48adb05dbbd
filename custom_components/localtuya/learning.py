"""Asking the cloud, in the background, what the devices are of which the cache does not say it."""

import asyncio
import logging
from typing import Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .account import Account, record_of
from .cloud.errors import CloudAuthError, CloudBusy, CloudError, CloudUnreachable
from .model.record import DeviceRecord

_LOGGER = logging.getLogger(__name__)


class Pupil(Protocol):
    """Who wants to know."""

    def strangers(self) -> list[DeviceRecord]:
        """Return the devices of which nothing is known."""

    @callback
    def async_learned(self, record: DeviceRecord) -> None:
        """Take what one of them is."""

    @callback
    def async_settled(self) -> None:
        """Take that nobody will say more."""


class Lesson:
    """The questions of one entry; they end when there is no stranger left."""

    patience: tuple[float, ...] = (60.0, 240.0, 900.0)
    """Seconds between the questions to a cloud that cannot be reached."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, pupil: Pupil) -> None:
        """Prepare; nothing is asked yet."""
        self._hass = hass
        self._entry = entry
        self._pupil = pupil
        self._task: asyncio.Task[None] | None = None

    @callback
    def async_start(self, account: Account | None) -> None:
        """Ask this account, if nothing is asked already."""
        if account is not None and (self._task is None or self._task.done()):
            self._task = self._entry.async_create_background_task(self._hass, self._ask(account), "thing models")

    @callback
    def async_stop(self) -> None:
        """Ask no more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _ask(self, account: Account) -> None:
        for pause in (*self.patience, None):
            if not (strangers := self._pupil.strangers()):
                return
            try:
                listed = await account.async_devices()  # a subentry knows less of a device than the account's list
                records = [record_of(listed[record.id]) if record.id in listed else record for record in strangers]
                await account.async_learn(records, self._pupil.async_learned)
            except (CloudUnreachable, CloudBusy) as error:
                _LOGGER.debug("The cloud does not say what the devices are: %s", error)
                if pause is not None:
                    await asyncio.sleep(pause)
            except CloudError as error:
                if isinstance(error, CloudAuthError):
                    self._entry.async_start_reauth(self._hass)  # new credentials begin this anew
                    return
                _LOGGER.warning("The cloud does not say what the devices are: %s", error)
                break
        self._pupil.async_settled()
