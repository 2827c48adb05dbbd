from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest

from custom_components.localtuya.const import CONF_GATEWAY_ID, CONF_NODE_ID, SUBENTRY_DEVICE
from custom_components.localtuya.devices import identifier
from custom_components.localtuya.kinship import _MOST_CHILDREN, Census, sole_owners
from custom_components.localtuya.lan.session import Presence
from tests.lab.device import LabDevice

from .home_assistant import (
    DOOR,
    DOOR_NODE,
    GATEWAY,
    KEY,
    LAMP,
    SWITCH,
    SWITCH_NODE,
    Home,
    hub_of,
    until,
    until_available,
)

pytest_plugins = ("tests.home_assistant",)

SECOND = "bf0000000000000second"
SECOND_KEY = "fedcba9876543210"
STRANGE_NODE = "a4c138ffffffffff"


@pytest.fixture
async def second(home: Home) -> LabDevice:
    """Another gateway, with the door contact's twin."""
    row = {"id": SECOND, "name": "Attic gateway", "category": "wg2", "local_key": SECOND_KEY, "product_id": "gate2"}
    home.cloud.add_device(next(iter(home.cloud.users)), row, model=(), status={})
    device = LabDevice(
        SECOND,
        local_key=SECOND_KEY,
        host="127.0.61.4",
        port=home.port,
        version="3.5",
        dps={},
        children={STRANGE_NODE: {"1": True}},
    )
    await device.start()
    home.devices[SECOND] = device
    return device


def _data(entry: ConfigEntry, device_id: str) -> Any:
    return next(each.data for each in entry.subentries.values() if each.unique_id == device_id)


def _value(entry: ConfigEntry, device_id: str) -> object:
    return hub_of(entry).coordinators[device_id].state.dps.get("1")


def _add(hass: HomeAssistant, entry: ConfigEntry, row: Any) -> None:
    subentry = ConfigSubentry(
        data=row["data"], subentry_type=SUBENTRY_DEVICE, title=row["title"], unique_id=row["unique_id"]
    )
    hass.config_entries.async_add_subentry(entry, subentry)


@pytest.mark.parametrize("named", [None, "bf000000000000foreign"])
async def test_a_child_finds_its_gateway(
    home: Home, second: LabDevice, device_registry: dr.DeviceRegistry, named: str | None
) -> None:
    entry = await home.set_up(
        home.subentry(GATEWAY),
        home.subentry(SECOND),
        home.subentry(DOOR, gateway_id=named, node_id=STRANGE_NODE, local_key="no gateway's key"),
        home.subentry(SWITCH),
    )
    await until_available(entry)
    await until(lambda: _value(entry, DOOR) is True)
    assert _data(entry, DOOR)[CONF_GATEWAY_ID] == SECOND
    assert _data(entry, SWITCH)[CONF_GATEWAY_ID] == GATEWAY
    gateway = device_registry.async_get_device_by_identifier(identifier(SECOND), entry.entry_id)
    door = device_registry.async_get_device_by_identifier(identifier(DOOR), entry.entry_id)
    assert gateway is not None
    assert door is not None
    assert door.via_device_id == gateway.id
    assert (second.connections, home.devices[GATEWAY].connections) == (1, 1)

    second.push({"1": False}, STRANGE_NODE)
    await until(lambda: _value(entry, DOOR) is False)


@pytest.mark.usefixtures("second")
async def test_a_child_that_lives_with_another_gateway_than_is_written(home: Home) -> None:
    entry = await home.set_up(
        home.subentry(GATEWAY),
        home.subentry(SECOND),
        home.subentry(DOOR, gateway_id=SECOND),
        home.subentry(SWITCH),
    )
    await until(lambda: _data(entry, DOOR)[CONF_GATEWAY_ID] == GATEWAY)
    await until_available(entry)
    await until(lambda: _value(entry, DOOR) is False)
    assert home.devices[GATEWAY].connections == 1


@pytest.mark.usefixtures("second")
async def test_a_child_has_its_gateways_key(home: Home) -> None:
    entry = await home.set_up(
        home.subentry(SECOND), home.subentry(DOOR, gateway_id=None, local_key=SECOND_KEY, node_id=STRANGE_NODE)
    )
    assert _data(entry, DOOR)[CONF_GATEWAY_ID] == SECOND, "known before anybody was asked"
    await until_available(entry)


async def test_a_child_of_nobody_waits(home: Home) -> None:
    entry = await home.set_up(
        home.subentry(GATEWAY),
        home.subentry(LAMP),
        home.subentry(DOOR, gateway_id=None, node_id=STRANGE_NODE),
        home.subentry(SWITCH, node_id=None),
    )
    await until_available(entry, GATEWAY, LAMP)
    assert CONF_GATEWAY_ID not in _data(entry, DOOR), "everybody has this key: it says nothing"
    for device_id in (DOOR, SWITCH):
        assert not hub_of(entry).coordinators[device_id].available
    assert hub_of(entry).switchboards[GATEWAY].outlets.keys() == {None}


async def test_a_gateway_without_key_is_told_of(home: Home) -> None:
    await home.announce()
    entry = await home.set_up(home.subentry(DOOR, local_key="no gateway's key"), home.subentry(LAMP))
    await until_available(entry, LAMP)
    await until(lambda: hub_of(entry).facts["their_gateway_heard"] == 1)
    assert hub_of(entry).facts["children_without_gateway"] == 1
    assert not hub_of(entry).coordinators[DOOR].available


async def test_children_come_and_go_while_all_runs(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(GATEWAY), home.subentry(LAMP), home.subentry(SWITCH))
    await until_available(entry)

    _add(hass, entry, home.subentry(DOOR))
    await until(lambda: DOOR in hub_of(entry).coordinators)
    await until_available(entry)
    await until(lambda: _value(entry, DOOR) is False)
    assert _value(entry, SWITCH) is True

    (gone,) = (each for each in entry.subentries.values() if each.unique_id == SWITCH)
    hass.config_entries.async_remove_subentry(entry, gone.subentry_id)
    await until(lambda: SWITCH not in hub_of(entry).coordinators)
    assert hub_of(entry).switchboards[GATEWAY].nodes == (DOOR_NODE,)
    home.devices[GATEWAY].push({"1": False}, SWITCH_NODE)
    home.devices[GATEWAY].push({"1": True}, DOOR_NODE)
    await until(lambda: _value(entry, DOOR) is True)
    assert {device_id: home.devices[device_id].connections for device_id in (GATEWAY, LAMP)} == {GATEWAY: 1, LAMP: 1}


async def test_a_gateway_that_comes_later_finds_its_child(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(DOOR, gateway_id=None, local_key="no gateway's key"))
    assert not hub_of(entry).coordinators[DOOR].available
    _add(hass, entry, home.subentry(GATEWAY))
    await until(lambda: _data(entry, DOOR).get(CONF_GATEWAY_ID) == GATEWAY)
    await until_available(entry)
    assert _data(entry, DOOR)[CONF_NODE_ID] == DOOR_NODE


def test_what_gateways_say() -> None:
    census = Census()
    assert census.gateway_of("n", "a") == "a"
    assert census.gateway_of("n", None) is None
    census.heard("b", Presence(frozenset({"n", "m"}), frozenset()))
    assert census.gateway_of("n", None) == "b"
    assert census.gateway_of("n", "a") == "b"
    census.heard("a", Presence(frozenset({"n"}), frozenset({"m"})))
    assert census.gateway_of("n", "a") == "a", "two say so: it stays"
    assert census.gateway_of("m", "a") == "b"
    census.heard("b", Presence(frozenset(), frozenset({"m"})))
    assert census.gateway_of("m", "a") == "a"
    census.forget("a")
    assert census.gateway_of("n", "x") == "b"


def test_a_gateway_that_never_stops_talking() -> None:
    census = Census()
    for number in range(_MOST_CHILDREN + 10):
        census.heard("a", Presence(frozenset({str(number)}), frozenset()))
    assert len(census._reached["a"]) == _MOST_CHILDREN


def test_whose_key_it_is() -> None:
    assert sole_owners([("a", KEY), ("b", SECOND_KEY), ("c", SECOND_KEY), ("d", "")]) == {KEY: "a"}
    assert sole_owners([("a", KEY), ("a", KEY)]) == {KEY: "a"}, "in two entries, but one device"
