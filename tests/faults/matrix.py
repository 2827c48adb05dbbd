"""Runs cells: most of them at once, the loud ones alone, healthy neighbours always beside them."""

import asyncio
from collections.abc import Iterable
import gc

from tests.faults.fault import Cell, Fault
from tests.faults.neighbours import Neighbourhood
from tests.faults.rows import ROWS
from tests.faults.trial import trial

AT_ONCE = 64
"""Cells that run at the same time."""

type Place = tuple[Fault, str]


def places(rows: Iterable[Fault] = ROWS) -> list[Place]:
    """Return all cells there are."""
    return [(fault, version) for fault in rows for version in fault.versions]


async def run(wanted: Iterable[Place]) -> tuple[list[Cell], int]:
    """Run these cells; they come in the order wanted, with the number of commands that went to neighbours."""
    wanted = list(wanted)
    # One collection of all that Home Assistant's modules hold stops everything for a tenth of a second.
    gc.collect()
    gc.freeze()
    try:
        return await _run(wanted)
    finally:
        gc.unfreeze()


async def _run(wanted: list[Place]) -> tuple[list[Cell], int]:
    cells: dict[tuple[str, str], Cell] = {}
    gate = asyncio.Semaphore(AT_ONCE)
    async with Neighbourhood() as neighbours:

        async def one(fault: Fault, version: str) -> None:
            async with gate:
                loop = asyncio.get_running_loop()
                begun = loop.time()
                cell = await trial(fault, version)
                cells[fault.name, version] = cell.among(neighbours.affected(begun, loop.time()))

        await asyncio.gather(*(one(*place) for place in wanted if not place[0].alone))
        for place in wanted:
            if place[0].alone:
                await one(*place)
    return [cells[fault.name, version] for fault, version in wanted], neighbours.commands
