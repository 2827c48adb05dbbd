"""The list of an account's devices that are not set up yet, and what the user ticks in it."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from homeassistant.config_entries import ConfigEntry, ConfigSubentry, ConfigSubentryData
from homeassistant.core import HomeAssistant, callback
import voluptuous as vol

from ..cloud.roll import Roll
from ..const import CONF_DEVICES, GUIDE
from ..neighbourhood import async_get_neighbourhood
from ..texts import async_texts
from . import schemas
from .entries import gateways_of, inventory, tally, without_account
from .findings import Devices, Finding, Found, find, name_of, on_network, subentry_of, with_gateways

type Texts = Mapping[str, str]


class Form(NamedTuple):
    """What a flow shows."""

    data_schema: vol.Schema
    errors: dict[str, str]
    description_placeholders: dict[str, str]


class Choice:
    """The devices of an account, of which those that are set up with one are not offered again; the others may move."""

    def __init__(self, hass: HomeAssistant, devices: Devices) -> None:
        """Take all devices of the account."""
        self._hass = hass
        self.devices = devices
        self._inventory = inventory(hass)
        self._elsewhere = self._movable()
        self._known = self._inventory.keys() - self._elsewhere

    @property
    def empty(self) -> bool:
        """Whether there is nothing to choose."""
        return self.devices.keys() <= self._known

    @property
    def expected(self) -> set[str]:
        """The ids of the offered devices that should announce themselves on the network."""
        return on_network(self.devices) - self._inventory.keys()

    @property
    def entries(self) -> str:
        """The titles of the entries where devices of the account are set up."""
        return ", ".join(title for title, _ in self._tally)

    def found(self) -> list[Found]:
        """Return how the offered devices stand at present."""
        seen = async_get_neighbourhood(self._hass).seen
        found = find(self.devices, seen, gateways_of(self._inventory))
        return [
            replace(item, finding=Finding.WITHOUT_CLOUD) if item.device.id in self._elsewhere else item
            for item in found
            if item.device.id not in self._known
        ]

    def mistake(self, chosen: list[str]) -> dict[str, str]:
        """Return the error, and id and name of the device that it is about; nothing if the choice is fine."""
        if not chosen:
            return {"error": "nothing_chosen", "id": "", "name": ""}
        hopeless = ((item.finding, item.device) for item in self.found() if item.hopeless and item.device.id in chosen)
        return next(({"error": str(why), "id": device.id, "name": name_of(device)} for why, device in hopeless), {})

    async def async_form(self, user_input: dict[str, Any] | None) -> Form:
        """Return the list, with those ticked that can be reached, or with what was chosen and is wrong with it."""
        found = self.found()
        reachable = [item.device.id for item in found if item.reachable]
        chosen = reachable if user_input is None else user_input[CONF_DEVICES]
        mistake = {} if user_input is None else self.mistake(chosen)
        texts = await async_texts(self._hass)
        options = [(item.device.id, texts[item.finding].format(**item.placeholders)) for item in found]
        ticked = [device_id for device_id in chosen if device_id != mistake.get("id")]
        return Form(
            schemas.devices(options, ticked),
            {CONF_DEVICES: mistake["error"]} if mistake else {},
            {
                "count": str(len(found)),
                "reachable": str(len(reachable)),
                "name": mistake.get("name", ""),
                "set_up": self._set_up(texts),
                "guide": GUIDE,
                "incomplete": self._gaps(texts),
            },
        )

    def subentries(self, chosen: list[str]) -> list[ConfigSubentryData]:
        """Return the subentries of the chosen devices, each gateway that they need before them."""
        seen = async_get_neighbourhood(self._hass).seen
        devices = with_gateways(chosen, self.devices)
        return [subentry_of(device, seen.get(device.id)) for device in devices if device.id not in self._inventory]

    def movers(self, chosen: list[str]) -> set[str]:
        """Return those of the chosen devices, and of the gateways that they need, that are set up without account."""
        return {device.id for device in with_gateways(chosen, self.devices)} & self._elsewhere

    @callback
    def async_add(self, entry: ConfigEntry, chosen: list[str]) -> int:
        """Add the chosen devices to an entry, and the gateways that they need; return how many these are."""
        devices = self.subentries(chosen)
        for device in devices:
            self._hass.config_entries.async_add_subentry(entry, made(device))
        return len(devices)

    def _movable(self) -> set[str]:
        """Return the devices that are set up, and may move to where these are added."""
        return set(without_account(self._hass))

    @property
    def _tally(self) -> list[tuple[str, int]]:
        return tally(self._inventory[device_id] for device_id in self.devices.keys() & self._known)

    def _set_up(self, texts: Texts) -> str:
        """Say how many devices of the account are set up already, and where; nothing if none is."""
        places = ", ".join(f"{title} ({count})" for title, count in self._tally)
        return texts["set_up_already"].format(places=places) if places else ""

    def _gaps(self, texts: Texts) -> str:
        """Say that the cloud left questions about the devices open; nothing if it did not."""
        incomplete = isinstance(self.devices, Roll) and not self.devices.complete
        return texts["incomplete"] if incomplete else ""


def made(device: ConfigSubentryData) -> ConfigSubentry:
    """Return the subentry of a device."""
    return ConfigSubentry(
        data=MappingProxyType(dict(device["data"])),
        subentry_type=device["subentry_type"],
        title=device["title"],
        unique_id=device["unique_id"],
    )


def set_up(hass: HomeAssistant) -> set[str]:
    """Return the ids of all devices that are set up, in any entry."""
    return set(inventory(hass))
