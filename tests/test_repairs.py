"""The repairs, each from the trouble to its end, as a user clicks them."""

from typing import Any

from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.components.repairs.issue_handler import RepairsFlowManager
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.localtuya.const import CONF_BROUGHT, CONF_LOCAL_KEY, CONF_OLD_KEYS, CONF_USER_ID, DOMAIN
from custom_components.localtuya.issues import async_report_gone
from custom_components.localtuya.repairs import async_create_fix_flow

from .belongings import belongings
from .home_assistant import KEY, LAMP, PLUG, Home, hub_of, until, until_available

pytest_plugins = ("tests.home_assistant", "tests.texts")
pytestmark = pytest.mark.usefixtures("texts_complete", "_repairs")

NEW_KEY = "fedcba9876543210"
OTHER = "eu1679928018454ZyXwV"
REFUSALS = {
    28841002: "cloud_plan_expired",
    28841105: "cloud_not_subscribed",
    28841004: "cloud_quota_exceeded",
    28841107: "cloud_wrong_region",
    1106: "cloud_wrong_user",
    1114: "cloud_ip_not_allowed",
}


@pytest.fixture
async def _repairs(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, REPAIRS, {})


def _issue(hass: HomeAssistant, issue_id: str) -> ir.IssueEntry | None:
    return ir.async_get(hass).async_get_issue(DOMAIN, issue_id)


async def _repair(hass: HomeAssistant, issue_id: str) -> dict[str, Any]:
    manager: RepairsFlowManager = hass.data[REPAIRS]["flow_manager"]
    return dict(await manager.async_init(DOMAIN, data={"issue_id": issue_id}))


async def _go(hass: HomeAssistant, result: dict[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
    manager: RepairsFlowManager = hass.data[REPAIRS]["flow_manager"]
    return dict(await manager.async_configure(result["flow_id"], typed))


@pytest.mark.parametrize("code", REFUSALS)
async def test_what_the_cloud_refuses(
    hass: HomeAssistant, home: Home, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    home.cloud.faults.refuse = {"user_devices": code}
    entry = await home.set_up(home.subentry(PLUG))
    issue_id = f"cloud_{entry.entry_id}"
    await until(lambda: _issue(hass, issue_id))
    issue = _issue(hass, issue_id)
    assert issue is not None
    assert issue.translation_key == REFUSALS[code]
    assert issue.is_fixable
    await until_available(entry)
    assert caplog.text.count("The cloud refuses Tuya") == 1, "said once"

    menu = await _repair(hass, issue_id)
    assert menu["menu_options"] == ["confirm", "without_cloud"]
    form = await _go(hass, menu, {"next_step_id": "confirm"})
    assert form["step_id"] == "confirm"
    again = await _go(hass, form, {})
    assert again["errors"] == {"base": "still_refused"}
    home.cloud.faults.refuse = {}
    assert (await _go(hass, again, {}))["type"] is FlowResultType.CREATE_ENTRY
    assert _issue(hass, issue_id) is None
    await until(lambda: not hub_of(entry).strangers())


async def test_a_refusal_ends_with_the_next_answer_and_with_the_account(hass: HomeAssistant, home: Home) -> None:
    home.cloud.faults.plan = "expired"
    entry = await home.set_up(home.subentry(PLUG))
    issue_id = f"cloud_{entry.entry_id}"
    await until(lambda: _issue(hass, issue_id))
    home.cloud.faults.plan = "ok"
    assert not await hub_of(entry).keys.async_ask(PLUG)
    assert _issue(hass, issue_id) is None

    home.cloud.faults.plan = "expired"
    form_id = f"cloud_{entry.entry_id}"
    await hass.config_entries.async_reload(entry.entry_id)
    hub_of(entry).async_ask_anew()
    await until(lambda: _issue(hass, form_id))
    await hass.config_entries.async_unload(entry.entry_id)
    assert (await _repair(hass, form_id))["reason"] == "not_loaded"
    await hass.config_entries.async_remove(entry.entry_id)
    assert _issue(hass, form_id) is None


async def test_a_plan_that_is_not_wanted_any_more(hass: HomeAssistant, home: Home) -> None:
    home.cloud.faults.plan = "expired"
    entry = await home.set_up(home.subentry(PLUG))
    issue_id = f"cloud_{entry.entry_id}"
    await until(lambda: _issue(hass, issue_id))
    hub = hub_of(entry)
    form = await _go(hass, await _repair(hass, issue_id), {"next_step_id": "without_cloud"})
    assert form["description_placeholders"]["name"] == "Tuya"
    assert (await _go(hass, form, {}))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert _issue(hass, issue_id) is None
    assert (dict(entry.data), hub.account, entry.runtime_data) == ({}, None, hub)
    await until_available(entry)
    flow = await async_create_fix_flow(hass, issue_id, {"entry_id": entry.entry_id})
    flow.hass = hass
    assert (await flow.async_step_init(None))["reason"] == "not_loaded"  # type: ignore[attr-defined]


async def _key_rejected(hass: HomeAssistant, home: Home, *, cloud: bool = True) -> Any:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP), cloud=cloud)
    await until_available(entry)
    await until(lambda: not cloud or not hub_of(entry).strangers())
    home.devices[PLUG].set_key(NEW_KEY)
    await until(lambda: _issue(hass, f"key_rejected_{PLUG}"))
    return entry


def _data(entry: Any, device_id: str) -> Any:
    return next(device.data for device in entry.subentries.values() if device.unique_id == device_id)


async def test_a_device_that_was_paired_again(hass: HomeAssistant, home: Home) -> None:
    entry = await _key_rejected(hass, home)
    menu = await _repair(hass, f"key_rejected_{PLUG}")
    assert menu["menu_options"] == ["ask", "enter"]
    form = await _go(hass, menu, {"next_step_id": "ask"})
    form = await _go(hass, form, {})
    assert form["errors"] == {"base": "same_key"}
    home.cloud.faults.plan = "expired"
    form = await _go(hass, form, {})
    assert form["errors"] == {"base": "cloud_refuses"}
    home.cloud.faults.plan = "ok"
    home.cloud.set_local_key(PLUG, NEW_KEY)
    assert (await _go(hass, form, {}))["type"] is FlowResultType.CREATE_ENTRY
    await until(lambda: hub_of(entry).switchboards[PLUG].up)
    assert _data(entry, PLUG)[CONF_LOCAL_KEY] == NEW_KEY
    assert _issue(hass, f"key_rejected_{PLUG}") is None


@pytest.mark.parametrize("cloud", [True, False])
async def test_a_key_that_is_entered(hass: HomeAssistant, home: Home, *, cloud: bool) -> None:
    entry = await _key_rejected(hass, home, cloud=cloud)
    form = await _repair(hass, f"key_rejected_{PLUG}")
    if cloud:
        form = await _go(hass, form, {"next_step_id": "enter"})
    for wrong, error in (("short", "key_length"), ("0" * 16, "key_rejected")):
        form = await _go(hass, form, {CONF_LOCAL_KEY: wrong})
        assert form["errors"] == {CONF_LOCAL_KEY: error}
    assert (await _go(hass, form, {CONF_LOCAL_KEY: f" {NEW_KEY} "}))["type"] is FlowResultType.CREATE_ENTRY
    await until(lambda: hub_of(entry).switchboards[PLUG].up)
    assert _data(entry, PLUG)[CONF_LOCAL_KEY] == NEW_KEY
    assert _data(entry, PLUG)[CONF_OLD_KEYS] == [KEY]
    assert _issue(hass, f"key_rejected_{PLUG}") is None


async def test_a_device_that_was_renamed(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until(lambda: not hub_of(entry).strangers())
    for device_id, name in ((PLUG, "Coffee"), (LAMP, "Reading")):
        home.cloud.devices[device_id].fields["name"] = name
    await hub_of(entry).follower.async_look()
    menu = await _repair(hass, f"renamed_{PLUG}")
    assert menu["description_placeholders"] == {"old": "Kitchen plug", "new": "Coffee"}
    assert (await _go(hass, menu, {"next_step_id": "take"}))["type"] is FlowResultType.CREATE_ENTRY
    menu = await _repair(hass, f"renamed_{LAMP}")
    assert (await _go(hass, menu, {"next_step_id": "keep"}))["type"] is FlowResultType.CREATE_ENTRY
    assert {device.title for device in entry.subentries.values()} == {"Coffee", "Desk lamp"}
    await hub_of(entry).follower.async_look()
    assert _issue(hass, f"renamed_{PLUG}") is None
    assert _issue(hass, f"renamed_{LAMP}") is None, "said once"


@pytest.mark.parametrize("answer", ["keep", "remove"])
async def test_a_device_that_left_the_account(hass: HomeAssistant, home: Home, answer: str) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until(lambda: not hub_of(entry).strangers())
    home.cloud.remove_device(PLUG)
    await hub_of(entry).follower.async_look()
    await until_available(entry)
    menu = await _repair(hass, f"gone_{PLUG}")
    result = await _go(hass, menu, {"next_step_id": answer})
    if answer == "remove":
        assert result["step_id"] == "remove"
        result = await _go(hass, result, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert (PLUG in hub_of(entry).coordinators) is (answer == "keep")
    await hub_of(entry).follower.async_look()
    assert _issue(hass, f"gone_{PLUG}") is None, "said once"
    assert answer == "remove" or _data(entry, PLUG)[CONF_BROUGHT]


async def test_a_device_that_went_to_another_account(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    other = MockConfigEntry(
        domain=DOMAIN, title="Parents", data=home.credentials | {CONF_USER_ID: OTHER}, unique_id=OTHER, version=5
    )
    other.add_to_hass(hass)
    assert await hass.config_entries.async_setup(other.entry_id)
    await until(lambda: not hub_of(entry).strangers())
    await hass.async_block_till_done()
    before = belongings(hass, entry)
    home.cloud.add_user(OTHER)
    home.cloud.devices[PLUG].uid = OTHER
    home.cloud.faults.refuse = {"devices": 500}
    await hub_of(entry).follower.async_look()
    async_report_gone(hass, entry, PLUG, "Kitchen plug")

    home.cloud.faults.refuse = {"user_devices": 500}
    menu = await _repair(hass, f"gone_{PLUG}")
    assert menu["menu_options"] == ["remove", "keep"], "nobody says that he has it"
    home.cloud.faults.refuse = {}
    menu = await _repair(hass, f"gone_{PLUG}")
    assert menu["menu_options"] == ["move", "remove", "keep"]
    assert menu["description_placeholders"] == {"name": "Kitchen plug", "account": "Parents"}
    assert (await _go(hass, menu, {"next_step_id": "move"}))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert hub_of(entry).coordinators.keys() == {LAMP}
    assert hub_of(other).coordinators.keys() == {PLUG}
    assert belongings(hass, entry, other) == before
    assert _issue(hass, f"gone_{PLUG}") is None
    assert home.devices[PLUG].connections == 1


@pytest.mark.parametrize("kind", ["gone", "key_rejected", "renamed"])
async def test_a_device_that_is_deleted_meanwhile(hass: HomeAssistant, home: Home, kind: str) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    data = {"entry_id": entry.entry_id, "device_id": LAMP, "name": "New"}
    flow = await async_create_fix_flow(hass, f"{kind}_{LAMP}", data)
    flow.hass = hass
    assert (await flow.async_step_init(None))["reason"] == "not_loaded"  # type: ignore[attr-defined]
