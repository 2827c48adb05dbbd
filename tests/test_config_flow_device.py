from dataclasses import dataclass, field

from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigEntryDisabler, SubentryFlowResult
from homeassistant.const import CONF_DEVICE_ID, CONF_HOST, CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.localtuya.const import (
    CONF_CATEGORY,
    CONF_DEVICES,
    CONF_GATEWAY_ID,
    CONF_LOCAL_KEY,
    CONF_NODE_ID,
    CONF_OLD_KEYS,
    CONF_PINNED,
    CONF_PRODUCT_ID,
    CONF_PROTOCOL_VERSION,
    DOMAIN,
    SUBENTRY_DEVICE,
    WITHOUT_CLOUD,
)
from custom_components.localtuya.flow.check import DeviceCheck
from custom_components.localtuya.flow.device import DeviceSubentryFlow
from custom_components.localtuya.lan.endpoint import Timing
from custom_components.localtuya.membership import async_leave
from custom_components.localtuya.neighbourhood import async_get_neighbourhood
from tests.lab.faults import Faults

from .home_assistant import DOOR, DOOR_NODE, GATEWAY, KEY, LAMP, PLUG, Home, hub_of, until, until_available

pytest_plugins = ("tests.home_assistant", "tests.texts")
pytestmark = pytest.mark.usefixtures("texts_complete")

WRONG_KEY = "0123456789abcdef"
NOBODY = "127.0.61.99"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DeviceCheck, "search_time", 0.3)
    monkeypatch.setattr(DeviceCheck, "timing", Timing(connect=0.5, answer=0.2, probe=0.05))


def _right(home: Home, device_id: str) -> dict[str, str]:
    return {
        CONF_DEVICE_ID: device_id,
        CONF_LOCAL_KEY: KEY,
        CONF_HOST: home.devices[device_id].host,
        CONF_PROTOCOL_VERSION: "auto",
    }


@dataclass
class Bad:
    """A way in which the first attempt goes wrong, and how it is shown."""

    error: str
    place: str = "base"
    device: str = LAMP
    typed: dict[str, str] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)


BAD = {
    "short key": Bad("key_length", CONF_LOCAL_KEY, typed={CONF_LOCAL_KEY: "short"}),
    "wrong key 3.3": Bad("key_rejected", CONF_LOCAL_KEY, PLUG, {CONF_LOCAL_KEY: WRONG_KEY}),
    "wrong key 3.4": Bad("key_rejected", CONF_LOCAL_KEY, GATEWAY, {CONF_LOCAL_KEY: WRONG_KEY}),
    "wrong key 3.5": Bad(
        "key_rejected", CONF_LOCAL_KEY, LAMP, {CONF_LOCAL_KEY: WRONG_KEY, CONF_PROTOCOL_VERSION: "3.5"}
    ),
    "nobody there": Bad("nobody_there", CONF_HOST, typed={CONF_HOST: NOBODY}),
    "not heard": Bad("not_heard", CONF_HOST, typed={CONF_HOST: ""}),
    "all places taken": Bad("device_busy", faults=Faults(max_clients=0)),
    "wedged": Bad("device_wedged", faults=Faults(accept_then_reset=True)),
    "silent": Bad(
        "no_answer", device=PLUG, typed={CONF_PROTOCOL_VERSION: "3.3"}, faults=Faults(accept_then_silence=True)
    ),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
async def test_bad_input_is_named_and_kept(home: Home, bad: Bad) -> None:
    device = home.devices[bad.device]
    device.faults = bad.faults
    form = await home.start_flow("manual")
    typed = _right(home, bad.device) | bad.typed

    form = await home.submit(form, typed)

    assert form["type"] is FlowResultType.FORM
    assert form["errors"] == {bad.place: bad.error}
    assert form["data_schema"] is not None
    suggested = {str(key): (key.description or {}).get("suggested_value") for key in form["data_schema"].schema}
    assert suggested == {CONF_NAME: None} | typed

    device.faults = Faults()
    done = await home.submit(form, _right(home, bad.device))
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await until_available(done["result"])


async def test_an_id_with_a_letter_missing_is_seen_at_the_address(home: Home) -> None:
    await home.announce()
    form = await home.start_flow("manual")
    await until(lambda: LAMP in async_get_neighbourhood(home.hass).seen)
    typed = _right(home, LAMP)
    form = await home.submit(form, typed | {CONF_DEVICE_ID: LAMP[:-1]})
    assert form["errors"] == {CONF_DEVICE_ID: "other_id"}
    assert (await home.submit(form, typed))["type"] is FlowResultType.CREATE_ENTRY


async def test_a_check_ends_in_time(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DeviceCheck, "most_time", 0.05)
    home.devices[PLUG].faults = Faults(accept_then_silence=True)
    form = await home.submit(await home.start_flow("manual"), _right(home, PLUG))
    assert form["errors"] == {"base": "no_answer"}
    await home.devices[PLUG].wait_for(lambda device: device.clients == 0)


async def test_device_without_cloud(hass: HomeAssistant, home: Home) -> None:
    typed = _right(home, PLUG) | {CONF_NAME: "Plug"}
    done = await home.submit(await home.start_flow("manual"), typed)

    assert done["title"] == "Tuya without cloud"
    entry: ConfigEntry = done["result"]
    assert entry.unique_id == WITHOUT_CLOUD
    assert entry.data == {}
    (device,) = entry.subentries.values()
    assert device.title == "Plug"
    assert device.unique_id == PLUG
    assert device.data[CONF_PROTOCOL_VERSION] == "3.3", "found out"
    await until_available(entry)
    await hass.async_block_till_done()
    (feature,) = hub_of(entry).coordinators[PLUG].features
    assert feature.dp == "1", "planned from what the device says"
    assert home.cloud.calls.total() == 0


async def test_the_address_may_be_left_empty(home: Home) -> None:
    await home.announce()
    typed = _right(home, LAMP)
    del typed[CONF_HOST]
    done = await home.submit(await home.start_flow("manual"), typed)
    (device,) = done["result"].subentries.values()
    assert device.data[CONF_HOST] == home.devices[LAMP].host
    assert device.data[CONF_PROTOCOL_VERSION] == "3.5"
    assert device.title == "Tuya lamp"


async def test_the_second_device_joins_the_first(home: Home) -> None:
    done = await home.submit(await home.start_flow("manual"), _right(home, PLUG))
    entry: ConfigEntry = done["result"]

    result = await home.submit(await home.start_flow("manual"), _right(home, LAMP))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "device_added"
    assert {device.unique_id for device in entry.subentries.values()} == {PLUG, LAMP}
    await until_available(entry)

    result = await home.submit(await home.start_flow("manual"), _right(home, LAMP))
    assert result["reason"] == "already_configured"


async def _start_adding(hass: HomeAssistant, entry: ConfigEntry, way: str | None = None) -> SubentryFlowResult:
    manager = hass.config_entries.subentries
    result = await manager.async_init((entry.entry_id, SUBENTRY_DEVICE), context={"source": SOURCE_USER})
    return result if way is None else await manager.async_configure(result["flow_id"], {"next_step_id": way})


async def test_a_device_by_hand_joins_an_entry_that_left_its_account(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    await async_leave(hass, entry)
    ended = await home.submit(await home.start_flow("manual"), _right(home, LAMP))
    assert ended["reason"] == "device_added"
    assert hass.config_entries.async_entries(DOMAIN) == [entry]
    await until(lambda: LAMP in hub_of(entry).coordinators)
    await until_available(entry)


async def test_adding_a_device_to_an_account(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    hub = hub_of(entry)
    manager = hass.config_entries.subentries
    form = await _start_adding(hass, entry, "manual")
    form = await manager.async_configure(form["flow_id"], _right(home, LAMP) | {CONF_LOCAL_KEY: WRONG_KEY})
    assert form["errors"] == {CONF_LOCAL_KEY: "key_rejected"}

    done = await manager.async_configure(form["flow_id"], _right(home, LAMP))
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    await until_available(entry, LAMP)
    assert entry.runtime_data is hub, "not reloaded"

    form = await _start_adding(hass, entry, "manual")
    result = await manager.async_configure(form["flow_id"], _right(home, PLUG))
    assert result["reason"] == "already_configured"


async def test_changing_a_connection(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(LAMP, host=NOBODY), home.subentry(PLUG))
    await until_available(entry, PLUG)
    hub = hub_of(entry)
    plugs_connections = home.devices[PLUG].connections
    (subentry_id,) = [device.subentry_id for device in entry.subentries.values() if device.unique_id == LAMP]
    manager = hass.config_entries.subentries

    form = await entry.start_subentry_reconfigure_flow(hass, subentry_id)
    assert form["description_placeholders"] == {"name": "Desk lamp"}
    typed = {key: value for key, value in _right(home, LAMP).items() if key != CONF_DEVICE_ID}
    form = await manager.async_configure(form["flow_id"], typed | {CONF_HOST: NOBODY})
    assert form["errors"] == {CONF_HOST: "nobody_there"}

    done = await manager.async_configure(form["flow_id"], typed)
    assert done["reason"] == "reconfigure_successful"
    await until_available(entry, LAMP)
    assert entry.subentries[subentry_id].data[CONF_HOST] == home.devices[LAMP].host
    assert entry.runtime_data is hub, "not reloaded"
    assert home.devices[PLUG].connections == plugs_connections, "the others did not notice"


async def test_a_child_has_no_connection_of_its_own(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(GATEWAY), home.subentry(DOOR))
    (subentry_id,) = [device.subentry_id for device in entry.subentries.values() if device.unique_id == DOOR]
    result = await entry.start_subentry_reconfigure_flow(hass, subentry_id)
    assert result["reason"] == "behind_gateway"


@pytest.mark.parametrize(
    ("cloud", "devices", "ways"),
    [
        (True, [PLUG], ["account", "manual", "file"]),
        (True, [GATEWAY], ["account", "manual", "file", "child"]),
        (False, [PLUG], ["manual", "file"]),
        (False, [GATEWAY, DOOR], ["manual", "file", "child"]),
    ],
)
async def test_the_ways_to_add_a_device(
    hass: HomeAssistant, home: Home, *, cloud: bool, devices: list[str], ways: list[str]
) -> None:
    entry = await home.set_up(*map(home.subentry, devices), cloud=cloud)
    menu = await _start_adding(hass, entry)
    assert menu["menu_options"] == ways
    hass.config_entries.subentries.async_abort(menu["flow_id"])


async def test_a_device_without_cloud_is_added_to_its_entry(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), cloud=False)
    form = await _start_adding(hass, entry, "manual")
    done = await hass.config_entries.subentries.async_configure(form["flow_id"], _right(home, LAMP))
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await until(lambda: LAMP in hub_of(entry).coordinators)
    await until_available(entry)


@pytest.mark.parametrize("loaded", [True, False], ids=["loaded", "off"])
@pytest.mark.parametrize("host", ["", None], ids=["looked for", "typed"])
async def test_the_account_tells_what_a_device_of_the_same_product_is(
    hass: HomeAssistant, home: Home, host: str | None, *, loaded: bool
) -> None:
    home.cloud.devices[LAMP].fields["product_name"] = "Bulb"
    account = await home.set_up(home.subentry(LAMP))
    await until(lambda: not hub_of(account).strangers())
    if not loaded:
        await hass.config_entries.async_set_disabled_by(account.entry_id, ConfigEntryDisabler.USER)
    calls = home.cloud.calls.total()
    plug = home.devices[PLUG]
    plug.product_id = str(home.cloud.devices[LAMP].fields["product_id"])
    plug.dps = {"20": True, "22": 500}
    await home.announce()
    form = await home.start_flow("manual")
    await until(lambda: PLUG in async_get_neighbourhood(hass).seen)
    done = await home.submit(form, _right(home, PLUG) | ({CONF_HOST: host} if host is not None else {}))

    entry: ConfigEntry = done["result"]
    (device,) = entry.subentries.values()
    assert device.title == "Bulb"
    assert (device.data[CONF_PRODUCT_ID], device.data[CONF_CATEGORY]) == ("lamplamplamplamp", "dj")
    await until_available(entry)
    await hass.async_block_till_done()
    record = hub_of(entry).coordinators[PLUG].record
    assert [row["code"] for row in record.properties] == ["switch_led", "bright_value_v2"]
    await until(lambda: (state := hass.states.get("light.bulb")) and state.attributes.get("brightness") == 127)
    assert home.cloud.calls.total() == calls

    assert await hass.config_entries.async_reload(entry.entry_id)
    assert hub_of(entry).coordinators[PLUG].record.properties == record.properties, "kept"


def _child(node: str, device_id: str = DOOR, **more: str) -> dict[str, str]:
    return {CONF_GATEWAY_ID: GATEWAY, CONF_NODE_ID: node, CONF_DEVICE_ID: device_id} | more


@pytest.mark.parametrize("cloud", [True, False], ids=["account", "without cloud"])
async def test_a_child_is_typed_in(hass: HomeAssistant, home: Home, *, cloud: bool) -> None:
    entry = await home.set_up(home.subentry(GATEWAY), cloud=cloud)
    await until_available(entry)
    form = await _start_adding(hass, entry, "child")
    manager = hass.config_entries.subentries
    done = await manager.async_configure(form["flow_id"], _child(f" {DOOR_NODE} ", name="Back door"))
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["title"] == "Back door"
    await until(lambda: DOOR in hub_of(entry).coordinators)
    await until_available(entry)
    await until(lambda: hub_of(entry).coordinators[DOOR].state.dps == {"1": False})
    assert home.devices[GATEWAY].connections == 1

    form = await _start_adding(hass, entry, "child")
    done = await manager.async_configure(form["flow_id"], _child(DOOR_NODE))
    assert done["reason"] == "already_configured"


async def test_a_child_of_a_gateway_in_another_entry_is_typed_in(hass: HomeAssistant, home: Home) -> None:
    await until_available(await home.set_up(home.subentry(GATEWAY)))
    entry = await home.set_up(home.subentry(PLUG), cloud=False)
    form = await _start_adding(hass, entry, "child")
    await hass.config_entries.subentries.async_configure(form["flow_id"], _child(DOOR_NODE))
    await until(lambda: DOOR in hub_of(entry).coordinators)
    await until_available(entry)
    assert home.devices[GATEWAY].connections == 1


async def test_a_child_that_does_not_answer_is_added_when_the_user_insists(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DeviceSubentryFlow, "answer_time", 0.1)
    entry = await home.set_up(home.subentry(GATEWAY), cloud=False)
    await until_available(entry)
    manager = hass.config_entries.subentries
    form = await _start_adding(hass, entry, "child")
    for node in ("a4c1380000000000", "a4c1380000000001"):
        form = await manager.async_configure(form["flow_id"], _child(node))
        assert form["errors"] == {CONF_NODE_ID: "child_silent"}, "another one is tried first"
    done = await manager.async_configure(form["flow_id"], _child("a4c1380000000001"))
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_adding_devices_of_the_account(hass: HomeAssistant, home: Home) -> None:
    await home.announce()
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    await until(lambda: hub_of(entry).coordinators[PLUG].ready)
    hub = hub_of(entry)
    manager = hass.config_entries.subentries

    form = await _start_adding(hass, entry, "account")
    assert form["step_id"] == "account"
    assert form["data_schema"] is not None
    (field_,) = form["data_schema"].schema.values()
    offered = {option["value"] for option in field_.config["options"]}
    assert offered == home.cloud.devices.keys() - {PLUG}
    form = await manager.async_configure(form["flow_id"], {CONF_DEVICES: []})
    assert form["errors"] == {CONF_DEVICES: "nothing_chosen"}
    done = await manager.async_configure(form["flow_id"], {CONF_DEVICES: [DOOR, LAMP]})
    assert done["reason"] == "devices_added"
    assert done["description_placeholders"] == {"count": "3"}, "the gateway comes along"

    await until(lambda: hub.coordinators.keys() == {PLUG, LAMP, DOOR, GATEWAY})
    await until_available(entry)
    await until(lambda: all(device.ready for device in hub.coordinators.values()))
    assert hub.coordinators[LAMP].record.properties, "the cloud was asked what it is"
    assert entry.runtime_data is hub, "not reloaded"
    assert home.devices[PLUG].connections == 1, "the others did not notice"


async def test_a_child_is_added_to_a_gateway_that_is_there(hass: HomeAssistant, home: Home) -> None:
    await home.announce()
    entry = await home.set_up(home.subentry(GATEWAY))
    await until_available(entry)
    form = await _start_adding(hass, entry, "account")
    await hass.config_entries.subentries.async_configure(form["flow_id"], {CONF_DEVICES: [DOOR]})
    await until(lambda: DOOR in hub_of(entry).coordinators)
    await until_available(entry)
    assert home.devices[GATEWAY].connections == 1


async def test_nothing_is_left_to_add(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(*(home.subentry(device_id) for device_id in home.cloud.devices))
    result = await _start_adding(hass, entry, "account")
    assert result["reason"] == "no_new_devices"


async def test_the_cloud_refuses_when_devices_are_added(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until(lambda: hub_of(entry).coordinators[PLUG].ready)
    home.cloud.faults.plan = "expired"
    refused = await _start_adding(hass, entry, "account")
    assert refused["step_id"] == "refused"
    assert refused["description_placeholders"] is not None
    assert "expired" in refused["description_placeholders"]["reason"]
    assert ir.async_get(hass).async_get_issue(DOMAIN, f"cloud_{entry.entry_id}")

    home.cloud.faults.plan = "ok"
    form = await hass.config_entries.subentries.async_configure(refused["flow_id"], {})
    assert form["step_id"] == "account"
    assert not ir.async_get(hass).async_get_issue(DOMAIN, f"cloud_{entry.entry_id}")


async def test_an_address_can_be_pinned(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(LAMP))
    await until_available(entry)
    (subentry_id,) = entry.subentries
    manager = hass.config_entries.subentries
    form = await entry.start_subentry_reconfigure_flow(hass, subentry_id)
    typed = {key: value for key, value in _right(home, LAMP).items() if key != CONF_DEVICE_ID}

    form = await manager.async_configure(form["flow_id"], typed | {CONF_HOST: "", CONF_PINNED: True})
    assert form["errors"] == {CONF_HOST: "pinned_nowhere"}
    done = await manager.async_configure(form["flow_id"], typed | {CONF_PINNED: True})
    assert done["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert entry.subentries[subentry_id].data[CONF_PINNED] is True
    link = hub_of(entry).switchboards[LAMP].link
    assert link.endpoint.pinned

    link.wake(host=NOBODY)
    assert link.host == home.devices[LAMP].host
    await home.devices[LAMP].wait_for(lambda device: device.clients == 1)


async def test_the_last_key_is_kept_when_another_is_typed(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(LAMP))
    await until_available(entry)
    (subentry_id,) = entry.subentries
    home.devices[LAMP].set_key(WRONG_KEY)
    form = await entry.start_subentry_reconfigure_flow(hass, subentry_id)
    typed = {key: value for key, value in _right(home, LAMP).items() if key != CONF_DEVICE_ID}
    typed |= {CONF_LOCAL_KEY: WRONG_KEY}
    await hass.config_entries.subentries.async_configure(form["flow_id"], typed | {CONF_PINNED: False})
    data = entry.subentries[subentry_id].data
    assert (data[CONF_LOCAL_KEY], data[CONF_OLD_KEYS]) == (WRONG_KEY, [KEY])
    await until_available(entry)
