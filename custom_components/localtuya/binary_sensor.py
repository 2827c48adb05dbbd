"""Binary sensors: one boolean, or one word or bit that means yes; a problem tells which faults there are."""

from typing import override

from homeassistant.components.binary_sensor import BinarySensorDeviceClass, BinarySensorEntity

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.convert.bits import active
from .model.datapoint import Bitmap, Enum, Int
from .model.language import readable
from .model.spec import MAIN, Feature

PARALLEL_UPDATES = 0  # nothing is polled

ATTR_FAULTS = "faults"


class LocalTuyaBinarySensor(LocalTuyaEntity, BinarySensorEntity):
    """Something that is so or is not."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        if device_class := feature.look.device_class:
            self._attr_device_class = BinarySensorDeviceClass(device_class)
        whole = feature.part is None and isinstance(self.points[MAIN].datapoint, Bitmap | Enum | Int)
        self._names_faults = whole and feature.look.device_class == BinarySensorDeviceClass.PROBLEM

    @override
    def refresh(self) -> None:
        """Take over whether it is so, and which faults make it so."""
        self._attr_is_on = self.read()
        if self._names_faults:
            datapoint = self.points[MAIN].datapoint
            faults = active(datapoint, (self._values or {}).get(datapoint.dp))
            self._attr_extra_state_attributes = {ATTR_FAULTS: [readable(fault) for fault in faults]}


async_setup_entry = platform_setup("binary_sensor", LocalTuyaBinarySensor)
