"""Moments: what happens once and is over, told apart from a device that just recites how it is."""

from collections.abc import Callable, Collection, Mapping
import time

from homeassistant.core import CALLBACK_TYPE, callback

type Happened = Callable[[object], None]
"""Takes the raw value of a datapoint that was said because something happened."""

_SETTLED = 5.0
"""Seconds after which a device has recited its state, if it does so when the link comes up."""


class Moments:
    """Who waits for which datapoint of one device to happen.

    Where a device recites all that it knows in one breath, or several such datapoints, only what changed has happened;
    right after the link came up not even that. But a sleeper is awake because something happened: its first word
    counts, also where it tells its battery along with it.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self._by_dp: dict[str, tuple[Happened, ...]] = {}
        self._up = 0.0
        self._first = True
        """Whether the device has not said a word since the link came up."""

    @callback
    def add(self, dp: str, happened: Happened) -> CALLBACK_TYPE:
        """Call `happened` each time the datapoint happens; return what ends that."""
        self._by_dp[dp] = (*self._by_dp.get(dp, ()), happened)

        @callback
        def remove() -> None:
            self._by_dp[dp] = tuple(each for each in self._by_dp[dp] if each != happened)

        return remove

    @callback
    def async_rise(self) -> None:
        """Take that the link came up."""
        self._up, self._first = time.monotonic(), True

    @callback
    def async_answer(self) -> None:
        """Take that the device answered a question: what it says by itself from now on is news."""
        self._first = False

    @callback
    def async_hear(self, dps: Mapping[str, object], before: Mapping[str, object], *, sleeper: bool) -> None:
        """Take a report; `before` is what was known until then, `sleeper`: a device that woke up to say this."""
        if said := [dp for dp in dps if self._by_dp.get(dp)]:
            changed = [dp for dp in said if dps[dp] != before.get(dp)]
            for dp in self._news(dps, said, changed, recited=dps.keys() >= before.keys(), sleeper=sleeper):
                for happened in self._by_dp[dp]:
                    happened(dps[dp])
        self._first = False

    def _news(
        self, dps: Collection[str], said: list[str], changed: list[str], *, recited: bool, sleeper: bool
    ) -> list[str]:
        """Return which of what was `said` has happened."""
        if len(dps) == 1:
            return changed if self._first and not sleeper else said
        if recited and not sleeper and time.monotonic() - self._up < _SETTLED:
            return []
        return changed if len(said) > 1 or (recited and not (sleeper and len(dps) == 2)) else said
