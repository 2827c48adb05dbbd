"""Announcements and probes over real UDP."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
import json
import socket

import pytest
import tinytuya

from tests.lab.broadcast import Announcer, Ports, probe
from tests.lab.device import LabDevice
from tests.lab.faults import Faults
from tests.lab.wire import Command, peek

type Start = Callable[..., Awaitable[LabDevice]]
type Packet = tuple[bytes, tuple[str, int]]


class Listener(asyncio.DatagramProtocol):
    """A UDP port on loopback; `heard` holds what came."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[Packet] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.heard.put_nowait((data, addr))

    async def next(self) -> Packet:
        async with asyncio.timeout(2):
            return await self.heard.get()


@pytest.fixture
async def listener(loopback: None) -> AsyncGenerator[tuple[Listener, int]]:  # noqa: ARG001 - before
    transport, protocol = await asyncio.get_running_loop().create_datagram_endpoint(
        Listener, local_addr=("127.0.0.1", 0)
    )
    yield protocol, transport.get_extra_info("sockname")[1]
    transport.close()


@pytest.mark.parametrize(
    ("version", "prefix", "command"),
    [("3.1", "55aa", 0), ("3.2", "55aa", 0x13), ("3.3", "55aa", 0x13), ("3.4", "55aa", 0x23), ("3.5", "6699", 0x13)],
)
async def test_announcements_come_from_the_devices_own_address(
    start_device: Start, listener: tuple[Listener, int], version: str, prefix: str, command: int
) -> None:
    heard, port = listener
    device = await start_device("bf1", version=version, host="127.0.7.9", product_id="keyabc")
    ports = Ports(plain=port if version == "3.1" else 9, sealed=9 if version == "3.1" else port, probe=0)
    announcer = Announcer([device], interval=0.01, ports=ports)
    await announcer.start()
    for _ in range(2):  # again and again
        datagram, (sender, _) = await heard.next()
    await announcer.stop()
    assert sender == "127.0.7.9"
    assert datagram[:4].hex() == "0000" + prefix
    assert peek(datagram) == (command, 0)
    told = json.loads(tinytuya.decrypt_udp(datagram))
    assert (told["ip"], told["gwId"], told["productKey"], told["version"]) == ("127.0.7.9", "bf1", "keyabc", version)


async def test_a_3_5_device_answers_a_probe_to_the_address_inside_it(
    start_device: Start, listener: tuple[Listener, int]
) -> None:
    heard, port = listener
    devices = [
        await start_device(f"bf{number}", version=version, host=f"127.0.7.{number}", faults=Faults(never_announce=True))
        for number, version in enumerate(("3.5", "3.3", "3.5"), 1)
    ]
    announcer = Announcer(devices, target="127.255.255.255", ports=Ports(probe=0, answer=port))
    await announcer.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        asking.bind(("127.0.0.3", 0))  # not where the answer goes
        for odd in (b"", b"x" * 40, probe("127.0.0.1")[:-6], b"\0\0\x66\x99" + bytes(30)):
            asking.sendto(odd, ("127.0.7.1", announcer.probe_port))
        asking.sendto(probe("127.0.0.1"), ("127.0.7.1", announcer.probe_port))
        datagram, (sender, _) = await heard.next()
        assert (sender, json.loads(tinytuya.decrypt_udp(datagram))["gwId"]) == ("127.0.7.1", "bf1")
        asking.sendto(probe("127.0.0.1"), ("127.255.255.255", announcer.probe_port))
        told = [json.loads(tinytuya.decrypt_udp((await heard.next())[0]))["gwId"] for _ in range(2)]
    await announcer.stop()
    assert sorted(told) == ["bf1", "bf3"]
    assert announcer.probes == 2


def test_a_probe_is_tinytuyas() -> None:
    datagram = probe("127.0.0.1")
    message = tinytuya.unpack_message(datagram, hmac_key=tinytuya.udpkey, no_retcode=True)
    assert (message.cmd, message.crc_good) == (Command.PROBE, True)
    assert json.loads(message.payload) == {"from": "app", "ip": "127.0.0.1"}


async def test_quiet_devices_and_false_addresses(start_device: Start, listener: tuple[Listener, int]) -> None:
    heard, port = listener
    quiet = await start_device("quiet", faults=Faults(quiet_when_connected=True))
    silent = await start_device("silent", faults=Faults(never_announce=True))
    stale = await start_device("stale", faults=Faults(announced_ip="192.168.1.2"))
    _, writer = await asyncio.open_connection(quiet.host, quiet.port)
    await quiet.wait_for(lambda it: it.clients == 1)
    announcer = Announcer([quiet, silent, stale], interval=0.01, ports=Ports(sealed=port))
    await announcer.start()
    for _ in range(4):
        told = json.loads(tinytuya.decrypt_udp((await heard.next())[0]))
        assert (told["gwId"], told["ip"]) == ("stale", "192.168.1.2")
    writer.close()
    await quiet.wait_for(lambda it: it.clients == 0)
    while told["gwId"] != "quiet":
        told = json.loads(tinytuya.decrypt_udp((await heard.next())[0]))
    await announcer.stop()


async def test_a_sleeper_announces_itself_once(start_device: Start, listener: tuple[Listener, int]) -> None:
    heard, port = listener
    sleeper = await start_device("sleeper", version="3.4", host="127.0.7.8")
    Announcer([], ports=Ports(sealed=port)).announce(sleeper)
    assert json.loads(tinytuya.decrypt_udp((await heard.next())[0]))["gwId"] == "sleeper"
