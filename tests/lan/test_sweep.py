"""Sweeping: who lives where, proved by a handshake."""

from dataclasses import replace

import pytest

from custom_components.localtuya.lan.sweep import MOST_ADDRESSES, Found, addresses, sweep
from tests.lab.device import LabDevice

from .conftest import QUICK, StartDevice, endpoint_of


async def test_missing_devices_are_found_where_they_are(start_device: StartDevice) -> None:
    first = await start_device("first", version="3.4")
    others = [
        LabDevice(
            f"d{number}",
            local_key=f"{number:016}",
            version=version,
            dps={"1": True},
            host=f"127.0.0.{number}",
            port=first.port,
        )
        for number, version in ((2, "3.3"), (3, "3.5"))
    ]
    for device in others:
        await device.start()
    missing = [replace(endpoint_of(device), host=None) for device in (first, *others)]
    absent = replace(missing[0], device_id="absent", local_key="f" * 16)
    found = await sweep(addresses(["127.0.0.0/29"]), [absent, *missing], timing=replace(QUICK, probe=0.01), parallel=3)
    assert {each.device_id: each for each in found} == {
        "first": Found("first", "127.0.0.1", "3.4"),
        "d2": Found("d2", "127.0.0.2", "3.3"),
        "d3": Found("d3", "127.0.0.3", "3.5"),
    }
    for device in others:
        await device.stop()


def test_addresses_of_networks() -> None:
    assert addresses(["192.0.2.1", "192.0.2.0/30"]) == ["192.0.2.1", "192.0.2.2"]
    for wrong in "10.0.0.0/8", "no network", "::1":
        with pytest.raises(ValueError, match=r"."):
            addresses([wrong])
    assert len(addresses(["10.0.0.0/20"])) <= MOST_ADDRESSES
