"""Local keys change when a device is paired again: the cloud knows the new one, but is asked rarely."""

from collections.abc import Callable
from dataclasses import dataclass
import time

FIRST_PAUSE = 600.0
"""Seconds after a question in vain before a device's key is asked for again; doubles each time."""
LONGEST_PAUSE = 86_400.0


@dataclass(slots=True)
class _Rest:
    until: float
    pause: float


class KeyKeeper:
    """Says when it is worth asking the cloud for a device's key."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take a clock that counts seconds."""
        self._clock = clock
        self._resting: dict[str, _Rest] = {}

    def may_ask(self, device_id: str) -> bool:
        """Return whether the cloud may be asked now, and count it as a question."""
        now = self._clock()
        rest = self._resting.get(device_id)
        if rest is not None and now < rest.until:
            return False
        pause = FIRST_PAUSE if rest is None else min(rest.pause * 2, LONGEST_PAUSE)
        self._resting[device_id] = _Rest(now + pause, pause)
        return True

    def forget(self, device_id: str) -> None:
        """Forget the questions: another key is known, or the device is gone."""
        self._resting.pop(device_id, None)
