"""Commands: merged, repeated, refused, never lost in silence."""

import asyncio
from dataclasses import replace

import pytest

from custom_components.localtuya.lan import ConnectionLost, DeviceRefused, FrameError, NoAnswer
from tests.lab.faults import Faults

from .conftest import QUICK, Connect, StartDevice
from .speech import VERSIONS

every_version = pytest.mark.parametrize("version", VERSIONS)
CONTROLS = frozenset({7, 13})


async def test_commands_of_one_moment_travel_together(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.5")
    link, witness = connect(device)
    await witness.told(d1=True)
    await asyncio.gather(link.control({"1": False}), link.control({"2": 30}), link.control({"2": 40}))
    assert device.commands == [(None, {"1": False, "2": 40})]


async def test_the_latest_value_wins_while_one_is_under_way(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.4", faults=Faults(delay=0.03))
    link, witness = connect(device)
    await witness.told(d1=True)
    first = asyncio.ensure_future(link.control({"2": 0}))
    await device.wait_for(lambda device: bool(device.commands))
    await asyncio.gather(first, *(link.control({"2": number}) for number in range(1, 50)))
    assert device.commands == [(None, {"2": 0}), (None, {"2": 49})]


async def test_a_merge_window_gathers(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device()
    link, witness = connect(device, timing=replace(QUICK, merge=0.03))
    await witness.told(d1=True)
    first = asyncio.ensure_future(link.control({"1": False}))
    await asyncio.sleep(0)
    await asyncio.gather(first, link.control({"2": 9}))
    assert device.commands == [(None, {"1": False, "2": 9})]


async def test_exclusive_commands_are_never_merged(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device()
    link, witness = connect(device)
    await witness.told(d1=True)
    await asyncio.gather(*(link.control({"2": 1}, exclusive=True) for _ in range(3)), link.control({"2": 2}))
    assert [dps for _, dps in device.commands] == [{"2": 1}] * 3 + [{"2": 2}]


@every_version
async def test_a_lost_command_is_sent_once_more(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version, faults=Faults(lose_controls=1))
    link, witness = connect(device)
    await witness.told(d1=True)
    await link.control({"1": False})
    assert device.dps["1"] is False


async def test_an_exclusive_command_is_never_sent_twice(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(faults=Faults(lose_controls=1))
    link, witness = connect(device)
    await witness.told(d1=True)
    with pytest.raises(NoAnswer):
        await link.control({"1": False}, exclusive=True)
    assert device.frames[7] == 1


async def test_the_repetition_takes_along_what_came_meanwhile(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(faults=Faults(lose_controls=1))
    link, witness = connect(device)
    await witness.told(d1=True)
    first = asyncio.ensure_future(link.control({"1": False, "2": 1}))
    await device.wait_for(lambda device: device.frames[7] > 0)
    await asyncio.gather(first, link.control({"2": 2}))
    assert device.commands == [(None, {"1": False, "2": 2})]


@every_version
async def test_silence_is_an_error(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version, faults=Faults(ignore=CONTROLS))
    link, witness = connect(device, timing=replace(QUICK, heartbeat=5), dp_ids=(1,))
    if version == "3.2":  # asks with the number that is ignored
        return
    await witness.told(d1=True)
    with pytest.raises(NoAnswer):
        await link.control({"1": False})
    device.faults = Faults()
    await link.control({"1": False})
    assert device.dps["1"] is False


@every_version
async def test_a_refusal_is_an_error_at_once(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version, faults=Faults(control_retcode="data format error"))
    link, witness = connect(device)
    if version == "3.2":
        return
    await witness.told(d1=True)
    with pytest.raises(DeviceRefused, match="data format error"):
        await link.control({"1": False})
    assert device.connections == 1


@every_version
@pytest.mark.parametrize(
    "faults",
    [
        Faults(ack_retcode_one_empty=True),
        Faults(report_before_ack=True),
        Faults(no_report=True),
        Faults(duplicate_answers=True),
        Faults(sequence="zero"),
        Faults(sequence="random"),
        Faults(sequence="counter"),
        Faults(sequence="echo"),
        Faults(one_byte_at_a_time=True),
        Faults(coalesce=3),
        Faults(garbage_before=b"\0\0\x55\xaanoise", garbage_after=b"\0\0"),
    ],
    ids=[
        "retcode 1",
        "report first",
        "no report",
        "twice",
        "zero",
        "random",
        "counter",
        "echo",
        "bytes",
        "coalesced",
        "garbage",
    ],
)
async def test_oddities_lose_nothing(start_device: StartDevice, connect: Connect, version: str, faults: Faults) -> None:
    device = await start_device(version=version, faults=faults)
    link, witness = connect(device, timing=replace(QUICK, answer=0.5))
    if version != "3.2" or not faults.no_report:  # whose answers are reports
        await witness.told(d1=True)
    for number in range(5):
        device.push({"1": bool(number % 2)})
        await link.control({"2": number})
        # The second of two acknowledgements can seem to be that of the next command.
        await device.wait_for(lambda device: device.dps["2"] == number)  # noqa: B023 - awaited at once
    assert len(device.commands) == 5
    assert device.connections == 1


async def test_a_connection_lost_during_a_command_is_said_at_once(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(faults=Faults(ignore=CONTROLS))
    link, witness = connect(device, timing=replace(QUICK, answer=30))
    await witness.told(d1=True)
    commands = [asyncio.ensure_future(link.control({"1": False}, exclusive=True)) for _ in range(3)]
    await device.wait_for(lambda device: device.frames[7] > 0)
    device.drop_clients(reset=True)
    for result in await asyncio.gather(*commands, return_exceptions=True):
        assert isinstance(result, ConnectionLost)


async def test_what_cannot_be_sent_is_said(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device()
    link, witness = connect(device)
    await witness.told(d1=True)
    with pytest.raises(FrameError):
        await link.control({"1": object()})
    await link.control({"1": False})


async def test_a_cancelled_command_disturbs_nobody(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(faults=Faults(delay=0.02))
    link, witness = connect(device)
    await witness.told(d1=True)
    command = asyncio.ensure_future(link.control({"1": False}))
    await device.wait_for(lambda device: bool(device.commands))
    command.cancel()
    await link.control({"2": 3})
    assert device.dps["2"] == 3


async def test_children_do_not_queue_behind_each_other(start_device: StartDevice, connect: Connect) -> None:
    children = {f"c{number}": {"1": False} for number in range(64)}
    device = await start_device(version="3.5", children=children, faults=Faults(delay=0.05))
    link, witness = connect(device, nodes=tuple(children), timing=replace(QUICK, answer=2))
    await witness.told("c63", d1=False)
    before = asyncio.get_running_loop().time()
    await asyncio.gather(*(link.control({"1": True}, node) for node in children))
    assert asyncio.get_running_loop().time() - before < 0.5
    assert all(dps["1"] is True for dps in device.children.values())


async def test_what_a_gateway_remembers_does_not_undo_a_command(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.4", children={"c": {"1": False, "2": 5}}, faults=Faults(memory_lag=0.1))
    link, witness = connect(device, nodes=("c",))
    await witness.told("c", d1=False)
    await link.control({"1": True}, "c")
    await witness.told("c", d1=True)
    seen = len(witness.reports)
    await link.query("c")
    assert [report.dps for report in witness.reports[seen:] if report.node == "c"] == [{"2": 5}]
