"""Cleaning robots: sent out, called back, steered by words.

Rooms and zones are not offered: robots take them as bytes in a language of their maker's, and refuse them over the LAN.
"""

from typing import Any, override

from homeassistant.components.vacuum import StateVacuumEntity, VacuumActivity, VacuumEntityFeature

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_STEERING = ("command", "direction_control", "fan_speed")
_AT_REST = frozenset({None, VacuumActivity.IDLE, VacuumActivity.PAUSED})


class LocalTuyaVacuum(LocalTuyaEntity, StateVacuumEntity):
    """A robot that cleans; it does what it says it does, never what it was told."""

    optimistic = False

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._commands = frozenset(self.words("command"))
        self._attr_fan_speed_list = self.words("fan_speed")
        self._attr_supported_features = self._features()

    @override
    def refresh(self) -> None:
        """Take over what it does; a fault counts where it stands still."""
        said = self.read("status")
        if said is None and (active := self.read("activate")) is not None:
            said = "cleaning" if active else "idle"
        activity = None if said is None else VacuumActivity(said)
        if activity in _AT_REST and self.read("error"):
            activity = VacuumActivity.ERROR
        self._attr_activity = activity
        self._attr_fan_speed = self.read("fan_speed")

    @override
    async def async_start(self) -> None:
        """Clean, or go on with it."""
        values: dict[str, object] = {"activate": True} if "activate" in self.points else {"command": "smart"}
        if self.read("pause"):
            values["pause"] = False
        if self.read("power") is False:
            values["power"] = True
        await self.send(**values)

    @override
    async def async_pause(self) -> None:
        """Stand still for now."""
        await self.send(**({"pause": True} if "pause" in self.points else {"command": "pause"}))

    @override
    async def async_stop(self, **kwargs: Any) -> None:
        """Stand still."""
        await self.send(**({"activate": False} if "activate" in self.points else {"command": "stop"}))

    @override
    async def async_return_to_base(self, **kwargs: Any) -> None:
        """Go home."""
        await self.send(**({"charge": True} if "charge" in self.points else {"command": "return_to_base"}))

    @override
    async def async_clean_spot(self, **kwargs: Any) -> None:
        """Clean where it stands."""
        await self.send(command="clean_spot", **({"activate": True} if "activate" in self.points else {}))

    @override
    async def async_locate(self, **kwargs: Any) -> None:
        """Call out."""
        await self.send(locate=True)

    @override
    async def async_set_fan_speed(self, fan_speed: str, **kwargs: Any) -> None:
        """Set how strongly it sucks."""
        await self.send(fan_speed=fan_speed)

    @override
    async def async_send_command(
        self, command: str, params: dict[str, Any] | list[Any] | None = None, **kwargs: Any
    ) -> None:
        """Send a word of its modes or directions; or, by its name, what takes words, with the word as parameter."""
        if command in self.points and params:
            given = [*(params.values() if isinstance(params, dict) else params)]
            await self.send(**{command: given[0]})
            return
        await self.send(**{next((role for role in _STEERING if command in self.words(role)), "command"): command})

    def _features(self) -> VacuumEntityFeature:
        roles = self.points.keys()
        offered = {
            VacuumEntityFeature.STATE: bool({"status", "activate"} & roles),
            VacuumEntityFeature.START: "activate" in roles or "smart" in self._commands,
            VacuumEntityFeature.STOP: "activate" in roles or "stop" in self._commands,
            VacuumEntityFeature.PAUSE: "pause" in roles or "pause" in self._commands,
            VacuumEntityFeature.RETURN_HOME: "charge" in roles or "return_to_base" in self._commands,
            VacuumEntityFeature.CLEAN_SPOT: "clean_spot" in self._commands,
            VacuumEntityFeature.LOCATE: "locate" in roles,
            VacuumEntityFeature.FAN_SPEED: "fan_speed" in roles,
            VacuumEntityFeature.SEND_COMMAND: bool({"command", "direction_control"} & roles),
        }
        features = VacuumEntityFeature(0)
        for flag, has in offered.items():
            features |= flag if has else VacuumEntityFeature(0)
        return features


async_setup_entry = platform_setup("vacuum", LocalTuyaVacuum)
