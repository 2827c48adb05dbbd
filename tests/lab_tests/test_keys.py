"""Local keys and session keys, right and wrong; each test is a line of the protocol's facts."""

from collections.abc import Awaitable, Callable

import pytest

from tests.lab.client import LabClient
from tests.lab.device import LabDevice
from tests.lab.faults import Faults
from tests.lab.wire import NEGOTIATING, VERSIONS, Command, Frame, codec_for

WRONG_KEY = b"fedcba9876543210"
EVERY_VERSION = pytest.mark.parametrize("version", VERSIONS)
WITH_SESSION_KEY = pytest.mark.parametrize("version", sorted(NEGOTIATING))
WITHOUT_SESSION_KEY = pytest.mark.parametrize("version", ["3.1", "3.2", "3.3"])

type Start = Callable[..., Awaitable[LabDevice]]


# Wrong keys


async def test_wrong_key_3_1_shows_on_commands_only(start_device: Start) -> None:
    device = await start_device(version="3.1")
    async with LabClient(device, local_key=WRONG_KEY) as client:
        client.query()
        assert (await client.json())["dps"] == {"1": True, "2": 20}
        client.control({"2": 30})
        answer = await client.receive()
        assert (answer.retcode, answer.body) == (1, b"parse data error")
    assert device.dps["2"] == 20


@pytest.mark.parametrize("version", ["3.2", "3.3"])
async def test_wrong_key_3_3_is_a_text_in_the_devices_key(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device, local_key=WRONG_KEY) as client:
        client.query()
        client.control({"2": 30})
        for command in (Command.DP_QUERY, Command.CONTROL):
            raw = await client._next()
            assert len(raw) == 16 + 4 + 32 + 8
            answer = device.local_codec.open(raw, from_device=True)
            assert (answer.command, answer.retcode, answer.body) == (command, 1, b"parse data error")
    assert device.commands == []


@pytest.mark.parametrize("version", ["3.2", "3.3"])
async def test_wrong_key_3_3_does_not_show_on_heartbeats(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device, local_key=WRONG_KEY) as client:
        client.send(Command.HEART_BEAT, {"gwId": "bf1"})
        answer = await client.receive()
        assert (answer.command, answer.retcode, answer.body) == (Command.HEART_BEAT, 0, b"")


async def test_wrong_key_3_4_closes_at_start(start_device: Start) -> None:
    device = await start_device(version="3.4")
    async with LabClient(device, local_key=WRONG_KEY, negotiate=False) as client:
        client.send(Command.START, b"n" * 16)
        assert await client.end() == "fin"


async def test_wrong_key_3_4_may_be_met_with_silence(start_device: Start) -> None:
    device = await start_device(version="3.4", faults=Faults(silent_on_wrong_key=True))
    async with LabClient(device, local_key=WRONG_KEY, negotiate=False) as client:
        client.send(Command.START, b"n" * 16)
        assert await client.silence()


async def test_wrong_key_3_5_is_silence_until_idle(start_device: Start) -> None:
    device = await start_device(version="3.5")
    async with LabClient(device, local_key=WRONG_KEY, negotiate=False) as client:
        client.send(Command.START, b"n" * 16)
        assert await client.silence()
        device.faults = Faults(idle_close=0.01)
        assert await client.end() == "fin"


@pytest.mark.parametrize(
    ("ours", "theirs"), [("3.3", "3.4"), ("3.3", "3.5"), ("3.4", "3.3"), ("3.4", "3.5"), ("3.5", "3.3"), ("3.5", "3.4")]
)
async def test_another_version_is_met_with_silence(start_device: Start, ours: str, theirs: str) -> None:
    device = await start_device(version=theirs)
    command, body = (Command.START, b"n" * 16) if ours in NEGOTIATING else (Command.DP_QUERY, b"{}")
    async with LabClient(device, negotiate=False) as client:
        client.write(codec_for(ours, device.local_key).seal(Frame(command, 1, body)))
        assert await client.silence()


# The session key


@WITH_SESSION_KEY
async def test_three_frames_without_a_key_are_ignored_and_the_next_closes(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device, negotiate=False) as client:
        for _ in range(3):
            client.query()
        assert await client.silence()
        client.query()
        assert await client.end() == "fin"


@WITH_SESSION_KEY
async def test_start_on_a_session_with_a_key_closes_it(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        client.send(Command.START, b"n" * 16)
        assert await client.end() == "fin"


@WITH_SESSION_KEY
async def test_a_wrong_proof_in_finish_closes(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device, negotiate=False) as client:
        client.send(Command.START, b"n" * 16)
        await client.receive()
        client.send(Command.FINISH, bytes(32))
        assert await client.end() == "fin"
    assert device.handshakes == 0


@WITH_SESSION_KEY
async def test_the_devices_nonce_is_printable_and_the_first_request_may_come_with_finish(
    start_device: Start, version: str
) -> None:
    device = await start_device(version=version)
    async with LabClient(device, negotiate=False) as client:
        await client.negotiate()
        client.query()  # in the same segment as FINISH
        assert (await client.json())["dps"] == device.dps
    async with LabClient(device, negotiate=False) as client:
        client.send(Command.START, b"n" * 16)
        nonce = (await client.receive()).body[:16]
        assert nonce.decode().isalnum()
    assert device.handshakes == 1


@WITH_SESSION_KEY
async def test_a_session_key_that_begins_with_00_is_dead_on_arrival(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(session_key_zero=1))
    async with LabClient(device, negotiate=False) as client:
        assert (await client.negotiate())[0] == 0
        device.push({"2": 1})
        for _ in range(3):
            client.query()
        assert await client.silence()
        client.query()
        assert await client.end() == "fin"
    for _ in range(20):
        async with LabClient(device, negotiate=False) as client:
            assert (await client.negotiate())[0] != 0
            client.query()
            assert (await client.json())["dps"] == {"1": True, "2": 1}


@WITH_SESSION_KEY
async def test_a_wrong_proof_of_the_device(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(bad_proof=True))
    async with LabClient(device, negotiate=False) as client:
        client.send(Command.START, b"n" * 16)
        assert (await client.receive()).body[16:] == bytes(32)
