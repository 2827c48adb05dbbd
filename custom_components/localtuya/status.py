"""How a device fares, beside what it does: two diagnostic sensors that every device has."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import override

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity
from homeassistant.const import EntityCategory
from homeassistant.core import callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from .coordinator import NO_GATEWAY, OFFLINE, DeviceCoordinator
from .lan.endpoint import LinkState
from .naming import unique_id

STATES = [*(state.value for state in LinkState), OFFLINE, NO_GATEWAY]
_MINUTE = timedelta(minutes=1)


def status_sensors(coordinator: DeviceCoordinator) -> Sequence[Entity]:
    """Return the sensors of one device."""
    return (ConnectionSensor(coordinator), LastSeenSensor(coordinator))


class _StatusSensor(SensorEntity):
    """Something about the way to a device; it is there even if the device is not."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, coordinator: DeviceCoordinator, key: str) -> None:
        self._coordinator = coordinator
        self._attr_unique_id = unique_id(coordinator.record.id, key)
        self._attr_device_info = coordinator.device_info

    @override
    async def async_added_to_hass(self) -> None:
        self.async_on_remove(self._coordinator.async_on_link(self._on_link))
        self._take()

    def _take(self) -> bool:
        """Take over the value; return whether it is new."""
        raise NotImplementedError

    @callback
    def _on_link(self) -> None:
        if self._take():
            self.async_write_ha_state()


class ConnectionSensor(_StatusSensor):
    """The state of the link, of its gateway's for a child."""

    _attr_translation_key = "link"  # a charger's datapoint is the connection
    _attr_device_class = SensorDeviceClass.ENUM
    _attr_options = STATES

    def __init__(self, coordinator: DeviceCoordinator) -> None:
        """Set what never changes."""
        super().__init__(coordinator, "connection")

    @override
    def _take(self) -> bool:
        before, self._attr_native_value = self._attr_native_value, self._coordinator.connection
        return before != self._attr_native_value


class LastSeenSensor(_StatusSensor):
    """When the device was heard: told once a minute while it is, at once when it comes back or goes."""

    _attr_translation_key = "last_seen"
    _attr_device_class = SensorDeviceClass.TIMESTAMP
    _attr_entity_registry_enabled_default = False

    def __init__(self, coordinator: DeviceCoordinator) -> None:
        """Set what never changes."""
        super().__init__(coordinator, "last_seen")

    @override
    async def async_added_to_hass(self) -> None:
        """Look every minute."""
        await super().async_added_to_hass()

        @callback
        def look(_: datetime) -> None:
            self._on_link()

        self.async_on_remove(async_track_time_interval(self.hass, look, _MINUTE))

    @override
    def _take(self) -> bool:
        before, seen = self._attr_native_value, self._coordinator.last_seen
        self._attr_native_value = None if seen is None else dt_util.utc_from_timestamp(int(seen))
        return before != self._attr_native_value
