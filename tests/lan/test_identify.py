"""Identifying once: every answer that a form can show."""

from dataclasses import replace

import pytest

from custom_components.localtuya.lan import (
    Busy,
    Endpoint,
    HandshakeCut,
    KeyRejected,
    LanError,
    NoAnswer,
    Unreachable,
    Wedged,
    identify,
)
from tests.lab.faults import Faults

from .conftest import QUICK, StartDevice, endpoint_of
from .speech import VERSIONS

OTHER_KEY = "fedcba9876543210"


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("known", [True, False])
async def test_a_device_is_identified(start_device: StartDevice, version: str, *, known: bool) -> None:
    device = await start_device(version=version)
    found = await identify(endpoint_of(device, version=version if known or version == "3.2" else None), timing=QUICK)
    assert found.version == version
    assert found.dps == {"1": True, "2": 20}
    await device.wait_for(lambda device: not device.clients)


@pytest.mark.parametrize(
    ("version", "error"), [("3.2", KeyRejected), ("3.3", KeyRejected), ("3.4", HandshakeCut), ("3.5", KeyRejected)]
)
async def test_a_wrong_key(start_device: StartDevice, version: str, error: type[LanError]) -> None:
    device = await start_device(version=version)
    with pytest.raises(error):
        await identify(endpoint_of(device, local_key=OTHER_KEY), timing=QUICK)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("faults", "error"),
    [(Faults(refuse=True), Unreachable), (Faults(max_clients=0), Busy), (Faults(accept_then_reset=True), Wedged)],
)
async def test_other_troubles(start_device: StartDevice, version: str, faults: Faults, error: type[LanError]) -> None:
    device = await start_device(version=version)
    device.faults = faults
    with pytest.raises(error):
        await identify(endpoint_of(device), timing=QUICK)


async def test_silence(start_device: StartDevice) -> None:
    device = await start_device(version="3.3", faults=Faults(accept_then_silence=True))
    with pytest.raises(NoAnswer):
        await identify(endpoint_of(device), timing=QUICK)


async def test_a_refused_query_does_not_hide_the_device(start_device: StartDevice) -> None:
    device = await start_device(version="3.3", faults=Faults(query_retcode="json obj data unvalid"))
    found = await identify(endpoint_of(device), timing=replace(QUICK, device22=60))
    assert (found.version, found.dps) == ("3.3", {})


async def test_without_an_address() -> None:
    with pytest.raises(Unreachable):
        await identify(Endpoint("d", local_key=OTHER_KEY))
