"""Asking the cloud, in the background, what the devices are of which the cache does not say it."""

import asyncio
from dataclasses import fields, replace
from typing import Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .account import Account, record_of
from .cloud.errors import CloudBusy, CloudError, CloudUnreachable
from .cloud.ledger import Cause
from .cloud.rows import CloudDevice
from .model.record import DeviceRecord
from .standing import Standing


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

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, pupil: Pupil, standing: Standing) -> None:
        """Prepare; nothing is asked yet."""
        self._hass = hass
        self._entry = entry
        self._pupil = pupil
        self._standing = standing
        self._task: asyncio.Task[None] | None = None

    @callback
    def async_start(self, account: Account | None) -> None:
        """Ask this account, if nothing is asked already; where there is none, make do with what is known."""
        if account is None:
            self._pupil.async_settled()
        elif self._task is None or self._task.done():
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
                with self._standing.calling(account, Cause.LEARN):
                    listed = await account.async_devices({each.id for each in strangers})
                    records = [_described(each, listed.get(each.id)) for each in strangers]
                    await account.async_learn(records, self._pupil.async_learned)
            except (CloudUnreachable, CloudBusy) as error:
                if isinstance(error, CloudUnreachable) and len(self._pupil.strangers()) == len(strangers):
                    self._pupil.async_settled()  # the cloud is away: what it says later is added
                if pause is not None:
                    await asyncio.sleep(max(pause, account.ledger.rest))
            except CloudError:
                break
        self._pupil.async_settled()


def _described(known: DeviceRecord, device: CloudDevice | None) -> DeviceRecord:
    """Return what is known of a device with what the account's list says of it, which may lack its gateway."""
    if device is None:
        return known
    said = record_of(device)
    return replace(known, **{each.name: value for each in fields(said) if (value := getattr(said, each.name))})
