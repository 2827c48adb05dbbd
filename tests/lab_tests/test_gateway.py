"""A gateway and its children, as the facts about real hubs describe them."""

from collections.abc import Awaitable, Callable

import orjson
import pytest

from tests.lab.client import LabClient, dps_of
from tests.lab.device import LabDevice
from tests.lab.faults import Faults
from tests.lab.wire import NEGOTIATING, Command

EVERY_VERSION = pytest.mark.parametrize("version", ["3.1", "3.3", "3.4", "3.5"])
WITH_SESSION_KEY = pytest.mark.parametrize("version", sorted(NEGOTIATING))
CHILDREN = {"a" * 16: {"1": True}, "b" * 16: {"1": False, "4": 21}}
FIRST, SECOND = CHILDREN

type Start = Callable[..., Awaitable[LabDevice]]


@EVERY_VERSION
async def test_a_gateway_without_dps_refuses_queries_without_cid(start_device: Start, version: str) -> None:
    gateway = await start_device(version=version, dps={}, children=CHILDREN)
    async with LabClient(gateway) as client:
        client.query()
        answer = await client.receive()
        assert (answer.retcode, answer.body) == (1, b"json obj data unvalid")


@EVERY_VERSION
async def test_a_cid_inside_data_asks_the_gateway_itself(start_device: Start, version: str) -> None:
    gateway = await start_device(version=version, dps={"101": 3}, children=CHILDREN)
    async with LabClient(gateway) as client:
        client.send(Command.DP_QUERY, {"data": {"cid": FIRST}})
        assert (await client.json())["dps"] == {"101": 3}


@EVERY_VERSION
async def test_children_answer_and_report_under_their_cid(start_device: Start, version: str) -> None:
    gateway = await start_device(version=version, dps={}, children=CHILDREN)
    async with LabClient(gateway) as client:
        client.query(SECOND)
        assert await client.json() == {"cid": SECOND, "dps": {"1": False, "4": 21}}
        gateway.push({"4": 22}, SECOND)
        report = await client.json()
        inner = report["data"] if version in NEGOTIATING else report
        assert isinstance(inner, dict)
        assert (inner["cid"], inner["dps"]) == (SECOND, {"4": 22})
        client.control({"1": False}, FIRST)
        assert (await client.receive()).body == b""
        await client.json()
    assert gateway.commands == [(FIRST, {"1": False})]
    assert gateway.children == {FIRST: {"1": False}, SECOND: {"1": False, "4": 22}}


@EVERY_VERSION
async def test_unknown_children_are_refused_until_they_come(start_device: Start, version: str) -> None:
    gateway = await start_device(version=version, dps={}, children=CHILDREN)
    async with LabClient(gateway) as client:
        client.query("c" * 16)
        client.control({"1": True}, "c" * 16)
        for _ in range(2):
            answer = await client.receive()
            assert (answer.retcode, answer.body) == (1, b"devid not found")
        gateway.push({"1": True}, "c" * 16)
        await client.receive()
        client.query("c" * 16)
        assert (await client.json())["dps"] == {"1": True}
        gateway.remove_child("c" * 16)
        client.query("c" * 16)
        assert (await client.receive()).body == b"devid not found"


@WITH_SESSION_KEY
async def test_a_large_hubs_online_list_comes_in_several_frames(start_device: Start, version: str) -> None:
    cids = [f"{number:016x}" for number in range(120)]
    gateway = await start_device(version=version, dps={}, children={cid: {"1": True} for cid in cids})
    gateway.online(cids[7], present=False)
    async with LabClient(gateway) as client:
        client.send(Command.EXTENSION, {"reqType": "subdev_online_stat_query", "data": {"cids": []}})
        lists = [(await client.json())["data"] for _ in range(3)]
        assert await client.silence()
    online = [cid for each in lists for cid in each["online"]]  # type: ignore[index]
    offline = [cid for each in lists for cid in each["offline"]]  # type: ignore[index]
    assert (online, offline) == ([cid for cid in cids if cid != cids[7]], [cids[7]])


@WITH_SESSION_KEY
async def test_presence_is_told_unasked(start_device: Start, version: str) -> None:
    gateway = await start_device(version=version, dps={}, children=CHILDREN)
    async with LabClient(gateway) as client:
        client.query(FIRST)
        await client.receive()
        for present, key in ((False, "offline"), (True, "online")):
            gateway.online(FIRST, present)
            frame = await client.receive()
            assert frame.command == Command.EXTENSION
            assert orjson.loads(frame.body)["data"][key] == [FIRST]


@pytest.mark.parametrize("version", ["3.1", "3.3"])
async def test_older_gateways_do_not_answer_the_online_query(start_device: Start, version: str) -> None:
    gateway = await start_device(version=version, dps={}, children=CHILDREN)
    async with LabClient(gateway) as client:
        client.send(Command.EXTENSION, {"reqType": "subdev_online_stat_query", "data": {"cids": []}})
        gateway.online(FIRST, present=False)
        assert await client.silence()


@EVERY_VERSION
async def test_a_lost_child_is_acknowledged_but_does_nothing(start_device: Start, version: str) -> None:
    gateway = await start_device(version=version, dps={}, children=CHILDREN)
    gateway.online(FIRST, present=False)
    async with LabClient(gateway) as client:
        client.control({"1": False}, FIRST)
        assert (await client.receive()).body == b""
        client.query(FIRST)
        assert (await client.json())["dps"] == {"1": True}


@EVERY_VERSION
async def test_memory_lags_behind(start_device: Start, version: str) -> None:
    gateway = await start_device(version=version, dps={}, children=CHILDREN, faults=Faults(memory_lag=60))
    async with LabClient(gateway) as client:
        client.control({"1": True}, SECOND)
        await client.receive()
        await client.receive()
        client.query(SECOND)
        assert (await client.json())["dps"] == {"1": False, "4": 21}
    assert gateway.children[SECOND] == {"1": True, "4": 21}


@EVERY_VERSION
async def test_memory_catches_up_with_a_report(start_device: Start, version: str) -> None:
    gateway = await start_device(version=version, dps={}, children=CHILDREN, faults=Faults(memory_lag=0.01))
    async with LabClient(gateway) as client:
        client.control({"1": True}, SECOND)
        await client.receive()
        await client.receive()
        fresh = await client.receive()
        assert dps_of(fresh) == {"1": True}
        assert orjson.loads(fresh.body).get("type") == ("query" if version in NEGOTIATING else None)
        client.query(SECOND)
        assert (await client.json())["dps"] == {"1": True, "4": 21}
