"""Keeping metered DPs fresh on devices that only tell them when asked."""

import asyncio
from collections.abc import Iterable, Mapping

from .connection import Connection
from .endpoint import Timing
from .pace import Pace


class Metering:
    """Asks for fresh values at a pace that follows what the asking brings."""

    __slots__ = ("_brought", "_connection", "_dp_ids", "_pace", "_timer", "_timing", "names")

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._pace = Pace(timing.refresh_fastest, timing.refresh_slowest)
        self._dp_ids: tuple[int, ...] = ()
        self.names: frozenset[str] = frozenset()
        """The DPs that are watched."""
        self._brought = False
        self._connection: Connection | None = None
        self._timer: asyncio.TimerHandle | None = None

    def watch(self, dp_ids: Iterable[int]) -> None:
        """Keep these DPs fresh from now on, beginning at once; none = stop."""
        dp_ids = tuple(dp_ids)
        if dp_ids == self._dp_ids:
            return
        self._dp_ids = dp_ids
        self.names = frozenset(map(str, dp_ids))
        self._pace = Pace(self._timing.refresh_fastest, self._timing.refresh_slowest)
        self._stop()
        if self._connection is not None:
            self._ask()

    def open(self, connection: Connection) -> None:
        """Ask over this connection."""
        self._connection = connection
        if self._dp_ids:
            self._wait(self._timing.refresh_fastest)

    def close(self) -> None:
        """Ask no more until the next connection."""
        self._connection = None
        self._stop()

    def heard(self, dps: Mapping[str, object]) -> None:
        """Take notice of what the device reported."""
        if not self.names.isdisjoint(dps):
            self._brought = True

    def _ask(self) -> None:
        self._timer = None
        if self._connection is None or not self._dp_ids:
            return
        self._brought = False
        self._connection.send(self._connection.session.refresh(self._dp_ids), asks=False)
        self._wait(self._pace.seconds)

    def _judge(self) -> None:
        self._timer = None
        self._pace.judge(brought=self._brought)
        self._ask()

    def _wait(self, delay: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(delay, self._judge)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
