"""Devices that nobody knows are heard on the network: the account is looked at, so that new ones are shown at once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
import logging

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .cloud.rows import CloudDevice
from .const import CONF_NODE_ID, DOMAIN, SUBENTRY_DEVICE
from .flow.choosing import set_up
from .lan.discovery import Announcement
from .neighbourhood import Leave, async_get_neighbourhood

_LOGGER = logging.getLogger(__name__)

type Look = Callable[[], Awaitable[Mapping[str, CloudDevice]]]
"""Looks at the account; returns its devices by id, none if it was not shown."""

_MOST_REMEMBERED = 2000


class Newcomers:
    """Has the account looked at soon after a device was heard for the first time; what was there before is no news."""

    quiet = 120.0
    """Seconds after a start in which all that is heard was there before: neighbours' devices, those not wanted."""
    waits: tuple[float, ...] = (20.0, 180.0)
    """Seconds after which the account is looked at: it may know a device only some time after the network does."""
    pause = 600.0
    """Seconds until the next device is looked for; doubles with each that is not the account's."""
    longest = 86_400.0

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, look: Look) -> None:
        """Prepare; nothing is listened to yet."""
        self._hass = hass
        self._entry = entry
        self._look = look
        self._heard: set[str] = set()
        self._new: set[str] = set()
        self._looking: asyncio.Task[None] | None = None
        self._leave: Leave | None = None
        self._quiet_until = 0.0
        self._pause = self.pause

    async def async_start(self) -> None:
        """Begin to listen."""
        self._quiet_until = self._hass.loop.time() + self.quiet
        neighbourhood = async_get_neighbourhood(self._hass)
        self._heard.update(neighbourhood.seen)
        self._leave = await neighbourhood.async_join(self._async_announced, missing=lambda: None)

    async def async_stop(self) -> None:
        """Listen no more."""
        if self._looking is not None:
            self._looking.cancel()
        if self._leave is not None:
            leave, self._leave = self._leave, None
            await leave()

    @callback
    def async_forget(self) -> None:
        """Look for nobody any more of those that were heard: the account is another one, or none."""
        self._new.clear()
        if self._looking is not None:
            self._looking.cancel()

    @callback
    def async_heard(self, names: Iterable[str]) -> None:
        """Take ids of devices, or how gateways call their children."""
        fresh = set(names) - self._heard
        if not fresh or len(self._heard) > _MOST_REMEMBERED:
            return
        self._heard |= fresh
        fresh -= set_up(self._hass) | _nodes(self._hass)
        if fresh and self._hass.loop.time() >= self._quiet_until:
            self._new |= fresh
            if self._looking is None or self._looking.done():
                self._looking = self._entry.async_create_background_task(self._hass, self._async_greet(), "newcomers")

    @callback
    def _async_announced(self, announcement: Announcement) -> None:
        if announcement.device_id not in self._heard:
            self.async_heard((announcement.device_id,))

    async def _async_greet(self) -> None:
        """Look at the account for those that were heard; rest after a look in vain."""
        while self._new:
            if await self._async_find():
                self._pause = self.pause
            else:
                _LOGGER.debug("Devices were heard that are not in the account")
                await asyncio.sleep(self._pause)
                self._pause = min(self._pause * 2, self.longest)

    async def _async_find(self) -> bool:
        """Return whether one of those that were heard turned out to be the account's."""
        wanted, found = set(self._new), False
        for wait in self.waits:
            await asyncio.sleep(wait)
            roll = await self._look()
            names = roll.keys() | {device.node_id for device in roll.values()}
            found = found or not wanted.isdisjoint(names)
            wanted |= self._new
            wanted -= names
            if not wanted:
                break
        self._new.clear()
        return found


def _nodes(hass: HomeAssistant) -> set[str]:
    """Return what the gateways call the children that are set up, in any entry."""
    return {
        device.data.get(CONF_NODE_ID, "")
        for entry in hass.config_entries.async_entries(DOMAIN)
        for device in entry.get_subentries_of_type(SUBENTRY_DEVICE)
    }
