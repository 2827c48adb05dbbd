"""Switches: one boolean datapoint."""

from typing import Any, override

from homeassistant.components.switch import SwitchDeviceClass, SwitchEntity

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other


class LocalTuyaSwitch(LocalTuyaEntity, SwitchEntity):
    """Something that is on or off."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        if device_class := feature.look.device_class:
            self._attr_device_class = SwitchDeviceClass(device_class)

    @override
    def refresh(self) -> None:
        """Take over whether it is on."""
        self._attr_is_on = self.read()

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn it on."""
        await self.send(main=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn it off."""
        await self.send(main=False)


async_setup_entry = platform_setup("switch", LocalTuyaSwitch)
