"""Each fault as a client sees it, alone and combined."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import fields

import pytest
import tinytuya

from tests.lab.client import LabClient, dps_of
from tests.lab.device import LabDevice
from tests.lab.faults import Faults
from tests.lab.wire import NEGOTIATING, Command

EVERY_VERSION = pytest.mark.parametrize("version", ["3.1", "3.3", "3.4", "3.5"])

type Start = Callable[..., Awaitable[LabDevice]]


def test_all_faults_are_off_by_default() -> None:
    limits = {"max_clients", "idle_close", "damage_every", "coalesce", "sequence", "online_chunk"}
    assert all(not field.default or field.name in limits for field in fields(Faults))
    assert not Faults().shapes_bytes


# Connections


async def test_refuse_and_listen_again(start_device: Start) -> None:
    device = await start_device(faults=Faults(refuse=True))
    with pytest.raises(OSError, match="Connect call failed"):
        await LabClient(device).__aenter__()
    device.faults = Faults()
    async with LabClient(device) as client:
        device.faults = Faults(refuse=True)
        with pytest.raises(ConnectionRefusedError):
            await LabClient(device).__aenter__()
        assert await client.beat()  # who is connected stays
    for refuse in (False, True, False):  # faster than the loop
        device.faults = Faults(refuse=refuse)
    async with LabClient(device) as client:
        assert await client.beat()


async def test_filtered_connects_time_out(start_device: Start) -> None:
    device = await start_device(faults=Faults(filtered=True))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(LabClient(device).__aenter__(), 0.1)
    device.faults = Faults()
    async with LabClient(device) as client:
        assert await client.beat()


@EVERY_VERSION
async def test_accept_then_reset(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(accept_then_reset=True))
    async with LabClient(device, negotiate=False) as client:
        assert await client.end() == "reset"


@EVERY_VERSION
async def test_reset_at_first_bytes(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(reset_at_first_bytes=True))
    async with LabClient(device, negotiate=False) as client:
        assert await client.silence()
        client.write(b"\0")
        assert await client.end() == "reset"


@pytest.mark.parametrize("version", sorted(NEGOTIATING))
async def test_reset_in_handshake(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(reset_in_handshake=True))
    async with LabClient(device, negotiate=False) as client:
        client.send(Command.START, b"n" * 16)
        assert await client.end() == "reset"


@EVERY_VERSION
async def test_accept_then_silence(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(accept_then_silence=True, idle_close=0.01))
    async with LabClient(device, negotiate=False) as client:
        client.send(Command.START, b"n" * 16)
        client.query()
        assert await client.silence()
    assert not device.frames


@EVERY_VERSION
async def test_half_open_says_hears_and_closes_nothing(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        assert await client.beat()
        device.faults = Faults(silent_after=0, idle_close=0.01)
        heard = device.frames.total()
        client.control({"2": 30})
        device.push({"1": False})
        assert await client.silence()
        assert (device.frames.total(), device.commands) == (heard, [])
        device.faults = Faults()
        assert await client.beat()


@EVERY_VERSION
async def test_silent_after_some_frames(start_device: Start, version: str) -> None:
    handshake = version in NEGOTIATING
    device = await start_device(version=version, faults=Faults(silent_after=2 + handshake))
    async with LabClient(device) as client:
        for _ in range(2):
            assert await client.beat()
        client.query()
        assert await client.silence()


async def test_one_client_only(start_device: Start) -> None:
    device = await start_device(faults=Faults(max_clients=1))
    async with LabClient(device) as first:
        async with LabClient(device) as second:
            assert await second.end() == "fin"
        assert await first.beat()
        device.faults = Faults(max_clients=1, evict_first_client=True)
        async with LabClient(device) as third:
            assert await first.end() == "fin"
            assert await third.beat()


# Answers


@EVERY_VERSION
async def test_no_heartbeat_answer_but_pushes(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(no_heartbeat_answer=True))
    async with LabClient(device) as client:
        client.send(Command.HEART_BEAT)
        assert await client.silence()
        device.push({"2": 1})
        assert dps_of(await client.receive()) == {"2": 1}


@EVERY_VERSION
async def test_a_device_that_has_just_booted(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(refuse_first_queries=2))
    for _ in range(2):
        async with LabClient(device) as client:
            for _ in range(2):
                client.query()
                refusal = await client.receive()
                assert (refusal.retcode, refusal.body) == (1, b"json obj data unvalid")
            client.query()
            assert (await client.json())["dps"] == device.dps
        await device.stop()
        await device.start()


@EVERY_VERSION
async def test_refusals_are_texts(start_device: Start, version: str) -> None:
    faults = Faults(query_retcode="data format error", control_retcode="devid not found")
    device = await start_device(version=version, faults=faults)
    async with LabClient(device) as client:
        client.query()
        client.control({"2": 30})
        answers = [await client.receive() for _ in range(2)]
        assert [(answer.retcode, answer.body) for answer in answers] == [
            (1, b"data format error"),
            (1, b"devid not found"),
        ]
    assert device.commands == []


@EVERY_VERSION
async def test_retcode_one_empty_is_no_failure(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(ack_retcode_one_empty=True))
    async with LabClient(device) as client:
        client.control({"2": 30})
        answer = await client.receive()
        assert (answer.retcode, answer.body) == (1, b"")
        assert dps_of(await client.receive()) == {"2": 30}


@EVERY_VERSION
async def test_report_before_ack_or_none(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(report_before_ack=True))
    async with LabClient(device) as client:
        client.control({"2": 30})
        assert [(await client.receive()).command for _ in range(2)] == [Command.STATUS, client.control_command]
        device.faults = Faults(no_report=True)
        client.control({"2": 31})
        assert (await client.receive()).command == client.control_command
        assert await client.silence()
    assert device.dps["2"] == 31


@EVERY_VERSION
async def test_duplicates_nulls_and_foreign_command_codes(start_device: Start, version: str) -> None:
    faults = Faults(duplicate_answers=True, nulls_before_answer=2, answer_queries_as=Command.STATUS)
    device = await start_device(version=version, faults=faults)
    async with LabClient(device) as client:
        client.query()
        frames = [await client.receive() for _ in range(4)]
        assert [bool(frame.body) for frame in frames] == [False, False, True, True]
        assert [frame.command for frame in frames[2:]] == [Command.STATUS] * 2


@EVERY_VERSION
async def test_late_answers_overtaken_by_reports_and_heartbeats(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        assert await client.beat()
        device.faults = Faults(answer_delay=0.05)
        client.query()
        client.send(Command.HEART_BEAT)
        commands = [(await client.receive()).command for _ in range(2)]
        assert commands == [Command.HEART_BEAT, Command.DP_QUERY_NEW if version in NEGOTIATING else Command.DP_QUERY]


@EVERY_VERSION
async def test_lost_and_ignored_commands(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(lose_controls=1, ignore=frozenset({Command.UPDATEDPS})))
    async with LabClient(device) as client:
        client.send(Command.UPDATEDPS, {"dpId": [2]})
        client.control({"2": 30})
        assert await client.silence()
        client.control({"2": 30})
        assert (await client.receive()).command == client.control_command
    assert device.commands == [(None, {"2": 30})]


@EVERY_VERSION
async def test_no_updatedps_as_the_open_sdk(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        client.send(Command.UPDATEDPS, {"dpId": [2]})
        assert (await client.receive()).body == b""
        assert dps_of(await client.receive()) == {"2": 20}
        device.faults = Faults(no_updatedps=True)
        client.send(Command.UPDATEDPS, {"dpId": [2]})
        assert await client.silence()


async def test_a_client_that_detects_by_itself_switches_a_plain_device_off(start_device: Start) -> None:
    device = await start_device(version="3.3", faults=Faults(refuse_first_queries=1))
    client = tinytuya.Device(device.device_id, device.host, "0123456789abcdef", version=3.3, port=device.port)
    client.set_sendWait(None)
    await asyncio.to_thread(client.status)
    assert device.dps["1"] is False
    assert device.commands == [(None, {"1": None})]
