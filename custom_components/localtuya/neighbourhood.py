"""Who announces itself on the local network: one listener for all entries and flows of this Home Assistant."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from ipaddress import IPv4Interface
import logging
import random
from typing import Any

from homeassistant.components.network import Adapter, async_get_adapters, async_get_ipv4_broadcast_addresses
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN, discovery_bind, discovery_ports, probe_addresses, probe_port
from .lan.discovery import Announcement, Discovery

_LOGGER = logging.getLogger(__name__)

type AnnouncementListener = Callable[[Announcement], None]
type Missing = Callable[[], Iterable[str] | None]
"""Tells where missing devices were last, as far as that is known; None if no device is missing."""
type Leave = Callable[[], Coroutine[Any, Any, None]]

_MOST_SEEN = 2000
_MOST_ASKED = 64
"""Single addresses that are asked in one go."""


class Neighbourhood:
    """Listens as long as anybody is interested, asks as long as anybody misses a device; remembers who was heard."""

    pause = 6.0
    """Seconds between two questions to the devices that are missing."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare; `async_join` starts the listener."""
        self.seen: dict[str, Announcement] = {}
        self.sweeping = asyncio.Lock()
        """Held by whoever goes from address to address, so that there is one round at a time."""
        self._hass = hass
        self._members: list[tuple[AnnouncementListener, Missing]] = []
        self._discovery: Discovery | None = None
        self._asking: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._warned: set[int] = set()

    @property
    def deaf_on(self) -> dict[int, str]:
        """The UDP ports that could not be bound, and why: announcements that come there are not heard."""
        return dict(self._discovery.failed) if self._discovery is not None else {}

    @property
    def listening_on(self) -> list[int]:
        """The UDP ports that are bound."""
        return list(self._discovery.bound) if self._discovery is not None else []

    async def async_join(
        self, listener: AnnouncementListener = lambda _: None, *, missing: Missing = lambda: ()
    ) -> Leave:
        """Call the listener with each announcement from now on, or just remember them; return what ends that.

        All devices are asked for as long as `missing` does not say that none is.
        """
        member = (listener, missing)
        self._members.append(member)
        async with self._turn:
            if self._discovery is None:
                self._discovery = await self._start()
        self.async_look()

        async def leave() -> None:
            if member not in self._members:
                return
            self._members.remove(member)
            async with self._turn:
                if not self._members and (discovery := self._discovery):
                    self._discovery = None
                    if self._asking is not None:
                        self._asking.cancel()
                        self._asking = None
                    await discovery.stop()

        return leave

    @callback
    def async_look(self) -> None:
        """Ask the missing devices to announce themselves: now, and every few seconds until none is missing."""
        if self._discovery is not None and (self._asking is None or self._asking.done()):
            self._asking = self._hass.async_create_background_task(self._ask_for_the_missing(), "missing devices")

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
        for listener, _ in list(self._members):
            listener(announcement)

    async def _ask_for_the_missing(self) -> None:
        while (last_seen := self._last_seen()) is not None and self._discovery is not None:
            single = random.sample(last_seen, min(len(last_seen), _MOST_ASKED))
            self._discovery.probe((*await self._everywhere(), *single), port=probe_port())
            await asyncio.sleep(self.pause)

    def _last_seen(self) -> list[str] | None:
        """Return where missing devices were last; None if nobody misses one."""
        answers = [answer for _, missing in self._members if (answer := missing()) is not None]
        return list({address: None for answer in answers for address in answer}) if answers else None

    async def _everywhere(self) -> tuple[str, ...]:
        if (addresses := probe_addresses()) is not None:
            return addresses
        whole = map(str, await async_get_ipv4_broadcast_addresses(self._hass))
        return tuple(dict.fromkeys((*whole, *broadcasts(await async_get_adapters(self._hass)))))

    async def _start(self) -> Discovery:
        discovery = Discovery(self._heard, ports=discovery_ports(), bind=discovery_bind())
        await discovery.start()
        for port, reason in discovery.failed.items():
            if port not in self._warned:
                self._warned.add(port)
                _LOGGER.warning("Announcements on UDP port %s are not heard: %s", port, reason)
        return discovery


def broadcasts(adapters: Iterable[Adapter]) -> list[str]:
    """Return the broadcast addresses of the networks that Home Assistant uses."""
    return [str(interface.network.broadcast_address) for interface in interfaces(adapters)]


def interfaces(adapters: Iterable[Adapter]) -> list[IPv4Interface]:
    """Return the IPv4 addresses, with their networks, of the adapters that Home Assistant uses."""
    return [
        IPv4Interface(f"{address['address']}/{address['network_prefix']}")
        for adapter in adapters
        if adapter["enabled"]
        for address in adapter["ipv4"]
    ]


_NEIGHBOURHOOD: HassKey[Neighbourhood] = HassKey(f"{DOMAIN}_neighbourhood")


@callback
def async_get_neighbourhood(hass: HomeAssistant) -> Neighbourhood:
    """Return the neighbourhood of this Home Assistant."""
    return hass.data.setdefault(_NEIGHBOURHOOD, Neighbourhood(hass))
