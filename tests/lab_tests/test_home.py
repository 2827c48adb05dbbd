"""The simulated home: it starts, every appliance answers as itself, and lives."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
import pytest_socket
import tinytuya

from tests.lab.appliance import GATEWAY, Appliance
from tests.lab.client import LabClient
from tests.lab.home import LabHome
from tests.lab.home_devices import HOME

BY_NAME = {appliance.name: appliance for appliance in HOME}
VERSIONS = {"3.1", "3.2", "3.3", "3.4", "3.5"}


@pytest.fixture
async def home(socket_enabled: None) -> AsyncIterator[LabHome]:  # noqa: ARG001 - opens the sockets
    home = LabHome(port=0, target="")
    pytest_socket.socket_allow_hosts([device.host for device in home.devices.values()])
    async with home:
        yield home


def test_it_has_every_protocol_version_and_kind() -> None:
    assert {appliance.version for appliance in HOME if not appliance.via} == VERSIONS
    assert len(HOME) >= 16
    assert Counter(bool(appliance.via) for appliance in HOME)[True] >= 3
    assert {"cz", "kg", "dj", "cl", "wk", "kt", "fs", "cs", "pc", "wsdcg", "wg2", "mcs", "pir"} <= {
        appliance.category for appliance in HOME
    }


def test_ids_and_addresses_are_its_own() -> None:
    home = LabHome()
    assert len({appliance.id for appliance in HOME}) == len(HOME)
    hosts = {device.host for device in home.devices.values()}
    assert len(hosts) == len(home.devices)
    assert all(host.startswith("127.0.") for host in hosts)
    assert {device.port for device in home.devices.values()} == {6668}


@pytest.mark.parametrize("appliance", HOME, ids=lambda appliance: appliance.name)
def test_values_are_those_of_the_product(appliance: Appliance) -> None:
    rows = {str(row["id"]): row for row in appliance.schema}
    assert appliance.dps.keys() <= rows.keys()
    assert appliance.news.dps.keys() <= rows.keys()
    for dp, value in [*appliance.dps.items(), *appliance.news.dps.items()]:
        spec = rows[dp].get("property") or {"type": "raw"}
        match spec["type"]:
            case "bool":
                assert isinstance(value, bool)
            case "value":
                assert spec["min"] <= value <= spec["max"], rows[dp]["code"]
            case "enum":
                assert value in spec["range"], rows[dp]["code"]
            case "bitmap":
                assert isinstance(value, int)
            case _:
                assert isinstance(value, str)


async def test_every_device_answers_its_client(home: LabHome) -> None:
    for appliance in HOME:
        device, cid = home.reach(appliance)
        async with LabClient(device) as client:
            if device.version == "3.2":
                client.send(0x0D, {"dps": dict.fromkeys(appliance.dps)})
            else:
                client.query(cid)
            while b'"dps"' not in (body := (await client.receive()).body):
                pass
        assert all(f'"{dp}":'.encode() in body for dp in appliance.dps), appliance.name


@pytest.mark.parametrize("name", ["Reading lamp", "Café machine", "Hall switch", "Desk light"])
async def test_tinytuya_reads_it(home: LabHome, name: str) -> None:
    appliance = BY_NAME[name]
    device, _ = home.reach(appliance)
    client = tinytuya.Device(
        device.device_id, device.host, appliance.local_key, version=float(device.version), port=device.port
    )
    status = await asyncio.to_thread(client.status)
    assert status["dps"] == appliance.dps


async def test_a_plug_meters_its_load(home: LabHome) -> None:
    appliance = BY_NAME["Café machine"]
    device, _ = home.reach(appliance)
    async with LabClient(device) as client:
        client.control({"1": False})
        await device.wait_for(lambda device: device.dps["1"] is False and device.dps["19"] == 0)
        client.control({"1": True})
        await device.wait_for(lambda device: device.dps["19"] == 1198)


async def test_a_zigbee_plug_meters_its_load(home: LabHome) -> None:
    appliance = BY_NAME["Aquarium plug"]
    device, cid = home.reach(appliance)
    assert device.device_id == BY_NAME[GATEWAY].id
    async with LabClient(device) as client:
        client.control({"1": False}, cid)
        await device.wait_for(lambda _: home.dps(appliance)["19"] == 0)


async def test_a_curtain_moves_until_it_is_there(home: LabHome) -> None:
    device, _ = home.reach(BY_NAME["Bedroom curtain"])
    async with LabClient(device) as client:
        client.control({"2": 25})
        await device.wait_for(lambda device: device.dps["7"] == "closing" and device.dps["3"] == 10)
        await device.wait_for(lambda device: device.dps["3"] == 25)


async def test_a_stopped_curtain_stays(home: LabHome) -> None:
    device, _ = home.reach(BY_NAME["Bedroom curtain"])
    async with LabClient(device) as client:
        client.control({"1": "close"})
        await device.wait_for(lambda device: device.dps["3"] == 10)
        client.control({"1": "stop"})
        await device.wait_for(lambda device: device.dps["2"] == device.dps["3"] != 0)


async def test_an_air_conditioner_says_what_it_does(home: LabHome) -> None:
    device, _ = home.reach(BY_NAME["Office air conditioner"])
    async with LabClient(device) as client:
        client.control({"4": "hot", "2": 25})
        await device.wait_for(lambda device: device.dps["6"] == "heating" and device.dps["24"] == 77)


async def test_the_floor_calls_for_heat(home: LabHome) -> None:
    device, _ = home.reach(BY_NAME["Bathroom floor"])
    async with LabClient(device) as client:
        client.control({"16": 18})
        await device.wait_for(lambda device: device.dps["36"] == "close")
        client.control({"16": 25})
        await device.wait_for(lambda device: device.dps["36"] == "open")
