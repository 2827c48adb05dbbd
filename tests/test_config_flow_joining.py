"""From the account to a life without cloud and back, as a user clicks it."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_CLIENT_ID, CONF_REGION
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.localtuya.const import (
    CONF_BROUGHT,
    CONF_CATEGORY,
    CONF_CLIENT_SECRET,
    CONF_DEVICES,
    CONF_PRODUCT_ID,
    CONF_USER_ID,
    DOMAIN,
    WITHOUT_CLOUD,
)
from custom_components.localtuya.membership import async_leave
from tests.lab.cloud import LabCloud

from .belongings import belongings, switch
from .home_assistant import (
    DOOR,
    GATEWAY,
    KEYLESS,
    LAMP,
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

OTHER = "eu1679928018454ZyXwV"
TYPED = {CONF_BROUGHT: True, CONF_PRODUCT_ID: None, CONF_CATEGORY: None}


async def _typed_in(home: Home, *device_ids: str) -> Any:
    entry = await home.set_up(*(home.subentry(device_id, **TYPED) for device_id in device_ids), cloud=False)
    await until_available(entry)
    await home.hass.async_block_till_done()
    return entry


def _other_account(cloud: LabCloud) -> None:
    fields = {"id": "bfother", "name": "Heater", "category": "cz", "product_id": "plugplugplugplug"}
    cloud.add_device(OTHER, fields, model=SWITCH_MODEL, status={})


def _typed(form: Any) -> dict[str, Any]:
    return {str(key): (key.description or {}).get("suggested_value") for key in form["data_schema"].schema}


async def test_away_by_the_options(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    options = hass.config_entries.options
    menu = await options.async_init(entry.entry_id)
    assert menu["menu_options"] == ["settings", "sweep", "without_cloud"]
    form = await options.async_configure(menu["flow_id"], {"next_step_id": "without_cloud"})
    assert entry.data == home.credentials, "nothing is done before it is confirmed"
    done = await options.async_configure(form["flow_id"], {})
    assert done["reason"] == "without_cloud"
    assert dict(entry.data) == {}
    menu = await options.async_init(entry.entry_id)
    assert menu["menu_options"] == ["settings", "sweep"]


async def test_back_by_reconfigure(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until_available(entry)
    await until(lambda: not hub_of(entry).strangers())
    await async_leave(hass, entry)
    await hass.async_block_till_done()
    before, calls = belongings(hass, entry), home.cloud.calls.copy()
    form = await entry.start_reconfigure_flow(hass)
    assert form["step_id"] == "cloud"
    assert _typed(form)[CONF_USER_ID] == USER, "what is known of it"
    form = await home.submit(form, home.credentials | {CONF_CLIENT_SECRET: "f" * 32})
    assert form["errors"] == {CONF_CLIENT_SECRET: "invalid_client_secret"}
    done = await home.submit(form, home.credentials)
    assert done["reason"] == "joined"
    await hass.async_block_till_done()
    assert entry.data == home.credentials
    assert belongings(hass, entry) == before
    assert (home.devices[PLUG].connections, home.devices[LAMP].connections) == (1, 1)
    asked = home.cloud.calls - calls
    assert asked.total() <= 5
    assert not asked["model"]


@pytest.mark.parametrize("region", ["eu", "auto"])
async def test_typed_in_devices_get_an_account_that_is_looked_up(hass: HomeAssistant, home: Home, region: str) -> None:
    entry = await _typed_in(home, PLUG)
    assert entry.unique_id == WITHOUT_CLOUD
    before = belongings(hass, entry)
    _other_account(home.cloud)
    typed = {key: value for key, value in home.credentials.items() if key != CONF_USER_ID}
    form = await home.submit(await entry.start_reconfigure_flow(hass), typed | {CONF_REGION: region})
    assert form["step_id"] == "account"
    done = await home.submit(form, {CONF_USER_ID: USER})
    assert done["reason"] == "joined"
    await until(lambda: not hub_of(entry).strangers())
    await hass.async_block_till_done()
    assert (entry.data, entry.unique_id) == (home.credentials, USER)
    assert len(entry.subentries) == 1
    assert belongings(hass, entry)[1].items() >= before[1].items()
    assert home.devices[PLUG].connections == 1


async def test_an_account_that_was_left_is_looked_up_again(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    await async_leave(hass, entry)
    typed = {key: value for key, value in home.credentials.items() if key != CONF_USER_ID}
    done = await home.submit(await entry.start_reconfigure_flow(hass), typed)
    assert done["reason"] == "joined"
    assert entry.data == home.credentials


@pytest.mark.parametrize("named", [True, False], ids=["typed", "looked up"])
async def test_the_account_is_set_up_already(hass: HomeAssistant, home: Home, *, named: bool) -> None:
    source = await _typed_in(home, PLUG, GATEWAY, DOOR)
    target = await home.set_up(home.subentry(LAMP))
    await until_available(target)
    before = belongings(hass, source, target)
    home.cloud.remove_device(DOOR)
    typed = {key: value for key, value in home.credentials.items() if named or key != CONF_USER_ID}
    form = await home.submit(await source.start_reconfigure_flow(hass), typed)
    assert form["step_id"] == "move"
    assert form["description_placeholders"] == {"account": "Tuya", "names": "Kitchen plug, Gateway"}
    done: Any = await home.submit(form, {})
    assert done["reason"] == "moved"
    assert done["description_placeholders"]["count"] == "3", "a child goes with its gateway"
    await hass.async_block_till_done()
    assert hass.config_entries.async_entries(DOMAIN) == [target]
    after = belongings(hass, target)
    assert after[0] == before[0]
    assert after[1].items() >= before[1].items()
    assert hass.config_entries.flow.async_progress() == []
    assert {device.connections for device in home.devices.values()} == {1}


async def test_the_account_has_none_of_the_devices(hass: HomeAssistant, home: Home) -> None:
    source = await _typed_in(home, PLUG)
    await home.set_up(home.subentry(LAMP))
    home.cloud.remove_device(PLUG)
    done = await home.submit(await source.start_reconfigure_flow(hass), home.credentials)
    assert done["reason"] == "nothing_to_move"
    assert PLUG in hub_of(source).coordinators


async def test_the_account_belongs_to_an_entry_that_left_it(hass: HomeAssistant, home: Home) -> None:
    source = await _typed_in(home, PLUG)
    target = await home.set_up(home.subentry(LAMP))
    await async_leave(hass, target)
    form = await home.submit(await source.start_reconfigure_flow(hass), home.credentials)
    assert (form["step_id"], target.data) == ("move", home.credentials)
    done = await home.submit(form, {})
    assert done["reason"] == "moved"


async def test_adding_the_account_again_reconnects_the_entry_that_left_it(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    await async_leave(hass, entry)
    done = await home.submit(await home.start_flow("cloud"), home.credentials)
    assert done["type"] is FlowResultType.ABORT
    assert done["reason"] == "joined"
    assert hass.config_entries.async_entries(DOMAIN) == [entry]
    assert entry.data == home.credentials
    done = await home.submit(await home.start_flow("cloud"), home.credentials)
    assert done["reason"] == "already_configured"


async def test_an_entry_that_does_not_run_is_not_joined(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await async_leave(hass, entry)
    await hass.config_entries.async_unload(entry.entry_id)
    for form in (await home.start_flow("cloud"), await entry.start_reconfigure_flow(hass)):
        assert (await home.submit(form, home.credentials))["reason"] == "not_running"
    assert (dict(entry.data), entry.state) == ({}, ConfigEntryState.NOT_LOADED)


async def test_devices_without_account_come_to_a_new_one(hass: HomeAssistant, home: Home) -> None:
    source = await _typed_in(home, PLUG, SWITCH, GATEWAY)
    before = belongings(hass, source)
    await home.announce()
    choice: Any = await home.submit(await home.start_flow("cloud"), home.credentials)
    (field,) = choice["data_schema"].schema.values()
    labels = {option["value"]: option["label"] for option in field.config["options"]}
    label = "Kitchen plug · works here without the cloud; moves to this account and keeps its entities"
    assert labels[PLUG] == label
    assert labels.keys() == {PLUG, LAMP, GATEWAY, DOOR, SWITCH, KEYLESS}
    (key,) = choice["data_schema"].schema
    assert set(key.default()) == {PLUG, LAMP, GATEWAY, DOOR, SWITCH}
    done = await home.submit(choice, {CONF_DEVICES: [PLUG, LAMP, DOOR]})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert entry is done["result"]
    await until_available(entry)
    await until(lambda: not hub_of(entry).strangers())
    await hass.async_block_till_done()
    assert hub_of(entry).coordinators.keys() == {PLUG, LAMP, DOOR, SWITCH, GATEWAY}
    after = belongings(hass, entry)
    assert {device_id: after[0][device_id] for device_id in before[0]} == before[0]
    assert after[1].items() >= before[1].items()
    await switch(hass, SWITCH, on=False)
    assert {device.connections for device in home.devices.values()} == {1}


async def test_devices_without_account_come_by_add_device(hass: HomeAssistant, home: Home) -> None:
    source = await _typed_in(home, PLUG, LAMP)
    target = await home.set_up()
    subentries = hass.config_entries.subentries
    menu = await subentries.async_init((target.entry_id, "device"), context={"source": "user"})
    form = await subentries.async_configure(menu["flow_id"], {"next_step_id": "account"})
    done = await subentries.async_configure(form["flow_id"], {CONF_DEVICES: [PLUG, GATEWAY]})
    assert done["reason"] == "devices_added"
    assert done["description_placeholders"] == {"count": "2"}
    await hass.async_block_till_done()
    assert hub_of(source).coordinators.keys() == {LAMP}
    assert hub_of(target).coordinators.keys() == {PLUG, GATEWAY}
    assert home.devices[PLUG].connections == 1
    assert CONF_CLIENT_ID in target.data
