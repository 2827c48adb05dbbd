"""One account's devices: from the subentries, the cache and what is announced to links and coordinators."""

import asyncio
from collections.abc import Callable, Mapping
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID, CONF_HOST
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from .account import Account
from .cache import RecordCache
from .channel import LanChannel, NoChannel, Switchboard
from .cloud.errors import CloudAuthError, CloudBusy, CloudError, CloudUnreachable
from .const import CONF_GATEWAY_ID, CONF_LOCAL_KEY, CONF_NODE_ID, CONF_PROTOCOL_VERSION
from .coordinator import DeviceCoordinator
from .devices import async_register, endpoint_of, parents_first, record_for
from .issues import async_report_key_rejected, async_solve_key_rejected
from .keys import KeyKeeper
from .lan.discovery import Announcement
from .lan.endpoint import LinkState, Timing
from .lan.link import Link
from .model.record import DeviceRecord
from .neighbourhood import Leave, async_get_neighbourhood

_LOGGER = logging.getLogger(__name__)

type LocalTuyaConfigEntry = ConfigEntry[Hub]
type DeviceListener = Callable[[DeviceCoordinator], None]
type Applied = tuple[ConfigSubentry, Mapping[str, Any]]
"""A subentry, and its data as they were when they were applied."""

_PATIENCE = (60.0, 240.0, 900.0)
"""Seconds between the questions to a cloud that cannot be reached."""


class Hub:
    """The composition root of one config entry; one link for each device that is no gateway's child."""

    def __init__(self, hass: HomeAssistant, entry: LocalTuyaConfigEntry, *, timing: Timing | None = None) -> None:
        """Prepare; `async_load`, `async_start` and `async_stop` do the work."""
        self.coordinators: dict[str, DeviceCoordinator] = {}
        self.switchboards: dict[str, Switchboard] = {}
        self.account = _account(hass, entry)
        self._hass = hass
        self._entry = entry
        self._timing = timing
        self._cache = RecordCache.of(hass, entry)
        self._records: dict[str, DeviceRecord] = {}
        """What the cloud said; of a device that is missing here, it is still to be asked."""
        self._applied: dict[str, Applied] = {}
        self._credentials = entry.data
        self._keys = KeyKeeper()
        self._listeners: list[DeviceListener] = []
        self._rejected: set[str] = set()
        self._renewing: asyncio.Task[None] | None = None
        self._learning: asyncio.Task[None] | None = None
        self._leave: Leave | None = None
        self._started = False

    async def async_load(self) -> None:
        """Read the cache and register the devices; nothing is waited for but the file."""
        self._records = await self._cache.async_load()
        for subentry in parents_first(self._entry):
            self._async_add(subentry)
        self._async_wire()

    async def async_start(self) -> None:
        """Start the links, the listening and, where the cache lacks something, the questions to the cloud."""
        self._started = True
        for switchboard in self.switchboards.values():
            self._async_begin(switchboard)
        self._leave = await async_get_neighbourhood(self._hass).async_join(self._async_announced)
        self._async_learn()

    async def async_stop(self) -> None:
        """Close everything."""
        self._started = False
        for task in (self._learning, self._renewing):
            if task is not None:
                task.cancel()
        if self._leave is not None:
            await self._leave()
        await asyncio.gather(*(switchboard.link.stop() for switchboard in self.switchboards.values()))
        for coordinator in self.coordinators.values():
            coordinator.async_close()
        await self._cache.async_flush()

    async def async_update(self) -> None:
        """Apply what changed in the config entry, and only that."""
        wanted = {subentry.data[CONF_DEVICE_ID]: subentry for subentry in parents_first(self._entry)}
        retired = [self._async_remove(device_id) for device_id in list(self._applied) if device_id not in wanted]
        added = [subentry for device_id, subentry in wanted.items() if device_id not in self._applied]
        changed = [subentry for device_id, subentry in wanted.items() if self._is_news(device_id, subentry)]
        retired += [self._async_change(subentry) for subentry in changed]
        newcomers = [self._async_add(subentry) for subentry in added]
        if retired or newcomers:
            self._async_wire()
        for coordinator in newcomers:
            self._async_introduce(coordinator)
        if self._entry.data != self._credentials:
            self._credentials = self._entry.data
            self.account = _account(self._hass, self._entry)
            if self._learning is not None:
                self._learning.cancel()
                self._learning = None
        self._async_learn()
        await asyncio.gather(*(link.stop() for link in retired if link is not None))

    @callback
    def async_on_device(self, listener: DeviceListener) -> CALLBACK_TYPE:
        """Call the listener with every device: those that are there at once, and later ones."""
        self._listeners.append(listener)
        for coordinator in list(self.coordinators.values()):
            listener(coordinator)

        @callback
        def unlisten() -> None:
            self._listeners.remove(listener)

        return unlisten

    @callback
    def async_link_state(self, device_id: str, state: LinkState) -> None:
        """See Watcher: a rejected key may be an old one."""
        if state is LinkState.KEY_REJECTED and device_id in self._applied and self._keys.may_ask(device_id):
            self._rejected.add(device_id)
            if self._renewing is None or self._renewing.done():
                self._renewing = self._entry.async_create_background_task(
                    self._hass, self._async_renew_keys(), "local keys"
                )

    @callback
    def async_link_located(self, device_id: str, host: str, version: str) -> None:
        """See Watcher: remember where the device proved itself, and that its key is right."""
        if device_id not in self._applied:
            return
        self._keys.forget(device_id)
        async_solve_key_rejected(self._hass, device_id)
        self._async_store(device_id, {CONF_HOST: host, CONF_PROTOCOL_VERSION: version})

    @callback
    def _async_announced(self, announcement: Announcement) -> None:
        if switchboard := self.switchboards.get(announcement.device_id):
            switchboard.link.wake(host=announcement.host, version=announcement.version)

    # Devices come, change and go.

    @callback
    def _async_add(self, subentry: ConfigSubentry) -> DeviceCoordinator:
        data = subentry.data
        device_id: str = data[CONF_DEVICE_ID]
        record = record_for(data, self._records.get(device_id))
        self._applied[device_id] = (subentry, data)
        if not data.get(CONF_GATEWAY_ID):
            self._async_link(data, record)
        coordinator = DeviceCoordinator(
            self._hass,
            record,
            channel=NoChannel(),
            device_info=async_register(self._hass, self._entry, subentry, record),
            subentry_id=subentry.subentry_id,
            ready=self.account is None or device_id in self._records,
            changed=self._async_save,
        )
        self.coordinators[device_id] = coordinator
        return coordinator

    @callback
    def _async_introduce(self, coordinator: DeviceCoordinator) -> None:
        """Bring a device to life that came while everything runs."""
        for listener in list(self._listeners):
            listener(coordinator)
        if switchboard := self.switchboards.get(coordinator.record.id):
            self._async_begin(switchboard)

    @callback
    def _async_link(self, data: Mapping[str, Any], record: DeviceRecord) -> Switchboard:
        switchboard = self.switchboards[record.id] = Switchboard(record.id, self)
        switchboard.link = Link(endpoint_of(data, record), switchboard, timing=self._timing)
        return switchboard

    @callback
    def _async_begin(self, switchboard: Switchboard) -> None:
        switchboard.link.start()
        if announcement := async_get_neighbourhood(self._hass).seen.get(switchboard.device_id):
            self._async_announced(announcement)

    @callback
    def _async_change(self, subentry: ConfigSubentry) -> Link | None:
        """Take another address, key, version or gateway of a device; return the link that is to be stopped."""
        data = subentry.data
        device_id: str = data[CONF_DEVICE_ID]
        self._applied[device_id] = (subentry, data)
        record = self.coordinators[device_id].record
        async_register(self._hass, self._entry, subentry, record)
        self._keys.forget(device_id)
        switchboard = self.switchboards.get(device_id)
        if data.get(CONF_GATEWAY_ID):
            return self._async_unlink(device_id)
        if switchboard is None:
            self._async_begin(self._async_link(data, record))
        else:
            switchboard.link.update(endpoint_of(data, record))
        return None

    def _is_news(self, device_id: str, subentry: ConfigSubentry) -> bool:
        return device_id in self._applied and self._applied[device_id][1] != subentry.data

    @callback
    def _async_remove(self, device_id: str) -> Link | None:
        """Forget a device; return the link that is to be stopped."""
        del self._applied[device_id]
        self._records.pop(device_id, None)
        self.coordinators.pop(device_id).async_close()
        self._keys.forget(device_id)
        async_solve_key_rejected(self._hass, device_id)
        self._async_save()
        return self._async_unlink(device_id)

    @callback
    def _async_unlink(self, device_id: str) -> Link | None:
        switchboard = self.switchboards.pop(device_id, None)
        if switchboard is None:
            return None
        switchboard.outlets.clear()
        return switchboard.link

    @callback
    def _async_wire(self) -> None:
        """Give every device its place on a switchboard: its own, or its gateway's."""
        for switchboard in self.switchboards.values():
            switchboard.outlets.clear()
        for device_id, coordinator in self.coordinators.items():
            _, data = self._applied[device_id]
            node: str | None = data.get(CONF_NODE_ID) if data.get(CONF_GATEWAY_ID) else None
            place = self.switchboards.get(data.get(CONF_GATEWAY_ID) or device_id)
            if place is not None:
                place.outlets[node] = coordinator
            coordinator.async_connect(NoChannel() if place is None else LanChannel(place, node))
        for switchboard in self.switchboards.values():
            switchboard.link.set_nodes(switchboard.nodes)

    @callback
    def _async_store(self, device_id: str, news: Mapping[str, Any]) -> None:
        """Remember something of a device that its link knows already."""
        subentry, data = self._applied[device_id]
        news = {**data, **news}
        self._applied[device_id] = (subentry, news)
        self._hass.config_entries.async_update_subentry(self._entry, subentry, data=news)

    # What the cloud knows.

    @callback
    def _async_learn(self) -> None:
        """Ask in the background what the devices are of which the cache does not say it."""
        if self._started and self.account is not None and (self._learning is None or self._learning.done()):
            self._learning = self._entry.async_create_background_task(
                self._hass, self._async_learn_all(self.account), "thing models"
            )

    async def _async_learn_all(self, account: Account) -> None:
        for pause in (*_PATIENCE, None):
            strangers = [
                device.record for device in self.coordinators.values() if device.record.id not in self._records
            ]
            if not strangers:
                return
            try:
                await account.async_learn(strangers, self._async_learned)
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
        for device in self.coordinators.values():
            device.async_set_ready()

    @callback
    def _async_learned(self, record: DeviceRecord) -> None:
        if (coordinator := self.coordinators.get(record.id)) is None:
            return
        coordinator.device_info = async_register(self._hass, self._entry, self._applied[record.id][0], record)
        coordinator.async_learn(record)
        self._records[record.id] = record
        self._async_save()

    async def _async_renew_keys(self) -> None:
        """Take the keys that the cloud has now; where a rejected one is still the same, it is up to the user."""
        keys: dict[str, str] = {}
        if self.account is not None:
            try:
                devices = await self.account.async_devices()
            except CloudError as error:
                _LOGGER.debug("The cloud does not say the local keys: %s", error)
                if isinstance(error, CloudAuthError):
                    self._entry.async_start_reauth(self._hass)
            else:
                keys = {device.id: device.local_key for device in devices.values()}
        rejected, self._rejected = self._rejected & self.switchboards.keys(), set()
        for device_id, switchboard in self.switchboards.items():
            subentry, data = self._applied[device_id]
            key = keys.get(device_id)
            if key and key != data[CONF_LOCAL_KEY]:
                self._async_store(device_id, {CONF_LOCAL_KEY: key})
                switchboard.link.update(endpoint_of({**data, CONF_LOCAL_KEY: key}, self.coordinators[device_id].record))
            elif device_id in rejected:
                async_report_key_rejected(self._hass, device_id, subentry.title, cloud=self.account is not None)

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


def _account(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Account | None:
    return Account(hass, entry.data) if entry.data.get(CONF_CLIENT_ID) else None
