"""What every client that is measured can be made to do, and who they are."""

from abc import ABC, abstractmethod
import asyncio
from collections.abc import Callable, Coroutine, Sequence
from importlib import import_module
from typing import Protocol, cast

from tests.bench.fleet import Target

PATIENCE = 30.0
"""Seconds after which a measurement has failed."""


class Candidate(Protocol):
    """A client: connects to devices, commands them, hears them."""

    def connect(self, targets: Sequence[Target]) -> None:
        """Connect to all of these at once, too; returns when each has given its status."""

    def command(self, order: Sequence[int]) -> list[float]:
        """Command the devices of these indices one after the other; gives the seconds until each had answered."""

    def scene(self) -> None:
        """Command every device at once; returns when all have answered."""

    def hear(self, count: int, begin: Callable[[], None]) -> None:
        """Call `begin`; returns when so many reports have come."""

    def idle(self, seconds: float) -> None:
        """Stay connected."""

    def close(self) -> None:
        """Hang up everywhere."""


class LoopCandidate(ABC):
    """A client that lives in an event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()

    @abstractmethod
    async def async_connect(self, targets: Sequence[Target]) -> None:
        """See Candidate."""

    @abstractmethod
    async def async_command(self, index: int) -> None:
        """Command one device; returns when it has answered."""

    @abstractmethod
    def expect(self, count: int) -> asyncio.Future[None]:
        """Give what is done when so many reports more have come."""

    @abstractmethod
    async def async_close(self) -> None:
        """See Candidate."""

    def connect(self, targets: Sequence[Target]) -> None:
        """See Candidate."""
        self._run(self.async_connect(targets))

    def command(self, order: Sequence[int]) -> list[float]:
        """See Candidate."""
        return self._run(self._command(order))

    def scene(self) -> None:
        """See Candidate."""
        self._run(self._scene())

    def hear(self, count: int, begin: Callable[[], None]) -> None:
        """See Candidate."""

        async def wait() -> None:
            done = self.expect(count)
            begin()
            await done

        self._run(wait())

    def idle(self, seconds: float) -> None:
        """See Candidate."""
        self._loop.run_until_complete(asyncio.sleep(seconds))

    def close(self) -> None:
        """See Candidate."""
        self._run(self.async_close())

    @property
    @abstractmethod
    def size(self) -> int:
        """Count the connected devices."""

    async def _command(self, order: Sequence[int]) -> list[float]:
        time = self._loop.time
        seconds = []
        for index in order:
            start = time()
            await self.async_command(index)
            seconds.append(time() - start)
        return seconds

    async def _scene(self) -> None:
        await asyncio.gather(*(self.async_command(index) for index in range(self.size)))

    def _run[Result](self, work: Coroutine[object, object, Result]) -> Result:
        return self._loop.run_until_complete(asyncio.wait_for(work, PATIENCE))


CANDIDATES = {
    "floor": "tests.bench.floor:Floor",
    "ours": "tests.bench.ours:Ours",
    "threads": "tests.bench.tinytuya_threads:Threads",
    "monitor": "tests.bench.tinytuya_monitor:Watched",
}
PEERS = ("threads", "monitor")
BEATS = {"floor": 10.0, "ours": 10.0, "threads": 10.0, "monitor": 12.0}
"""Seconds between the heartbeats of one connection, as each of them is meant to be used."""


def make(name: str, beat: float | None = None) -> Candidate:
    """Load one candidate and nothing of the others; `beat` in place of its own seconds between heartbeats."""
    module, _, maker = CANDIDATES[name].partition(":")
    return cast(Candidate, getattr(import_module(module), maker)(beat or BEATS[name]))
