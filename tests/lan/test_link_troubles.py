"""Links in trouble: what must not become a loop, what must not be thrown away, what must not be believed."""

import asyncio
from dataclasses import replace

import pytest

from custom_components.localtuya.lan import Busy, KeyRejected, LanError, Link, LinkState, NoAnswer, Unreachable
from tests.lab.device import LabDevice
from tests.lab.faults import Faults

from .conftest import QUICK, Connect, StartDevice, Witness, endpoint_of
from .speech import VERSIONS

every_version = pytest.mark.parametrize("version", VERSIONS)
OTHER_KEY = "fedcba9876543210"


async def evict(device: LabDevice, witness: Witness, times: int) -> None:
    """Hang up on every session as soon as it is live."""
    for _ in range(times):
        await witness.state(LinkState.LIVE)
        device.drop_clients()
        await witness.wait(lambda: witness.states[-1] is not LinkState.LIVE)


@every_version
async def test_who_is_evicted_again_and_again_leaves_the_place_to_others(
    start_device: StartDevice, connect: Connect, version: str
) -> None:
    device = await start_device(version=version)
    link, witness = connect(device, timing=replace(QUICK, heartbeat=5, backoff_hard=30, backoff_most=60))
    await evict(device, witness, 3)
    assert witness.states[-1] is LinkState.HELD
    assert isinstance(witness.errors[-1], Busy)
    for _ in range(5):
        link.wake(host="127.0.0.1", version=version)
    await asyncio.sleep(0)
    assert device.connections == 3


async def test_commands_do_not_make_a_loop_of_connections(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(faults=Faults(accept_then_reset=True))
    link, witness = connect(device, timing=replace(QUICK, backoff_first=30, backoff_hard=30, backoff_most=60))
    await witness.state(LinkState.WEDGED)
    for _ in range(30):
        with pytest.raises(LanError):
            await link.control({"1": False})
    assert device.connections <= 4  # two per round: the first, and one command's


async def test_who_keeps_asking_still_learns_that_nobody_answers(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device()
    device.faults = Faults(filtered=True)
    link, witness = connect(device, timing=replace(QUICK, connect=0.3, answer=0.1))
    async with asyncio.timeout(3):
        while not isinstance(link.last_error, Unreachable):
            with pytest.raises(LanError):
                await link.control({"1": False})
            link.wake(host="127.0.0.1")
    assert LinkState.UNREACHABLE in witness.states


@every_version
async def test_a_slow_device_is_not_thrown_away(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version, faults=Faults(delay=QUICK.answer * 5 / 3))
    link, witness = connect(device, timing=replace(QUICK, heartbeat=0.5))
    await witness.told(d1=True)
    dialed = link.stats.dialed
    with pytest.raises(NoAnswer):
        await link.control({"1": False}, exclusive=True)
    await witness.told(d1=False)
    await device.wait_for(lambda device: device.frames[9] >= 2, 5)
    assert link.stats.dialed == dialed
    assert witness.states[-1] is LinkState.LIVE


async def test_a_device_without_heartbeat_answers_is_asked_otherwise(
    start_device: StartDevice, connect: Connect
) -> None:
    device = await start_device(version="3.4", faults=Faults(no_heartbeat_answer=True))
    _, witness = connect(device)
    await witness.told(d1=True)
    await device.wait_for(lambda device: device.frames[9] >= 3, 5)
    assert device.frames[0x10] >= 3
    assert device.connections == 1


async def test_an_impatient_device_gets_more_heartbeats(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.3", faults=Faults(idle_close=QUICK.heartbeat * 0.5))
    _, witness = connect(device)
    await device.wait_for(lambda device: device.frames[9] >= 6, 5)
    assert device.connections <= 3
    assert LinkState.HELD not in witness.states


async def test_a_wrong_key_of_3_1_shows_at_the_first_command(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.1")
    link, witness = connect(device, local_key=OTHER_KEY)
    await witness.told(d1=True)
    with pytest.raises(KeyRejected):
        await link.control({"1": False})
    await witness.state(LinkState.KEY_REJECTED)
    link.update(endpoint_of(device))
    await link.control({"1": False})
    assert device.dps["1"] is False


async def test_nobody_at_the_address_and_a_way_back(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device()
    link, witness = connect(device, host="127.255.255.255")
    await witness.state(LinkState.GONE)
    link.wake(host="127.0.0.1")
    await witness.told(d1=True)


@every_version
async def test_a_forged_version_neither_stops_nor_misleads(
    start_device: StartDevice, connect: Connect, version: str
) -> None:
    device = await start_device(version=version)
    link, witness = connect(device)
    await witness.told(d1=True)
    link.wake(host="127.0.0.1", version="9.9")
    device.drop_clients()
    await witness.wait(lambda: witness.states[-1] is not LinkState.LIVE)
    await witness.state(LinkState.LIVE)
    assert link.version == version


async def test_a_wrong_version_leads_back_without_help(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.3", faults=Faults(flip_bits=3))
    link, witness = connect(device)
    await witness.state(LinkState.WRONG_VERSION)
    device.faults = Faults()
    await witness.told(d1=True)
    assert link.version == "3.3"


async def test_forged_addresses_do_not_crowd_out_the_real_one(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.5")
    link, witness = connect(device)
    await witness.told(d1=True)
    await device.stop()
    await witness.state(LinkState.UNREACHABLE)
    for number in range(10):
        link.wake(host=f"127.0.9.{number}")
    await device.start()
    await witness.state(LinkState.LIVE)


async def test_a_device_of_3_2_is_not_taken_for_one_of_3_3(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.2", faults=Faults(accept_then_silence=True))
    link, witness = connect(device, timing=replace(QUICK, answer=0.04))
    await device.wait_for(lambda device: device.connections >= 4, 5)  # versions have been guessed
    device.faults = Faults()
    await witness.wait(lambda: link.state is LinkState.LIVE, 5)
    assert link.version == "3.2"


@pytest.mark.usefixtures("loopback")
async def test_a_link_without_an_address_says_so_at_once() -> None:
    witness = Witness()
    link = Link(replace(endpoint_of(LabDevice("d", local_key=OTHER_KEY, dps={})), host=None), witness, timing=QUICK)
    link.start()
    with pytest.raises(LanError):
        await asyncio.wait_for(link.control({"1": True}), 0.1)
    await link.stop()
