"""Who announces itself on the local network: one listener for all entries and flows of this Home Assistant."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
import logging
from typing import Any

from homeassistant.components.network import async_get_ipv4_broadcast_addresses
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN, discovery_bind, discovery_ports, probe_addresses
from .lan.discovery import Announcement, Discovery

_LOGGER = logging.getLogger(__name__)

type AnnouncementListener = Callable[[Announcement], None]
type Leave = Callable[[], Coroutine[Any, Any, None]]

_MOST_SEEN = 2000


class Neighbourhood:
    """Listens as long as anybody is interested; remembers who was heard."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare; `async_join` starts the listener."""
        self.seen: dict[str, Announcement] = {}
        self._hass = hass
        self._listeners: list[AnnouncementListener] = []
        self._discovery: Discovery | None = None
        self._turn = asyncio.Lock()

    async def async_join(self, listener: AnnouncementListener) -> Leave:
        """Call the listener with each announcement from now on; return what ends that."""
        self._listeners.append(listener)
        async with self._turn:
            if self._discovery is None:
                self._discovery = await self._start()
        await self.async_ask()

        async def leave() -> None:
            if listener not in self._listeners:
                return
            self._listeners.remove(listener)
            async with self._turn:
                if not self._listeners and (discovery := self._discovery):
                    self._discovery = None
                    await discovery.stop()

        return leave

    async def async_ask(self) -> None:
        """Ask the devices that answer questions to announce themselves now."""
        addresses: Iterable[str] | None = probe_addresses()
        if addresses is None:
            addresses = map(str, await async_get_ipv4_broadcast_addresses(self._hass))
        if self._discovery is not None:
            self._discovery.probe(tuple(addresses))

    async def async_wait_for(self, device_ids: Iterable[str], seconds: float) -> bool:
        """Return whether all of these were heard, after at most so many seconds; the listener must run."""
        missing = set(device_ids) - self.seen.keys()
        complete = asyncio.Event()

        @callback
        def heard(announcement: Announcement) -> None:
            missing.discard(announcement.device_id)
            if not missing:
                complete.set()

        if not missing:
            return True
        leave = await self.async_join(heard)
        try:
            async with asyncio.timeout(seconds):
                await complete.wait()
        except TimeoutError:
            return False
        finally:
            await leave()
        return True

    @callback
    def _heard(self, announcement: Announcement) -> None:
        self.seen.pop(announcement.device_id, None)
        self.seen[announcement.device_id] = announcement
        if len(self.seen) > _MOST_SEEN:
            del self.seen[next(iter(self.seen))]
        for listener in list(self._listeners):
            listener(announcement)

    async def _start(self) -> Discovery:
        discovery = Discovery(self._heard, ports=discovery_ports(), bind=discovery_bind())
        await discovery.start()
        for port, reason in discovery.failed.items():
            _LOGGER.warning("Announcements on UDP port %s are not heard: %s", port, reason)
        return discovery


_NEIGHBOURHOOD: HassKey[Neighbourhood] = HassKey(f"{DOMAIN}_neighbourhood")


@callback
def async_get_neighbourhood(hass: HomeAssistant) -> Neighbourhood:
    """Return the neighbourhood of this Home Assistant."""
    return hass.data.setdefault(_NEIGHBOURHOOD, Neighbourhood(hass))
