"""Climate: thermostats, air conditioners, heaters, fireplaces."""

from typing import Any, override

from homeassistant.components.climate import (
    ATTR_HVAC_MODE,
    ATTR_TARGET_TEMP_HIGH,
    ATTR_TARGET_TEMP_LOW,
    PRESET_AWAY,
    PRESET_ECO,
    PRESET_NONE,
    ClimateEntity,
    ClimateEntityFeature,
    HVACAction,
    HVACMode,
)
from homeassistant.const import ATTR_TEMPERATURE
from homeassistant.util.enum import try_parse_enum

from .coordinator import DeviceCoordinator
from .entity import platform_setup
from .model.spec import Feature
from .thermal import LocalTuyaThermal

PARALLEL_UPDATES = 0  # the link sends one command after the other

_FEATURES = {
    "temperature": ClimateEntityFeature.TARGET_TEMPERATURE,
    "target_temp_low": ClimateEntityFeature.TARGET_TEMPERATURE,
    "target_temp_high": ClimateEntityFeature.TARGET_TEMPERATURE,
    "humidity": ClimateEntityFeature.TARGET_HUMIDITY,
    "fan_mode": ClimateEntityFeature.FAN_MODE,
    "swing_mode": ClimateEntityFeature.SWING_MODE,
    "swing_horizontal_mode": ClimateEntityFeature.SWING_HORIZONTAL_MODE,
}
_SWITCHED = {"eco": PRESET_ECO, "quiet": "quiet", "away": PRESET_AWAY}
"""Presets that are a switch of their own."""
_SET_IN = {HVACMode.HEAT: "target_temp_low", HVACMode.COOL: "target_temp_high"}
"""Where a mode has a target of its own."""
_AT_WORK = {
    HVACMode.COOL: HVACAction.COOLING,
    HVACMode.DRY: HVACAction.DRYING,
    HVACMode.FAN_ONLY: HVACAction.FAN,
}
"""What it does where the device says no more than that it works."""


class LocalTuyaClimate(LocalTuyaThermal, ClimateEntity):
    """Something that heats, cools or dries; off is its switch, or a mode where it has none."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._switch = "switch" in self.points
        modes = [HVACMode(mode) for mode in self.words("hvac_mode")]
        self._usual = HVACMode(str(feature.options.get("hvac_on", HVACMode.HEAT)))
        if self._usual not in modes:
            self._usual = next((mode for mode in modes if mode is not HVACMode.OFF), self._usual)
        modes = modes or [self._usual]
        if self._switch and HVACMode.OFF not in modes:
            modes = [HVACMode.OFF, *modes]
        self._attr_hvac_modes = modes
        self._presets = self.words("preset_mode")
        self._presets_are_modes = self._share("hvac_mode", "preset_mode")
        self._plain = self._presets_are_modes and self._has_plain_mode()
        self._attr_preset_modes = self._all_presets()
        self._attr_fan_modes = self.words("fan_mode")
        self._attr_swing_modes = self.words("swing_mode")
        self._attr_swing_horizontal_modes = self.words("swing_horizontal_mode")
        self._attr_supported_features = self._features()
        if (humidity := self.points.get("humidity")) is not None:
            self._attr_min_humidity = humidity.minimum or 0
            self._attr_max_humidity = humidity.maximum or 100
            self._attr_target_humidity_step = round(humidity.step or 1)
        self.refresh()  # limits and unit are asked for before anything is known

    @override
    def refresh(self) -> None:
        """Take over what it does and what it should do."""
        self._attr_hvac_mode = self._mode()
        self._attr_hvac_action = self._action()
        target = self._target(self._attr_hvac_mode)
        self.refresh_temperatures(target or "target_temp_low")
        self._attr_target_temperature = None if target is None else self.temperature(target)
        ranges = target is None
        self._attr_target_temperature_low = self.temperature("target_temp_low") if ranges else None
        self._attr_target_temperature_high = self.temperature("target_temp_high") if ranges else None
        self._attr_current_humidity = self.read("current_humidity")
        self._attr_target_humidity = self.read("humidity")
        self._attr_preset_mode = self._preset()
        self._attr_fan_mode = self.read("fan_mode")
        self._attr_swing_mode = self.read("swing_mode")
        self._attr_swing_horizontal_mode = self.read("swing_horizontal_mode")

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
        """Set the target temperature or its range, and the mode if one is asked for."""
        mode: HVACMode | None = kwargs.get(ATTR_HVAC_MODE)
        values = {} if mode is None else self._in_mode(mode)
        target = self._target(self._attr_hvac_mode if mode is None else mode)
        wishes = {
            "target_temp_low": kwargs.get(ATTR_TARGET_TEMP_LOW),
            "target_temp_high": kwargs.get(ATTR_TARGET_TEMP_HIGH),
        }
        if ATTR_TEMPERATURE in kwargs:
            wishes[target or "temperature"] = kwargs[ATTR_TEMPERATURE]
        await self.send(**values, **{self.in_unit(role): wish for role, wish in wishes.items() if wish is not None})

    @override
    async def async_set_humidity(self, humidity: int) -> None:
        """Set the target humidity."""
        await self.send(humidity=humidity)

    @override
    async def async_set_preset_mode(self, preset_mode: str) -> None:
        """Set the preset, leaving those that have a switch of their own."""
        switched = {role: preset == preset_mode for role, preset in _SWITCHED.items() if role in self.points}
        values: dict[str, object] = {role: on for role, on in switched.items() if on or self.read(role)}
        if preset_mode in self._presets:
            values = {"preset_mode": preset_mode, **values}
        elif preset_mode == PRESET_NONE and self._plain and self.read("preset_mode") is not None:
            mode = self._attr_hvac_mode
            values = {"hvac_mode": str(self._usual if mode in {None, HVACMode.OFF} else mode), **values}
        await self.send(**values or switched)

    @override
    async def async_set_fan_mode(self, fan_mode: str) -> None:
        """Set the fan's speed."""
        await self.send(fan_mode=fan_mode)

    @override
    async def async_set_swing_mode(self, swing_mode: str) -> None:
        """Set the swing."""
        await self.send(swing_mode=swing_mode)

    @override
    async def async_set_swing_horizontal_mode(self, swing_horizontal_mode: str) -> None:
        """Set the swing from side to side."""
        await self.send(swing_horizontal_mode=swing_horizontal_mode)

    def _features(self) -> ClimateEntityFeature:
        features = ClimateEntityFeature(0)
        for role, flag in _FEATURES.items():
            if role in self.points:
                features |= flag
        if {"target_temp_low", "target_temp_high"} <= self.points.keys() and "temperature" not in self.points:
            features |= ClimateEntityFeature.TARGET_TEMPERATURE_RANGE
        if self._share("swing_mode", "swing_horizontal_mode"):
            features &= ~ClimateEntityFeature.SWING_HORIZONTAL_MODE
        if self._attr_preset_modes:
            features |= ClimateEntityFeature.PRESET_MODE
        if HVACMode.OFF in self._attr_hvac_modes:
            features |= ClimateEntityFeature.TURN_OFF | ClimateEntityFeature.TURN_ON
        return features

    def _share(self, *roles: str) -> bool:
        return all(role in self.points for role in roles) and len({self.points[role].dp for role in roles}) == 1

    def _all_presets(self) -> list[str]:
        switched = [preset for role, preset in _SWITCHED.items() if role in self.points and preset not in self._presets]
        none = [PRESET_NONE] if self._plain or (switched and not self._presets) else []
        return [*none, *self._presets, *switched]

    def _has_plain_mode(self) -> bool:
        """Whether the usual mode is none of the presets that share its datapoint."""
        mode, preset = self.points["hvac_mode"], self.points["preset_mode"]
        return self._usual in mode.options and preset.read(mode.write(str(self._usual))) is None

    def _mode(self) -> HVACMode | None:
        on = self.read("switch") if self._switch else True
        if on is None:
            return None
        if not on:
            return HVACMode.OFF
        if "hvac_mode" not in self.points:
            return self._usual
        mode = try_parse_enum(HVACMode, self.read("hvac_mode"))
        if mode is None and self._presets_are_modes and self.read("preset_mode") is not None:
            return self._usual  # such a preset does not say whether it heats or cools
        return mode

    def _action(self) -> HVACAction | None:
        action = try_parse_enum(HVACAction, self.read("hvac_action"))
        mode = self._attr_hvac_mode
        if action is HVACAction.IDLE and mode is HVACMode.OFF:
            return HVACAction.OFF
        return _AT_WORK.get(mode, action) if action is HVACAction.HEATING and mode is not None else action

    def _preset(self) -> str | None:
        for role, preset in _SWITCHED.items():
            if self.read(role):
                return preset
        word: str | None = self.read("preset_mode")
        return word or (PRESET_NONE if PRESET_NONE in (self._attr_preset_modes or ()) else None)

    def _target(self, mode: HVACMode | None) -> str | None:
        """Return the role that is the target in this mode, None where two make a range."""
        own = None if mode is None else _SET_IN.get(mode)
        if own in self.points:
            return own
        if "temperature" in self.points or "temperature_f" in self.points:
            return "temperature"
        there = [role for role in _SET_IN.values() if role in self.points]
        return there[0] if len(there) == 1 else None

    def _in_mode(self, mode: HVACMode) -> dict[str, object]:
        """Return the values by role that lead to the mode from here."""
        if mode is HVACMode.OFF and self._switch:
            return {"switch": False}
        values: dict[str, object] = {"switch": True} if self._switch and not self.read("switch") else {}
        if "hvac_mode" in self.points or mode not in self._attr_hvac_modes:
            values["hvac_mode"] = str(mode)
        return values or ({"switch": True} if self._switch else {})


async_setup_entry = platform_setup("climate", LocalTuyaClimate)
