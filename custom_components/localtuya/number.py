"""Numbers: one adjustable value with its limits."""

from typing import override

from homeassistant.components.number import NumberDeviceClass, NumberEntity

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import MAIN, Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other


class LocalTuyaNumber(LocalTuyaEntity, NumberEntity):
    """Something that is set to a number."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        point = self.points[MAIN]
        self._attr_native_unit_of_measurement = feature.look.unit or point.unit or None
        if point.minimum is not None:
            self._attr_native_min_value = point.minimum
        if point.maximum is not None:
            self._attr_native_max_value = point.maximum
        if point.step is not None:
            self._attr_native_step = point.step
        if device_class := feature.look.device_class:
            self._attr_device_class = NumberDeviceClass(device_class)

    @override
    def refresh(self) -> None:
        """Take over the value."""
        self._attr_native_value = self.read()

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Set the value."""
        await self.send(main=value)


async_setup_entry = platform_setup("number", LocalTuyaNumber)
