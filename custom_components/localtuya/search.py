"""Looking for the devices of one entry that have no live link: by asking, and by going from address to address."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
import logging

from homeassistant.components.network import Adapter, async_get_adapters
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from .channel import Switchboard
from .const import CONF_ADDRESS_RANGES, DOMAIN, probe_addresses
from .lan.discovery import Announcement
from .lan.endpoint import Endpoint, LinkState, Timing
from .lan.sweep import MOST_ADDRESSES, addresses, sweep
from .neighbourhood import Leave, async_get_neighbourhood, interfaces

_LOGGER = logging.getLogger(__name__)

WIDEST = 22
"""Prefix of the widest network of an adapter that is swept whole: 1022 addresses."""
_AROUND = 24
"""Prefix of what is swept of a wider one: the 254 addresses around Home Assistant's own."""
_FOUND = frozenset({LinkState.LIVE, LinkState.ASLEEP, LinkState.STOPPED})
_PARALLEL = 32


class RangeError(ValueError):
    """What was typed is no range of addresses to look at; `key` is the translation key of the form's error."""

    def __init__(self, key: str, text: str) -> None:
        """Keep what is wrong, and with which range."""
        super().__init__(f"{key}: {text}")
        self.key = key
        self.text = text


@dataclass(slots=True)
class Tally:
    """What the rounds from address to address came to."""

    rounds: int = 0
    asked: int = 0
    """Addresses of the last round."""
    found: int = 0
    """Devices of all rounds."""


class Search:
    """One entry's search: `async_lost` and `async_found` tell it who is missing, it wakes the links with addresses."""

    first = 30.0
    """Seconds that a device has been missing before the first round from address to address."""
    pause = 3600.0
    """Seconds between two rounds, at least; doubles as long as the same devices are missing."""
    longest = 86_400.0
    timing = Timing(connect=2.0)
    """How long to wait at an address."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, switchboards: Mapping[str, Switchboard]) -> None:
        """Prepare; `switchboards` are the links that are looked after, by device id."""
        self.tally = Tally()
        self._hass = hass
        self._entry = entry
        self._switchboards = switchboards
        self._neighbourhood = async_get_neighbourhood(hass)
        self._lost: set[str] = set()
        self._pause = self.pause
        self._last_round = float("-inf")
        self._due = float("inf")
        self._cancel: CALLBACK_TYPE | None = None
        self._round: asyncio.Task[None] | None = None
        self._leave: Leave | None = None

    @property
    def occupied(self) -> set[str]:
        """The addresses where devices live that are connected: another connection could cost them this one."""
        return {
            host
            for switchboard in self._switchboards.values()
            if switchboard.state in _FOUND and (host := switchboard.link.host)
        }

    @property
    def missing(self) -> list[Switchboard]:
        """The links that are not live."""
        return [switchboard for switchboard in self._switchboards.values() if switchboard.state not in _FOUND]

    @property
    def facts(self) -> dict[str, object]:
        """What helps to understand from afar why a device is not found; no address."""
        return {
            "listening_on": self._neighbourhood.listening_on,
            "deaf_on": {str(port): reason for port, reason in self._neighbourhood.deaf_on.items()},
            "missing": len(self.missing),
            "address_ranges": len(self._entry.options.get(CONF_ADDRESS_RANGES, ())),
            "rounds": self.tally.rounds,
            "asked_in_last_round": self.tally.asked,
            "found": self.tally.found,
        }

    async def async_start(self) -> None:
        """Listen to announcements, and ask for them as long as a device is missing."""
        self._leave = await self._neighbourhood.async_join(self.async_heard, missing=self._last_addresses)
        for device_id in self._switchboards.keys() & self._neighbourhood.seen.keys():
            self.async_recall(device_id)

    async def async_stop(self) -> None:
        """Stop looking."""
        self._unschedule()
        if self._round is not None:
            self._round.cancel()
        if self._leave is not None:
            leave, self._leave = self._leave, None
            await leave()

    @callback
    def async_heard(self, announcement: Announcement) -> None:
        """Take an announcement: where it came from and what it says are both candidates, and no more than that.

        The sender can be the gateway of a container, the address inside a stale one.
        """
        if switchboard := self._switchboards.get(announcement.device_id):
            switchboard.link.wake(host=announcement.host, version=announcement.version)
            if (other := announcement.announced_host) not in {None, announcement.host} and _is_local(other):
                switchboard.link.wake(host=other, version=announcement.version)

    @callback
    def async_recall(self, device_id: str) -> None:
        """Tell the link of a device what was heard of it before."""
        if announcement := self._neighbourhood.seen.get(device_id):
            self.async_heard(announcement)

    @callback
    def async_lost(self, device_id: str) -> None:
        """Take that a device has no live link."""
        self._neighbourhood.async_look()
        if device_id not in self._lost:
            self._lost.add(device_id)
            self._pause = self.pause
            self._schedule_first()

    @callback
    def async_found(self, device_id: str) -> None:
        """Take that a device has a live link, or is none of ours any more."""
        self._lost.discard(device_id)

    @callback
    def async_begin_anew(self) -> None:
        """Look again soon: there are other addresses to look at."""
        self._last_round = float("-inf")
        self._pause = self.pause
        if self._lost:
            self._schedule_first()

    async def async_sweep(self) -> list[str]:
        """Go once to all addresses; return the ids of the missing devices that proved themselves at one."""
        async with self._neighbourhood.sweeping:
            strays = self._strays()
            hosts = await self._hosts() if strays else []
            self._last_round = self._hass.loop.time()
            found = await sweep(hosts, strays, timing=self.timing, parallel=_PARALLEL)
        self.tally.rounds += 1
        self.tally.asked = len(hosts)
        self.tally.found += len(found)
        _LOGGER.debug("%s of %s missing devices found at %s addresses", len(found), len(strays), len(hosts))
        for each in found:
            if switchboard := self._switchboards.get(each.device_id):
                switchboard.link.wake(host=each.host, version=each.version)
        return [each.device_id for each in found]

    def _last_addresses(self) -> list[str] | None:
        missing = self.missing
        return [host for each in missing if (host := each.link.host)] if missing else None

    def _strays(self) -> list[Endpoint]:
        """Return the devices that can be at another address: a sleeper would not answer, a pinned one stays put."""
        endpoints = [switchboard.link.endpoint for switchboard in self.missing]
        return [endpoint for endpoint in endpoints if not (endpoint.sleepy or endpoint.pinned)]

    async def _hosts(self) -> list[str]:
        """Return the addresses worth a look: nobody lives there of whom we know."""
        adapters = await async_get_adapters(self._hass) if probe_addresses() is None else []
        networks = [*self._entry.options.get(CONF_ADDRESS_RANGES, ()), *own_networks(adapters)]
        skipped = {str(interface.ip) for interface in interfaces(adapters)}
        for entry in self._hass.config_entries.async_loaded_entries(DOMAIN):
            search: Search = entry.runtime_data.search
            skipped |= search.occupied
        missing = {switchboard.device_id for switchboard in self.missing}
        skipped |= {each.host for each in self._neighbourhood.seen.values() if each.device_id not in missing}
        return [host for host in addresses(networks) if host not in skipped]

    def _schedule_first(self) -> None:
        self._schedule(max(self.first, self._last_round + self.pause - self._hass.loop.time()))

    def _schedule(self, delay: float) -> None:
        """Have a round in so many seconds, if there is none before."""
        due = self._hass.loop.time() + delay
        if self._cancel is None or due < self._due:
            self._unschedule()
            self._due = due
            self._cancel = async_call_later(self._hass, delay, self._go)

    def _unschedule(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    @callback
    def _go(self, _: object) -> None:
        self._cancel = None
        if self._lost and (self._round is None or self._round.done()):
            self._round = self._entry.async_create_background_task(self._hass, self._have_round(), "sweep")

    async def _have_round(self) -> None:
        await self.async_sweep()
        if self._lost:
            self._schedule(self._pause)
            self._pause = min(self._pause * 2, self.longest)


def own_networks(adapters: Iterable[Adapter]) -> list[str]:
    """Return the networks that Home Assistant is in; of one that is wide, what lies around its own address."""
    return [
        str(interface.network if interface.network.prefixlen >= WIDEST else _around(interface))
        for interface in interfaces(adapters)
        if not (interface.is_loopback or interface.is_link_local)
    ]


def check_ranges(typed: Iterable[str]) -> list[str]:
    """Return ranges of addresses as they are stored ("192.0.2.0/24"); raise RangeError for what cannot be swept."""
    networks: dict[IPv4Network, None] = {}
    for text in filter(None, map(str.strip, typed)):
        try:
            network = IPv4Network(text, strict=False)
        except ValueError:
            raise RangeError("range_invalid", text) from None
        if network.is_global or network.is_multicast or network.is_unspecified:
            raise RangeError("range_public", text)
        networks[network] = None
        if sum(each.num_addresses for each in networks) > MOST_ADDRESSES:
            raise RangeError("range_too_wide", text)
    return list(map(str, networks))


def _around(interface: IPv4Interface) -> IPv4Network:
    return IPv4Interface(f"{interface.ip}/{_AROUND}").network


def _is_local(text: str | None) -> bool:
    """Tell whether this is an address of a home: nobody in the network may send us elsewhere."""
    try:
        address = IPv4Address(text or "")
    except ValueError:
        return False
    return not (address.is_global or address.is_multicast or address.is_unspecified)
