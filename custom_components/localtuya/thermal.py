"""What climate devices and water heaters share: temperatures, in the unit that the device shows."""

from homeassistant.const import UnitOfTemperature
from homeassistant.util.unit_conversion import TemperatureConverter

from .entity import LocalTuyaEntity
from .model.datapoint import Enum
from .model.point import Point

_LEAST_FAHRENHEIT = 80
"""What a target must at least reach, that its range can be one of °F: no room is kept below."""
_WIDEST = 500


class LocalTuyaThermal(LocalTuyaEntity):
    """Something that is kept at a temperature.

    A role may have a twin, `temperature` and `temperature_f`; the one in the device's unit counts. One without a twin
    changes its unit with the device where its range allows that.
    """

    _attr_temperature_unit: str
    _attr_current_temperature: float | None
    _attr_min_temp: float
    _attr_max_temp: float
    _attr_target_temperature_step: float | None

    def refresh_temperatures(self, target: str) -> None:
        """Take over unit, limits and measured temperature; `target` is the role that is the target now."""
        self._attr_temperature_unit = self._unit()
        self._attr_current_temperature = self.temperature("current_temperature")
        role = self.in_unit(target)
        point = self.points.get(role)
        if point is None:
            return
        low, high = (self._in_degrees(role, bound) for bound in self._bounds(point))
        lowest, highest = self.temperature("min_temperature"), self.temperature("max_temperature")
        self._attr_target_temperature_step = point.step
        self._attr_min_temp = lowest if lowest is not None and low <= lowest < high else low
        self._attr_max_temp = highest if highest is not None and self._attr_min_temp < highest <= high else high

    def in_unit(self, role: str) -> str:
        """Return the role, or its twin where that is the one in the device's unit."""
        twin = self.points.get(f"{role}_f")
        if twin is None or (role in self.points and self._attr_temperature_unit != twin.unit):
            return role
        return f"{role}_f"

    def temperature(self, role: str) -> float | None:
        """Return the value of a role in the device's unit; its twin's where it has not said its own."""
        own = self.in_unit(role)
        other = role if own != role else f"{role}_f"
        for known in (own, other):
            if (value := self.read(known)) is not None:
                return self._in_degrees(known, value)
        return None

    def _bounds(self, point: Point[float]) -> tuple[float, float]:
        """Return the range of a target; one that no device can mean leaves what is usual in a house."""
        low, high = point.minimum, point.maximum
        if low is None or high is None or high - low > _WIDEST:
            fahrenheit = point.unit == UnitOfTemperature.FAHRENHEIT
            return (max(low or 0, 40), 100) if fahrenheit else (max(low or 0, 5), 40)
        return low, high

    def _in_degrees(self, role: str, value: float) -> float:
        unit = self.points[role].unit
        if unit is None or unit == self._attr_temperature_unit or self._changes(role):
            return value
        return round(TemperatureConverter.convert(value, unit, self._attr_temperature_unit), 1)

    def _unit(self) -> str:
        """Return the unit that the device shows, that of its target where it does not say."""
        told: str | None = self.read("temperature_unit")
        own = self._leading()
        units = {point.unit for role in ("temperature", "temperature_f") if (point := self.points.get(role))}
        if told is not None and (told in units or self._follows(own)):
            return told
        return (own and own.unit) or UnitOfTemperature.CELSIUS

    def _leading(self) -> Point[float] | None:
        roles = ("temperature", "target_temp_low", "target_temp_high", "temperature_f", "current_temperature")
        return next((self.points[role] for role in roles if role in self.points), None)

    def _follows(self, point: Point[float] | None) -> bool:
        setting = self.points.get("temperature_unit")
        words = setting is not None and isinstance(setting.datapoint, Enum)  # a boolean does not say which is which
        return words and point is not None and point.maximum is not None and point.maximum >= _LEAST_FAHRENHEIT

    def _changes(self, role: str) -> bool:
        """Whether a role without a twin is in the unit that the device shows now, whatever its schema says."""
        alone = not role.endswith("_f") and f"{role}_f" not in self.points and "temperature_f" not in self.points
        return alone and self._follows(self._leading())
