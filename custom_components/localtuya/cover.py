"""Covers: curtains, blinds, shutters, garage doors; by command, by position or both."""

from typing import Any, override

from homeassistant.components.cover import ATTR_POSITION, CoverDeviceClass, CoverEntity, CoverEntityFeature

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_OPEN, _CLOSED = 100, 0


class LocalTuyaCover(LocalTuyaEntity, CoverEntity):
    """Something that opens and closes; it is where it says it is, never where it was sent."""

    optimistic = False

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._commands = frozenset(self.words("command"))
        self._positions = "position" in self.points and self.points["position"].writable
        self._attr_assumed_state = not {"position", "current_position", "place"} & self.points.keys()
        self._attr_supported_features = self._features()
        self._attr_is_closed = None
        if device_class := feature.look.device_class:
            self._attr_device_class = CoverDeviceClass(device_class)

    @override
    def refresh(self) -> None:
        """Take over where it is and where it goes."""
        position = self._position()
        self._attr_current_cover_position = position
        self._attr_is_closed = self._closed(position)
        state = self.read("state")
        # many motors go on saying which way they went last
        self._attr_is_opening = state == "opening" and position != _OPEN
        self._attr_is_closing = state == "closing" and position != _CLOSED

    @override
    async def async_open_cover(self, **kwargs: Any) -> None:
        """Open it."""
        await self._move("open", _OPEN)

    @override
    async def async_close_cover(self, **kwargs: Any) -> None:
        """Close it."""
        await self._move("close", _CLOSED)

    @override
    async def async_stop_cover(self, **kwargs: Any) -> None:
        """Stop it."""
        await self.send(command="stop")

    @override
    async def async_set_cover_position(self, **kwargs: Any) -> None:
        """Move it to a position."""
        await self.send(position=kwargs[ATTR_POSITION])

    def _features(self) -> CoverEntityFeature:
        features = CoverEntityFeature(0)
        if self._positions:
            features |= CoverEntityFeature.SET_POSITION
        if self._positions or "open" in self._commands:
            features |= CoverEntityFeature.OPEN
        if self._positions or "close" in self._commands:
            features |= CoverEntityFeature.CLOSE
        if "stop" in self._commands:
            features |= CoverEntityFeature.STOP
        return features

    def _position(self) -> int | None:
        position = self.read("current_position")
        if position is None:  # some devices have the datapoint for it and never report it
            position = self.read("position")
        return None if position is None else round(position)

    def _closed(self, position: int | None) -> bool | None:
        if position is not None:
            return position == _CLOSED
        role, word = ("command", "close") if self._attr_assumed_state else ("place", "closed")
        said = self.read(role)
        return None if said is None else bool(said == word)

    async def _move(self, command: str, position: int) -> None:
        if command in self._commands:
            await self.send(command=command)
        else:
            await self.send(position=position)


async_setup_entry = platform_setup("cover", LocalTuyaCover)
