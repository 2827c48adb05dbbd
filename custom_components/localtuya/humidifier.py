"""Humidifiers and dehumidifiers."""

from typing import Any, override

from homeassistant.components.humidifier import (
    HumidifierAction,
    HumidifierDeviceClass,
    HumidifierEntity,
    HumidifierEntityFeature,
)
from homeassistant.util.enum import try_parse_enum

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_AT_WORK = frozenset({"heating", "drying"})


class LocalTuyaHumidifier(LocalTuyaEntity, HumidifierEntity):
    """Something that makes air humid, or dry."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        if device_class := feature.look.device_class:
            self._attr_device_class = HumidifierDeviceClass(device_class)
        self._attr_available_modes = self.words("mode")
        if self._attr_available_modes:
            self._attr_supported_features = HumidifierEntityFeature.MODES
        if (target := self.points.get("humidity")) is not None:
            self._attr_min_humidity = target.minimum or 0
            self._attr_max_humidity = target.maximum or 100
            self._attr_target_humidity_step = target.step

    @override
    def refresh(self) -> None:
        """Take over what it does and what it should do."""
        self._attr_is_on = self.read("switch")
        self._attr_target_humidity = self.read("humidity")
        self._attr_current_humidity = self.read("current_humidity")
        self._attr_mode = self.read("mode")
        self._attr_action = self._action()

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn it on."""
        await self.send(switch=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn it off."""
        await self.send(switch=False)

    @override
    async def async_set_humidity(self, humidity: int) -> None:
        """Set the target humidity."""
        await self.send(humidity=humidity)

    @override
    async def async_set_mode(self, mode: str) -> None:
        """Set the mode."""
        await self.send(mode=mode)

    def _action(self) -> HumidifierAction | None:
        word = self.read("action")
        if word in _AT_WORK:  # it says no more than that it works
            dries = self.device_class is HumidifierDeviceClass.DEHUMIDIFIER
            return HumidifierAction.DRYING if dries else HumidifierAction.HUMIDIFYING
        return try_parse_enum(HumidifierAction, word)


async_setup_entry = platform_setup("humidifier", LocalTuyaHumidifier)
