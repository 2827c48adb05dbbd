"""Status of devices that answer in their own ways, and of gateways."""

from dataclasses import replace

import pytest

from custom_components.localtuya.lan import DeviceRefused, LinkState
from tests.lab.faults import Faults

from .conftest import QUICK, Connect, StartDevice

NEW = pytest.mark.parametrize("version", ["3.4", "3.5"])


@pytest.mark.parametrize("version", ["3.3", "3.4", "3.5"])
async def test_a_device_that_has_just_booted_is_asked_again_without_nulls(
    start_device: StartDevice, connect: Connect, version: str
) -> None:
    device = await start_device(version=version, faults=Faults(refuse_first_queries=4))
    link, witness = connect(device, timing=replace(QUICK, device22=60))
    await witness.told(d1=True, d2=20)
    assert device.commands == []
    assert link.stats.query_form == "usual"
    assert device.connections == 1


async def test_a_device22_is_recognised_only_after_long_refusal(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.3", device22=True)
    link, witness = connect(device, version="3.3")
    await witness.told(d1=True, d2=20)
    assert link.stats.query_form == "nulls"
    assert device.frames[10] >= 3
    asked = device.frames[10]
    device.drop_clients()
    await witness.wait(lambda: witness.states[-1] is not LinkState.LIVE)
    await witness.state(LinkState.LIVE)
    await link.query()
    assert device.frames[10] == asked


async def test_a_device22_by_configuration(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.3", device22=True)
    link, witness = connect(device, device22=True, dp_ids=(1, 2))
    await witness.told(d1=True, d2=20)
    await link.query()
    assert device.frames[10] == 0


async def test_a_plain_device_is_never_written_nulls(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.3", faults=Faults(query_retcode="json obj data unvalid"))
    link, witness = connect(device, timing=replace(QUICK, retry=0.01, backoff_most=0.02))
    await witness.state(LinkState.LIVE)
    device.push({"1": True})  # has told values: so it is none of those
    await device.wait_for(lambda device: device.frames[10] >= 1)
    with pytest.raises(DeviceRefused):
        await link.query()
    await device.wait_for(lambda device: device.frames[10] >= 8)
    assert device.dps == {"1": True, "2": 20}
    assert device.frames[13] == 0


@pytest.mark.parametrize("version", ["3.3", "3.4", "3.5"])
@pytest.mark.parametrize(
    "faults",
    [
        Faults(answer_queries_as=8),
        Faults(answer_queries_as=13),
        Faults(nulls_before_answer=2),
        Faults(duplicate_answers=True),
    ],
    ids=["as status", "as control", "nulls", "twice"],
)
async def test_odd_answers(start_device: StartDevice, connect: Connect, version: str, faults: Faults) -> None:
    device = await start_device(version=version, faults=faults)
    link, witness = connect(device)
    await witness.told(d1=True)
    await link.query()
    await link.control({"2": 3})
    assert device.connections == 1


async def test_another_query_where_the_usual_one_is_not_heard(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.4", faults=Faults(ignore=frozenset({0x10})))
    link, witness = connect(device)
    await witness.told(d1=True)
    assert link.stats.query_form == "other"


@pytest.mark.parametrize("version", ["3.3", "3.4", "3.5"])
async def test_a_gateway_and_its_children(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version, dps={}, children={"a": {"1": 1}, "b": {"1": 2}})
    link, witness = connect(device, nodes=("a",), timing=replace(QUICK, device22=0.01))
    await witness.told("a", d1=1)
    link.set_nodes(("a", "b"))
    await witness.told("b", d1=2)
    device.push({"1": 9}, "b")
    await witness.told("b", d1=9)
    assert witness.values("a") == {"1": 1}
    await link.control({"1": 7}, "a")
    assert device.children["a"] == {"1": 7}
    with pytest.raises(DeviceRefused):
        await link.query("nobody")
    assert link.stats.query_form == "usual"


@NEW
async def test_a_gateway_tells_who_is_there(start_device: StartDevice, connect: Connect, version: str) -> None:
    children = {f"c{number}": {"1": 1} for number in range(100)}
    device = await start_device(version=version, children=children, faults=Faults(online_chunk=30))
    link, witness = connect(device, nodes=tuple(children))
    await witness.wait(lambda: len(witness.presences) >= 4)
    assert frozenset().union(*(presence.online for presence in witness.presences)) == children.keys()
    device.online("c5", present=False)
    await witness.wait(
        lambda: "c5" in witness.presences[-1].offline or any("c5" in p.offline for p in witness.presences)
    )
    asked = device.frames[0x40]
    await device.wait_for(lambda device: device.frames[0x40] >= asked + 2)
    assert link.state is LinkState.LIVE
    await witness.told("c99", d1=1)


@NEW
async def test_a_gateway_that_gets_its_first_child_is_asked_who_is_there(
    start_device: StartDevice, connect: Connect, version: str
) -> None:
    device = await start_device(version=version, dps={"1": 1}, children={"a": {"1": 1}})
    link, witness = connect(device, timing=replace(QUICK, presence=60.0))
    await witness.told(None, d1=1)
    assert device.frames[0x40] == 0, "it had values of its own, so nobody took it for a gateway"
    link.set_nodes(("a",))
    await witness.wait(lambda: any("a" in presence.online for presence in witness.presences))


@NEW
async def test_an_empty_gateway_is_no_device22(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version, dps={}, children={"a": {"1": 1}})
    link, witness = connect(device, timing=replace(QUICK, device22=0.0))
    await witness.wait(lambda: witness.presences)
    await device.wait_for(lambda device: device.frames[9] >= 2)
    assert link.stats.query_form == "usual"
    assert device.frames[0x0D] == 0


@pytest.mark.parametrize("version", ["3.3", "3.4", "3.5"])
async def test_metered_values_are_asked_for_at_an_adaptive_pace(
    start_device: StartDevice, connect: Connect, version: str
) -> None:
    device = await start_device(version=version, dps={"1": True, "19": 500})
    link, witness = connect(device)
    await witness.told(d19=500)
    link.meter([19])
    await device.wait_for(lambda device: device.frames[0x12] >= 3)
    assert link._metering._pace.seconds == QUICK.refresh_fastest
    device.faults = Faults(no_updatedps=True)
    await device.wait_for(lambda device: device.frames[0x12] >= 6)
    assert link._metering._pace.seconds > QUICK.refresh_fastest
    link.meter([])
    asked = device.frames[0x12]
    await device.wait_for(lambda device: device.frames[9] >= 1)
    assert device.frames[0x12] == asked
    await link.refresh([19])
    await device.wait_for(lambda device: device.frames[0x12] == asked + 1)


async def test_fresh_metered_values_arrive(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.5", dps={"1": True, "19": 500})
    link, witness = connect(device)
    await witness.told(d19=500)
    device.dps["19"] = 501  # as real meters do, it does not say so
    link.meter([19])
    await witness.told(d19=501)


@pytest.mark.parametrize("version", ["3.3", "3.4", "3.5"])
async def test_a_gateway_that_restarts_tells_all_again(
    start_device: StartDevice, connect: Connect, version: str
) -> None:
    children = {name: {"1": 1} for name in "abc"}
    device = await start_device(version=version, dps={}, children=children)
    _, witness = connect(device, nodes=tuple(children))
    await witness.told("c", d1=1)
    await device.stop()
    await witness.state(LinkState.UNREACHABLE)
    for dps in device.children.values():
        dps["1"] = 2
    device.faults = Faults(refuse_first_queries=5)
    await device.start()
    for name in children:
        await witness.told(name, d1=2)


async def test_a_removed_child_is_asked_no_more(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.4", dps={}, children={"a": {"1": 1}, "b": {"1": 1}})
    link, witness = connect(device, nodes=("a", "b"))
    await witness.told("b", d1=1)
    device.remove_child("b")
    with pytest.raises(DeviceRefused, match="devid not found"):
        await link.control({"1": 2}, "b")
    link.set_nodes(("a",))
    device.drop_clients()
    await witness.wait(lambda: witness.states[-1] is not LinkState.LIVE)
    asked = device.frames[0x10]
    await witness.state(LinkState.LIVE)
    await link.query("a")
    assert device.frames[0x10] == asked + 3  # the gateway, the child, and the child once more
    await link.control({"1": 3}, "a")
    assert device.children["a"] == {"1": 3}


@NEW
async def test_a_child_that_comes_back_is_asked(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version, dps={}, children={"a": {"1": 1}, "b": {"1": 1}})
    _, witness = connect(device, nodes=("a", "b"))
    await witness.told("b", d1=1)
    device.online("b", present=False)
    await witness.wait(lambda: any("b" in presence.offline for presence in witness.presences))
    device.children["b"]["1"] = 2
    device.online("b", present=True)
    await witness.told("b", d1=2)


async def test_a_late_answer_tells_the_form(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.4", faults=Faults(answer_delay=QUICK.answer * 1.5))
    link, witness = connect(device)
    await witness.told(d1=True)
    assert link.stats.query_form == "usual"
    assert device.connections == 1


async def test_a_lost_query_is_asked_again(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.3")
    _, witness = connect(device)
    await witness.told(d1=True)
    device.dps["1"] = False
    device.faults = Faults(ignore=frozenset({10}))
    device.drop_clients()
    await witness.wait(lambda: witness.states[-1] is not LinkState.LIVE)
    await witness.state(LinkState.LIVE)
    device.faults = Faults()
    await witness.told(d1=False)
