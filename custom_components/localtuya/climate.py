"""Climate: thermostats, air conditioners, heaters, fireplaces."""

from typing import Any, override

from homeassistant.components.climate import (
    ATTR_HVAC_MODE,
    ClimateEntity,
    ClimateEntityFeature,
    HVACAction,
    HVACMode,
)
from homeassistant.const import ATTR_TEMPERATURE, UnitOfTemperature
from homeassistant.util.enum import try_parse_enum

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_FEATURES = {
    "target_temperature": ClimateEntityFeature.TARGET_TEMPERATURE,
    "target_humidity": ClimateEntityFeature.TARGET_HUMIDITY,
    "preset": ClimateEntityFeature.PRESET_MODE,
    "fan_mode": ClimateEntityFeature.FAN_MODE,
    "swing_mode": ClimateEntityFeature.SWING_MODE,
}


class LocalTuyaClimate(LocalTuyaEntity, ClimateEntity):
    """Something that heats, cools or dries; off is its switch, or a mode where it has none."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._switch = "switch" in self.points
        modes = [HVACMode(mode) for mode in self.words("mode")]
        self._usual = HVACMode(str(feature.options.get("hvac_on", HVACMode.HEAT)))
        if self._usual not in modes:
            self._usual = next((mode for mode in modes if mode is not HVACMode.OFF), self._usual)
        modes = modes or [self._usual]
        if self._switch and HVACMode.OFF not in modes:
            modes = [HVACMode.OFF, *modes]
        self._attr_hvac_modes = modes
        self._presets_are_modes = len({self.points[role].dp for role in ("mode", "preset") if role in self.points}) == 1
        self._attr_preset_modes = self.words("preset")
        self._attr_fan_modes = self.words("fan_mode")
        self._attr_swing_modes = self.words("swing_mode")
        self._attr_supported_features = self._features()
        self._set_limits()

    @override
    def refresh(self) -> None:
        """Take over what it does and what it should do."""
        self._attr_hvac_mode = self._mode()
        self._attr_hvac_action = try_parse_enum(HVACAction, self.read("action"))
        self._attr_current_temperature = self.read("current_temperature")
        self._attr_target_temperature = self.read("target_temperature")
        self._attr_current_humidity = self.read("current_humidity")
        self._attr_target_humidity = self.read("target_humidity")
        self._attr_preset_mode = self.read("preset")
        self._attr_fan_mode = self.read("fan_mode")
        self._attr_swing_mode = self.read("swing_mode")

    @override
    async def async_set_hvac_mode(self, hvac_mode: HVACMode) -> None:
        """Set the mode, switching on or off where needed."""
        await self.send(**self._in_mode(hvac_mode))

    @override
    async def async_turn_on(self) -> None:
        """Turn it on, in the mode that it was in."""
        if self._switch:
            await self.send(switch=True)
        else:
            await super().async_turn_on()

    @override
    async def async_turn_off(self) -> None:
        """Turn it off."""
        await self.async_set_hvac_mode(HVACMode.OFF)

    @override
    async def async_set_temperature(self, **kwargs: Any) -> None:
        """Set the target temperature, and the mode if one is asked for."""
        values = self._in_mode(kwargs[ATTR_HVAC_MODE]) if ATTR_HVAC_MODE in kwargs else {}
        await self.send(**values, target_temperature=kwargs[ATTR_TEMPERATURE])

    @override
    async def async_set_humidity(self, humidity: int) -> None:
        """Set the target humidity."""
        await self.send(target_humidity=humidity)

    @override
    async def async_set_preset_mode(self, preset_mode: str) -> None:
        """Set the preset."""
        await self.send(preset=preset_mode)

    @override
    async def async_set_fan_mode(self, fan_mode: str) -> None:
        """Set the fan's speed."""
        await self.send(fan_mode=fan_mode)

    @override
    async def async_set_swing_mode(self, swing_mode: str) -> None:
        """Set the swing."""
        await self.send(swing_mode=swing_mode)

    def _features(self) -> ClimateEntityFeature:
        features = ClimateEntityFeature(0)
        for role, flag in _FEATURES.items():
            if role in self.points and self.points[role].writable:
                features |= flag
        if HVACMode.OFF in self._attr_hvac_modes:
            features |= ClimateEntityFeature.TURN_OFF | ClimateEntityFeature.TURN_ON
        return features

    def _set_limits(self) -> None:
        target = self.points.get("target_temperature")
        measured = target or self.points.get("current_temperature")
        fahrenheit = measured is not None and measured.unit == UnitOfTemperature.FAHRENHEIT
        self._attr_temperature_unit = UnitOfTemperature.FAHRENHEIT if fahrenheit else UnitOfTemperature.CELSIUS
        if target is not None:
            self._attr_target_temperature_step = target.step
            if target.minimum is not None:
                self._attr_min_temp = target.minimum
            if target.maximum is not None:
                self._attr_max_temp = target.maximum
        if (humidity := self.points.get("target_humidity")) is not None:
            self._attr_min_humidity = humidity.minimum or 0
            self._attr_max_humidity = humidity.maximum or 100

    def _mode(self) -> HVACMode | None:
        on = self.read("switch") if self._switch else True
        if on is None:
            return None
        if not on:
            return HVACMode.OFF
        if "mode" not in self.points:
            return self._usual
        mode = try_parse_enum(HVACMode, self.read("mode"))
        if mode is None and self._presets_are_modes and self.read("preset") is not None:
            return self._usual  # such a preset does not say whether it heats or cools
        return mode

    def _in_mode(self, mode: HVACMode) -> dict[str, object]:
        """Return the values by role that lead to the mode from here."""
        if mode is HVACMode.OFF and self._switch:
            return {"switch": False}
        values: dict[str, object] = {"switch": True} if self._switch and not self.read("switch") else {}
        if "mode" in self.points:
            values["mode"] = str(mode)
        return values or ({"switch": True} if self._switch else {})


async_setup_entry = platform_setup("climate", LocalTuyaClimate)
