"""Covers: curtains, blinds, shutters, garage doors; by command, by position, or by the time that they take."""

from collections.abc import Mapping
from datetime import datetime
import logging
from typing import Any, override

from homeassistant.components.cover import (
    ATTR_CURRENT_POSITION,
    ATTR_POSITION,
    ATTR_TILT_POSITION,
    CoverDeviceClass,
    CoverEntity,
    CoverEntityFeature,
)
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.restore_state import RestoreEntity
from homeassistant.util import dt as dt_util

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .journey import CLOSED, OPEN, Journey
from .model.datapoint import Enum
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_LOGGER = logging.getLogger(__name__)

OPENING, CLOSING = "opening", "closing"
_DIRECTIONS = {"open": OPENING, "close": CLOSING}
_PLACES = {"open": "open", "close": "closed"}
_POSITIONS = {"position", "current_position"}
_PATIENCE = 60.0
"""Seconds after which nothing moves any more that has not said so."""
_TICK = 1.0
"""Seconds between two estimates of a position."""


class LocalTuyaCover(LocalTuyaEntity, CoverEntity):
    """Something that opens and closes; it is where it says it is, never where it was sent."""

    optimistic = False

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._commands = frozenset(self.words("command")) | ({"open", "close", "stop"} & self.points.keys())
        self._positions = "position" in self.points and self.points["position"].writable
        self._honest = "stopped" in self.words("state")
        self._follows = bool(({"state", "travel"} | _POSITIONS) & self.points.keys())
        self._going: str | None = None
        self._goal: int | None = None
        self._cancel_wait: CALLBACK_TYPE | None = None
        self._attr_assumed_state = not (_POSITIONS | {"place"}) & self.points.keys()
        self._attr_is_closed = None
        if device_class := feature.look.device_class:
            self._attr_device_class = CoverDeviceClass(device_class)

    @override
    def refresh(self) -> None:
        """Take over where it is and where it goes."""
        self._attr_supported_features = self._features()
        position = self._position()
        self._attr_current_cover_position = position
        self._attr_current_cover_tilt_position = self.read("tilt_position")
        self._attr_is_closed = self._closed(position)
        if self._going is not None and self._has_arrived(position):
            self._go(None)
        # many motors go on saying which way they went last
        going = self.read("state") if self._honest else self._going
        self._attr_is_opening = going == OPENING and position != OPEN
        self._attr_is_closing = going == CLOSING and position != CLOSED

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the device, also to what it says again."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.async_on_report(self._on_report))

    @override
    async def async_will_remove_from_hass(self) -> None:
        """End what is waited for."""
        self._stop_waiting()

    @override
    async def async_open_cover(self, **kwargs: Any) -> None:
        """Open it."""
        await self._move("open", OPEN)

    @override
    async def async_close_cover(self, **kwargs: Any) -> None:
        """Close it."""
        await self._move("close", CLOSED)

    @override
    async def async_stop_cover(self, **kwargs: Any) -> None:
        """Stop it."""
        await self._command("stop")
        self._set_going(None)

    @override
    async def async_set_cover_position(self, **kwargs: Any) -> None:
        """Move it to a position."""
        goal = kwargs[ATTR_POSITION]
        await self.send(position=self._turned(goal))
        before = self._position()
        if before is not None and goal != before:
            self._set_going(OPENING if goal > before else CLOSING, goal)

    @override
    async def async_open_cover_tilt(self, **kwargs: Any) -> None:
        """Open the slats."""
        await self.send(tilt_position=OPEN)

    @override
    async def async_close_cover_tilt(self, **kwargs: Any) -> None:
        """Close the slats."""
        await self.send(tilt_position=CLOSED)

    @override
    async def async_set_cover_tilt_position(self, **kwargs: Any) -> None:
        """Turn the slats."""
        await self.send(tilt_position=kwargs[ATTR_TILT_POSITION])

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
        if "tilt_position" in self.points:
            features |= CoverEntityFeature.OPEN_TILT | CoverEntityFeature.CLOSE_TILT
            features |= CoverEntityFeature.SET_TILT_POSITION
        return features

    def _position(self) -> int | None:
        position = self.read("current_position")
        if position is None:  # some devices have the datapoint for it and never report it
            position = self.read("position")
        return None if position is None else round(self._turned(position))

    def _turned(self, position: float) -> float:
        """Return the position as a motor that was turned around counts it, and back."""
        return OPEN - position if self.read("turned") else position

    def _closed(self, position: int | None) -> bool | None:
        if position is not None:
            return position == CLOSED
        role, word = ("command", "close") if self._attr_assumed_state else ("place", "closed")
        said = self.read(role)
        return None if said is None else bool(said == word)

    def _has_arrived(self, position: int | None) -> bool:
        if position is not None and position == self._goal:
            return True
        if self._going == CLOSING:
            return self._attr_is_closed is True and not self._attr_assumed_state
        return position == OPEN or (position is None and "travel" not in self.points and self.read("place") == "open")

    async def _move(self, command: str, position: int) -> None:
        if command not in self._commands:
            await self.send(position=self._turned(position))
        elif self._exclusive and self.read("place") == _PLACES[command]:
            return  # what one push opens, another one closes
        else:
            await self._command(command)
        self._set_going(_DIRECTIONS[command])

    async def _command(self, command: str) -> None:
        await self.send(**({command: True} if command in self.points else {"command": command}))

    def _set_going(self, direction: str | None, goal: int | None = None) -> None:
        """Take that it moves, or that it does not, and show it."""
        if not self._follows:
            return
        self._go(direction, goal)
        self.refresh()
        self.async_write_ha_state()

    def _go(self, direction: str | None, goal: int | None = None) -> None:
        """Let it move until it arrives, somebody stops it, or it has had its time."""
        self._stop_waiting()
        self._going, self._goal = direction, goal
        if direction is not None:
            self._cancel_wait = async_call_later(self.hass, self.read("travel") or _PATIENCE, self._on_timeout)

    @callback
    def _on_timeout(self, _: datetime) -> None:
        self._cancel_wait = None
        self._set_going(None)

    def _stop_waiting(self) -> None:
        if self._cancel_wait is not None:
            self._cancel_wait()
            self._cancel_wait = None

    @callback
    def _on_report(self, dps: Mapping[str, object]) -> None:
        """Take what the device says of its movement: which way it goes, what it was told by others."""
        direction = self._going
        if (state := self.points.get("state")) is not None and state.dp in dps:
            said = state.read(dps)
            direction = said if said in {OPENING, CLOSING} else None
        command = self.points.get("command")
        if command is not None and command.dp in dps and isinstance(command.datapoint, Enum):
            direction = _DIRECTIONS.get(command.read(dps) or "")
        if direction != self._going:
            self._set_going(direction)


class TimedCover(LocalTuyaCover, RestoreEntity):
    """A cover that cannot say where it is: the time that it moved tells."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._resting: float | None = None
        self._journey: Journey | None = None
        self._attr_assumed_state = True

    @override
    async def async_added_to_hass(self) -> None:
        """Take the position from before the restart."""
        if (last := await self.async_get_last_state()) is not None:
            position = last.attributes.get(ATTR_CURRENT_POSITION)
            self._resting = position if isinstance(position, int | float) else None
        await super().async_added_to_hass()

    @override
    async def async_set_cover_position(self, **kwargs: Any) -> None:
        """Move it for as long as it takes; while nobody knows where it is, all the way to the nearer end."""
        goal, before = kwargs[ATTR_POSITION], self._position()
        if goal == before:
            return
        opens = goal > (50 if before is None else before)
        command = "open" if opens else "close"
        await self._command(command)
        self._set_going(_DIRECTIONS[command], None if before is None or goal in {OPEN, CLOSED} else goal)

    @override
    def _features(self) -> CoverEntityFeature:
        features = super()._features()
        return features | CoverEntityFeature.SET_POSITION if self.read("travel") else features

    @override
    def _position(self) -> int | None:
        position = self._journey.position(_now()) if self._journey is not None else self._resting
        return None if position is None else round(position)

    @override
    def _closed(self, position: int | None) -> bool | None:
        return super()._closed(position) if position is not None or self._journey is None else None

    @override
    def _has_arrived(self, position: int | None) -> bool:
        return False  # the clock tells

    @override
    def _go(self, direction: str | None, goal: int | None = None) -> None:
        self._stop_waiting()
        if self._journey is not None:
            self._resting = self._journey.position(_now())
        seconds = self.read("travel")
        moves = direction is not None and seconds is not None
        self._journey = Journey(_now(), self._resting, direction == OPENING, seconds) if moves else None
        self._going, self._goal = (direction, goal) if moves else (None, None)
        self._wait()

    def _wait(self) -> None:
        """Wait for the next estimate, or the end."""
        if self._journey is not None:
            left = self._journey.left(_now(), self._target(self._journey))
            self._cancel_wait = async_call_later(self.hass, max(0.0, min(_TICK, left)), self._on_tick)

    def _target(self, journey: Journey) -> float:
        return journey.end if self._goal is None else self._goal

    async def _on_tick(self, _: datetime) -> None:
        self._cancel_wait = None
        journey = self._journey
        if journey is None:
            return
        if journey.left(_now(), self._target(journey)) > 0:
            self._wait()
        elif self._goal is None:
            self._go(None)
            self._resting = journey.end
        else:
            await self._stop_here(self._goal)
        self.refresh()
        self.async_write_ha_state()

    async def _stop_here(self, goal: int) -> None:
        try:
            await self._command("stop")
        except HomeAssistantError as error:
            _LOGGER.warning("%s could not be stopped half way: %s", self.coordinator.record.name, error)
            self._goal = None
            self._wait()
        else:
            self._go(None)
            self._resting = goal


def _now() -> float:
    return dt_util.utcnow().timestamp()


def _cover(coordinator: DeviceCoordinator, feature: Feature) -> LocalTuyaCover:
    """Return the kind of cover that the feature allows."""
    timed = "travel" in feature.points and "command" in feature.points and not _POSITIONS & feature.points.keys()
    kind = TimedCover if timed and "stop" in feature.points["command"].options else LocalTuyaCover
    return kind(coordinator, feature)


async_setup_entry = platform_setup("cover", _cover)
