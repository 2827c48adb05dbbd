"""What a device's owner would miss, were it lost: compared before and after its entry changes."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_ENTITY_ID, STATE_OFF, STATE_ON
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event

from custom_components.localtuya.const import DOMAIN
from custom_components.localtuya.devices import device_id_of

_OF_A_DEVICE = ("id", "name", "name_by_user", "area_id", "disabled_by", "identifiers", "via_device_id")
_OF_AN_ENTITY = (
    *("id", "unique_id", "name", "area_id", "aliases", "labels"),
    *("device_id", "disabled_by", "hidden_by", "options", "icon"),
)


def belongings(hass: HomeAssistant, *entries: ConfigEntry) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what the registries hold of these entries: devices by their Tuya id, entities by their entity id."""
    devices, entities = dr.async_get(hass), er.async_get(hass)
    return (
        {
            str(device_id_of(device)): {name: getattr(device, name) for name in _OF_A_DEVICE}
            for entry in entries
            for device in dr.async_entries_for_config_entry(devices, entry.entry_id)
        },
        {
            entity.entity_id: {name: getattr(entity, name) for name in _OF_AN_ENTITY}
            for entry in entries
            for entity in er.async_entries_for_config_entry(entities, entry.entry_id)
        },
    )


def make_one_s_own(hass: HomeAssistant, entry: ConfigEntry, device_id: str) -> None:
    """Give a device another name and an area, rename its switch and disable all else, as an owner does."""
    devices, entities = dr.async_get(hass), er.async_get(hass)
    area = ar.async_get(hass).async_get_or_create("Pantry")
    (device,) = (
        each for each in dr.async_entries_for_config_entry(devices, entry.entry_id) if device_id_of(each) == device_id
    )
    devices.async_update_device(device.id, name_by_user="Coffee", area_id=area.id)
    own = entity_of(hass, "switch", device_id)
    entities.async_update_entity(own, name="Machine", new_entity_id="switch.espresso")
    for entity in er.async_entries_for_device(entities, device.id):
        if entity.entity_id != "switch.espresso":
            entities.async_update_entity(entity.entity_id, disabled_by=er.RegistryEntryDisabler.USER)


def entity_of(hass: HomeAssistant, platform: str, device_id: str, key: str = "1") -> str:
    """Return the entity of a datapoint."""
    entity_id = er.async_get(hass).async_get_entity_id(platform, DOMAIN, f"local_{device_id}_{key}")
    assert entity_id, f"{device_id} has no {platform} {key}"
    return entity_id


def state_of(hass: HomeAssistant, platform: str, device_id: str, key: str = "1") -> str:
    """Return the state of a datapoint's entity."""
    state = hass.states.get(entity_of(hass, platform, device_id, key))
    assert state, f"{device_id} has no state"
    return state.state


async def switch(hass: HomeAssistant, device_id: str, *, on: bool, platform: str = "switch", key: str = "1") -> None:
    """Switch a device as a user does, and see that it is."""
    target = {ATTR_ENTITY_ID: entity_of(hass, platform, device_id, key)}
    await hass.services.async_call(platform, f"turn_{STATE_ON if on else STATE_OFF}", target=target, blocking=True)
    assert state_of(hass, platform, device_id, key) == (STATE_ON if on else STATE_OFF)


def history(hass: HomeAssistant, *entity_ids: str) -> list[str]:
    """Return a list to which every state of these entities is added from now on, "removed" where there is none."""
    states: list[str] = []

    @callback
    def keep(event: Event[EventStateChangedData]) -> None:
        new = event.data["new_state"]
        states.append("removed" if new is None else new.state)

    async_track_state_change_event(hass, entity_ids, keep)
    return states
