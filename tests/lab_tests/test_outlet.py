"""The faults that shape bytes, alone and combined."""

import asyncio
from collections.abc import Awaitable, Callable
import itertools
from typing import Self

import pytest

from tests.lab.client import LabClient, dps_of
from tests.lab.device import LabDevice
from tests.lab.faults import Faults
from tests.lab.wire import Command, UntrustedError

EVERY_VERSION = pytest.mark.parametrize("version", ["3.1", "3.3", "3.4", "3.5"])

type Start = Callable[..., Awaitable[LabDevice]]


@EVERY_VERSION
@pytest.mark.parametrize(
    "garbage", [b"garbage", b"\x00\x00\x55\xaa\x00\x00\x66\x99", b"\x00\x00\x55\xaa" * 3 + b"\xff" * 20, b"\0"]
)
async def test_garbage_around_frames(start_device: Start, version: str, garbage: bytes) -> None:
    device = await start_device(version=version, faults=Faults(garbage_before=garbage, garbage_after=garbage))
    async with _Tap(device) as tap:
        device.push({"2": 1})
        data = await tap.read()
        assert data.startswith(garbage)
        assert data.endswith(garbage)
        assert len(data) > 2 * len(garbage) + 20


@EVERY_VERSION
@pytest.mark.parametrize("bits", [1, 9, 500])
async def test_flipped_bits_are_noticed(start_device: Start, version: str, bits: int) -> None:
    device = await start_device(version=version, faults=Faults(flip_bits=bits, damage_only=Command.STATUS))
    async with LabClient(device) as client:
        assert await client.beat()
        device.push({"2": 1})
        with pytest.raises(UntrustedError):
            await client.receive()
        assert await client.beat()


@EVERY_VERSION
async def test_only_every_third_report_is_damaged(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(flip_bits=1, damage_only=Command.STATUS, damage_every=3))
    async with LabClient(device) as client:
        assert await client.beat()
        for value in range(6):
            device.push({"2": value})
        seen = []
        for _ in range(6):
            try:
                seen.append(dps_of(await client.receive()))
            except UntrustedError:
                seen.append(None)
        assert seen == [{"2": 0}, {"2": 1}, None, {"2": 3}, {"2": 4}, None]


@EVERY_VERSION
async def test_truncated_and_lying_frames(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with _Tap(device) as tap:
        device.push({"2": 1})
        whole = await tap.read()
        device.faults = Faults(truncate=7)
        device.push({"2": 1})
        assert len(await tap.read()) == len(whole) - 7
        device.faults = Faults(false_length=0x7FFFFFFF)
        device.push({"2": 1})
        at = 14 if version == "3.5" else 12
        assert (await tap.read())[at : at + 4] == b"\x7f\xff\xff\xff"


@EVERY_VERSION
async def test_one_byte_at_a_time_arrives_in_order(start_device: Start, version: str) -> None:
    device = await start_device(version=version, faults=Faults(one_byte_at_a_time=True))
    async with LabClient(device) as client:
        assert await client.beat()
        device.push({"2": 1})
        device.push({"2": 2})
        assert [dps_of(await client.receive()) for _ in range(2)] == [{"2": 1}, {"2": 2}]


@EVERY_VERSION
async def test_frames_in_one_segment(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with _Tap(device) as tap:
        device.faults = Faults(coalesce=8)
        for value in range(8):
            device.push({"2": value})
        segment = await tap.read()
        assert segment.count(b"\x00\x00\x66\x99" if version == "3.5" else b"\x00\x00\x55\xaa") == 8
        device.push({"2": 9})  # too few: leaves all the same
        assert await tap.read()


@EVERY_VERSION
async def test_delay_keeps_the_order(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    loop = asyncio.get_running_loop()
    async with LabClient(device) as client:
        assert await client.beat()
        began = loop.time()
        for number, delay in enumerate((0.05, 0.02, 0.0)):
            device.faults = Faults(delay=delay)
            device.push({"2": number})
        assert [dps_of(await client.receive()) for _ in range(3)] == [{"2": 0}, {"2": 1}, {"2": 2}]
        assert loop.time() - began >= 0.045


@EVERY_VERSION
async def test_all_at_once(start_device: Start, version: str) -> None:
    faults = Faults(garbage_before=b"\x00\x00", garbage_after=b"\xff", one_byte_at_a_time=True, coalesce=3, delay=0.005)
    device = await start_device(version=version)
    async with LabClient(device) as client:
        assert await client.beat()
        device.faults = faults
        for value in range(4):
            device.push({"2": value})
        assert [dps_of(await client.receive()) for _ in range(4)] == [{"2": value} for value in range(4)]


@EVERY_VERSION
async def test_a_frame_of_64_kib(start_device: Start, version: str) -> None:
    device = await start_device(version=version)
    async with LabClient(device) as client:
        assert await client.beat()
        device.push({"7": "x" * 65536})
        assert dps_of(await client.receive()) == {"7": "x" * 65536}


async def test_a_thousand_pushes_arrive(start_device: Start) -> None:
    device = await start_device(version="3.5")
    async with LabClient(device) as client:
        assert await client.beat()
        for value in range(1000):
            device.push({"2": value})
        frames = [await client.receive() for _ in range(1000)]
        assert [dps_of(frame) for frame in frames] == [{"2": value} for value in range(1000)]
        assert {b.sequence - a.sequence for a, b in itertools.pairwise(frames)} == {1}


class _Tap:
    """A client that is ready for reports and shows raw segments."""

    def __init__(self, device: LabDevice) -> None:
        self._device = device
        self._faults = device.faults
        self._client = LabClient(device)

    async def __aenter__(self) -> Self:
        self._device.faults = Faults()
        await self._client.__aenter__()
        assert await self._client.beat()
        self._device.faults = self._faults
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.__aexit__()

    async def read(self) -> bytes:
        """Give what comes in one go."""
        async with asyncio.timeout(2):
            return await self._client._reader.read(1 << 20)
