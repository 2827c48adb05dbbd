"""Children in one entry, their gateway in another: either may come, go and come back at any time."""

import asyncio
from collections.abc import Callable
import time
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, STATE_OFF, STATE_ON, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.localtuya.const import CONF_GATEWAY_ID, CONF_GRACE, CONF_USER_ID, DOMAIN
from custom_components.localtuya.coordinator import NO_GATEWAY
from custom_components.localtuya.devices import identifier
from custom_components.localtuya.kinship import async_get_kinship
from custom_components.localtuya.lan.errors import ConnectionLost
from custom_components.localtuya.lan.session import Presence
from tests.lab.device import LabDevice

from .home_assistant import (
    DOOR,
    DOOR_NODE,
    GATEWAY,
    LAMP,
    PLUG,
    SWITCH,
    SWITCH_NODE,
    Home,
    hub_of,
    until,
    until_available,
)

pytest_plugins = ("tests.home_assistant",)

OTHER = "eu1700000000000OtHeR"
IMPATIENT = {CONF_GRACE: 0}
SECOND = "bf0000000000000second"
SECOND_KEY = "fedcba9876543210"


async def _parents(home: Home) -> MockConfigEntry:
    return await home.set_up(home.subentry(GATEWAY), home.subentry(PLUG))


async def _children(home: Home, **changes: Any) -> MockConfigEntry:
    home.cloud.add_user(OTHER)
    devices = (
        home.subentry(DOOR, **{"local_key": "somebody's key"} | changes),
        home.subentry(SWITCH, local_key="somebody's key"),
        home.subentry(LAMP),
    )
    return await home.set_up(*devices, options=IMPATIENT, account={CONF_USER_ID: OTHER})


def _entity(hass: HomeAssistant) -> str:
    return er.async_get(hass).async_get_entity_id("switch", DOMAIN, f"local_{SWITCH}_1") or "switch.none"


def _is(hass: HomeAssistant, state: str) -> Callable[[], bool]:
    return lambda: (shown := hass.states.get(_entity(hass))) is not None and shown.state == state


def _via(registry: dr.DeviceRegistry, children: ConfigEntry) -> str | None:
    row = registry.async_get_device_by_identifier(identifier(SWITCH), children.entry_id)
    assert row is not None
    return row.via_device_id


@pytest.mark.parametrize("children_first", [False, True])
async def test_children_live_on_a_gateway_of_another_account(
    hass: HomeAssistant, home: Home, device_registry: dr.DeviceRegistry, *, children_first: bool
) -> None:
    if children_first:
        children = await _children(home)
        await until(_is(hass, STATE_UNAVAILABLE))
        assert hub_of(children).coordinators[SWITCH].connection == NO_GATEWAY
        parents = await _parents(home)
    else:
        parents = await _parents(home)
        await until_available(parents)
        children = await _children(home)
    await until_available(children)
    await until(_is(hass, STATE_ON))
    gateway = device_registry.async_get_device_by_identifier(identifier(GATEWAY), parents.entry_id)
    assert gateway is not None
    assert _via(device_registry, children) == gateway.id

    await hass.services.async_call("switch", "turn_off", {"entity_id": _entity(hass)}, blocking=True)
    assert home.devices[GATEWAY].children[SWITCH_NODE] == {"1": False}
    home.devices[GATEWAY].push({"1": True}, SWITCH_NODE)
    await until(_is(hass, STATE_ON))
    assert home.devices[GATEWAY].connections == 1
    assert hub_of(children).facts["their_gateway_in_another_entry"] == 2
    assert hub_of(parents).facts["their_gateway_in_another_entry"] == 0
    assert hub_of(parents).coordinators.keys() == {GATEWAY, PLUG}, "only its own devices"


async def test_the_gateways_entry_is_reloaded_unloaded_and_removed(
    hass: HomeAssistant, home: Home, device_registry: dr.DeviceRegistry, caplog: pytest.LogCaptureFixture
) -> None:
    parents, children = await _parents(home), await _children(home)
    await until(_is(hass, STATE_ON))
    for _ in range(2):
        await hass.config_entries.async_reload(parents.entry_id)
        await until(_is(hass, STATE_ON))

    assert await hass.config_entries.async_unload(parents.entry_id)
    await until(_is(hass, STATE_UNAVAILABLE))
    assert _via(device_registry, children), "it is still known who is behind whom"
    with pytest.raises(ConnectionLost):
        await hub_of(children).coordinators[SWITCH].async_send({"1": False})
    assert hub_of(children).coordinators[LAMP].available

    assert await hass.config_entries.async_setup(parents.entry_id)
    await until(_is(hass, STATE_ON))
    await hass.config_entries.async_remove(parents.entry_id)
    await until(_is(hass, STATE_UNAVAILABLE))
    assert _via(device_registry, children) is None

    hub_of(children).coordinators[SWITCH].async_report({"9": 5})
    entities = er.async_get(hass).entities
    await until(lambda: any(row.unique_id == f"local_{SWITCH}_9" for row in entities.values()))

    await _parents(home)
    await until(_is(hass, STATE_ON))
    assert _via(device_registry, children) is not None
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_the_childrens_entry_is_reloaded_unloaded_and_removed(hass: HomeAssistant, home: Home) -> None:
    parents, children = await _parents(home), await _children(home)
    switchboard = hub_of(parents).switchboards[GATEWAY]
    await until(_is(hass, STATE_ON))
    await hass.config_entries.async_reload(children.entry_id)
    await until(_is(hass, STATE_ON))
    assert set(switchboard.nodes) == {DOOR_NODE, SWITCH_NODE}

    assert await hass.config_entries.async_unload(children.entry_id)
    assert switchboard.outlets.keys() == {None}
    home.devices[GATEWAY].push({"1": False}, SWITCH_NODE)
    home.devices[PLUG].push({"1": True})
    await until(lambda: hub_of(parents).coordinators[PLUG].state.dps.get("1") is True)
    assert await hass.config_entries.async_setup(children.entry_id)
    await until(_is(hass, STATE_OFF))
    await hass.config_entries.async_remove(children.entry_id)
    assert switchboard.outlets.keys() == {None}
    assert [family.entry for family in async_get_kinship(hass)._families] == [parents]
    assert home.devices[GATEWAY].connections == 1


async def test_a_set_up_that_fails_leaves_nobody_behind(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    children = await _children(home)
    with monkeypatch.context() as patch:
        patch.setattr("custom_components.localtuya.hub.Hub.async_start", _fail)
        parents = home.entry(home.subentry(GATEWAY), home.subentry(PLUG))
        assert not await hass.config_entries.async_setup(parents.entry_id)
    assert parents.state is ConfigEntryState.SETUP_ERROR
    assert hub_of(children).coordinators[SWITCH].connection == NO_GATEWAY
    assert [family.entry for family in async_get_kinship(hass)._families] == [children]


async def _fail(*_: object) -> None:
    raise OSError


@pytest.mark.parametrize("children_first", [False, True])
async def test_home_assistant_stops(hass: HomeAssistant, home: Home, *, children_first: bool) -> None:
    makers = (_children, _parents) if children_first else (_parents, _children)
    for make in makers:
        await make(home)
    await until(_is(hass, STATE_ON))
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    assert home.devices[GATEWAY].clients == 0, "and no timer is left, see the harness"


async def test_devices_without_cloud_take_part(hass: HomeAssistant, home: Home) -> None:
    children = await _children(home)
    parents = await home.set_up(home.subentry(GATEWAY), cloud=False)
    await until_available(children)
    await until(_is(hass, STATE_ON))
    await hass.config_entries.async_remove(parents.entry_id)
    await until(_is(hass, STATE_UNAVAILABLE))


async def test_the_gateway_says_who_is_there(hass: HomeAssistant, home: Home) -> None:
    parents, children = await _parents(home), await _children(home)
    await until(_is(hass, STATE_ON))
    switchboard = hub_of(parents).switchboards[GATEWAY]
    switchboard.link_presence(Presence(frozenset(), frozenset({SWITCH_NODE})))
    await until(_is(hass, STATE_UNAVAILABLE))
    assert hub_of(children).coordinators[DOOR].available
    switchboard.link_presence(Presence(frozenset({SWITCH_NODE}), frozenset()))
    await until(_is(hass, STATE_ON))


async def test_gateways_of_all_entries_are_asked_for_a_child_of_nobody(home: Home) -> None:
    parents = await _parents(home)
    children = await _children(home, gateway_id=None)
    await until_available(children)
    await until(lambda: hub_of(children).coordinators[DOOR].state.dps.get("1") is False)
    door = next(each for each in children.subentries.values() if each.unique_id == DOOR)
    assert door.data[CONF_GATEWAY_ID] == GATEWAY
    assert set(hub_of(parents).switchboards[GATEWAY].nodes) == {SWITCH_NODE, DOOR_NODE}


async def test_a_child_moves_to_a_gateway_of_another_entry(hass: HomeAssistant, home: Home) -> None:
    await _parents(home)
    second = await _second(home)
    children = await home.set_up(
        home.subentry(SECOND), home.subentry(DOOR, gateway_id=SECOND), account={CONF_USER_ID: OTHER}
    )
    await until(lambda: hub_of(children).coordinators[DOOR].state.dps.get("1") is False)
    assert hub_of(children).switchboards[SECOND].nodes == ()
    await until_available(children, SECOND)
    await hass.async_block_till_done()
    assert second.connections == 1


async def test_a_node_id_that_two_gateways_have(home: Home) -> None:
    second = await _second(home, DOOR_NODE)
    await home.set_up(home.subentry(SECOND), home.subentry(SWITCH, gateway_id=SECOND, node_id=DOOR_NODE))
    children = await home.set_up(home.subentry(DOOR), home.subentry(GATEWAY), account={CONF_USER_ID: OTHER})
    await until(lambda: hub_of(children).coordinators[DOOR].state.dps.get("1") is False)
    second.push({"1": True}, DOOR_NODE)
    kinship = async_get_kinship(home.hass)
    kinship.async_forget(GATEWAY)
    kinship.async_presence(SECOND, Presence(frozenset({DOOR_NODE}), frozenset()))
    door = next(each for each in children.subentries.values() if each.unique_id == DOOR)
    assert door.data[CONF_GATEWAY_ID] == GATEWAY, "the second gateway means its own child"


async def _second(home: Home, *nodes: str) -> LabDevice:
    row = {"id": SECOND, "name": "Attic gateway", "category": "wg2", "local_key": SECOND_KEY, "product_id": "gate2"}
    home.cloud.add_device(OTHER, row, model=(), status={})
    device = home.devices[SECOND] = LabDevice(
        SECOND,
        local_key=SECOND_KEY,
        host="127.0.61.4",
        port=home.port,
        version="3.5",
        dps={},
        children={node: {"1": False} for node in nodes},
    )
    await device.start()
    return device


async def test_entries_that_come_and_go_at_once(hass: HomeAssistant, home: Home) -> None:
    parents, children = await _parents(home), await _children(home)
    manager = hass.config_entries
    for _ in range(3):
        await asyncio.gather(manager.async_reload(parents.entry_id), manager.async_reload(children.entry_id))
    await until_available(children)
    await until(_is(hass, STATE_ON))


async def test_how_soon_children_are_alive(hass: HomeAssistant, home: Home) -> None:
    await until_available(await _parents(home))
    began = time.monotonic()
    children = await _children(home)
    await until_available(children, DOOR, SWITCH)
    await until(_is(hass, STATE_ON))
    assert time.monotonic() - began < 2.0
