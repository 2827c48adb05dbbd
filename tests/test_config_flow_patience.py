"""Long work shows that it goes on, comes to its end by itself, and stops with its flow."""

import asyncio
from typing import Any

from homeassistant.config_entries import SOURCE_INTEGRATION_DISCOVERY
from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID, CONF_NAME, CONF_REGION
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.localtuya.const import CONF_CLIENT_SECRET, CONF_DEVICES, DOMAIN, SUBENTRY_DEVICE
from custom_components.localtuya.flow import inquiry
from custom_components.localtuya.flow.account import AccountFlow
from custom_components.localtuya.flow.patience import PatientFlow
from tests.lab.cloud import Faults, Gate

from .home_assistant import LAMP, PLUG, SECRET, Home, until
from .texts import TEXTS

pytest_plugins = ("tests.home_assistant", "tests.texts")
pytestmark = pytest.mark.usefixtures("texts_complete")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AccountFlow, "search_time", 0.0)
    monkeypatch.setattr(PatientFlow, "patience", 0.0)


@pytest.fixture
def gate(home: Home) -> Gate:
    """What holds the list of devices back."""
    gate = Gate()
    home.cloud.faults = Faults(gates={"user_devices": gate})
    return gate


async def _goes_on(manager: Any, shown: Any, gate: Gate) -> Any:
    """Return what follows when the cloud answers; until then progress is shown, however often one asks."""
    for _ in range(2):
        assert shown["type"] is FlowResultType.SHOW_PROGRESS
        assert shown["progress_action"] == "asking"
        shown = await manager.async_configure(shown["flow_id"])
    gate.opened.set()
    flow = manager._progress[shown["flow_id"]]
    await until(lambda: flow.cur_step["type"] is not FlowResultType.SHOW_PROGRESS)
    return await manager.async_configure(shown["flow_id"])


async def test_the_list_comes_after_the_progress(home: Home, gate: Gate) -> None:
    manager = home.hass.config_entries.flow
    form = await home.start_flow("cloud")
    shown = await manager.async_configure(form["flow_id"], home.credentials)
    choice = await _goes_on(manager, shown, gate)
    assert choice["step_id"] == "devices"
    done = await manager.async_configure(choice["flow_id"], {CONF_DEVICES: [PLUG]})
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_the_form_comes_back_with_what_is_wrong(home: Home, gate: Gate) -> None:
    manager = home.hass.config_entries.flow
    form = await home.start_flow("cloud")
    shown = await manager.async_configure(form["flow_id"], home.credentials)
    home.cloud.faults.plan = "expired"
    form = await _goes_on(manager, shown, gate)
    assert (form["step_id"], form["errors"]) == ("cloud", {"base": "plan_expired"})
    typed = {str(key): key.description["suggested_value"] for key in form["data_schema"].schema}
    assert typed == home.credentials


async def test_what_is_set_up_already_ends_the_flow(home: Home, gate: Gate) -> None:
    manager = home.hass.config_entries.flow
    form = await home.start_flow("cloud")
    shown = await manager.async_configure(form["flow_id"], home.credentials)
    home.entry()
    ended = await _goes_on(manager, shown, gate)
    assert (ended["type"], ended["reason"]) == (FlowResultType.ABORT, "already_configured")


async def test_the_work_stops_with_the_flow(home: Home, gate: Gate) -> None:
    manager = home.hass.config_entries.flow
    form = await home.start_flow("cloud")
    await manager.async_configure(form["flow_id"], home.credentials)
    flow: Any = manager._progress[form["flow_id"]]
    manager.async_abort(form["flow_id"])
    await until(flow._work.done)
    assert flow._work.cancelled()
    gate.opened.set()


async def test_new_credentials(home: Home, gate: Gate) -> None:
    entry = home.entry()
    manager = home.hass.config_entries.flow
    form: Any = await entry.start_reconfigure_flow(home.hass)
    typed = {CONF_REGION: "us", CONF_CLIENT_ID: home.credentials[CONF_CLIENT_ID], CONF_CLIENT_SECRET: SECRET}
    shown = await manager.async_configure(form["flow_id"], typed)
    ended = await _goes_on(manager, shown, gate)
    assert ended["reason"] == "reconfigure_successful"
    assert entry.data[CONF_REGION] == "us"


async def test_more_devices_of_an_account(home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    gate = Gate()
    home.cloud.faults = Faults(gates={"user_devices": gate})
    manager = home.hass.config_entries.subentries
    menu = await manager.async_init((entry.entry_id, SUBENTRY_DEVICE), context={"source": "user"})
    shown = await manager.async_configure(menu["flow_id"], {"next_step_id": "account"})
    choice = await _goes_on(manager, shown, gate)
    assert choice["step_id"] == "account"
    ended = await manager.async_configure(choice["flow_id"], {CONF_DEVICES: [LAMP]})
    assert ended["reason"] == "devices_added"


async def test_a_device_that_is_new_in_the_account(home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    gate = Gate()
    home.cloud.faults = Faults(gates={"user_devices": gate})
    manager = home.hass.config_entries.flow
    news = {"entry_id": entry.entry_id, CONF_DEVICE_ID: LAMP, CONF_NAME: "Desk lamp"}
    form = await manager.async_init(DOMAIN, context={"source": SOURCE_INTEGRATION_DISCOVERY}, data=news)
    shown = await manager.async_configure(form["flow_id"], {})
    ended = await _goes_on(manager, shown, gate)
    assert ended["reason"] == "device_added_to_account"


async def test_the_cloud_does_not_give_the_devices_in_time(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    gate = Gate()
    home.cloud.faults = Faults(gates={"user_devices": gate})
    monkeypatch.setattr(PatientFlow, "patience", 5.0)
    monkeypatch.setattr(inquiry, "MOST_TIME", 0.1)
    manager = hass.config_entries.subentries
    menu = await manager.async_init((entry.entry_id, SUBENTRY_DEVICE), context={"source": "user"})
    async with asyncio.timeout(2):
        refused: Any = await manager.async_configure(menu["flow_id"], {"next_step_id": "account"})
    assert refused["step_id"] == "refused"
    assert refused["description_placeholders"]["reason"] == TEXTS["config"]["error"]["cannot_connect"]
    monkeypatch.setattr(inquiry, "MOST_TIME", 45.0)
    gate.opened.set()
    choice = await manager.async_configure(menu["flow_id"], {})
    assert choice["step_id"] == "account"
