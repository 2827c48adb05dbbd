"""What firmware does on a connection; each test is a line of the protocol's facts."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
import itertools

import pytest

from tests.lab.client import LabClient, dps_of
from tests.lab.device import LabDevice
from tests.lab.faults import Faults
from tests.lab.wire import NEGOTIATING, VERSIONS, Command, Frame, codec_for

WRONG_KEY = b"fedcba9876543210"
EVERY_VERSION = pytest.mark.parametrize("version", VERSIONS)
WITH_SESSION_KEY = pytest.mark.parametrize("version", sorted(NEGOTIATING))
WITHOUT_SESSION_KEY = pytest.mark.parametrize("version", ["3.1", "3.2", "3.3"])

type Start = Callable[..., Awaitable[LabDevice]]


@EVERY_VERSION
async def test_a_command_is_acknowledged_empty_and_then_reported(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        client.control({"2": 30})
        answer, report = await client.receive(), await client.receive()
        assert (answer.command, answer.retcode, answer.body) == (client.control_command, 0, b"")
        assert report.command == Command.STATUS
        assert dps_of(report) == {"2": 30}


@WITHOUT_SESSION_KEY
async def test_numbers_up_to_3_3_are_echoed_but_0_for_heartbeats_and_pushes(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        client.control({"2": 30})
        client.send(Command.HEART_BEAT, sequence=77)
        client.send(Command.DP_QUERY, {}, sequence=99)
        assert [(await client.receive()).sequence for _ in range(4)] == [1, 0, 0, 99]


@WITH_SESSION_KEY
async def test_numbers_from_3_4_on_count_every_frame_of_the_session(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        client.control({"2": 30})
        client.send(Command.HEART_BEAT, sequence=77)
        client.query()
        numbers = [(await client.receive()).sequence for _ in range(4)]
        device.push({"2": 31})
        numbers.append((await client.receive()).sequence)
        assert {b - a for a, b in itertools.pairwise(numbers)} == {1}


@EVERY_VERSION
@pytest.mark.parametrize("mode", ["echo", "counter", "zero", "random"])
async def test_numbers_by_choice(start_device: Start, version: str, mode: str) -> None:
    device = await start_device(version=version, device22=False, faults=Faults(sequence=mode))  # type: ignore[arg-type]
    async with LabClient(device) as client:
        sent = [client.query() for _ in range(3)]
        numbers = [(await client.receive()).sequence for _ in range(3)]
        match mode:
            case "echo":
                assert numbers == sent
            case "counter":
                assert {b - a for a, b in itertools.pairwise(numbers)} == {1}
            case "zero":
                assert numbers == [0, 0, 0]
            case _:
                assert len(set(numbers)) == 3


@EVERY_VERSION
async def test_serial_numbers_are_the_devices_and_rise_by_one_per_push(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as first, LabClient(device) as second:
        await device.wait_for(lambda it: it.clients == 2)
        assert await first.beat()
        assert await second.beat()
        for value in range(3):
            device.push({"2": value})
        for client in (first, second):
            slots = [(await client.receive()).slot for _ in range(3)]
            if version != "3.1":
                assert [slot[:3] for slot in slots] == [version.encode()] * 3
                assert [int.from_bytes(slot[7:11]) for slot in slots] == [1, 2, 3]
                assert {slot[11:] for slot in slots} == {b"\0\0\0\1"}


async def test_a_number_that_does_not_rise_closes_a_3_5_session(start_device: Start) -> None:
    device = await start_device(version="3.5")
    async with LabClient(device) as client:
        last = client.query()
        await client.receive()
        client.send(Command.HEART_BEAT, sequence=last)
        assert await client.end() == "fin"


@pytest.mark.parametrize("version", ["3.1", "3.3", "3.4"])
async def test_other_versions_take_any_number_unless_told(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        for _ in range(2):
            client.send(Command.HEART_BEAT, sequence=1)
            assert (await client.receive()).command == Command.HEART_BEAT
        device.faults = Faults(rising_sequence=True)
        client.send(Command.HEART_BEAT, sequence=1)
        assert await client.end() == "fin"


async def test_a_3_5_heartbeat_is_answered_undecrypted(start_device: Start) -> None:
    device = await start_device(version="3.5")
    async with LabClient(device) as client:
        client.write(codec_for("3.5", WRONG_KEY).seal(Frame(Command.HEART_BEAT, 50)))
        answer = await client.receive()
        assert (answer.command, answer.retcode, answer.body) == (Command.HEART_BEAT, 0, b"")


# Requests


@pytest.mark.parametrize("version", ["3.2", "3.3", "3.4", "3.5"])
async def test_commands_need_a_slot_and_queries_must_have_none(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        body = {"protocol": 5, "data": {"dps": {"2": 30}}}
        client.send(client.control_command, body, slotted=False)
        client.send(Command.DP_QUERY, {}, slotted=True)
        answers = [await client.receive() for _ in range(2)]
        assert [(answer.retcode, answer.body) for answer in answers] == [
            (1, b"parse data error"),
            (1, b"data format error"),
        ]
    assert device.commands == []


@EVERY_VERSION
async def test_damaged_frames_are_as_if_not_come(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        raw = client._codec.seal(Frame(Command.DP_QUERY, 50, b"{}"))
        client.write(b"garbage" + raw[:-8] + bytes(4) + raw[-4:] + b"\0")
        client.sequence = 51
        assert await client.beat()


@EVERY_VERSION
@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b'{"data":7}', b'{"data":{"dps":[]}}', b'{"cid":[]}'])
async def test_odd_requests_are_refused_with_a_text(start_device: Start, version: str, body: bytes) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        client.send(client.control_command, body)
        answer = await client.receive()
        assert answer.retcode == 1
        assert answer.body in {b"parse data error", b"data format error"}
        client.send(Command.DP_QUERY, body)
        await client.receive()
        assert await client.beat()
    assert device.commands == []


@EVERY_VERSION
async def test_unknown_commands_are_met_with_silence(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        client.send(0x33, {"a": 1})
        assert await client.beat()


@EVERY_VERSION
async def test_values_of_another_kind_and_unknown_dps_are_passed_over(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        client.control({"1": 1, "2": "30", "9": True})
        assert (await client.receive()).body == b""
        assert await client.beat()
    assert device.dps == {"1": True, "2": 20}


@pytest.mark.parametrize("version", ["3.3", "3.4", "3.5"])
async def test_nulls_switch_a_plain_device_off(start_device: Start, version: str) -> None:
    device = await start_device(version=version, dps={"1": True, "2": 20, "3": "open", "4": "white"})
    async with LabClient(device) as client:
        client.control(dict.fromkeys("12349"))
        await client.receive()
        assert dps_of(await client.receive()) == {"1": False, "2": 0, "3": "stop", "4": "white"}


@pytest.mark.parametrize("version", ["3.2", "3.3", "3.4"])
async def test_device22_refuses_queries_and_reports_what_nulls_ask_for(start_device: Start, version: str) -> None:
    device = await start_device(version=version, device22=version != "3.2")
    async with LabClient(device) as client:
        client.query()
        refusal = await client.receive()
        assert (refusal.retcode, refusal.body) == (1, b"json obj data unvalid")
        wrapped = {"data": {"dps": {"1": None, "9": None}}, "dps": {"1": None, "9": None}}
        client.send(Command.CONTROL_NEW, wrapped)
        assert (await client.receive()).body == b""
        assert dps_of(await client.receive()) == {"1": True}
    assert (device.commands, device.dps["1"]) == ([], True)


# Connections


@EVERY_VERSION
async def test_a_fourth_client_is_accepted_and_closed_at_once(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as first, LabClient(device), LabClient(device):
        async with LabClient(device, negotiate=False) as fourth:
            assert await fourth.end() == "fin"
        assert await first.beat()
    assert device.connections == 4


async def test_an_idle_client_is_closed_and_any_valid_frame_keeps_it(start_device: Start) -> None:
    device = await start_device(faults=Faults(idle_close=0.4))
    async with LabClient(device) as busy, LabClient(device) as idle:
        ended = False
        while not ended:
            assert await busy.beat()
            ended = not await idle.silence(0.02)
        assert await busy.beat()


@EVERY_VERSION
async def test_every_client_gets_every_push(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as first, LabClient(device) as second:
        assert await first.beat()
        assert await second.beat()
        first.control({"2": 30})
        await first.receive()
        for client in (first, second):
            assert dps_of(await client.receive()) == {"2": 30}


@EVERY_VERSION
async def test_a_new_key_or_version_ends_the_connections(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        assert await client.beat()
        device.set_key("another key 1234")
        assert await client.end() == "fin"
    async with LabClient(device) as client:
        assert await client.beat()
        device.set_version("3.3")
        assert await client.end() == "fin"
    async with LabClient(device) as client:
        client.query()
        assert (await client.json())["dps"] == device.dps


async def test_a_device_that_starts_again_keeps_its_port(start_device: Start) -> None:
    device = await start_device()
    port = device.port
    async with LabClient(device) as client:
        await device.stop()
        assert await client.end() in {"fin", "reset"}
    with pytest.raises(ConnectionRefusedError):
        await LabClient(device).__aenter__()
    await device.start()
    assert device.port == port
    async with LabClient(device) as client:
        assert await client.beat()


async def test_a_hook_shapes_what_a_command_does(start_device: Start) -> None:
    def curtain(device: LabDevice, dps: dict[str, object], cid: str | None) -> dict[str, object] | None:
        assert cid is None
        if dps != {"1": "open"}:
            return None
        device.after(0.01, lambda: device.push({"2": 100}))
        return {"1": "open", "3": "moving"}

    device = await start_device(dps={"1": "stop", "2": 0, "3": ""}, on_control=curtain)
    async with LabClient(device) as client:
        client.control({"1": "open"})
        await client.receive()
        assert dps_of(await client.receive()) == {"1": "open", "3": "moving"}
        assert dps_of(await client.receive()) == {"2": 100}
        client.control({"2": 50})
        await client.receive()
        assert dps_of(await client.receive()) == {"2": 50}
    assert device.commands == [(None, {"1": "open"}), (None, {"2": 50})]


async def test_waiting_ends_with_the_event_or_in_time(start_device: Start) -> None:
    device = await start_device()
    with pytest.raises(TimeoutError):
        await device.wait_for(lambda it: it.clients == 1, 0.01)
    async with LabClient(device):
        await device.wait_for(lambda it: it.clients == 1)
    await device.wait_for(lambda it: it.clients == 0)


async def test_faults_change_while_it_runs(start_device: Start) -> None:
    device = await start_device()
    async with LabClient(device) as client:
        device.faults = replace(device.faults, no_heartbeat_answer=True)
        client.send(Command.HEART_BEAT)
        assert await client.silence()
        device.faults = replace(device.faults, no_heartbeat_answer=False)
        assert await client.beat()
