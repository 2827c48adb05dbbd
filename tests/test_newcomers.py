"""A device that was paired just now is shown within seconds; what was there before, or is not ours, costs nothing."""

from collections.abc import AsyncGenerator
from typing import Any

from homeassistant.config_entries import SOURCE_INTEGRATION_DISCOVERY, ConfigEntry
from homeassistant.const import CONF_DEVICE_ID
from homeassistant.core import HomeAssistant
import pytest

from custom_components.localtuya.const import CONF_ADOPT, DOMAIN
from custom_components.localtuya.membership import async_leave
from custom_components.localtuya.newcomers import Newcomers
from tests.lab.broadcast import Announcer
from tests.lab.cloud import Gate
from tests.lab.device import LabDevice

from .home_assistant import GATEWAY, KEY, PLUG, SWITCH_MODEL, USER, Home, hub_of, until, until_available

pytest_plugins = ("tests.home_assistant", "tests.texts")
pytestmark = pytest.mark.usefixtures("texts_complete")

NEW = "bf00000000000000000new"
NODE = "a4c138f1e2d3c4ff"
LATER = 4_000_000_000
"""Unix time of a pairing after the account was added."""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Newcomers, "quiet", 0.0)
    monkeypatch.setattr(Newcomers, "waits", (0.05, 0.1))
    monkeypatch.setattr(Newcomers, "pause", 0.1)


@pytest.fixture
async def newcomer(home: Home) -> AsyncGenerator[LabDevice]:
    """A device that nobody knows; it has power, but does not announce itself yet."""
    device = LabDevice(NEW, local_key=KEY, host="127.0.61.9", port=home.port, version="3.3", dps={"1": False})
    await device.start()
    yield device
    await device.stop()


def _pair(home: Home, **fields: Any) -> None:
    new = {"id": NEW, "name": "New plug", "category": "cz", "local_key": KEY, "product_id": "newnewnewnewnewn"}
    home.cloud.add_device(USER, new | {"active_time": LATER} | fields, model=SWITCH_MODEL, status={})


def _discovered(hass: HomeAssistant) -> set[str]:
    flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    return {
        hass.config_entries.flow._progress[flow["flow_id"]].init_data[CONF_DEVICE_ID]
        for flow in flows
        if flow["context"]["source"] == SOURCE_INTEGRATION_DISCOVERY
    }


async def _settled(home: Home, device_id: str = PLUG, *, adopt: bool = False) -> ConfigEntry:
    """Return an entry that is set up and has asked the cloud all that it wants to know."""
    entry: ConfigEntry = await home.set_up(home.subentry(device_id), options={CONF_ADOPT: adopt})
    await until_available(entry)
    await until(lambda: not hub_of(entry).strangers())
    return entry


async def _announce(home: Home, device: LabDevice) -> None:
    home.announcer = Announcer([device], interval=0.05, ports=home.ports)
    await home.announcer.start()


async def test_without_account_nobody_is_asked(hass: HomeAssistant, home: Home, newcomer: LabDevice) -> None:
    entry = await _settled(home)
    _pair(home)
    gate = home.cloud.faults.gates["user_devices"] = Gate()
    await _announce(home, newcomer)
    await gate.reached.wait()
    calls = home.cloud.calls.copy()
    await async_leave(hass, entry)
    gate.opened.set()
    home.cloud.faults.gates.clear()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _discovered(hass) == set()
    assert home.cloud.calls == calls


async def test_a_device_that_was_paired_is_shown(hass: HomeAssistant, home: Home, newcomer: LabDevice) -> None:
    await _settled(home)
    _pair(home)
    calls = home.cloud.calls["user_devices"]
    await _announce(home, newcomer)
    await until(lambda: _discovered(hass) == {NEW})
    assert home.cloud.calls["user_devices"] == calls + 1


async def test_the_cloud_may_know_it_later_than_the_network(
    hass: HomeAssistant, home: Home, newcomer: LabDevice
) -> None:
    await _settled(home)
    calls = home.cloud.calls["user_devices"]
    await _announce(home, newcomer)
    await until(lambda: home.cloud.calls["user_devices"] == calls + 1)
    _pair(home)
    await until(lambda: _discovered(hass) == {NEW})
    assert home.cloud.calls["user_devices"] == calls + 2


async def test_it_comes_alive_by_itself_where_that_is_wished(home: Home, newcomer: LabDevice) -> None:
    entry = await _settled(home, adopt=True)
    _pair(home)
    await _announce(home, newcomer)
    await until(lambda: NEW in hub_of(entry).coordinators)
    await until_available(entry, NEW)


async def test_a_child_that_a_gateway_reaches_is_shown(hass: HomeAssistant, home: Home) -> None:
    await _settled(home, GATEWAY)
    _pair(home, sub=True, node_id=NODE, gateway_id=GATEWAY)
    home.devices[GATEWAY].push({"1": False}, cid=NODE)
    home.devices[GATEWAY].online(NODE, present=True)
    await until(lambda: _discovered(hass) == {NEW})


async def test_what_was_there_before_is_no_news(
    home: Home, newcomer: LabDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Newcomers, "quiet", 60.0)
    entry = await _settled(home)
    calls = home.cloud.calls.total()
    await _announce(home, newcomer)
    await until(lambda: NEW in hub_of(entry)._newcomers._heard)
    monkeypatch.setattr(hub_of(entry)._newcomers, "_quiet_until", 0.0)
    hub_of(entry)._newcomers.async_heard([NEW, PLUG])
    assert hub_of(entry)._newcomers._looking is None
    assert home.cloud.calls.total() == calls


async def test_neighbours_cost_less_and_less(home: Home) -> None:
    entry = await _settled(home)
    newcomers = hub_of(entry)._newcomers
    calls = home.cloud.calls["user_devices"]
    for number in range(3):
        for _ in range(2):
            newcomers.async_heard([f"bf0000000000000neighbour{number}"])
        task = newcomers._looking
        assert task is not None
        await until(task.done)
    assert home.cloud.calls["user_devices"] == calls + 6
    assert newcomers._pause == pytest.approx(0.1 * 2**3)
