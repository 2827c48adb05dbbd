"""Binary sensors: one boolean, or one word or bit that means yes."""

from typing import override

from homeassistant.components.binary_sensor import BinarySensorDeviceClass, BinarySensorEntity

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # nothing is polled


class LocalTuyaBinarySensor(LocalTuyaEntity, BinarySensorEntity):
    """Something that is so or is not."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        if device_class := feature.look.device_class:
            self._attr_device_class = BinarySensorDeviceClass(device_class)

    @override
    def refresh(self) -> None:
        """Take over whether it is so."""
        self._attr_is_on = self.read()


async_setup_entry = platform_setup("binary_sensor", LocalTuyaBinarySensor)
