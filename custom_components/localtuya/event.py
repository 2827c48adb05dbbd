"""Events: buttons, doorbells, motion, messages."""

from typing import override

from homeassistant.components.event import EventDeviceClass, EventEntity
from homeassistant.core import callback

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import MAIN, Feature

PARALLEL_UPDATES = 0  # nothing is ever sent


class LocalTuyaEvent(LocalTuyaEntity, EventEntity):
    """Something that happens; the state of the datapoint never counts, only that it is said again."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._attr_event_types = self.words()
        if device_class := feature.look.device_class:
            self._attr_device_class = EventDeviceClass(device_class)

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the device."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.async_on_moment(self.points[MAIN].dp, self._happen))

    @callback
    def _happen(self, raw: object) -> None:
        if (moment := self.points[MAIN].decode(raw)) is not None:
            self._trigger_event(moment.kind, dict(moment.details))
            self.async_write_ha_state()


async_setup_entry = platform_setup("event", LocalTuyaEvent)
