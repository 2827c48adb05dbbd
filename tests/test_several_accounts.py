"""Two app accounts, of one project or of two, in one data center or in two; devices that both have."""

from collections.abc import AsyncGenerator
import time
from typing import Any

from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.components.repairs.issue_handler import RepairsFlowManager
from homeassistant.config_entries import (
    SOURCE_INTEGRATION_DISCOVERY,
    SOURCE_REAUTH,
    SOURCE_USER,
    ConfigEntry,
    ConfigSubentry,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import get_system_health_info

from custom_components.localtuya.const import (
    CONF_ADOPT,
    CONF_CLIENT_SECRET,
    CONF_DEVICES,
    CONF_LOCAL_KEY,
    CONF_USER_ID,
    DOMAIN,
    SUBENTRY_DEVICE,
)
from custom_components.localtuya.diagnostics import async_get_config_entry_diagnostics
from custom_components.localtuya.flow.account import AccountFlow
from tests.lab.cloud import LabCloud

from .home_assistant import (
    DOOR,
    GATEWAY,
    KEY,
    KEYLESS,
    LAMP,
    LAMP_MODEL,
    PLUG,
    SWITCH,
    SWITCH_MODEL,
    USER,
    Home,
    hub_of,
    until,
    until_available,
)

pytest_plugins = ("tests.home_assistant", "tests.texts")
pytestmark = pytest.mark.usefixtures("texts_complete")

OTHER = "eu1679928018454Other"
THIRD = "eu1679928018454Third"
IN_OTHER = {CONF_USER_ID: OTHER}
ABROAD = "az1679928018454AbRoD"
PROJECT_ABROAD = {"region": "us", "client_id": "abcdefabcdefabcdef12", "client_secret": "f" * 32, "user_id": ABROAD}
NEW_KEY = "fedcba9876543210"
LATER = 4_000_000_000


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AccountFlow, "search_time", 0.2)


@pytest.fixture
async def abroad(home: Home, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[LabCloud]:
    """Another project, in another data center; the lamp is there."""
    cloud = LabCloud(
        client_id=PROJECT_ABROAD["client_id"], client_secret=PROJECT_ABROAD["client_secret"], data_center="us"
    )
    fields = home.cloud.devices.pop(LAMP).fields
    cloud.add_device(ABROAD, fields, model=LAMP_MODEL, status={"switch_led": True})
    await cloud.start()
    monkeypatch.setenv("LOCALTUYA_OPENAPI_URL", f"eu={home.cloud.url},us={cloud.url}")
    yield cloud
    for entry in home.hass.config_entries.async_entries(DOMAIN):
        await home.hass.config_entries.async_unload(entry.entry_id)
    await cloud.stop()


def _belongs_to(home: Home, uid: str, *device_ids: str) -> None:
    """Have devices be in this account alone."""
    if uid not in home.cloud.users:
        home.cloud.add_user(uid)
    for device_id in device_ids:
        home.cloud.devices[device_id].uid = uid


async def _form(home: Home, **changes: str | None) -> Any:
    values = {key: value for key, value in (home.credentials | changes).items() if value is not None}
    return await home.submit(await home.start_flow("cloud"), values)


async def _add(hass: HomeAssistant, entry: ConfigEntry) -> Any:
    """Look at the account's other devices."""
    manager = hass.config_entries.subentries
    menu = await manager.async_init((entry.entry_id, SUBENTRY_DEVICE), context={"source": SOURCE_USER})
    result = await manager.async_configure(menu["flow_id"], {"next_step_id": "account"})
    while result["type"] is FlowResultType.SHOW_PROGRESS:
        await hass.async_block_till_done()
        result = await manager.async_configure(menu["flow_id"])
    return result


def _labels(form: Any) -> dict[str, str]:
    return {row["value"]: row["label"] for row in form["data_schema"].schema[CONF_DEVICES].config["options"]}


def _ticked(form: Any) -> set[str]:
    (field,) = form["data_schema"].schema
    return set(field.default())


def _discovered(hass: HomeAssistant) -> list[str]:
    flows = hass.config_entries.flow.async_progress()
    return [
        str(flow["context"].get("unique_id"))
        for flow in flows
        if flow["context"]["source"] == SOURCE_INTEGRATION_DISCOVERY
    ]


def _subentry(entry: ConfigEntry, device_id: str) -> ConfigSubentry:
    return next(device for device in entry.subentries.values() if device.unique_id == device_id)


async def _until_known(entry: ConfigEntry) -> None:
    await until(lambda: not hub_of(entry).strangers())


def _told(form: Any, name: str) -> str:
    return str(form["description_placeholders"][name])


# Set-up.


async def test_two_accounts_of_a_project_from_form_to_living_children(home: Home) -> None:
    _belongs_to(home, OTHER, LAMP, DOOR, SWITCH)
    await home.announce()
    form = await _form(home)
    assert _labels(form).keys() == {PLUG, GATEWAY, KEYLESS}
    first = (await home.submit(form, {CONF_DEVICES: [PLUG, GATEWAY]}))["result"]
    assert first.title == "Tuya Central Europe"
    await until_available(first)

    form = await _form(home, user_id=None)
    assert form["step_id"] == "devices", "one account is left: nobody is asked which"
    assert _labels(form)[DOOR] == "Front door · behind Gateway"
    assert _ticked(form) == {LAMP, DOOR, SWITCH}
    assert _told(form, "set_up") == ""
    second = (await home.submit(form, {CONF_DEVICES: [LAMP, DOOR, SWITCH]}))["result"]
    assert second.title == "Tuya Central Europe 2"
    assert second.data[CONF_USER_ID] == second.unique_id == OTHER
    assert first.title == "Tuya Central Europe"
    await until_available(second)
    assert hub_of(second).coordinators.keys() == {LAMP, DOOR, SWITCH}

    done = await _form(home, user_id=None)
    assert done["type"] is FlowResultType.ABORT
    assert done["reason"] == "accounts_set_up"
    assert set(_told(done, "entries").split(", ")) == {first.title, second.title}


async def test_only_accounts_without_an_entry_are_offered(home: Home) -> None:
    _belongs_to(home, OTHER, LAMP)
    _belongs_to(home, THIRD, SWITCH)
    home.entry(home.subentry(PLUG))
    form = await _form(home, user_id=None)
    assert form["step_id"] == "account"
    options = form["data_schema"].schema[CONF_USER_ID].config["options"]
    assert {row["value"] for row in options} == {OTHER, THIRD}


async def test_an_account_in_another_data_center_is_found_though_one_here_is_set_up(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = ",".join(f"{code}={home.cloud.url_of(code)}" for code in ("cn", "us", "ue", "eu", "we", "in", "sg"))
    monkeypatch.setenv("LOCALTUYA_OPENAPI_URL", urls)
    home.cloud.add_user(ABROAD, data_center="us")
    _belongs_to(home, ABROAD, LAMP)
    home.entry(home.subentry(PLUG))
    form = await _form(home, region="auto", user_id=None)
    assert form["step_id"] == "devices"
    assert _labels(form).keys() == {LAMP}


async def test_the_gateways_account_is_set_up_after_the_childrens(hass: HomeAssistant, home: Home) -> None:
    _belongs_to(home, OTHER, LAMP, DOOR, SWITCH)
    for child in (DOOR, SWITCH):
        home.cloud.devices[child].fields["local_key"] = "gateway's own key"[:16]
    await home.announce()
    form = await home.start_flow("cloud")
    form = await home.submit(form, home.credentials | {CONF_USER_ID: OTHER})
    children = (await home.submit(form, {CONF_DEVICES: [LAMP]}))["result"]
    form = await _add(hass, children)
    assert "an account that is not set up" in _labels(form)[DOOR]
    refused = await hass.config_entries.subentries.async_configure(form["flow_id"], {CONF_DEVICES: [DOOR]})
    assert refused["errors"] == {CONF_DEVICES: "found_gateway_foreign"}

    await home.set_up(home.subentry(GATEWAY))
    form = await _add(hass, children)
    assert _labels(form)[DOOR] == "Front door · behind Gateway"
    assert _told(form, "set_up") == "Set up already: Tuya Central Europe (1)."
    assert _ticked(form) == {DOOR, SWITCH}
    await hass.config_entries.subentries.async_configure(form["flow_id"], {CONF_DEVICES: [DOOR, SWITCH]})
    await until(lambda: hub_of(children).coordinators.keys() == {LAMP, DOOR, SWITCH})
    await until_available(children)


async def test_a_gateway_in_another_home_of_the_account(home: Home) -> None:
    for child in (DOOR, SWITCH):
        home.cloud.devices[child].fields["owner_id"] = "99999999"
    await home.announce()
    form = await _form(home)
    assert {DOOR, SWITCH} <= _ticked(form)
    done = await home.submit(form, {CONF_DEVICES: [DOOR, SWITCH]})
    assert hub_of(done["result"]).coordinators.keys() == {GATEWAY, DOOR, SWITCH}
    await until_available(done["result"])


# Devices in two accounts.


async def test_a_shared_device_is_set_up_once(hass: HomeAssistant, home: Home) -> None:
    first = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    _belongs_to(home, OTHER, PLUG, LAMP, SWITCH)
    form = await _form(home, user_id=OTHER)
    assert _labels(form).keys() == {SWITCH}
    assert _told(form, "set_up") == "Set up already: Tuya (2)."
    assert _told(form, "count") == "1"
    hass.config_entries.flow.async_abort(form["flow_id"])

    _belongs_to(home, USER, SWITCH)
    form = await _form(home, user_id=OTHER)
    assert form["errors"] == {"base": "no_new_devices"}
    assert _told(form, "entries") == "Tuya"
    second = await home.set_up(account=IN_OTHER)
    assert (await _add(hass, second))["description_placeholders"] == {"entries": "Tuya"}
    await hub_of(second).follower.async_look()
    assert _discovered(hass) == []
    assert first.subentries


@pytest.mark.parametrize("adopts", [False, True])
async def test_the_other_account_offers_what_a_removed_entry_had(
    hass: HomeAssistant, home: Home, *, adopts: bool
) -> None:
    await home.announce()
    first = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    _belongs_to(home, OTHER, PLUG, SWITCH)
    second = await home.set_up(account=IN_OTHER, options={CONF_ADOPT: adopts})
    await hass.config_entries.async_remove(first.entry_id)
    if adopts:
        await until(lambda: hub_of(second).coordinators.keys() == {PLUG})
        await until_available(second)
        assert _discovered(hass) == []
    else:
        await until(lambda: _discovered(hass) == [PLUG])
        (flow,) = hass.config_entries.flow.async_progress()
        await home.submit(flow, {})
        await until(lambda: hub_of(second).coordinators.keys() == {PLUG})


@pytest.mark.parametrize("adopts", [False, True])
async def test_what_the_user_deleted_is_not_brought_back(hass: HomeAssistant, home: Home, *, adopts: bool) -> None:
    first = await home.set_up(home.subentry(PLUG), home.subentry(LAMP), options={CONF_ADOPT: adopts})
    second = await home.set_up(account=IN_OTHER, options={CONF_ADOPT: adopts})
    _belongs_to(home, OTHER, PLUG)
    home.cloud.devices[PLUG].fields["active_time"] = time.time()
    hass.config_entries.async_remove_subentry(first, _subentry(first, PLUG).subentry_id)
    await until(lambda: PLUG not in hub_of(first).coordinators)
    for _ in range(2):  # the second time after a restart
        await hub_of(second).follower.async_look()
        await hub_of(first).follower.async_look()
        await hass.async_block_till_done()
        await hass.config_entries.async_reload(second.entry_id)
    assert _discovered(hass) == []
    assert PLUG not in hub_of(second).coordinators
    assert PLUG in _labels(await _add(hass, second)), "but it can be had"

    home.cloud.devices[PLUG].fields["active_time"] = LATER
    await hub_of(second).follower.async_look()
    await hass.async_block_till_done()
    assert (PLUG in hub_of(second).coordinators) is adopts
    assert _discovered(hass) == ([] if adopts else [PLUG])


async def test_a_device_that_went_to_the_other_account(hass: HomeAssistant, home: Home, abroad: LabCloud) -> None:
    first = await home.set_up(home.subentry(PLUG), home.subentry(GATEWAY))
    second = await home.set_up(account=PROJECT_ABROAD)
    abroad.add_device(ABROAD, home.cloud.devices.pop(PLUG).fields, model=SWITCH_MODEL, status={})
    await hub_of(first).follower.async_look()
    await hub_of(second).follower.async_look()
    assert _discovered(hass) == [], "it is still set up"
    assert await async_setup_component(hass, REPAIRS, {})
    repairs: RepairsFlowManager = hass.data[REPAIRS]["flow_manager"]
    flow_id = (await repairs.async_init(DOMAIN, data={"issue_id": f"gone_{PLUG}"}))["flow_id"]
    await repairs.async_configure(flow_id, {"next_step_id": "remove"})
    await repairs.async_configure(flow_id, {})
    await until(lambda: hub_of(first).coordinators.keys() == {GATEWAY})
    await hub_of(second).follower.async_look()
    await hass.async_block_till_done()
    assert _discovered(hass) == [PLUG]


async def test_a_device_that_went_to_the_other_account_of_the_project(hass: HomeAssistant, home: Home) -> None:
    """The project still shows it when it is asked for by its id."""
    first = await home.set_up(home.subentry(PLUG), home.subentry(GATEWAY))
    await _until_known(first)
    _belongs_to(home, OTHER, PLUG)
    await hub_of(first).follower.async_look()
    assert ir.async_get(hass).async_get_issue(DOMAIN, f"gone_{PLUG}")


# Life.


async def test_what_is_wrong_with_one_account_is_not_with_the_other(hass: HomeAssistant, home: Home) -> None:
    _belongs_to(home, OTHER, LAMP)
    first = await home.set_up(home.subentry(PLUG))
    second = await home.set_up(home.subentry(LAMP), account=IN_OTHER)
    for entry in (first, second):
        await _until_known(entry)
    del home.cloud.users[OTHER]
    calls = home.cloud.calls.total()
    for _ in range(3):
        await hub_of(second).follower.async_look()
    assert home.cloud.calls.total() == calls + 1, "it is not asked for again"
    assert ir.async_get(hass).async_get_issue(DOMAIN, f"cloud_{second.entry_id}")
    assert await hub_of(first).follower.async_look()
    assert not ir.async_get(hass).async_get_issue(DOMAIN, f"cloud_{first.entry_id}")


async def test_two_accounts_of_a_project_share_one_count(hass: HomeAssistant, home: Home) -> None:
    assert await async_setup_component(hass, "system_health", {})
    _belongs_to(home, OTHER, LAMP)
    first = await home.set_up(home.subentry(PLUG))
    second = await home.set_up(home.subentry(LAMP), account=IN_OTHER)
    for entry in (first, second):
        await _until_known(entry)
        await hub_of(entry).follower.async_look()
    one, two = [await async_get_config_entry_diagnostics(hass, entry) for entry in (first, second)]
    assert one["cloud"]["calls"] == two["cloud"]["calls"] == home.cloud.calls.total()
    assert one["cloud"]["own_calls"] + two["cloud"]["own_calls"] == home.cloud.calls.total()
    assert one["cloud"]["accounts_of_the_project"] == one["cloud"]["accounts"] == 2
    info = await get_system_health_info(hass, DOMAIN)
    assert info["cloud_calls"] == home.cloud.calls.total()
    assert info["cloud_projects"] == f"Tuya, Tuya: {home.cloud.calls.total()}"


async def test_two_projects_do_not_know_of_each_other(hass: HomeAssistant, home: Home, abroad: LabCloud) -> None:
    assert await async_setup_component(hass, "system_health", {})
    await home.announce()
    await home.submit(await _form(home), {CONF_DEVICES: [PLUG, GATEWAY, DOOR]})
    await home.submit(await _form(home, **PROJECT_ABROAD), {CONF_DEVICES: [LAMP]})
    first, second = hass.config_entries.async_entries(DOMAIN)
    assert [first.title, second.title] == ["Tuya Central Europe", "Tuya Western America"]
    for entry in (first, second):
        await until_available(entry)
        await _until_known(entry)
    one, two = [await async_get_config_entry_diagnostics(hass, entry) for entry in (first, second)]
    assert (one["region"], two["region"]) == ("eu", "us")
    assert (one["cloud"]["accounts"], one["cloud"]["accounts_of_the_project"]) == (2, 1)

    calls, connections = abroad.calls.total(), home.devices[LAMP].connections
    home.cloud.set_local_key(PLUG, NEW_KEY)
    home.devices[PLUG].set_key(NEW_KEY)
    await until(lambda: _subentry(first, PLUG).data[CONF_LOCAL_KEY] == NEW_KEY)
    await until_available(first)
    await hub_of(first).follower.async_look()
    assert (abroad.calls.total(), home.devices[LAMP].connections) == (calls, connections)
    assert _subentry(second, LAMP).data[CONF_LOCAL_KEY] == KEY

    home.cloud.faults.plan = "expired"
    await hub_of(first).follower.async_look()
    await hub_of(second).follower.async_look()
    assert abroad.calls.total() > calls
    issues = {issue_id for domain, issue_id in ir.async_get(hass).issues if domain == DOMAIN}
    assert issues == {f"cloud_{first.entry_id}"}
    info = await get_system_health_info(hass, DOMAIN)
    assert info["cloud_refuses"].startswith("Tuya Central Europe: ")
    assert "Western America" not in info["cloud_refuses"]
    assert f"Tuya Western America: {abroad.calls.total()}" in info["cloud_projects"]


@pytest.mark.parametrize("one_project", [True, False])
async def test_new_credentials_of_one_leave_the_other_alone(
    hass: HomeAssistant, home: Home, abroad: LabCloud, *, one_project: bool
) -> None:
    _belongs_to(home, OTHER, SWITCH)
    first = await home.set_up(home.subentry(PLUG))
    second = await home.set_up(account=IN_OTHER if one_project else PROJECT_ABROAD)
    account, data = hub_of(second).account, second.data
    home.cloud.client_secret = "e" * 32
    home.cloud.expire_tokens()
    await hub_of(first).follower.async_look()
    await hass.async_block_till_done()
    flows = hass.config_entries.flow.async_progress()
    assert [(flow["context"]["source"], flow["context"]["entry_id"]) for flow in flows] == [
        (SOURCE_REAUTH, first.entry_id)
    ]
    form = await hass.config_entries.flow.async_configure(flows[0]["flow_id"])
    typed = {"client_id": first.data["client_id"], CONF_CLIENT_SECRET: "e" * 32}
    done = await home.submit(form, typed)
    assert done["reason"] == "reauth_successful"
    assert first.data[CONF_CLIENT_SECRET] == "e" * 32
    assert second.data == data
    assert hub_of(second).account is account
    await hub_of(second).follower.async_look()
    await hass.async_block_till_done()
    asked = [flow["context"]["entry_id"] for flow in hass.config_entries.flow.async_progress()]
    assert asked == ([second.entry_id] if one_project else [])
    assert abroad.calls.total() > 0 or one_project
    await until_available(first)
