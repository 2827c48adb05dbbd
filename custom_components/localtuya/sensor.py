"""Sensors: a number with a unit, a word of a list, a short text, or energy that is told piece by piece."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity, SensorStateClass
from homeassistant.const import UnitOfTime
from homeassistant.core import callback
from homeassistant.helpers.restore_state import ExtraStoredData, RestoreEntity

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import MAIN, PIECEWISE, Feature
from .model.tally import Tally
from .status import status_sensors

PARALLEL_UPDATES = 0  # nothing is polled


class LocalTuyaSensor(LocalTuyaEntity, SensorEntity):
    """Something that is measured, counted or named."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        look = feature.look
        if options := self.words():
            self._attr_device_class = SensorDeviceClass.ENUM
            self._attr_options = options
            return
        self._attr_native_unit_of_measurement = look.unit or self.points[MAIN].unit or None
        self._attr_suggested_display_precision = look.precision
        if self._attr_native_unit_of_measurement == UnitOfTime.MILLISECONDS and look.device_class == "duration":
            self._attr_suggested_unit_of_measurement = UnitOfTime.SECONDS  # what a person reads
        if look.device_class:
            self._attr_device_class = SensorDeviceClass(look.device_class)
        if look.state_class:
            self._attr_state_class = SensorStateClass(look.state_class)

    @override
    def refresh(self) -> None:
        """Take over the value."""
        self._attr_native_value = self.read()


@dataclass
class Tallied(ExtraStoredData):
    """What an accumulating sensor keeps over a restart."""

    tally: Tally

    @override
    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON."""
        return self.tally.to_json()


class AccumulatingSensor(LocalTuyaSensor, RestoreEntity):
    """What a device reports piece by piece, added up."""

    _tally = Tally()

    @override
    def refresh(self) -> None:
        """Show what was counted; a report is counted where it is heard."""
        self._attr_native_value = self._tally.shown

    @property
    @override
    def extra_restore_state_data(self) -> Tallied:
        """Keep the count."""
        return Tallied(self._tally)

    @override
    async def async_added_to_hass(self) -> None:
        """Go on from where it was, and listen to reports."""
        if (kept := await self.async_get_last_extra_data()) is not None:
            self._tally = Tally.from_json(kept.as_dict())
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.async_on_report(self._on_report))

    @callback
    def _on_report(self, dps: Mapping[str, object]) -> None:
        if (value := self.points[MAIN].read(dps)) is None:
            return
        self._tally = self._tally.hear(value, alone=len(dps) == 1)
        self.refresh()
        self.async_write_ha_state()


def sensor(coordinator: DeviceCoordinator, feature: Feature) -> LocalTuyaSensor:
    """Return the entity of a feature; a gateway's children tell totals, so that theirs need no adding up."""
    piecewise = feature.options.get(PIECEWISE) and coordinator.record.node_id is None
    return (AccumulatingSensor if piecewise else LocalTuyaSensor)(coordinator, feature)


async_setup_entry = platform_setup("sensor", sensor, beside=status_sensors)
