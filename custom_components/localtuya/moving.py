"""Devices go from one entry to another with all that is theirs: link, entities, names, areas, history."""

import asyncio
from collections.abc import Collection, Container, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID, CONF_HOST, CONF_NAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity_platform import async_get_platforms

from .cloud.errors import CloudError
from .cloud.ledger import Cause
from .cloud.roll import Roll
from .const import (
    CONF_BROUGHT,
    CONF_CATEGORY,
    CONF_GATEWAY_ID,
    CONF_NODE_ID,
    CONF_PRODUCT_ID,
    CONF_PRODUCT_NAME,
    DOMAIN,
)
from .coordinator import DeviceCoordinator
from .devices import identifier, is_child, parents_first
from .flow.entries import without_account
from .flow.findings import Devices, subentry_of
from .hub import LocalTuyaConfigEntry

_PATIENCE = 10.0
"""Seconds that an account may take to say whether it has a device."""
_OF_ALL = (CONF_NAME, CONF_PRODUCT_ID, CONF_PRODUCT_NAME, CONF_CATEGORY)
_OF_A_CHILD = (CONF_GATEWAY_ID, CONF_NODE_ID)
"""What an account knows of devices; a device that was reached by itself is nobody's child, whatever the cloud says."""


def known_as(data: Mapping[str, Any], listed: Devices) -> dict[str, Any]:
    """Return the data of a device with what the account knows of it; one that it has not was brought by the user."""
    if (device := listed.get(data[CONF_DEVICE_ID])) is None:
        return dict(data) if isinstance(listed, Roll) and not listed.complete else {**data, CONF_BROUGHT: True}
    fields = (*_OF_ALL, *_OF_A_CHILD) if is_child(data) or not data.get(CONF_HOST) else _OF_ALL
    told = subentry_of(device, None)["data"]
    kept = {key: value for key, value in data.items() if key != CONF_BROUGHT}
    return kept | {field: told[field] for field in fields if field in told}


async def async_holder(hass: HomeAssistant, device_id: str) -> tuple[LocalTuyaConfigEntry, Devices] | None:
    """Return the account that has a device which is set up in another entry, with its devices; one call to each."""
    entries: list[LocalTuyaConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    for entry in entries:
        account = entry.runtime_data.account
        if account is None or any(device.unique_id == device_id for device in entry.subentries.values()):
            continue
        with suppress(CloudError, TimeoutError), entry.runtime_data.standing.calling(account, Cause.SET_UP):
            async with asyncio.timeout(_PATIENCE):
                roll = await account.async_roll()
            if device_id in roll:
                return entry, roll
    return None


async def async_move(
    hass: HomeAssistant,
    source: LocalTuyaConfigEntry,
    target: LocalTuyaConfigEntry,
    *,
    wanted: Container[str],
    listed: Devices,
) -> int:
    """Move devices between entries that run, a gateway with its children; return how many went.

    `listed` is what the account of the target has. An entry without account that has nothing left is removed.
    """
    moved = 0
    for family in _families(source, wanted):
        if any(_stays(device, source, target) for device in family):
            continue
        await _async_move_family(hass, source, target, family, listed)
        moved += len(family)
    target.runtime_data.keys.async_take(listed)
    if not source.subentries and CONF_CLIENT_ID not in source.data:
        await hass.config_entries.async_remove(source.entry_id)
    return moved


async def async_bring(
    hass: HomeAssistant, target: LocalTuyaConfigEntry, *, wanted: Container[str], listed: Devices
) -> int:
    """Move those of the wanted devices to their account that are at work without one; return how many came."""
    sources = {entry.entry_id: entry for device_id, entry in without_account(hass).items() if device_id in wanted}
    if target.state is not ConfigEntryState.LOADED:
        return 0
    return sum([await async_move(hass, source, target, wanted=wanted, listed=listed) for source in sources.values()])


def _families(entry: LocalTuyaConfigEntry, wanted: Container[str]) -> Iterator[list[ConfigSubentry]]:
    """Yield the wanted devices, each together with those that it cannot be without, gateways first."""
    devices = {device.data[CONF_DEVICE_ID]: device for device in parents_first(entry)}
    families: dict[str, list[ConfigSubentry]] = {}
    for device_id, device in devices.items():
        gateway_id: str = device.data.get(CONF_GATEWAY_ID, "")
        families.setdefault(gateway_id if gateway_id in devices else device_id, []).append(device)
    for family in families.values():
        if any(device.data[CONF_DEVICE_ID] in wanted for device in family):
            yield family


def _stays(device: ConfigSubentry, source: LocalTuyaConfigEntry, target: LocalTuyaConfigEntry) -> bool:
    """Return whether a device was deleted meanwhile, or is set up in both entries."""
    there = {other.data[CONF_DEVICE_ID] for other in target.subentries.values()}
    return device.subentry_id not in source.subentries or device.data[CONF_DEVICE_ID] in there


async def _async_move_family(
    hass: HomeAssistant,
    source: LocalTuyaConfigEntry,
    target: LocalTuyaConfigEntry,
    family: list[ConfigSubentry],
    listed: Devices,
) -> None:
    """Move devices; between the last entity here and the first one there nothing is waited for."""
    guests: list[DeviceCoordinator] = []
    await _async_take_down(hass, source, {device.subentry_id for device in family})
    for device in family:
        device_id: str = device.data[CONF_DEVICE_ID]
        mover = source.runtime_data.async_release(device_id)
        moved = ConfigSubentry(
            data=MappingProxyType(known_as(device.data, listed)),
            subentry_id=device.subentry_id,
            subentry_type=device.subentry_type,
            title=device.title,
            unique_id=device.unique_id,
        )
        target.runtime_data.async_receive(moved, mover)
        hass.config_entries.async_add_subentry(target, moved)
        _async_rehouse(hass, source, target, moved)
        hass.config_entries.async_remove_subentry(source, device.subentry_id)
        guests.append(mover[0])
    await target.runtime_data.async_update(guests)


async def _async_take_down(hass: HomeAssistant, entry: LocalTuyaConfigEntry, subentry_ids: Collection[str]) -> None:
    """Take entities down; what is registered of them stays."""
    for platform in async_get_platforms(hass, DOMAIN):
        if platform.config_entry is not entry:
            continue
        for entity_id, entity in list(platform.entities.items()):
            if entity.registry_entry and entity.registry_entry.config_subentry_id in subentry_ids:
                await platform.async_remove_entity(entity_id)


@callback
def _async_rehouse(
    hass: HomeAssistant, source: LocalTuyaConfigEntry, target: LocalTuyaConfigEntry, device: ConfigSubentry
) -> None:
    """Hand the registered entities over, and only then the device: it takes none along by itself."""
    entities, devices = er.async_get(hass), dr.async_get(hass)
    registered = devices.async_get_device_by_identifier(identifier(str(device.unique_id)), source.entry_id)
    if registered is None:
        return
    for entity in er.async_entries_for_device(entities, registered.id, include_disabled_entities=True):
        if entity.config_entry_id == source.entry_id:
            entities.async_update_entity(
                entity.entity_id, config_entry_id=target.entry_id, config_subentry_id=device.subentry_id
            )
    devices.async_update_device(
        registered.id, new_config_entry_id=target.entry_id, new_config_subentry_id=device.subentry_id
    )
