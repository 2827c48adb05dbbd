"""One account's devices: from the subentries, the cache and what is announced to links and coordinators."""

import asyncio
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_HOST
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from .account import account_of
from .cache import RecordCache
from .channel import UP, NoChannel, Switchboard
from .const import CONF_GRACE, CONF_LOCAL_KEY, CONF_PROTOCOL_VERSION, DEFAULT_GRACE
from .coordinator import DeviceCoordinator
from .devices import async_register, endpoint_of, is_child, is_gateway, parents_first, record_for
from .following import Follower, async_part
from .issues import async_solve_account
from .keys import KeyRenewal, with_key
from .kinship import Family, async_get_kinship
from .lan.endpoint import LinkState, Timing
from .lan.link import Link
from .lan.session import Presence
from .learning import Lesson
from .model.record import DeviceRecord
from .neighbourhood import async_get_neighbourhood
from .newcomers import Newcomers
from .roster import Data, Roster
from .search import Search
from .standing import Standing
from .turns import Turns

type LocalTuyaConfigEntry = ConfigEntry[Hub]
type DeviceListener = Callable[[DeviceCoordinator], None]
type Mover = tuple[DeviceCoordinator, Switchboard | None]
"""A device on its way from one entry to another, and its open link; None for a gateway's child."""

_PATIENCE = 0.5
"""Seconds that the set-up waits until all devices are introduced; more than about a hundred take longer."""


class Hub:
    """The composition root of one config entry; one link for each device that is no gateway's child."""

    def __init__(self, hass: HomeAssistant, entry: LocalTuyaConfigEntry, *, timing: Timing | None = None) -> None:
        """Prepare; `async_load`, `async_start` and `async_stop` do the work."""
        self.coordinators: dict[str, DeviceCoordinator] = {}
        self.switchboards: dict[str, Switchboard] = {}
        self.account = account_of(hass, entry.data)
        self.search = Search(hass, entry, self.switchboards)
        self._hass = hass
        self._entry = entry
        self._timing = timing
        self._cache = RecordCache.of(hass, entry)
        self._records: dict[str, DeviceRecord] = {}
        """What the cloud said; of a device that is missing here, it is still to be asked."""
        self._roster = Roster(hass, entry)
        self._given = (entry.data, entry.options)
        """Credentials and options, as they were when they were applied."""
        self.standing = Standing(hass, entry)
        self.keys = KeyRenewal(hass, entry, self, self.standing)
        self._lesson = Lesson(hass, entry, self, self.standing)
        self.follower = Follower(hass, entry, self, keys=self.keys, standing=self.standing)
        self._newcomers = Newcomers(hass, entry, partial(self.follower.async_look, briefly=True))
        self._kinship = async_get_kinship(hass)
        self._family = Family(
            entry=entry, roster=self._roster, coordinators=self.coordinators, switchboards=self.switchboards
        )
        self._listeners: list[DeviceListener] = []
        self._introduction: asyncio.Task[None] | None = None
        self._started = False

    async def async_load(self) -> None:
        """Read the cache and register the devices; nothing is waited for but the file."""
        self._records = await self._cache.async_load()
        turns = Turns()
        for subentry in parents_first(self._entry):
            self._async_add(subentry)
            await turns.give()
        self._kinship.async_join(self._family)
        self._entry.async_on_unload(partial(self._kinship.async_leave, self._family))

    async def async_start(self) -> None:
        """Start the search, the devices and, where the cache lacks something, the questions to the cloud."""
        self._started = True
        await self.search.async_start()
        self._lesson.async_start(self.account)
        self.follower.async_start()
        await self._newcomers.async_start()
        introduction = self._introduction = self._entry.async_create_background_task(
            self._hass, self._async_introduce(list(self.coordinators.values())), "devices"
        )
        done, _ = await asyncio.wait([introduction], timeout=_PATIENCE)
        for task in done:
            task.result()

    async def async_stop(self) -> None:
        """Close everything."""
        self._started = False
        if self._introduction is not None:
            self._introduction.cancel()
        self._lesson.async_stop()
        self.follower.async_stop()
        await self._newcomers.async_stop()
        self.keys.async_stop()
        self._kinship.async_leave(self._family)
        await self.search.async_stop()
        await asyncio.gather(*(switchboard.link.stop() for switchboard in self.switchboards.values()))
        for coordinator in self.coordinators.values():
            coordinator.async_close()
        await self._cache.async_flush()

    async def async_update(self, guests: Iterable[DeviceCoordinator] = ()) -> None:
        """Apply what changed in the config entry, and only that; guests were received from another one."""
        gone, new, other = self._roster.changes()
        async_part(self._hass, gone)
        retired = [self._async_remove(device_id) for device_id in gone]
        retired += [self._async_change(subentry) for subentry in other]
        newcomers = [*guests, *map(self._async_add, new)]
        if retired or newcomers:
            self._kinship.async_wire()
        await self._async_introduce(newcomers)
        self._async_take_settings()
        if self._started:
            self._lesson.async_start(self.account)
        await asyncio.gather(*(link.stop() for link in retired if link is not None))

    @callback
    def async_on_device(self, listener: DeviceListener) -> CALLBACK_TYPE:
        """Call the listener with every device, from `async_start` on."""
        self._listeners.append(listener)

        @callback
        def unlisten() -> None:
            self._listeners.remove(listener)

        return unlisten

    @callback
    def async_expect(self, records: Iterable[DeviceRecord]) -> None:
        """Take what is known of devices that are about to be added; an account is asked what nobody else says."""
        self._records |= {record.id: record for record in records if record.properties or self.account is None}

    @callback
    def async_ask_anew(self) -> None:
        """Put the open questions to the cloud again: something changed there."""
        self._lesson.async_stop()
        self._lesson.async_start(self.account)
        self.keys.async_stop()
        for device_id, switchboard in self.switchboards.items():
            self.keys.async_forget(device_id)
            self.async_link_state(device_id, switchboard.state)

    @property
    def facts(self) -> dict[str, object]:
        """What helps to understand from afar why a device is not there; no id, no address."""
        return {**self.search.facts, **self._kinship.facts(self._family, async_get_neighbourhood(self._hass).seen)}

    # What the links tell: see Watcher.

    @callback
    def async_link_state(self, device_id: str, state: LinkState) -> None:
        """A device without live link is looked for; a rejected key may be an old one."""
        if not self._started or device_id not in self._roster or state is LinkState.STOPPED:
            return
        if state in UP:
            self.search.async_found(device_id)
        else:
            self.search.async_lost(device_id)
        if state is LinkState.KEY_REJECTED:
            self.keys.async_rejected(device_id)

    @callback
    def async_link_located(self, device_id: str, host: str, version: str) -> None:
        """Remember where the device proved itself, and with which key."""
        if device_id not in self._roster:
            return
        self.keys.async_proved(device_id)
        self._roster.async_store(device_id, **{CONF_HOST: host, CONF_PROTOCOL_VERSION: version})
        data, key = self._roster.data(device_id), self.switchboards[device_id].link.local_key
        if key and key != data[CONF_LOCAL_KEY]:
            self.async_take_keys(device_id, with_key(data, key))

    @callback
    def async_presence(self, device_id: str, presence: Presence) -> None:
        """A child belongs to the gateway that reaches it, whatever was known before; some are new."""
        self._newcomers.async_heard(presence.online)
        self._kinship.async_presence(device_id, presence)

    # What the renewal of keys asks for: see KeyHolder.

    def linked(self) -> Iterator[tuple[str, Data]]:
        """Yield the devices that have a link."""
        yield from ((device_id, self._roster.data(device_id)) for device_id in self.switchboards)

    def is_up(self, device_id: str) -> bool:
        """Return whether a device is there."""
        return self.switchboards[device_id].up

    def name_of(self, device_id: str) -> str:
        """Return what the user calls a device."""
        return self._roster.subentry(device_id).title

    @callback
    def async_take_keys(self, device_id: str, news: Mapping[str, Any]) -> None:
        """Store other keys of a device and tell its link."""
        if self._roster.async_store(device_id, **news):
            endpoint = endpoint_of(self._roster.data(device_id), self.coordinators[device_id].record)
            self.switchboards[device_id].link.update(endpoint)

    # What the cloud knows: see Pupil and Household.

    def records(self) -> Iterator[DeviceRecord]:
        """Yield what is known of the devices."""
        yield from (device.record for device in self.coordinators.values())

    @property
    def looked(self) -> float:
        """When the account was looked at last, in Unix time."""
        return self._cache.looked

    @looked.setter
    def looked(self, at: float) -> None:
        self._cache.looked = at
        self._async_save()

    @property
    def let_go(self) -> Mapping[str, float]:
        """Devices that were set up, in any entry, and since when they are new only if they are paired again."""
        return self._cache.let_go

    @callback
    def async_let_go(self, news: Mapping[str, float]) -> None:
        """Remember more of them."""
        self._cache.let_go.update(news)
        self._async_save()

    def strangers(self) -> list[DeviceRecord]:
        """Return the devices of which the cloud has not said what they are."""
        return [device.record for device in self.coordinators.values() if device.record.id not in self._records]

    @callback
    def async_learned(self, record: DeviceRecord) -> None:
        """Take what the cloud says of a device."""
        if (coordinator := self.coordinators.get(record.id)) is None:
            return
        coordinator.device_info = async_register(self._hass, self._entry, self._roster.subentry(record.id), record)
        coordinator.async_learn(record)
        self._records[record.id] = record
        if switchboard := self.switchboards.get(record.id):
            switchboard.link.update(endpoint_of(self._roster.data(record.id), record))
        self._async_save()

    @callback
    def async_settled(self) -> None:
        """Make do with what is known."""
        for device in self.coordinators.values():
            device.async_set_ready()

    async def async_join(self, user_id: str, listed: Container[str]) -> None:
        """Get ready to be this account: the cache is kept for it, and what was guessed of its devices is asked for."""
        told = (each for each in self.records() if each.properties or is_gateway(each) or each.id not in listed)
        self._records = {record.id: record for record in told}
        await self._cache.async_move(user_id)

    # Devices come, change and go, also to another entry: see moving.

    @callback
    def async_release(self, device_id: str) -> Mover:
        """Let a device go, its link open; whoever receives it looks after it from now on."""
        device, switchboard = self.coordinators[device_id], self.switchboards.get(device_id)
        self._async_remove(device_id)
        device.async_depart()
        return device, switchboard

    @callback
    def async_receive(self, subentry: ConfigSubentry, mover: Mover) -> None:
        """Take a device over before it is in the entry; it is a guest of the update when it is."""
        device_id = self._roster.apply(subentry)
        device, switchboard = mover
        self.coordinators[device_id] = device
        device.changed, device.grace = self._async_save, self._grace
        self.async_expect([device.record])
        if switchboard is not None:
            self.switchboards[device_id] = switchboard
            switchboard.watcher = self
        self._async_save()

    @callback
    def _async_add(self, subentry: ConfigSubentry) -> DeviceCoordinator:
        device_id = self._roster.apply(subentry)
        record = record_for(subentry.data, self._records.get(device_id))
        if not is_child(subentry.data):
            self._async_link(subentry.data, record)
        coordinator = DeviceCoordinator(
            self._hass,
            record,
            channel=NoChannel(),
            device_info=async_register(self._hass, self._entry, subentry, record),
            subentry_id=subentry.subentry_id,
            ready=self.account is None or device_id in self._records,
            changed=self._async_save,
            grace=self._grace,
        )
        self.coordinators[device_id] = coordinator
        return coordinator

    async def _async_introduce(self, newcomers: Iterable[DeviceCoordinator]) -> None:
        """Bring devices to life, first the entities, then the link; hundreds at once would hold up everything else."""
        turns = Turns()
        for coordinator in newcomers:
            for listener in list(self._listeners):
                if self.coordinators.get(coordinator.record.id) is coordinator:
                    listener(coordinator)
                await turns.give()
            if switchboard := self.switchboards.get(coordinator.record.id):
                self._async_begin(switchboard)

    @callback
    def _async_link(self, data: Data, record: DeviceRecord) -> Switchboard:
        switchboard = self.switchboards[record.id] = Switchboard(record.id, self)
        switchboard.link = Link(endpoint_of(data, record), switchboard, timing=self._timing)
        return switchboard

    @callback
    def _async_begin(self, switchboard: Switchboard) -> None:
        switchboard.link.start()
        self.async_link_state(switchboard.device_id, switchboard.state)
        self.search.async_recall(switchboard.device_id)

    @callback
    def _async_change(self, subentry: ConfigSubentry) -> Link | None:
        """Take another address, key, version or gateway of a device; return the link that is to be stopped."""
        device_id = self._roster.apply(subentry)
        record = self.coordinators[device_id].record
        async_register(self._hass, self._entry, subentry, record)
        self.keys.async_forget(device_id)
        switchboard = self.switchboards.get(device_id)
        if is_child(subentry.data):
            return self._async_unlink(device_id)
        if switchboard is None:
            self._async_begin(self._async_link(subentry.data, record))
        else:
            switchboard.link.update(endpoint_of(subentry.data, record))
        return None

    @callback
    def _async_remove(self, device_id: str) -> Link | None:
        """Forget a device; return the link that is to be stopped."""
        self._roster.drop(device_id)
        self._records.pop(device_id, None)
        self.coordinators.pop(device_id).async_close()
        self.keys.async_proved(device_id)
        async_solve_account(self._hass, self._entry.entry_id, device_id)
        self._async_save()
        return self._async_unlink(device_id)

    @callback
    def _async_unlink(self, device_id: str) -> Link | None:
        self.search.async_found(device_id)
        self._kinship.async_forget(device_id)
        switchboard = self.switchboards.pop(device_id, None)
        if switchboard is None:
            return None
        switchboard.outlets.clear()
        return switchboard.link

    @callback
    def _async_take_settings(self) -> None:
        """Apply other credentials and options."""
        (data, options), self._given = self._given, (self._entry.data, self._entry.options)
        if self._entry.data != data:
            self.account = account_of(self._hass, self._entry.data)
            self.async_ask_anew()
            self._newcomers.async_forget()
            self.follower.async_start()
        if self._entry.options != options:
            for coordinator in self.coordinators.values():
                coordinator.grace = self._grace
            self.search.async_begin_anew()

    @property
    def _grace(self) -> float:
        return float(self._entry.options.get(CONF_GRACE, DEFAULT_GRACE))

    @callback
    def _async_save(self) -> None:
        """Keep the records, but none that the cloud could not be asked for."""
        self._cache.async_schedule_save(
            lambda: [
                device.record
                for device_id, device in self.coordinators.items()
                if self.account is None or device_id in self._records
            ]
        )
