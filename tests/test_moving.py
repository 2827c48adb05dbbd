"""Devices go from one entry to another: what their owner has of them stays, and the devices notice nothing."""

import time
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.localtuya.account import Account
from custom_components.localtuya.const import CONF_BROUGHT, CONF_CATEGORY, CONF_OLD_KEYS, CONF_PRODUCT_ID, DOMAIN
from custom_components.localtuya.flow.choosing import made
from custom_components.localtuya.flow.entries import without_account
from custom_components.localtuya.moving import async_move
from tests.lab.faults import Faults

from .belongings import belongings, entity_of, history, make_one_s_own, state_of, switch
from .home_assistant import (
    DOOR,
    DOOR_NODE,
    GATEWAY,
    KEY,
    LAMP,
    PLUG,
    SWITCH,
    USER,
    Home,
    hub_of,
    until,
    until_available,
)

pytest_plugins = ("tests.home_assistant",)

NEW_KEY = "fedcba9876543210"
TYPED = {CONF_BROUGHT: True, CONF_PRODUCT_ID: None, CONF_CATEGORY: None}


async def _two_entries(home: Home, *typed: str, account: tuple[str, ...] = ()) -> tuple[Any, Any]:
    """Return an entry without cloud that has devices typed in, and the account that has them, too."""
    source = await home.set_up(*(home.subentry(device_id) for device_id in typed), cloud=False)
    target = await home.set_up(*(home.subentry(device_id) for device_id in account))
    await until_available(source)
    await until_available(target)
    await until(lambda: not hub_of(target).strangers())
    await home.hass.async_block_till_done()
    return source, target


async def _listed(home: Home) -> Any:
    return await Account(home.hass, home.credentials).async_devices()


def _data(entry: ConfigEntry, device_id: str) -> Any:
    return next(device.data for device in entry.subentries.values() if device.unique_id == device_id)


def _connections(home: Home) -> dict[str, int]:
    return {device_id: device.connections for device_id, device in home.devices.items()}


async def test_a_device_moves(hass: HomeAssistant, home: Home, caplog: pytest.LogCaptureFixture) -> None:
    source, target = await _two_entries(home, PLUG, LAMP)
    make_one_s_own(hass, source, PLUG)
    await hass.async_block_till_done()
    await switch(hass, PLUG, on=True)
    await until(lambda: hub_of(source).coordinators[PLUG]._said.dps == {"1": True})
    before, subentry_id = belongings(hass, source, target), next(iter(source.subentries))
    states = history(hass, entity_of(hass, "switch", PLUG))
    begin = time.perf_counter()
    assert await async_move(hass, source, target, wanted=[PLUG], listed=await _listed(home)) == 1
    took = time.perf_counter() - begin
    await switch(hass, PLUG, on=False)
    await hass.async_block_till_done()

    assert belongings(hass, source, target) == before
    assert belongings(hass, target)[0].keys() == {PLUG}
    assert hub_of(source).coordinators.keys() == {LAMP}
    assert hub_of(target).coordinators.keys() == {PLUG}
    assert next(iter(target.subentries)) == subentry_id
    assert _data(target, PLUG)[CONF_PRODUCT_ID] == "plugplugplugplug"
    assert CONF_BROUGHT not in _data(target, PLUG)
    assert states == ["unavailable", "on", "off"], "moments only, and nothing that was not so"
    assert home.devices[PLUG].commands == [(None, {"1": True}), (None, {"1": False})]
    assert set(_connections(home).values()) == {0, 1}, "the gateway was never called"
    assert "Traceback" not in caplog.text
    assert took < 2

    home.devices[PLUG].push({"1": True})
    await until(lambda: state_of(hass, "switch", PLUG) == "on")
    for entry in (source, target):
        assert await hass.config_entries.async_reload(entry.entry_id)
        await until_available(entry)
    await hass.async_block_till_done()
    assert belongings(hass, source, target) == before
    await until(lambda: state_of(hass, "switch", PLUG) == "on")
    await switch(hass, PLUG, on=False)


@pytest.mark.parametrize("wanted", [GATEWAY, DOOR])
async def test_a_gateway_moves_with_its_children(hass: HomeAssistant, home: Home, wanted: str) -> None:
    source, target = await _two_entries(home, GATEWAY, DOOR, SWITCH, PLUG, account=(LAMP,))
    before = belongings(hass, source, target)
    assert await async_move(hass, source, target, wanted=[wanted], listed=await _listed(home)) == 3
    await hass.async_block_till_done()
    assert hub_of(target).coordinators.keys() == {LAMP, GATEWAY, DOOR, SWITCH}
    assert belongings(hass, source, target) == before
    await switch(hass, SWITCH, on=False)
    await until(lambda: not hub_of(target).strangers())
    await hass.async_block_till_done()
    home.devices[GATEWAY].push({"1": True}, DOOR_NODE)
    await until(lambda: state_of(hass, "binary_sensor", DOOR) == "on")
    assert set(_connections(home).values()) == {1}


async def test_an_entry_without_cloud_that_has_nothing_left_is_removed(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    source, target = await _two_entries(home, PLUG, LAMP)
    before = belongings(hass, source, target)
    await async_move(hass, source, target, wanted=[PLUG, LAMP], listed=await _listed(home))
    await hass.async_block_till_done()
    assert hass.config_entries.async_entries(DOMAIN) == [target]
    after = belongings(hass, target)
    assert after[0] == before[0]
    assert after[1].items() >= before[1].items()
    assert state_of(hass, "switch", PLUG) == "off"
    await until(lambda: not hub_of(target).strangers())
    await hass.config_entries.async_unload(target.entry_id)
    assert {key for key in hass_storage if key.startswith("localtuya.")} == {
        f"localtuya.{USER.lower()}",
        f"localtuya.{USER.lower()}.states",
    }


async def test_a_device_that_is_set_up_in_both_entries_stays(hass: HomeAssistant, home: Home) -> None:
    source, target = await _two_entries(home, PLUG, LAMP)
    hass.config_entries.async_add_subentry(target, made(home.subentry(PLUG)))
    await hass.async_block_till_done()
    assert await async_move(hass, source, target, wanted=[PLUG, LAMP], listed=await _listed(home)) == 1
    await hass.async_block_till_done()
    assert hub_of(source).coordinators.keys() == {PLUG}
    assert hub_of(target).coordinators.keys() == {PLUG, LAMP}


async def test_between_accounts(hass: HomeAssistant, home: Home) -> None:
    """The account that is left stays, however empty; what was said of the device is taken back."""
    source, target = await _two_entries(home, account=(PLUG,))
    source, target = target, source
    home.cloud.remove_device(PLUG)
    await hub_of(source).follower.async_look()
    assert ir.async_get(hass).async_get_issue(DOMAIN, f"gone_{PLUG}")
    before = belongings(hass, source, target)
    await async_move(hass, source, target, wanted=[PLUG], listed={})
    await hass.async_block_till_done()
    assert source.state is ConfigEntryState.LOADED
    assert ir.async_get(hass).async_get_issue(DOMAIN, f"gone_{PLUG}") is None
    assert belongings(hass, target) == before
    assert _data(target, PLUG)[CONF_BROUGHT], "nobody knows it there"
    await switch(hass, PLUG, on=True)


async def test_a_device_that_is_not_there_is_looked_for_where_it_came_to(hass: HomeAssistant, home: Home) -> None:
    source, target = await _two_entries(home, PLUG, LAMP)
    home.devices[PLUG].faults = Faults(refuse=True)
    home.devices[PLUG].drop_clients()
    await until(lambda: not hub_of(source).is_up(PLUG))
    home.cloud.set_local_key(PLUG, NEW_KEY)
    await async_move(hass, source, target, wanted=[PLUG], listed=await _listed(home))
    assert hub_of(target).search.missing
    assert not hub_of(source).search.missing
    home.devices[PLUG].set_key(NEW_KEY)
    home.devices[PLUG].faults = Faults()
    await until(lambda: hub_of(target).is_up(PLUG), 10)
    assert _data(target, PLUG)[CONF_OLD_KEYS] == [KEY]


async def test_which_devices_have_no_account(home: Home) -> None:
    source, _ = await _two_entries(home, PLUG, account=(LAMP,))
    assert without_account(home.hass) == {PLUG: source}
    await home.hass.config_entries.async_unload(source.entry_id)
    assert without_account(home.hass) == {}, "an entry that does not run gives nothing away"
