"""Sensors: a number with a unit, a word of a list, or a short text."""

from typing import override

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity, SensorStateClass

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import MAIN, Feature
from .status import status_sensors

PARALLEL_UPDATES = 0  # nothing is polled


class LocalTuyaSensor(LocalTuyaEntity, SensorEntity):
    """Something that is measured, counted or named."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        look = feature.look
        if options := self.words():
            self._attr_device_class = SensorDeviceClass.ENUM
            self._attr_options = options
            return
        self._attr_native_unit_of_measurement = look.unit or self.points[MAIN].unit or None
        self._attr_suggested_display_precision = look.precision
        if look.device_class:
            self._attr_device_class = SensorDeviceClass(look.device_class)
        if look.state_class:
            self._attr_state_class = SensorStateClass(look.state_class)

    @override
    def refresh(self) -> None:
        """Take over the value."""
        self._attr_native_value = self.read()


async_setup_entry = platform_setup("sensor", LocalTuyaSensor, beside=status_sensors)
