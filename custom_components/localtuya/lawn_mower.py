"""Mowing robots."""

from typing import override

from homeassistant.components.lawn_mower import LawnMowerActivity, LawnMowerEntity, LawnMowerEntityFeature

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_FEATURES = {
    "start_mowing": LawnMowerEntityFeature.START_MOWING,
    "pause": LawnMowerEntityFeature.PAUSE,
    "dock": LawnMowerEntityFeature.DOCK,
    "stop": LawnMowerEntityFeature(8),  # STOP, from Home Assistant 2026.10 on
}


class LocalTuyaLawnMower(LocalTuyaEntity, LawnMowerEntity):
    """A robot that mows; it does what it says it does, never what it was told."""

    optimistic = False

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._commands = frozenset(self.words("command"))
        self._attr_supported_features = LawnMowerEntityFeature(0)
        for command, flag in _FEATURES.items():
            if command in self._commands:
                self._attr_supported_features |= flag

    @override
    def refresh(self) -> None:
        """Take over what it does."""
        said = self.read("activity")
        self._attr_activity = None if said is None else LawnMowerActivity(said)

    @override
    async def async_start_mowing(self) -> None:
        """Mow, or go on with it."""
        paused = self.activity is LawnMowerActivity.PAUSED and "resume" in self._commands
        await self.send(command="resume" if paused else "start_mowing")

    @override
    async def async_pause(self) -> None:
        """Stand still for now."""
        await self.send(command="pause")

    @override
    async def async_dock(self) -> None:
        """Go home."""
        await self.send(command="dock")

    @override
    async def async_stop(self) -> None:
        """Stand still."""
        await self.send(command="stop")


async_setup_entry = platform_setup("lawn_mower", LocalTuyaLawnMower)
