"""A file of tinytuya, written by its own wizard, brings devices to life and keys to those that have others now."""

from collections.abc import Callable, Mapping
import json
from pathlib import Path
from time import process_time
from typing import Any

from aiohttp import FormData
from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigEntryDisabler, ConfigFlowResult
from homeassistant.const import CONF_HOST
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.localtuya.config_flow import LocalTuyaConfigFlow
from custom_components.localtuya.const import (
    CONF_DEVICES,
    CONF_LOCAL_KEY,
    CONF_OLD_KEYS,
    CONF_PROTOCOL_VERSION,
    CONF_TEXT,
    CONF_UPLOAD,
    DOMAIN,
    SUBENTRY_DEVICE,
    WITHOUT_CLOUD,
)
from custom_components.localtuya.flow.keyfile import MOST_BYTES, MOST_DEVICES
from custom_components.localtuya.lan.endpoint import LinkState

from .home_assistant import DOOR, GATEWAY, KEY, KEYLESS, LAMP, PLUG, SWITCH, Home, hub_of, until, until_available
from .wizard import run_wizard, snapshot

pytest_plugins = ("tests.home_assistant", "tests.texts")
pytestmark = pytest.mark.usefixtures("texts_complete")

NEW_KEY = "fedcba9876543210"
ALL = {PLUG, LAMP, GATEWAY, DOOR, SWITCH}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LocalTuyaConfigFlow, "search_time", 0.5)


@pytest.fixture
def written(home: Home, tmp_path: Path) -> Callable[[], bytes]:
    """Let the wizard write devices.json, of the account as it is then."""
    return lambda: run_wizard(home.cloud, tmp_path)["devices.json"]


async def _submit(home: Home, content: bytes) -> ConfigFlowResult:
    return await home.submit(await home.start_flow("file"), {CONF_TEXT: content.decode()})


async def _import(home: Home, content: bytes, *chosen: str) -> ConfigFlowResult:
    form = await _submit(home, content)
    assert form["step_id"] == "file_devices"
    return await home.submit(form, {CONF_DEVICES: list(chosen)})


def _ticked(form: Mapping[str, Any]) -> set[str]:
    (field,) = form["data_schema"].schema
    return set(field.default())


def _data(entry: ConfigEntry, device_id: str) -> Mapping[str, Any]:
    return next(device.data for device in entry.subentries.values() if device.unique_id == device_id)


def _entities(hass: HomeAssistant, entry: ConfigEntry) -> set[tuple[str, str, bool]]:
    entries = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return {(each.domain, each.unique_id, each.disabled) for each in entries}


def _state(hass: HomeAssistant, platform: str, device_id: str, dp: str) -> str:
    entity_id = er.async_get(hass).async_get_entity_id(platform, DOMAIN, f"local_{device_id}_{dp}")
    state = hass.states.get(entity_id or "")
    return state.state if state else "there is none"


async def test_a_file_is_uploaded_and_all_devices_come_alive(
    hass: HomeAssistant, home: Home, hass_client: ClientSessionGenerator, written: Callable[[], bytes]
) -> None:
    await home.announce()
    form = await home.start_flow("file")
    client = await hass_client()
    data = FormData()
    data.add_field("file", written(), filename="devices.json")
    upload = (await (await client.post("/api/file_upload", data=data)).json())["file_id"]

    form = await home.submit(form, {CONF_UPLOAD: upload})
    assert form["step_id"] == "file_devices"
    assert _ticked(form) == ALL
    assert form["description_placeholders"] is not None
    assert form["description_placeholders"]["count"] == "6"
    done = await home.submit(form, {CONF_DEVICES: list(ALL)})

    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["description"] == "imported"
    assert done["description_placeholders"] == {"count": "5", "keys": ""}
    entry: ConfigEntry = done["result"]
    assert (entry.unique_id, dict(entry.data), entry.title) == (WITHOUT_CLOUD, {}, "Tuya without cloud")
    await until_available(entry, *ALL)
    await hass.async_block_till_done()
    await until(lambda: _state(hass, "switch", PLUG, "1") == "off")
    await until(lambda: _state(hass, "light", LAMP, "20") == "on")
    await until(lambda: _state(hass, "binary_sensor", DOOR, "1") == "off")
    await until(lambda: _state(hass, "switch", SWITCH, "1") == "on")
    registry = dr.async_get(hass)
    door = registry.async_get_device_by_identifier((DOMAIN, f"local_{DOOR}"), entry.entry_id)
    gateway = registry.async_get_device_by_identifier((DOMAIN, f"local_{GATEWAY}"), entry.entry_id)
    assert door
    assert gateway
    assert door.via_device_id == gateway.id
    plug = registry.async_get_device_by_identifier((DOMAIN, f"local_{PLUG}"), entry.entry_id)
    assert plug
    assert (dr.CONNECTION_NETWORK_MAC, "10:d5:61:00:00:01") in plug.connections
    assert home.cloud.calls.total() == 0

    result = await home.submit(await home.start_flow("file"), {CONF_UPLOAD: upload})
    assert result["errors"] == {"base": "file_gone"}, "it was not kept"


async def test_the_entities_are_those_of_the_account_and_stay_over_a_restart(
    hass: HomeAssistant, home: Home, written: Callable[[], bytes]
) -> None:
    content = written()
    account = await home.set_up(*(home.subentry(device_id) for device_id in ALL))
    await until_available(account, *ALL)
    await until(lambda: not hub_of(account).strangers())
    await hass.async_block_till_done()
    expected = _entities(hass, account)
    assert await hass.config_entries.async_remove(account.entry_id)

    await home.announce()
    entry: ConfigEntry = (await _import(home, content, *ALL))["result"]
    await until_available(entry, *ALL)
    await hass.async_block_till_done()
    assert _entities(hass, entry) == expected

    assert await hass.config_entries.async_unload(entry.entry_id)
    for device in home.devices.values():
        await device.stop()
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    planned = {
        (feature.platform, f"local_{device.record.id}_{feature.key}")
        for device in hub_of(entry).coordinators.values()
        for feature in device.features
    }
    assert planned <= {(domain, unique_id) for domain, unique_id, _ in expected}
    assert {f"local_{PLUG}_1", f"local_{LAMP}_20", f"local_{DOOR}_1"} <= {unique_id for _, unique_id in planned}


async def test_the_address_of_a_snapshot_is_a_hint(home: Home, written: Callable[[], bytes]) -> None:
    scanned = [home.devices[PLUG], home.devices[LAMP]]
    form = await _submit(home, snapshot(written(), scanned))
    assert _ticked(form) == set(), "nobody is heard"
    entry: ConfigEntry = (await home.submit(form, {CONF_DEVICES: [PLUG, LAMP]}))["result"]
    assert _data(entry, PLUG)[CONF_HOST] == home.devices[PLUG].host
    await until_available(entry)


async def test_a_file_that_lies_about_addresses_and_versions(home: Home, written: Callable[[], bytes]) -> None:
    for number, (device_id, device) in enumerate(home.devices.items()):
        device.set_key(f"{number:016}")
        home.cloud.set_local_key(device_id, f"{number:016}")
    lies = {
        PLUG: {"ip": home.devices[LAMP].host, "version": "3.5"},
        LAMP: {"ip": home.devices[PLUG].host, "version": "3.3"},
        GATEWAY: {"ip": home.devices[GATEWAY].host, "version": "3.1"},
    }
    rows = [row | lies.get(row["id"], {}) for row in json.loads(written())]
    entry: ConfigEntry = (await _import(home, json.dumps(rows).encode(), PLUG, LAMP, GATEWAY))["result"]
    assert _data(entry, PLUG)[CONF_HOST] == home.devices[LAMP].host
    await home.announce()
    await until(lambda: all(board.state is LinkState.LIVE for board in hub_of(entry).switchboards.values()), 15)
    for device_id, device in home.devices.items():
        data = _data(entry, device_id)
        assert (data[CONF_HOST], data[CONF_PROTOCOL_VERSION]) == (device.host, device.version)


async def test_ten_thousand_rows_are_bounded(home: Home) -> None:
    rows = [
        {
            "id": f"bf{number:020}",
            "key": KEY,
            "name": f"Thing {number}",
            "sub": bool(number % 2),
            "node_id": str(number),
        }
        for number in range(10_000)
    ]
    form = await home.start_flow("file")
    begin = process_time()
    form = await home.submit(form, {CONF_TEXT: json.dumps(rows)})
    assert form["step_id"] == "file_devices"
    assert form["description_placeholders"] is not None
    assert form["description_placeholders"]["count"] == str(MOST_DEVICES)
    assert form["description_placeholders"]["skipped"].startswith("8000 rows")
    form = await home.submit(form, {CONF_DEVICES: [row["id"] for row in rows[:MOST_DEVICES]]})
    assert form["errors"] == {CONF_DEVICES: "file_no_gateway"}
    assert process_time() - begin < 5.0


async def test_a_child_brings_its_gateway(hass: HomeAssistant, home: Home, written: Callable[[], bytes]) -> None:
    await home.announce()
    entry: ConfigEntry = (await _import(home, written(), DOOR))["result"]
    assert {device.unique_id for device in entry.subentries.values()} == {DOOR, GATEWAY}
    await until_available(entry)
    await hass.async_block_till_done()
    await until(lambda: _state(hass, "binary_sensor", DOOR, "1") == "off")


async def test_more_of_the_file_joins_what_is_there(home: Home, written: Callable[[], bytes]) -> None:
    await home.announce()
    entry: ConfigEntry = (await _import(home, written(), PLUG))["result"]
    hub = hub_of(entry)
    await until_available(entry)

    form = await _submit(home, written())
    assert _ticked(form) == ALL - {PLUG}
    done = await home.submit(form, {CONF_DEVICES: [LAMP, DOOR]})
    assert (done["type"], done["reason"]) == (FlowResultType.ABORT, "imported")
    assert done["description_placeholders"] == {"count": "3", "keys": ""}
    await until(lambda: LAMP in hub.coordinators)
    assert hub.coordinators[LAMP].record.properties
    await until_available(entry)
    assert entry.runtime_data is hub, "not reloaded"
    assert home.devices[PLUG].connections == 1, "the others did not notice"

    reduced = json.loads(written())
    only = json.dumps([row for row in reduced if row["id"] in {PLUG, LAMP}]).encode()
    form = await _submit(home, only)
    assert (form["step_id"], form["errors"]) == ("file", {"base": "file_nothing_new"})


async def test_devices_of_an_account_are_not_offered(home: Home, written: Callable[[], bytes]) -> None:
    await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    form = await _submit(home, written())
    assert form["data_schema"] is not None
    (field,) = form["data_schema"].schema.values()
    assert {option["value"] for option in field.config["options"]} == {GATEWAY, DOOR, SWITCH, KEYLESS}


async def test_a_file_cures_a_rejected_key(hass: HomeAssistant, home: Home, written: Callable[[], bytes]) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP), cloud=False)
    await until_available(entry)
    home.devices[PLUG].set_key(NEW_KEY)
    await home.devices[PLUG].stop()
    await home.devices[PLUG].start()
    link = hub_of(entry).switchboards[PLUG]
    await until(lambda: link.state is LinkState.KEY_REJECTED)
    issue = (DOMAIN, f"key_rejected_{PLUG}")
    await until(lambda: issue in ir.async_get(hass).issues)
    home.cloud.set_local_key(PLUG, NEW_KEY)
    home.cloud.set_local_key(LAMP, NEW_KEY)

    form = await _submit(home, written())
    assert form["description_placeholders"] is not None
    assert form["description_placeholders"]["keys"].startswith("2 devices")
    assert _data(entry, PLUG)[CONF_LOCAL_KEY] == KEY, "nothing is done before the list is submitted"
    done = await home.submit(form, {CONF_DEVICES: []})
    assert (done["type"], done["reason"]) == (FlowResultType.ABORT, "keys_taken")
    assert done["description_placeholders"] == {"keys": "2"}

    await until(lambda: link.state is LinkState.LIVE)
    assert issue not in ir.async_get(hass).issues
    data = _data(entry, PLUG)
    assert (data[CONF_LOCAL_KEY], data[CONF_OLD_KEYS]) == (NEW_KEY, [KEY])
    data = _data(entry, LAMP)
    assert (data[CONF_LOCAL_KEY], data[CONF_OLD_KEYS]) == (KEY, [NEW_KEY]), "it has proved the one that it has"
    assert home.devices[LAMP].connections == 1, "and was not disturbed"


async def test_keys_alone_end_at_once(home: Home, written: Callable[[], bytes]) -> None:
    everything = [home.subentry(device_id) for device_id in home.cloud.devices if device_id != KEYLESS]
    entry = await home.set_up(*everything)
    await until_available(entry)
    home.cloud.set_local_key(PLUG, NEW_KEY)
    rows = [row for row in json.loads(written()) if row["id"] != KEYLESS]
    done = await _submit(home, json.dumps(rows).encode())
    assert (done["type"], done["reason"]) == (FlowResultType.ABORT, "keys_taken")
    assert _data(entry, PLUG)[CONF_OLD_KEYS] == [NEW_KEY]


async def test_an_entry_that_is_off_takes_keys_too(
    hass: HomeAssistant, home: Home, written: Callable[[], bytes]
) -> None:
    entry = home.entry(home.subentry(PLUG))
    await hass.config_entries.async_set_disabled_by(entry.entry_id, ConfigEntryDisabler.USER)
    home.cloud.set_local_key(PLUG, NEW_KEY)
    done = await _import(home, written())
    assert done["reason"] == "keys_taken"
    data = _data(entry, PLUG)
    assert (data[CONF_LOCAL_KEY], data[CONF_OLD_KEYS]) == (NEW_KEY, [KEY])


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({}, "file_missing"),
        ({CONF_TEXT: "  "}, "file_missing"),
        ({CONF_TEXT: "{"}, "file_no_json"),
        ({CONF_TEXT: '["\ud800"]'}, "file_no_devices"),
        ({CONF_TEXT: "[]"}, "file_no_devices"),
        ({CONF_TEXT: '{"apiKey": "x"}'}, "file_of_settings"),
        ({CONF_TEXT: f'["{"x" * MOST_BYTES}"]'}, "file_too_big"),
        ({CONF_UPLOAD: "01933c6d7a7b4f3d8b9e0a1b2c3d4e5f"}, "file_gone"),
    ],
)
async def test_what_is_no_such_file_is_asked_again(
    home: Home, typed: dict[str, str], error: str, written: Callable[[], bytes]
) -> None:
    form = await home.submit(await home.start_flow("file"), typed)
    assert (form["step_id"], form["errors"]) == ("file", {"base": error})
    form = await home.submit(form, {CONF_TEXT: written().decode()})
    assert form["step_id"] == "file_devices"


async def test_a_mistake_in_the_list_is_named(home: Home, written: Callable[[], bytes]) -> None:
    await home.announce()
    form = await _submit(home, written())
    form = await home.submit(form, {CONF_DEVICES: []})
    assert form["errors"] == {CONF_DEVICES: "nothing_chosen"}
    form = await home.submit(form, {CONF_DEVICES: [PLUG, KEYLESS]})
    assert form["errors"] == {CONF_DEVICES: "file_no_key"}
    assert form["description_placeholders"] is not None
    assert form["description_placeholders"]["name"] == "Old fan"


async def test_rows_that_make_no_sense_are_told_of(home: Home, written: Callable[[], bytes]) -> None:
    rows = [*json.loads(written()), {"name": "nobody"}, 7]
    form = await _submit(home, json.dumps(rows).encode())
    assert form["description_placeholders"] is not None
    assert form["description_placeholders"]["skipped"].startswith("2 rows")


async def _start_adding(hass: HomeAssistant, entry: ConfigEntry, content: bytes) -> Mapping[str, Any]:
    manager = hass.config_entries.subentries
    menu = await manager.async_init((entry.entry_id, SUBENTRY_DEVICE), context={"source": SOURCE_USER})
    form = await manager.async_configure(menu["flow_id"], {"next_step_id": "file"})
    return await manager.async_configure(form["flow_id"], {CONF_TEXT: content.decode()})


@pytest.mark.parametrize("cloud", [True, False], ids=["account", "without cloud"])
async def test_a_file_fills_up_an_entry(
    hass: HomeAssistant, home: Home, written: Callable[[], bytes], *, cloud: bool
) -> None:
    await home.announce()
    entry = await home.set_up(home.subentry(PLUG), cloud=cloud)
    await until_available(entry)
    await until(lambda: not (cloud and hub_of(entry).strangers()))
    models = home.cloud.calls["model"]
    manager = hass.config_entries.subentries
    form = await _start_adding(hass, entry, written())
    done = await manager.async_configure(form["flow_id"], {CONF_DEVICES: [DOOR]})
    assert done["reason"] == "imported"
    assert done["description_placeholders"] == {"count": "2", "keys": ""}
    await until(lambda: DOOR in hub_of(entry).coordinators)
    await until_available(entry)
    assert hub_of(entry).coordinators[DOOR].record.properties[0]["code"] == "doorcontact_state"

    form = await _start_adding(hass, entry, written())
    done = await manager.async_configure(form["flow_id"], {CONF_DEVICES: [LAMP]})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await until(lambda: LAMP in hub_of(entry).coordinators)
    await until_available(entry)
    assert {row["code"] for row in hub_of(entry).coordinators[LAMP].record.properties} >= {"switch_led"}
    assert home.cloud.calls["model"] <= models + 1, "only the gateway, of which the file says nothing, is asked for"
    if cloud:
        await hub_of(entry).follower.async_look()
    assert not ir.async_get(hass).issues


async def test_a_device_that_the_account_never_had_is_not_missed(
    hass: HomeAssistant, home: Home, written: Callable[[], bytes]
) -> None:
    content = written()
    home.cloud.remove_device(LAMP)
    await home.announce()
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    form = await _start_adding(hass, entry, content)
    await hass.config_entries.subentries.async_configure(form["flow_id"], {CONF_DEVICES: [LAMP]})
    await until(lambda: LAMP in hub_of(entry).coordinators)
    await until_available(entry)
    await hub_of(entry).follower.async_look()
    assert not ir.async_get(hass).issues
