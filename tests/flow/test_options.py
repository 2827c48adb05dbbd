from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.localtuya.const import CONF_ADDRESS_RANGES, CONF_ADOPT, CONF_GRACE
from custom_components.localtuya.lan.endpoint import Timing
from custom_components.localtuya.search import Search

from ..home_assistant import LAMP, PLUG, Home, hub_of, until_available

pytest_plugins = ("tests.home_assistant", "tests.texts")
pytestmark = pytest.mark.usefixtures("texts_complete")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search, "timing", Timing(connect=0.5, answer=0.3, probe=0.03))


async def _begin(hass: HomeAssistant, entry: ConfigEntry, step: str) -> ConfigFlowResult:
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    assert menu["type"] is FlowResultType.MENU
    return await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": step})


async def test_settings(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    hub = hub_of(entry)
    form = await _begin(hass, entry, "settings")
    assert _suggested(form) == {CONF_ADDRESS_RANGES: None, CONF_GRACE: 15, CONF_ADOPT: None}

    wrong = {CONF_ADDRESS_RANGES: ["10.0.0.0/24", "kitchen"], CONF_GRACE: 60, CONF_ADOPT: True}
    form = await hass.config_entries.options.async_configure(form["flow_id"], wrong)
    assert form["errors"] == {CONF_ADDRESS_RANGES: "range_invalid"}
    assert form["description_placeholders"] == {"range": "kitchen"}
    assert _suggested(form) == wrong, "what was typed stays"

    right = {CONF_ADDRESS_RANGES: ["10.0.0.7/24"], CONF_GRACE: 60, CONF_ADOPT: True}
    done = await hass.config_entries.options.async_configure(form["flow_id"], right)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert entry.options == {CONF_ADDRESS_RANGES: ["10.0.0.0/24"], CONF_GRACE: 60, CONF_ADOPT: True}
    assert entry.runtime_data is hub, "not reloaded"
    assert home.devices[PLUG].connections == 1
    assert _suggested(await _begin(hass, entry, "settings")) == entry.options


async def test_ranges_may_be_given_up(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), options={CONF_ADDRESS_RANGES: ["10.0.0.0/24"], CONF_GRACE: 0})
    form = await _begin(hass, entry, "settings")
    await hass.config_entries.options.async_configure(form["flow_id"], {CONF_GRACE: 0})
    assert entry.options == {CONF_ADDRESS_RANGES: [], CONF_GRACE: 0, CONF_ADOPT: False}


async def test_looking_for_missing_devices_now(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(
        home.subentry(PLUG, host=None),
        home.subentry(LAMP, host=None, local_key="0123456789abcdef"),
        options={CONF_ADDRESS_RANGES: ["127.0.61.0/29"]},
    )
    progress = await _begin(hass, entry, "sweep")
    assert progress["type"] is FlowResultType.SHOW_PROGRESS
    await hass.async_block_till_done()
    done = await hass.config_entries.options.async_configure(progress["flow_id"])
    assert done["type"] is FlowResultType.ABORT
    assert done["reason"] == "swept"
    assert done["description_placeholders"] == {"found": "1", "missing": "2"}
    await until_available(entry, PLUG)


async def test_an_entry_that_does_not_run(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await hass.config_entries.async_unload(entry.entry_id)
    assert (await _begin(hass, entry, "sweep"))["reason"] == "not_loaded"


def _suggested(form: ConfigFlowResult) -> dict[str, Any]:
    assert form["data_schema"] is not None
    return {str(key): (key.description or {}).get("suggested_value") for key in form["data_schema"].schema}
