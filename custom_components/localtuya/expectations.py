"""What was sent counts as the state until the device has its say. Times are given, in seconds."""

from collections.abc import Mapping
from dataclasses import dataclass

STALE_WINDOW = 1.0
"""Seconds after its answer for which a device may still report what was before the command."""
ECHO_WINDOW = 3.0
"""Seconds after its answer within which a device must have reported what it was told."""


@dataclass(slots=True)
class _Expected:
    value: object
    serial: int
    stale: list[object]
    """What was before, and what was sent since: to hear that again is no news."""
    overtook: bool
    """Another command to the datapoint was under way: its echo may come late."""
    answered: float | None = None
    confirmed: bool = False

    @property
    def deadline(self) -> float | None:
        if self.answered is None:
            return None
        return self.answered + (STALE_WINDOW if self.confirmed else ECHO_WINDOW)


class Expectations:
    """The values that were sent to one device and still stand in for its own word."""

    __slots__ = ("_expected", "_serial")

    def __init__(self) -> None:
        """Begin with none."""
        self._expected: dict[str, _Expected] = {}
        self._serial = 0

    def __bool__(self) -> bool:
        """Whether anything is expected."""
        return bool(self._expected)

    @property
    def deadline(self) -> float | None:
        """When the next expectation ends by itself; None while all wait for their answer."""
        return min((each.deadline for each in self._expected.values() if each.deadline is not None), default=None)

    def over(self, dps: Mapping[str, object]) -> dict[str, object]:
        """Return these values with those that were sent in place of the device's."""
        return {**dps, **{dp: each.value for dp, each in self._expected.items()}}

    def send(self, dps: Mapping[str, object], said: Mapping[str, object]) -> int:
        """Expect these values of a device that `said` others; return the number of the command."""
        self._serial += 1
        for dp, value in dps.items():
            stale = [said[dp]] if dp in said else []
            before = self._expected.get(dp)
            if before is not None:
                stale = [*before.stale, before.value]
            self._expected[dp] = _Expected(value, self._serial, stale[-_MOST_STALE:], overtook=before is not None)
        return self._serial

    def answer(self, serial: int, now: float) -> None:
        """Take that the device accepted a command."""
        for each in self._of(serial).values():
            each.answered = now

    def fail(self, serial: int) -> frozenset[str]:
        """Take that a command failed; return the datapoints that are no longer expected."""
        return self._drop(self._of(serial))

    def hear(self, dps: Mapping[str, object], now: float) -> None:
        """Take what the device reports: what was sent, what was before (an echo), or something else (the truth)."""
        for dp in dps.keys() & self._expected.keys():
            expected, value = self._expected[dp], dps[dp]
            if value == expected.value:
                expected.confirmed = True
                if not expected.overtook:
                    del self._expected[dp]
            elif value not in expected.stale or (
                expected.answered is not None and now >= expected.answered + STALE_WINDOW
            ):
                del self._expected[dp]

    def end(self, now: float) -> tuple[frozenset[str], frozenset[str]]:
        """Give up what has had its time; return its datapoints, and those of which the device said nothing."""
        ended = {dp: each for dp, each in self._expected.items() if each.deadline is not None and each.deadline <= now}
        silent = frozenset(dp for dp, each in ended.items() if not each.confirmed)
        return self._drop(ended), silent

    def _of(self, serial: int) -> dict[str, _Expected]:
        return {dp: each for dp, each in self._expected.items() if each.serial == serial}

    def _drop(self, which: Mapping[str, _Expected]) -> frozenset[str]:
        for dp in which:
            del self._expected[dp]
        return frozenset(which)


_MOST_STALE = 8
