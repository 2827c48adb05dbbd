"""What changed in the account since yesterday: keys, names, devices, what one product can do; in few calls."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
import json
import logging
import time
from typing import Any, Protocol

from homeassistant.config_entries import SOURCE_INTEGRATION_DISCOVERY, ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_DEVICE_ID, CONF_NAME
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import discovery_flow
from homeassistant.helpers.event import async_call_later

from .account import Account
from .cloud.errors import CloudError
from .cloud.ledger import DAY, Cause
from .cloud.roll import Roll
from .const import CONF_ADOPT, CONF_BROUGHT, DOMAIN, SUBENTRY_DEVICE
from .flow.choosing import Choice, set_up
from .flow.findings import name_of
from .issues import async_report_gone, async_report_renamed, async_solve_gone, async_solve_renamed, is_gone
from .keys import KeyRenewal
from .model.record import DeviceRecord
from .standing import Standing

_LOGGER = logging.getLogger(__name__)

FIRST: float = 3600.0
"""Seconds after a start before the first look: restarts that follow each other cost nothing."""
MOST_CALLS = 4
"""Calls of a look, newcomers not counted; what can wait waits for another day."""


class Household(Protocol):
    """Whose account is followed."""

    account: Account | None
    looked: float
    """When the account was looked at last, in Unix time."""

    @property
    def let_go(self) -> Mapping[str, float]:
        """Devices that were set up, in any entry, and since when they are new only if they are paired again."""

    @callback
    def async_let_go(self, news: Mapping[str, float]) -> None:
        """Remember more of them."""

    def records(self) -> Iterable[DeviceRecord]:
        """Return what is known of the devices."""

    @callback
    def async_learned(self, record: DeviceRecord) -> None:
        """Take what one of them is."""


class Follower:
    """Looks at the account once a day."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, household: Household, *, keys: KeyRenewal, standing: Standing
    ) -> None:
        """Prepare; nothing is asked yet."""
        self._hass = hass
        self._entry = entry
        self._household = household
        self._keys = keys
        self._standing = standing
        self._cancel: CALLBACK_TYPE | None = None
        self._looking: asyncio.Task[Roll] | None = None

    @callback
    def async_start(self) -> None:
        """Look when the last look is a day ago, but not at once; where there is no account, never."""
        self.async_stop()
        if self._household.account is not None:
            self._plan(min(max(FIRST, self._household.looked + DAY - time.time()), DAY))

    @callback
    def async_stop(self) -> None:
        """Look no more."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def async_look(self, *, briefly: bool = False) -> Roll:
        """Ask for the account's list and for the model of the day's product; take what changed, return the list.

        A brief look is for what is new only. Where the cloud refuses, the list is empty.
        """
        if (account := self._household.account) is None:
            return Roll()
        try:
            with self._standing.calling(account, Cause.FOLLOW):
                begun = account.calls
                roll = await account.async_roll(() if briefly else self._expected())
                if not briefly:
                    self._household.looked = time.time()
                left = MOST_CALLS - (account.calls - begun)
                if roll:  # an account that is linked anew may be empty for a while
                    self._keys.async_take(roll)
                    self._compare(roll)
                    await self._welcome(account, roll)
                if roll and not briefly:
                    await self._examine(account, roll, left)
        except CloudError as error:
            _LOGGER.debug("The account is not looked at: %s", error)
            return Roll()
        return roll

    @callback
    def _plan(self, delay: float) -> None:
        self._cancel = async_call_later(self._hass, delay, self._look)

    @callback
    def _look(self, _: datetime) -> None:
        self._plan(DAY)
        self._looking = self._entry.async_create_background_task(self._hass, self.async_look(), "account")

    def _devices(self) -> list[ConfigSubentry]:
        """Return the devices that came from the account; those that the user brought may never have been in it."""
        devices = self._entry.get_subentries_of_type(SUBENTRY_DEVICE)
        return [device for device in devices if not device.data.get(CONF_BROUGHT)]

    def _compare(self, roll: Roll) -> None:
        """Offer the names that were given in the app, and be glad of who is back."""
        for subentry in self._devices():
            device_id: str = subentry.data[CONF_DEVICE_ID]
            if (device := roll.get(device_id)) is None:
                continue
            async_solve_gone(self._hass, device_id)
            if device.name and device.name not in {subentry.data.get(CONF_NAME), subentry.title}:
                async_report_renamed(self._hass, self._entry, device_id, old=subentry.title, new=device.name)
            else:
                async_solve_renamed(self._hass, device_id)

    async def _welcome(self, account: Account, roll: Roll) -> None:
        """Show or add devices that were paired since the account was added; older ones were not wanted then."""
        born, known, since = self._entry.created_at.timestamp(), set_up(self._hass), self._household.let_go
        new = {
            device_id: device
            for device_id, device in roll.items()
            if device.paired > since.get(device_id, born)
            and device_id not in known
            and (device.local_key or device.sub)
        }
        if new and self._entry.options.get(CONF_ADOPT):
            if any(device.sub or not device.local_key for device in new.values()):
                roll = await account.async_devices(new)
            choice = Choice(self._hass, roll)
            usable = [item.device.id for item in choice.found() if item.device.id in new and not item.hopeless]
            choice.async_add(self._entry, usable)
            return
        for device in new.values():
            discovery_flow.async_create_flow(
                self._hass,
                DOMAIN,
                context={"source": SOURCE_INTEGRATION_DISCOVERY},
                data={"entry_id": self._entry.entry_id, CONF_DEVICE_ID: device.id, CONF_NAME: name_of(device)},
            )

    def _expected(self) -> dict[str, str]:
        """Return ids and names of the devices that the account should have, but those that are said to be gone."""
        return {
            device_id: device.title
            for device in self._devices()
            if not is_gone(self._hass, device_id := device.data[CONF_DEVICE_ID])
        }

    async def _examine(self, account: Account, roll: Roll, most_calls: int) -> None:
        """Ask after those who are missing and, where that leaves a call, what one product can do."""
        begun = account.calls
        await self._miss(account, roll)
        if account.calls - begun < most_calls:
            await self._study(account, roll)

    async def _miss(self, account: Account, roll: Roll) -> None:
        """Report devices that the account has no more: only after a second, other question said so, too."""
        missing = {device_id: name for device_id, name in self._expected().items() if device_id not in roll}
        if not missing or not roll.complete:
            return
        for device_id, seen in (await account.async_seen(list(missing))).items():
            if not seen:
                async_report_gone(self._hass, self._entry, device_id, missing[device_id])

    async def _study(self, account: Account, roll: Roll) -> None:
        """Ask what one product can do, each day another: firmware brings new datapoints."""
        families: dict[str, list[DeviceRecord]] = {}
        for record in self._household.records():
            if record.id in roll and record.properties and record.product_id:
                families.setdefault(record.product_id, []).append(record)
        if not families:
            return
        product = sorted(families)[int(time.time() // DAY) % len(families)]
        properties = await account.async_model(families[product][0].id)
        for record in families[product]:
            if properties and _plain(properties) != _plain(record.properties):
                _LOGGER.info("%s can do other things than before", record.name or record.product_name)
                self._household.async_learned(replace(record, properties=properties))


@callback
def async_part(hass: HomeAssistant, device_ids: Iterable[str]) -> None:
    """Tell all accounts what the user deleted: none that has it, too, brings it back until it is paired anew.

    What left its account may be in another one now: that may offer it.
    """
    now = time.time()
    news = {device_id: 0.0 if is_gone(hass, device_id) else now for device_id in device_ids}
    for entry in hass.config_entries.async_loaded_entries(DOMAIN) if news else ():
        entry.runtime_data.async_let_go(news)


@callback
def async_bequeath(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Let all accounts that have them too offer the devices of an entry that was removed, now."""
    devices = [device.data[CONF_DEVICE_ID] for device in entry.get_subentries_of_type(SUBENTRY_DEVICE)]
    for heir in hass.config_entries.async_loaded_entries(DOMAIN) if devices else ():
        heir.runtime_data.async_let_go(dict.fromkeys(devices, 0.0))
        heir.async_create_background_task(hass, heir.runtime_data.follower.async_look(briefly=True), "account")


def _plain(properties: Iterable[Mapping[str, Any]]) -> str:
    """Return properties as they are in the cache."""
    return json.dumps([dict(row) for row in properties], sort_keys=True)
