"""Announcements in all their forms, on real sockets and as hostile bytes."""

import asyncio
import socket

from hypothesis import given, strategies as st
import orjson
import pytest
import tinytuya

from custom_components.localtuya.lan.discovery import Announcement, Discovery, parse, probe_packet
from tests.lab.broadcast import Announcer, Ports, announce
from tests.lab.device import LabDevice
from tests.lab.faults import Faults
from tests.lab.wire import Command, Frame, codec_for

from .speech import VERSIONS

UDP_KEY = tinytuya.udpkey
BROADCAST = "127.255.255.255"


@pytest.mark.parametrize("version", VERSIONS)
def test_every_form_is_read(version: str) -> None:
    _, packet = announce(version, "device", "192.0.2.9", "product")
    assert parse(packet, "192.0.2.1") == Announcement(
        "device", host="192.0.2.1", announced_host="192.0.2.9", version=version, product_id="product"
    )
    assert orjson.loads(tinytuya.decrypt_udp(packet))["gwId"] == "device"


def test_nul_bytes_behind_the_text() -> None:
    packet = codec_for("3.5", UDP_KEY).seal(Frame(Command.ANNOUNCEMENT, 0, b'{"gwId":"x","ip":"a"}\0\0', 0))
    announcement = parse(packet, "h")
    assert announcement is not None
    assert announcement.device_id == "x"


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"gwId":5}', b'{"gwId":""}', b"{", b'{"gwId":"' + b"x" * 300 + b'"}'])
def test_what_is_no_announcement(body: bytes) -> None:
    assert parse(codec_for("3.3", UDP_KEY).seal(Frame(0x13, 0, body, 0)), "h") is None
    assert parse(body, "h") is None


def test_a_forged_tag_is_refused() -> None:
    _, packet = announce("3.5", "device", "192.0.2.9", "product")
    assert parse(packet[:-5] + bytes([packet[-5] ^ 1]) + packet[-4:], "h") is None


@given(st.binary(max_size=300), st.sampled_from([b"", b"\0\0\x55\xaa", b"\0\0\x66\x99", b"{"]))
def test_nothing_raises(packet: bytes, prefix: bytes) -> None:
    parse(prefix + packet, "h")


@given(st.integers(0, 200), st.integers(0, 255))
def test_damage_never_raises(at: int, value: int) -> None:
    for version in VERSIONS:
        packet = bytearray(announce(version, "device", "192.0.2.9", "product")[1])
        packet[at % len(packet)] = value
        parse(bytes(packet), "h")
        parse(bytes(packet[:at]), "h")


@pytest.mark.usefixtures("loopback")
async def test_listens_beside_others_and_says_what_failed() -> None:
    heard: asyncio.Queue[Announcement] = asyncio.Queue()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as blocker:
        blocker.bind(("127.0.0.1", 0))
        taken = blocker.getsockname()[1]
        first = Discovery(heard.put_nowait, ports=(0, taken), bind="127.0.0.1")
        await first.start()
        (port,) = first.bound
        assert list(first.failed) == [taken]
        second = Discovery(heard.put_nowait, ports=(port,), bind="127.0.0.1")
        await second.start()
        assert second.bound == [port]
        _, packet = announce("3.4", "device", "192.0.2.9", "product")
        blocker.sendto(b"noise", ("127.0.0.1", port))
        blocker.sendto(packet, ("127.0.0.1", port))
        announcement = await asyncio.wait_for(heard.get(), 2)
        assert (announcement.device_id, announcement.host) == ("device", "127.0.0.1")
        await second.stop()
        await first.stop()
        assert first.bound == []


@pytest.mark.usefixtures("loopback")
async def test_a_probe_says_where_to_answer() -> None:
    loop = asyncio.get_running_loop()
    discovery = Discovery(lambda _: None, ports=(0,), bind="127.0.0.1")
    await discovery.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.bind(("127.0.0.1", 0))
        device.setblocking(False)  # noqa: FBT003
        discovery.probe(["127.0.0.1"], port=device.getsockname()[1])
        async with asyncio.timeout(2):
            packet = await loop.sock_recv(device, 1000)
    await discovery.stop()
    frame = codec_for("3.5", UDP_KEY).open(packet)
    assert frame.command == Command.PROBE
    assert orjson.loads(frame.body) == {"from": "app", "ip": "127.0.0.1"}
    assert packet != probe_packet("127.0.0.1")  # a nonce of its own


@pytest.mark.usefixtures("loopback")
async def test_a_probe_into_nowhere_is_survived() -> None:
    discovery = Discovery(lambda _: None, ports=(0,), bind="127.0.0.1")
    discovery.probe(["127.0.0.1"])
    await discovery.start()
    discovery.probe(["not an address", "127.0.0.1"], answer_to="127.0.0.1", port=9)
    await discovery.stop()


@pytest.mark.usefixtures("loopback")
async def test_a_probe_to_a_broadcast_address_is_answered() -> None:
    heard: asyncio.Queue[Announcement] = asyncio.Queue()
    discovery = Discovery(heard.put_nowait, ports=(0,), bind="127.0.0.1")
    await discovery.start()
    device = LabDevice(
        "d", local_key="0123456789abcdef", version="3.5", dps={}, host="127.0.0.7", faults=Faults(never_announce=True)
    )
    announcer = Announcer([device], BROADCAST, ports=Ports(probe=0, answer=discovery.bound[0]))
    await announcer.start()
    discovery.probe([BROADCAST], port=announcer.probe_port)
    announcement = await asyncio.wait_for(heard.get(), 2)
    assert (announcement.device_id, announcement.host, announcement.version) == ("d", "127.0.0.7", "3.5")
    assert announcer.probes == 1
    await announcer.stop()
    await discovery.stop()
