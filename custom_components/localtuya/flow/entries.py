"""What the entries have that are there already: devices, accounts, titles."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, count
from typing import NamedTuple

from homeassistant.config_entries import ConfigEntry, ConfigEntryState, ConfigSubentry
from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID
from homeassistant.core import HomeAssistant

from ..channel import Switchboard
from ..const import CONF_CATEGORY, DOMAIN, SUBENTRY_DEVICE
from ..devices import GATEWAYS, is_child
from .findings import Gateway


class SetUp(NamedTuple):
    """A device that is set up, be its entry loaded or not."""

    entry: ConfigEntry
    device: ConfigSubentry

    @property
    def gateway(self) -> Gateway:
        """Return it as one that children can be behind."""
        boards: Mapping[str, Switchboard] = {}
        if self.entry.state is ConfigEntryState.LOADED:
            boards = self.entry.runtime_data.switchboards
        board = boards.get(self.device.data[CONF_DEVICE_ID])
        return Gateway(
            self.device.title,
            certain=self.device.data.get(CONF_CATEGORY) in GATEWAYS,
            up=board is not None and board.up,
        )


def inventory(hass: HomeAssistant) -> dict[str, SetUp]:
    """Return all devices that are set up by id, in any entry."""
    return {
        device.data[CONF_DEVICE_ID]: SetUp(entry, device)
        for entry in hass.config_entries.async_entries(DOMAIN)
        for device in entry.get_subentries_of_type(SUBENTRY_DEVICE)
    }


def without_account(hass: HomeAssistant) -> dict[str, ConfigEntry]:
    """Return the devices by id that are at work without an account, each with its entry."""
    return {
        device_id: each.entry
        for device_id, each in inventory(hass).items()
        if CONF_CLIENT_ID not in each.entry.data and each.entry.state is ConfigEntryState.LOADED
    }


def gateways_of(known: Mapping[str, SetUp]) -> dict[str, Gateway]:
    """Return those of the devices that are set up by id that children can be behind."""
    return {device_id: each.gateway for device_id, each in known.items() if not is_child(each.device.data)}


def tally(known: Iterable[SetUp]) -> list[tuple[str, int]]:
    """Return the titles of the entries that these devices are in, and how many each has; the most first."""
    return Counter(each.entry.title for each in known).most_common()


def titles_of(hass: HomeAssistant, accounts: Iterable[str]) -> dict[str, str]:
    """Return the titles of the entries of those accounts, given by user id, that have one and have not left it."""
    ids = set(accounts)
    entries = hass.config_entries.async_entries(DOMAIN, include_ignore=False)
    with_account = (entry for entry in entries if CONF_CLIENT_ID in entry.data)
    return {entry.unique_id: entry.title for entry in with_account if entry.unique_id in ids}


def is_usual(title: str, usual: str) -> bool:
    """Return whether a title is the usual one, with a number at most: its owner gave it none."""
    return title.removeprefix(usual).strip().isdecimal() if title.startswith(f"{usual} ") else title == usual


def free_title(hass: HomeAssistant, title: str) -> str:
    """Return a title that no entry has: a second account in the same data center gets a number."""
    taken = {entry.title for entry in hass.config_entries.async_entries(DOMAIN)}
    candidates = chain([title], (f"{title} {number}" for number in count(2)))
    return next(each for each in candidates if each not in taken)
