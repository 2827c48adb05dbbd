"""Valves: open or closed, or open so far."""

from typing import override

from homeassistant.components.valve import ValveDeviceClass, ValveEntity, ValveEntityFeature

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.datapoint import Int
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_SHUT = 0


class LocalTuyaValve(LocalTuyaEntity, ValveEntity):
    """Something that lets water or gas through."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._attr_reports_position = isinstance(self.points["valve"].datapoint, Int)
        self._attr_supported_features = (
            ValveEntityFeature.SET_POSITION if self.reports_position else ValveEntityFeature(0)
        ) | (ValveEntityFeature.OPEN | ValveEntityFeature.CLOSE)
        if device_class := feature.look.device_class:
            self._attr_device_class = ValveDeviceClass(device_class)

    @override
    def refresh(self) -> None:
        """Take over how far it is open."""
        if self.reports_position:
            self._attr_current_valve_position = self._position()
            return
        opened = self.read("valve")
        self._attr_is_closed = None if opened is None else not opened

    @override
    async def async_open_valve(self) -> None:
        """Open it."""
        await self.send(valve=True)

    @override
    async def async_close_valve(self) -> None:
        """Close it."""
        await self.send(valve=False)

    @override
    async def async_set_valve_position(self, position: int) -> None:
        """Open it so far; where a switch shuts it, how far it was open stays set."""
        if "switch" not in self.points:
            await self.send(valve=position)
        elif position == _SHUT:
            await self.send(switch=False)
        else:
            await self.send(valve=position, switch=True)

    def _position(self) -> int | None:
        if self.read("switch") is False:
            return _SHUT
        position = self.read("current_position")
        position = self.read("valve") if position is None else position
        return None if position is None else round(position)


async_setup_entry = platform_setup("valve", LocalTuyaValve)
