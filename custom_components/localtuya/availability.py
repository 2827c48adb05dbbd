"""Whether what a device said last can be trusted, which does not end with every short loss of the link."""

from collections.abc import Callable
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later


class Availability:
    """The link is up or its loss is forgiven for a while; and a gateway does not say that its child is away."""

    def __init__(self, hass: HomeAssistant, changed: Callable[[], None], *, up: bool) -> None:
        """Prepare; `changed` is called after every change of `available`."""
        self.up = up
        self.online = True
        """What the gateway says of its child."""
        self._hass = hass
        self._changed = changed
        self._cancel: CALLBACK_TYPE | None = None

    @property
    def available(self) -> bool:
        """Whether the state can be trusted now."""
        return self.online and (self.up or self._cancel is not None)

    @callback
    def async_gain(self) -> None:
        """Take that the link is up."""
        before, self.up = self.available, True
        self._stop()
        self._tell(before)

    @callback
    def async_lose(self, patience: float) -> None:
        """Take that the link is down; the state is trusted for so many seconds more, not at all if there are none."""
        before, self.up = self.available, False
        self._stop()
        if patience > 0:
            self._cancel = async_call_later(self._hass, patience, self._over)
        self._tell(before)

    @callback
    def async_see(self, *, online: bool) -> None:
        """Take whether the gateway sees its child."""
        before, self.online = self.available, online
        self._tell(before)

    @callback
    def async_close(self) -> None:
        """Stop the timer."""
        self._stop()

    @callback
    def _over(self, _: datetime) -> None:
        before, self._cancel = self.available, None
        self._tell(before)

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    def _tell(self, before: bool) -> None:  # noqa: FBT001 - the one argument
        if self.available != before:
            self._changed()
