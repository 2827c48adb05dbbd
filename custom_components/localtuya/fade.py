"""A transition: from one value to another in a bounded number of steps, none of which waits."""

from collections.abc import Awaitable, Callable
from datetime import datetime
import logging

from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later

_LOGGER = logging.getLogger(__name__)

_QUICKEST = 0.4
"""Seconds between two steps at least: a device takes no more commands without falling behind."""
_MOST_STEPS = 60

type Step = Callable[[float], Awaitable[None]]
"""Sends what holds at this share of the way, 0 to 1."""


class Fade:
    """One transition, until it has arrived, is cancelled, or the device no longer takes its steps."""

    def __init__(self, hass: HomeAssistant, seconds: float, step: Step) -> None:
        """Take the way; nothing happens before `async_start`."""
        self._hass = hass
        self._steps = max(1, min(_MOST_STEPS, round(seconds / _QUICKEST)))
        self._pause = seconds / self._steps
        self._step = step
        self._done = 0
        self._cancelled = False
        self._cancel_next: CALLBACK_TYPE | None = None

    async def async_start(self) -> None:
        """Send the first step; raise HomeAssistantError if even that fails."""
        self._done += 1
        await self._step(self._done / self._steps)
        if self._done < self._steps and not self._cancelled:
            self._cancel_next = async_call_later(self._hass, self._pause, self._async_next)

    def cancel(self) -> None:
        """Send no further step."""
        self._cancelled = True
        if self._cancel_next is not None:
            self._cancel_next()
            self._cancel_next = None

    async def _async_next(self, _: datetime) -> None:
        self._cancel_next = None
        try:
            await self.async_start()
        except HomeAssistantError as error:
            _LOGGER.debug("A transition ends half way: %s", error)
