"""Local keys change when a device is paired again: the cloud knows the new one, but is asked rarely."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
import time
from typing import Any, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .account import Account
from .cloud.errors import CloudBusy, CloudError, CloudUnreachable
from .cloud.ledger import Cause
from .cloud.roll import Roll
from .cloud.rows import CloudDevice
from .const import CONF_LOCAL_KEY, CONF_OLD_KEYS
from .issues import async_report_key_rejected, async_solve_key_rejected
from .standing import Standing

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


def is_another(data: Mapping[str, Any], key: str) -> bool:
    """Return whether this is a key that nobody knew of the device."""
    return bool(key) and key not in {data[CONF_LOCAL_KEY], *data.get(CONF_OLD_KEYS, ())}


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

    spacing = 5.0
    """Seconds between two questions, so that many devices that were paired again cost one."""
    patience: tuple[float, ...] = (30.0, 120.0, 600.0)
    """Seconds between the questions to a cloud that cannot be reached."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, holder: KeyHolder, standing: Standing) -> None:
        """Prepare; the cloud is asked when a device rejects its key."""
        self._hass = hass
        self._entry = entry
        self._holder = holder
        self._standing = standing
        self._keeper = KeyKeeper()
        self._rejected: set[str] = set()
        self._fresh: set[str] = set()
        """Devices that have not proved the key that the cloud gave."""
        self._asking: asyncio.Task[None] | None = None
        self._asked: float | None = None

    @callback
    def async_rejected(self, device_id: str) -> None:
        """Take that a device has another key than all that are known; ask the cloud, if it is time."""
        if self._keeper.may_ask(device_id):
            self._rejected.add(device_id)
            if self._asking is None or self._asking.done():
                self._asking = self._entry.async_create_background_task(self._hass, self._renew(), "local keys")
        elif device_id in self._fresh:
            self._report(device_id)

    @callback
    def async_proved(self, device_id: str) -> None:
        """Take that a device has the key that is known, or is none of ours any more."""
        self.async_forget(device_id)
        async_solve_key_rejected(self._hass, device_id)

    @callback
    def async_forget(self, device_id: str) -> None:
        """Take that something of a device changed: the next rejection is a new case."""
        self._keeper.forget(device_id)
        self._fresh.discard(device_id)
        self._rejected.discard(device_id)

    async def async_ask(self, device_id: str) -> bool:
        """Ask the cloud now, as the user wishes; return whether it knows another key. Raises CloudError."""
        if (account := self._holder.account) is None:
            return False
        with self._standing.calling(account, Cause.SET_UP):
            devices = await account.async_devices({device_id})
        if devices.gaps and (device_id not in devices or not devices[device_id].local_key):
            raise devices.gaps[0]
        before = dict(self._holder.linked())
        self.async_forget(device_id)
        self.async_take(devices)
        after = dict(self._holder.linked())
        return device_id in before and before[device_id][CONF_LOCAL_KEY] != after[device_id][CONF_LOCAL_KEY]

    @callback
    def async_stop(self) -> None:
        """Ask no more, and ask other credentials at once."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self._asked = None

    @callback
    def async_take(self, devices: Mapping[str, CloudDevice]) -> None:
        """Take the keys that the cloud has now."""
        self._rejected -= self.async_offer(devices)

    @callback
    def async_offer(self, devices: Mapping[str, CloudDevice]) -> set[str]:
        """Take the keys that are new, wherever they are from; return the devices that have got one."""
        taken: set[str] = set()
        for device_id, data in list(self._holder.linked()):
            key = devices[device_id].local_key if device_id in devices else ""
            if not is_another(data, key):
                continue
            if self._holder.is_up(device_id):  # who knows the key may be ahead of the device, or behind it
                news = {CONF_OLD_KEYS: [key, *data.get(CONF_OLD_KEYS, ())][:MOST_OLD_KEYS]}
            else:
                self._fresh.add(device_id)
                news = with_key(data, key)
            self._holder.async_take_keys(device_id, news)
            taken.add(device_id)
        return taken

    @callback
    def _give_up(self, wanted: Iterable[str], roll: Roll) -> None:
        """Leave those devices to their user whose key this list shows to be the old one, or to be nowhere."""
        for device_id in self._rejected.intersection(wanted):
            if roll.complete or (device_id in roll and roll[device_id].local_key):
                self._rejected.discard(device_id)
                self._report(device_id)

    async def _renew(self) -> None:
        """Ask until there is an answer, and again for those that were rejected meanwhile."""
        pauses = iter(self.patience)
        while self._rejected:
            await self._space()
            wanted = set(self._rejected)
            if (account := self._holder.account) is None:
                self._give_up(wanted, Roll())
                return
            try:
                with self._standing.calling(account, Cause.KEY):
                    await self._ask(account, wanted)
            except CloudUnreachable, CloudBusy:
                for device_id in self._rejected:
                    self._report(device_id)
                if (pause := next(pauses, None)) is None:
                    for device_id in list(self._rejected):
                        self.async_forget(device_id)  # the next rejection begins anew: nothing was spent
                    return
                await asyncio.sleep(max(pause, account.ledger.rest))
            except CloudError:
                self._give_up(wanted, Roll())

    async def _ask(self, account: Account, wanted: Collection[str]) -> None:
        """Ask for these keys; raise why some are not known, where that may pass."""
        roll = await account.async_roll(wanted)
        if any(device_id in roll and not roll[device_id].local_key for device_id in wanted):
            roll = await account.async_devices(wanted)  # where the plain list keeps the keys to itself
        self.async_take(roll)
        self._give_up(wanted, roll)
        if roll.gaps and not self._rejected.isdisjoint(wanted):
            raise roll.gaps[0]

    async def _space(self) -> None:
        """Wait until the last question is some time ago."""
        now = asyncio.get_running_loop().time()
        if self._asked is not None and now < self._asked + self.spacing:
            await asyncio.sleep(self._asked + self.spacing - now)
        self._asked = asyncio.get_running_loop().time()

    def _report(self, device_id: str) -> None:
        name, account = self._holder.name_of(device_id), self._holder.account
        async_report_key_rejected(self._hass, self._entry, device_id, name, cloud=account is not None)
