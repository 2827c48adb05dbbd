"""Too much of everything."""

import asyncio
import time

from custom_components.localtuya.lan import LinkState
from tests.faults.fault import Fault, nothing
from tests.faults.scene import Scene

PUSHES = 10_000
"""Reports within one second."""
_IN_TIME = 1.2
CROWD = 300
"""Devices that lose their power at the same moment."""


async def _flood(scene: Scene) -> None:
    """Report so often: every report must arrive, once in three tries within the second (the machine may be shared)."""
    for _ in range(3):
        took = await _flood_once(scene)
        if took <= _IN_TIME:
            return
    raise AssertionError(f"{PUSHES} reports took {took:.2f} s")


async def _flood_once(scene: Scene) -> float:
    """Report in bursts every ten milliseconds; return the seconds until the last report has arrived."""
    before = len(scene.reports)
    begun = time.perf_counter()
    for burst in range(100):
        for number in range(PUSHES // 100):
            scene.device.push({"4": burst * 100 + number})
        await asyncio.sleep(max(0.0, begun + (burst + 1) / 100 - time.perf_counter()))
    await scene.until(lambda: scene.values[None].get("4") == PUSHES - 1, 3)
    took = time.perf_counter() - begun
    heard = sum(report.dps.get("4", -1) != -1 for _, report in scene.reports[before:])
    if heard != PUSHES:
        raise AssertionError(f"{heard} of {PUSHES} reports arrived")
    scene.device.push({"4": -1})
    return took


async def _power_cut(scene: Scene) -> None:
    await scene.crowd(CROWD)
    for device in scene.devices:
        await device.stop()


async def _power_back(scene: Scene) -> None:
    for device in scene.devices:
        await device.start()


async def _power_back_announced(scene: Scene) -> None:
    await _power_back(scene)
    await scene.announce_all(0.5)  # as real ones do within five seconds


LOAD = (
    Fault("10,000 reports in a second", breaks=_flood, mends=nothing, alone=True, lasts=0.2),
    Fault(
        "300 devices back at once after a power cut",
        breaks=_power_cut,
        shows=LinkState.UNREACHABLE,
        mends=_power_back,
        alone=True,
        back=lambda scene: scene.crowd_live == CROWD - 1,
        lasts=0.5,
    ),
    Fault(
        "300 devices announce themselves after a power cut",
        breaks=_power_cut,
        shows=LinkState.UNREACHABLE,
        mends=_power_back_announced,
        alone=True,
        back=lambda scene: scene.crowd_live == CROWD - 1,
        lasts=0.5,
    ),
)
