"""Buttons: a datapoint that makes the device do something once."""

from typing import override

from homeassistant.components.button import ButtonDeviceClass, ButtonEntity

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other


class LocalTuyaButton(LocalTuyaEntity, ButtonEntity):
    """Something that is triggered."""

    optimistic = False
    exclusive = True

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        if device_class := feature.look.device_class:
            self._attr_device_class = ButtonDeviceClass(device_class)

    @override
    async def async_press(self) -> None:
        """Send the word that triggers it, true where it is a boolean."""
        await self.send(main=self.feature.options.get("press", True))


async_setup_entry = platform_setup("button", LocalTuyaButton)
