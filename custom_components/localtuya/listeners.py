"""Who listens to which datapoint: what a report costs follows from what it changes, not from who is there."""

from collections.abc import Callable, Collection, Mapping
import logging

from homeassistant.core import CALLBACK_TYPE, callback

_LOGGER = logging.getLogger(__name__)

type Update = Callable[[], None]
type Heard = Callable[[Mapping[str, object]], None]
"""Takes what the device said by itself, raw values by datapoint id, also where they are the same as before."""


class Listeners:
    """Callbacks, found by the datapoints that they are about."""

    __slots__ = ("_all", "_by_dp")

    def __init__(self) -> None:
        """Begin with nobody."""
        self._all: dict[object, Update] = {}
        self._by_dp: dict[str, tuple[Update, ...]] = {}

    def __len__(self) -> int:
        """Count the listeners."""
        return len(self._all)

    @callback
    def add(self, dps: frozenset[str], update: Update) -> CALLBACK_TYPE:
        """Call `update` for these datapoints; return what ends that."""
        token = object()
        self._all[token] = update
        for dp in dps:
            self._by_dp[dp] = (*self._by_dp.get(dp, ()), update)

        @callback
        def remove() -> None:
            if self._all.pop(token, None) is None:
                return
            for dp in dps:
                left = list(self._by_dp[dp])
                left.remove(update)
                self._by_dp[dp] = tuple(left)

        return remove

    @callback
    def tell(self, dps: Collection[str]) -> None:
        """Call each listener of any of these datapoints once."""
        if len(dps) == 1:
            (dp,) = dps
            for update in self._by_dp.get(dp, ()):
                _call(update)
        elif dps:
            for update in dict.fromkeys(update for dp in dps for update in self._by_dp.get(dp, ())):
                _call(update)

    @callback
    def tell_all(self) -> None:
        """Call everybody."""
        for update in list(self._all.values()):
            _call(update)


def _call(update: Update) -> None:
    """Call a listener; one that fails keeps no report from the others."""
    try:
        update()
    except Exception:
        _LOGGER.exception("A listener failed; the others hear the report all the same")
