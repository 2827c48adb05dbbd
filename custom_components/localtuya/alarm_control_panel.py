"""Alarm panels; they ask for no code."""

from typing import override

from homeassistant.components.alarm_control_panel import (
    AlarmControlPanelEntity,
    AlarmControlPanelEntityFeature,
    AlarmControlPanelState,
)

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_FEATURES = {
    AlarmControlPanelState.ARMED_HOME: AlarmControlPanelEntityFeature.ARM_HOME,
    AlarmControlPanelState.ARMED_AWAY: AlarmControlPanelEntityFeature.ARM_AWAY,
    AlarmControlPanelState.ARMED_NIGHT: AlarmControlPanelEntityFeature.ARM_NIGHT,
    AlarmControlPanelState.TRIGGERED: AlarmControlPanelEntityFeature.TRIGGER,
}
_BATTERY = ("battery", "batterie", "low power", "电量", "电池")
"""What panels say over the datapoint of alarms although nobody broke in."""


class LocalTuyaAlarmControlPanel(LocalTuyaEntity, AlarmControlPanelEntity):
    """A panel that is armed, and goes off; who set it off stays known until it is quiet again."""

    _attr_code_arm_required = False

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._attr_supported_features = AlarmControlPanelEntityFeature(0)
        for state, flag in _FEATURES.items():
            if state in self.words("alarm_state"):
                self._attr_supported_features |= flag

    @override
    def refresh(self) -> None:
        """Take over how it is armed, and whether it goes off."""
        message = self.read("message")
        complains = message is not None and any(word in message.lower() for word in _BATTERY)
        goes_off = bool(self.read("alarm")) and not complains
        said = AlarmControlPanelState.TRIGGERED if goes_off else self.read("alarm_state")
        self._attr_alarm_state = None if said is None else AlarmControlPanelState(said)
        self._attr_changed_by = message if goes_off else None

    @override
    async def async_alarm_disarm(self, code: str | None = None) -> None:
        """Disarm it."""
        await self.send(alarm_state=AlarmControlPanelState.DISARMED)

    @override
    async def async_alarm_arm_home(self, code: str | None = None) -> None:
        """Arm it for people at home."""
        await self.send(alarm_state=AlarmControlPanelState.ARMED_HOME)

    @override
    async def async_alarm_arm_away(self, code: str | None = None) -> None:
        """Arm it for an empty house."""
        await self.send(alarm_state=AlarmControlPanelState.ARMED_AWAY)

    @override
    async def async_alarm_arm_night(self, code: str | None = None) -> None:
        """Arm it for the night."""
        await self.send(alarm_state=AlarmControlPanelState.ARMED_NIGHT)

    @override
    async def async_alarm_trigger(self, code: str | None = None) -> None:
        """Set it off."""
        await self.send(alarm_state=AlarmControlPanelState.TRIGGERED)


async_setup_entry = platform_setup("alarm_control_panel", LocalTuyaAlarmControlPanel)
