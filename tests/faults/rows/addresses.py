"""Devices that move, are impersonated, sleep; clocks that jump."""

import asyncio
import time
from unittest.mock import patch

from custom_components.localtuya.lan import LinkState
from tests.faults.fault import Fault, healed, nothing
from tests.faults.scene import OTHER_KEY, Scene, free_host
from tests.lab.faults import Faults

_YEAR = 365 * 86400.0


async def _moves(scene: Scene) -> None:
    await scene.device.stop()


async def _arrives(scene: Scene) -> None:
    moved = scene.new_device()
    moved.dps.update(scene.device.dps)
    await scene.replace_device(moved)
    scene.announce()


async def _address_reused(scene: Scene) -> None:
    """The router gives the device's address to another device of the same kind."""
    await scene.device.stop()
    stranger = scene.new_device(device_id="stranger", local_key=OTHER_KEY, host=scene.device.host, dps={"1": 1, "2": 1})
    await stranger.start()


async def _found_elsewhere(scene: Scene) -> None:
    moved = scene.new_device(dps={"1": True, "2": 0, "3": "new"})
    await scene.replace_device(moved)
    scene.announce()


def _stale_address(scene: Scene) -> None:
    for _ in range(3):
        scene.announce(host=free_host())
    scene.device.drop_clients()


def _forged_addresses(scene: Scene) -> None:
    for _ in range(50):
        scene.announce(host=free_host())


def _falls_asleep(scene: Scene) -> None:
    scene.device.faults = Faults(refuse=True)
    scene.device.drop_clients()


def _wakes_up(scene: Scene) -> None:
    healed(scene)
    scene.announce()


async def _clock_jumps(scene: Scene) -> None:
    usual = time.time
    for jump in _YEAR, -50 * _YEAR:
        with patch("time.time", lambda jump=jump: usual() + jump):
            await scene.link.control({"2": -1})
            await scene.link.query()
            await asyncio.sleep(scene.timing.heartbeat / 2)


async def _forged_while_away(scene: Scene) -> None:
    await scene.device.stop()
    for _ in range(10):
        scene.announce(host=free_host())


async def _returns(scene: Scene) -> None:
    await scene.device.start()


def _host_sleeps(scene: Scene) -> None:
    """The machine was suspended for an hour: for the event loop all timers are due at once."""
    del scene
    loop = asyncio.get_running_loop()
    usual = loop.time
    loop.time = lambda: usual() + 3600  # type: ignore[method-assign]


ADDRESSES = (
    Fault("address changed by DHCP", breaks=_moves, shows=LinkState.UNREACHABLE, mends=_arrives),
    Fault(
        "address given to another device",
        breaks=_address_reused,
        shows=LinkState.KEY_REJECTED,
        mends=_found_elsewhere,
        pushes=False,
    ),
    Fault("announcements with stale addresses", breaks=_stale_address, shows=LinkState.CONNECTING, mends=nothing),
    Fault("50 forged announcements", breaks=_forged_addresses, mends=nothing),
    Fault(
        "10 forged announcements while it is away",
        breaks=_forged_while_away,
        shows=LinkState.UNREACHABLE,
        mends=_returns,
        most_connections=40,  # several addresses in each round
    ),
    Fault(
        "sleeper",
        breaks=_falls_asleep,
        shows=LinkState.ASLEEP,
        mends=_wakes_up,
        endpoint={"sleepy": True},
    ),
    Fault("the clock jumps by a year, and back by fifty", breaks=_clock_jumps, mends=nothing, alone=True, lasts=0.5),
    Fault(
        "the machine sleeps for an hour",
        breaks=_host_sleeps,
        mends=nothing,
        device={"faults": Faults(idle_close=_YEAR)},
        alone=True,
        lasts=0.5,
    ),
)
