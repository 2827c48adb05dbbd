"""Selects: one word of a list."""

from typing import override

from homeassistant.components.select import SelectEntity

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other


class LocalTuyaSelect(LocalTuyaEntity, SelectEntity):
    """Something that is set to a word."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._attr_options = self.words()

    @override
    def refresh(self) -> None:
        """Take over the word."""
        self._attr_current_option = self.read()

    @override
    async def async_select_option(self, option: str) -> None:
        """Set the word."""
        await self.send(main=option)


async_setup_entry = platform_setup("select", LocalTuyaSelect)
