"""Long work in the event loop, in slices: everybody else gets a turn in between."""

import asyncio

SLICE = 0.003
"""Seconds of work at a stretch."""


class Turns:
    """Call `give` between the pieces of the work; it steps aside when a slice is over."""

    def __init__(self) -> None:
        """Begin the first slice."""
        self._loop = asyncio.get_running_loop()
        self._since = self._loop.time()

    async def give(self) -> None:
        """Let others run, if this work ran long enough."""
        if self._loop.time() - self._since >= SLICE:
            await asyncio.sleep(0)
            self._since = self._loop.time()
