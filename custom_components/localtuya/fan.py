"""Fans: also air purifiers and ventilation."""

from typing import Any, override

from homeassistant.components.fan import FanEntity, FanEntityFeature

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_FEATURES = {
    "speed": FanEntityFeature.SET_SPEED,
    "oscillate": FanEntityFeature.OSCILLATE,
    "direction": FanEntityFeature.DIRECTION,
}

_USUAL = 50
"""The speed at which a fan without a switch is turned on."""


class LocalTuyaFan(LocalTuyaEntity, FanEntity):
    """Something that moves air; without a switch it cannot be turned off."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._switch = "switch" in self.points
        self._is_on: bool | None = None
        features = FanEntityFeature.TURN_ON | FanEntityFeature.TURN_OFF if self._stops() else FanEntityFeature(0)
        for role, flag in _FEATURES.items():
            if role in self.points:
                features |= flag
        self._attr_preset_modes = self._presets()
        if self._attr_preset_modes:
            features |= FanEntityFeature.PRESET_MODE
        self._attr_supported_features = features
        if (speed := self.points.get("speed")) is not None:
            self._attr_speed_count = max(1, round(100 / (speed.step or 1)))

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether it blows."""
        return self._is_on

    @override
    def refresh(self) -> None:
        """Take over how it blows."""
        self._attr_percentage = self.read("speed")
        preset = self.read("preset_mode")
        self._attr_preset_mode = preset if preset in (self._attr_preset_modes or ()) else None
        self._is_on = self.read("switch") if self._switch else self._moves()
        if self.read("power") is False:
            self._is_on = False
        self._attr_oscillating = self.read("oscillate")
        self._attr_current_direction = self.read("direction")

    @override
    async def async_turn_on(self, percentage: int | None = None, preset_mode: str | None = None, **kwargs: Any) -> None:
        """Turn it on, at a speed or in a preset if one is asked for."""
        if percentage == 0:
            await self.async_turn_off()
            return
        values: dict[str, object] = {}
        if preset_mode is not None:
            values["preset_mode"] = preset_mode
        if percentage is not None:
            values["speed"] = percentage
        if self._switch and (not values or not self.is_on):
            values = {"switch": True, **values}
        elif not values:
            values = {"speed": self.percentage or _USUAL}
        await self.send(**values)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn it off."""
        await self.send(**({"switch": False} if self._switch else {"speed": 0}))

    @override
    async def async_set_percentage(self, percentage: int) -> None:
        """Set the speed, turning it on; 0 turns it off."""
        await self.async_turn_on(percentage)

    @override
    async def async_set_preset_mode(self, preset_mode: str) -> None:
        """Set the preset, turning it on."""
        await self.async_turn_on(preset_mode=preset_mode)

    @override
    async def async_oscillate(self, oscillating: bool) -> None:
        """Let it swing or stand still."""
        await self.send(oscillate=oscillating)

    @override
    async def async_set_direction(self, direction: str) -> None:
        """Set where it blows."""
        await self.send(direction=direction)

    def _presets(self) -> list[str]:
        """Return the presets; of one datapoint that gives both, those that are no speed."""
        preset, speed = self.points.get("preset_mode"), self.points.get("speed")
        if preset is None or speed is None or preset.dp != speed.dp:
            return self.words("preset_mode")
        return [word for word in preset.options if speed.read(preset.write(word)) is None]

    def _stops(self) -> bool:
        """Whether it can be turned off: by its switch, or by a speed that is standstill."""
        speed = self.points.get("speed")
        return self._switch or (speed is not None and speed.minimum == 0)

    def _moves(self) -> bool | None:
        """Return whether it blows where no switch tells."""
        if self._attr_percentage is None:
            return True if self._attr_preset_mode is not None else None
        return self._attr_percentage > 0


async_setup_entry = platform_setup("fan", LocalTuyaFan)
