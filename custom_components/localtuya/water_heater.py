"""Water heaters: boilers and kettles."""

from typing import Any, override

from homeassistant.components.water_heater import (
    STATE_OFF,
    WaterHeaterEntity,
    WaterHeaterEntityFeature,
)
from homeassistant.const import ATTR_TEMPERATURE

from .coordinator import DeviceCoordinator
from .entity import platform_setup
from .model.spec import Feature
from .thermal import LocalTuyaThermal

PARALLEL_UPDATES = 0  # the link sends one command after the other


class LocalTuyaWaterHeater(LocalTuyaThermal, WaterHeaterEntity):
    """Something that heats water; off is its switch, or an operation where it has none."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._switch = "switch" in self.points
        self._words = self.words("operation_mode")
        self._usual = str(feature.options.get("heats_by", "electric"))
        operations = self._words or [self._usual]
        self._attr_operation_list = [STATE_OFF, *operations] if self._switch else operations
        self._attr_operation_list = list(dict.fromkeys(self._attr_operation_list))
        self._attr_supported_features = self._features()
        self.refresh()  # limits and unit are asked for before anything is known

    @override
    def refresh(self) -> None:
        """Take over what it does and what it should do."""
        self._attr_current_operation = self._operation()
        self._attr_is_away_mode_on = self.read("away_mode")
        self.refresh_temperatures("temperature")
        self._attr_target_temperature = self.temperature("temperature")

    @override
    async def async_set_temperature(self, **kwargs: Any) -> None:
        """Set the target temperature, and the operation if one is asked for."""
        operation: str | None = kwargs.get("operation_mode")
        values = {} if operation is None else self._in_operation(operation)
        await self.send(**values, **{self.in_unit("temperature"): kwargs[ATTR_TEMPERATURE]})

    @override
    async def async_set_operation_mode(self, operation_mode: str) -> None:
        """Set the operation, switching on or off where needed."""
        await self.send(**self._in_operation(operation_mode))

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn it on, in the operation that it was in."""
        operations = self._attr_operation_list or []
        first = next(operation for operation in operations if operation != STATE_OFF)
        await self.send(**({"switch": True} if self._switch else self._in_operation(first)))

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn it off."""
        await self.send(**self._in_operation(STATE_OFF))

    @override
    async def async_turn_away_mode_on(self) -> None:
        """Let it know that nobody is at home."""
        await self.send(away_mode=True)

    @override
    async def async_turn_away_mode_off(self) -> None:
        """Let it know that somebody is at home."""
        await self.send(away_mode=False)

    def _features(self) -> WaterHeaterEntityFeature:
        features = WaterHeaterEntityFeature(0)
        operations = self._attr_operation_list or []
        if "temperature" in self.points or "temperature_f" in self.points:
            features |= WaterHeaterEntityFeature.TARGET_TEMPERATURE
        if self._switch or self._words:
            features |= WaterHeaterEntityFeature.OPERATION_MODE
        if STATE_OFF in operations and len(operations) > 1:
            features |= WaterHeaterEntityFeature.ON_OFF
        if "away_mode" in self.points:
            features |= WaterHeaterEntityFeature.AWAY_MODE
        return features

    def _operation(self) -> str | None:
        on = self.read("switch") if self._switch else True
        if not on:
            return None if on is None else STATE_OFF
        return self.read("operation_mode") if self._words else self._usual

    def _in_operation(self, operation: str) -> dict[str, object]:
        """Return the values by role that lead to the operation from here."""
        if operation == STATE_OFF and self._switch:
            return {"switch": False}
        values: dict[str, object] = {"switch": True} if self._switch and not self.read("switch") else {}
        if self._words or operation not in (self._attr_operation_list or ()):
            values["operation_mode"] = operation
        return values or ({"switch": True} if self._switch else {})


async_setup_entry = platform_setup("water_heater", LocalTuyaWaterHeater)
