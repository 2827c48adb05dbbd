"""An entry leaves its account and comes back; nothing that its owner has is lost, and nobody is called in between."""

from typing import Any

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest

from custom_components.localtuya.account import Account
from custom_components.localtuya.cloud.errors import CloudAuthError
from custom_components.localtuya.cloud.ledger import Cause
from custom_components.localtuya.const import (
    CONF_BROUGHT,
    CONF_CATEGORY,
    CONF_LOCAL_KEY,
    CONF_OLD_KEYS,
    CONF_PRODUCT_ID,
    DOMAIN,
    WITHOUT_CLOUD,
)
from custom_components.localtuya.membership import async_join, async_leave
from tests.lab.cloud import Gate

from .belongings import belongings, make_one_s_own, state_of, switch
from .home_assistant import (
    CLIENT_ID,
    DOOR,
    GATEWAY,
    KEY,
    LAMP,
    PLUG,
    SECRET,
    SWITCH,
    SWITCH_MODEL,
    USER,
    Home,
    hub_of,
    until,
    until_available,
)

pytest_plugins = ("tests.home_assistant",)

ALL = (PLUG, LAMP, GATEWAY, DOOR, SWITCH)
NEW_KEY = "fedcba9876543210"
LATER = 4_000_000_000
TYPED = {CONF_BROUGHT: True, CONF_PRODUCT_ID: None, CONF_CATEGORY: None}


async def _account(home: Home, *device_ids: str) -> Any:
    entry = await home.set_up(*(home.subentry(device_id) for device_id in device_ids or ALL))
    await until_available(entry)
    await until(lambda: not hub_of(entry).strangers())
    await home.hass.async_block_till_done()
    return entry


def _issues(hass: HomeAssistant) -> set[str]:
    return {issue_id for domain, issue_id in ir.async_get(hass).issues if domain == DOMAIN}


def _data(entry: ConfigEntry, device_id: str) -> Any:
    return next(device.data for device in entry.subentries.values() if device.unique_id == device_id)


async def _stored(hass: HomeAssistant, hass_storage: dict[str, Any]) -> str:
    """Return what is in the file of the entries."""
    await hass.config_entries._store.async_save(hass.config_entries._data_to_save())
    return str(hass_storage["core.config_entries"])


async def test_there_and_back(hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]) -> None:
    entry = await _account(home)
    make_one_s_own(hass, entry, PLUG)
    await hass.async_block_till_done()
    before, hub, calls = belongings(hass, entry), hub_of(entry), home.cloud.calls.copy()
    assert SECRET in await _stored(hass, hass_storage)

    await async_leave(hass, entry)
    await hass.async_block_till_done()
    assert dict(entry.data) == {}
    stored = await _stored(hass, hass_storage)
    assert SECRET not in stored
    assert CLIENT_ID not in stored
    assert (entry.unique_id, entry.title) == (USER, "Tuya")
    assert entry.runtime_data is hub
    assert hub.account is None
    assert belongings(hass, entry) == before
    await switch(hass, PLUG, on=True)
    await switch(hass, SWITCH, on=False)

    assert await hass.config_entries.async_reload(entry.entry_id)
    await until_available(entry)
    await hass.async_block_till_done()
    assert belongings(hass, entry) == before
    hub_of(entry).follower._look(dt_util.utcnow())
    await hass.async_block_till_done(wait_background_tasks=True)
    assert home.cloud.calls == calls, "neither at the turn, nor at a start, nor in a day"

    listed = await Account(hass, home.credentials).async_devices()
    calls = home.cloud.calls.copy()
    await async_join(hass, entry, home.credentials, listed)
    await switch(hass, PLUG, on=False)
    await hass.async_block_till_done()
    assert entry.data == home.credentials
    assert belongings(hass, entry) == before
    assert home.cloud.calls == calls, "all of them are known"
    assert {device_id: device.connections for device_id, device in home.devices.items()} == dict.fromkeys(
        home.devices, 2
    ), "one for each start"
    await hub_of(entry).follower.async_look()
    assert _issues(hass) == set()


async def test_an_entry_that_does_not_run_leaves_its_account_too(hass: HomeAssistant, home: Home) -> None:
    entry = await _account(home, PLUG)
    await hass.config_entries.async_unload(entry.entry_id)
    calls = home.cloud.calls.copy()
    await async_leave(hass, entry)
    assert dict(entry.data) == {}
    assert await hass.config_entries.async_setup(entry.entry_id)
    await until_available(entry)
    assert home.cloud.calls == calls


@pytest.mark.parametrize("own", [True, False])
async def test_its_title_says_what_it_is(hass: HomeAssistant, home: Home, *, own: bool) -> None:
    entry = await _account(home, PLUG)
    title = "Flat" if own else "Tuya Central Europe"
    hass.config_entries.async_update_entry(entry, title=title)
    await async_leave(hass, entry)
    assert entry.title == ("Flat" if own else "Tuya without cloud")
    await async_join(hass, entry, home.credentials, {})
    assert entry.title == title


async def test_what_the_cloud_asked_for_is_taken_back(hass: HomeAssistant, home: Home) -> None:
    entry = await _account(home)
    home.cloud.devices[LAMP].fields["name"] = "Reading"
    pair = {"id": "bfnew", "name": "Heater", "category": "cz", "local_key": KEY, "active_time": LATER}
    home.cloud.add_device(USER, pair, model=SWITCH_MODEL, status={})
    home.cloud.remove_device(PLUG)
    await hub_of(entry).follower.async_look()
    home.cloud.faults.plan = "expired"
    await hub_of(entry).follower.async_look()
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    assert _issues(hass) == {f"renamed_{LAMP}", f"gone_{PLUG}", f"cloud_{entry.entry_id}"}
    assert len(hass.config_entries.flow.async_progress()) == 2

    await async_leave(hass, entry)
    await hass.async_block_till_done()
    assert _issues(hass) == set()
    assert hass.config_entries.flow.async_progress() == []
    assert not any(entry.async_get_active_flows(hass, {SOURCE_REAUTH}))
    assert {issue.domain for issue in ir.async_get(hass).issues.values()} == set()


async def test_a_removed_entry_leaves_nothing(hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]) -> None:
    entry = await _account(home)
    pair = {"id": "bfnew", "name": "Heater", "category": "cz", "local_key": KEY, "active_time": LATER}
    home.cloud.add_device(USER, pair, model=SWITCH_MODEL, status={})
    home.cloud.remove_device(PLUG)
    await hub_of(entry).follower.async_look()
    await hass.async_block_till_done()
    assert len(hass.config_entries.flow.async_progress()) == 1
    await async_leave(hass, entry)
    await async_join(hass, entry, home.credentials, {})
    await hub_of(entry).follower.async_look()
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert not [key for key in hass_storage if key.startswith("localtuya.")]
    assert _issues(hass) == set()
    assert hass.config_entries.flow.async_progress() == []


@pytest.mark.parametrize("work", ["follow", "learn", "keys"])
async def test_a_call_that_is_under_way_ends(hass: HomeAssistant, home: Home, work: str) -> None:
    gate = Gate()
    if work == "learn":
        home.cloud.faults.gates["user_devices"] = gate
        entry = await home.set_up(home.subentry(PLUG))
    else:
        entry = await _account(home, PLUG)
        home.cloud.faults.gates["user_devices"] = gate
        if work == "follow":
            hub_of(entry).follower.async_stop()
            hub_of(entry).follower._look(dt_util.utcnow())
        else:
            hub_of(entry).keys.async_rejected(PLUG)
    await gate.reached.wait()
    calls = home.cloud.calls.copy()
    await async_leave(hass, entry)
    gate.opened.set()
    home.cloud.faults.gates.clear()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert home.cloud.calls == calls
    await until_available(entry)
    await until(lambda: hub_of(entry).coordinators[PLUG].ready)
    await until(lambda: state_of(hass, "switch", PLUG) == "off")


async def test_an_answer_that_comes_too_late_asks_nobody(hass: HomeAssistant, home: Home) -> None:
    entry = await _account(home, PLUG)
    hub = hub_of(entry)
    assert hub.account is not None
    call = hub.standing.calling(hub.account, Cause.SET_UP)
    call.__enter__()
    await async_leave(hass, entry)
    assert not call.__exit__(CloudAuthError, CloudAuthError(), None)
    await hass.async_block_till_done()
    assert hass.config_entries.flow.async_progress() == []


async def test_a_refused_key_is_its_owners_from_now_on(hass: HomeAssistant, home: Home) -> None:
    entry = await _account(home, PLUG)
    home.devices[PLUG].set_key(NEW_KEY)
    issue_id = f"key_rejected_{PLUG}"
    await until(lambda: issue_id in _issues(hass))
    await async_leave(hass, entry)
    issues = ir.async_get(hass)
    await until(
        lambda: (
            (issue := issues.async_get_issue(DOMAIN, issue_id))
            and issue.translation_key == "key_rejected_without_cloud"
        )
    )

    home.cloud.set_local_key(PLUG, NEW_KEY)
    listed = await Account(hass, home.credentials).async_devices()
    await async_join(hass, entry, home.credentials, listed)
    await until(lambda: not _issues(hass))
    assert hub_of(entry).is_up(PLUG)
    assert _data(entry, PLUG)[CONF_LOCAL_KEY] == NEW_KEY
    assert _data(entry, PLUG)[CONF_OLD_KEYS] == [KEY]


async def test_devices_typed_in_become_the_accounts(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    devices = [home.subentry(device_id, **TYPED) for device_id in (PLUG, LAMP)]
    entry = await home.set_up(*devices, cloud=False)
    await until_available(entry)
    await hass.async_block_till_done()
    make_one_s_own(hass, entry, PLUG)
    await hass.async_block_till_done()
    before = belongings(hass, entry)
    home.cloud.remove_device(LAMP)
    home.cloud.set_local_key(PLUG, NEW_KEY)
    listed = await Account(hass, home.credentials).async_devices()
    calls = home.cloud.calls.copy()
    await async_join(hass, entry, home.credentials, listed)
    await until(lambda: hub_of(entry).coordinators[PLUG].record.properties)
    await hass.async_block_till_done()

    assert entry.unique_id == USER
    assert len(entry.subentries) == 2, "none is added, none removed"
    assert _data(entry, PLUG)[CONF_PRODUCT_ID] == "plugplugplugplug"
    assert CONF_BROUGHT not in _data(entry, PLUG)
    assert _data(entry, PLUG)[CONF_LOCAL_KEY] == KEY
    assert _data(entry, PLUG)[CONF_OLD_KEYS] == [NEW_KEY], "the device has the typed one"
    assert _data(entry, LAMP)[CONF_BROUGHT]
    after = belongings(hass, entry)
    assert {entity_id: after[1].get(entity_id) for entity_id in before[1]} == before[1]
    assert after[0][PLUG]["id"] == before[0][PLUG]["id"]
    asked = {"token": 1, "user_devices": 1, "factory_infos": 1, "model": 1}
    assert home.cloud.calls - calls == asked
    assert all(device.connections == 1 for device_id, device in home.devices.items() if device_id != GATEWAY)
    await hub_of(entry).follower.async_look()
    assert _issues(hass) == set(), "a device that the account does not have is not missed"

    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    files = {key for key in hass_storage if key.startswith("localtuya.")}
    assert files == {f"localtuya.{USER.lower()}", f"localtuya.{USER.lower()}.states"}
    assert WITHOUT_CLOUD not in str(files)
    assert not hub_of(entry).strangers()
