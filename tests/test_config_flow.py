from dataclasses import dataclass, field, replace
from typing import Any

from homeassistant.config_entries import SOURCE_DHCP, ConfigEntryState
from homeassistant.const import CONF_CLIENT_ID, CONF_HOST, CONF_REGION
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
import pytest

from custom_components.localtuya.cache import RecordCache
from custom_components.localtuya.const import (
    CONF_CLIENT_SECRET,
    CONF_DEVICES,
    CONF_GATEWAY_ID,
    CONF_LOCAL_KEY,
    CONF_NODE_ID,
    CONF_PROTOCOL_VERSION,
    CONF_USER_ID,
    DOMAIN,
)
from custom_components.localtuya.flow.account import AccountFlow
from custom_components.localtuya.neighbourhood import async_get_neighbourhood
from tests.lab.cloud import Faults

from .home_assistant import (
    DOOR,
    DOOR_NODE,
    GATEWAY,
    KEY,
    KEYLESS,
    LAMP,
    PLUG,
    PLUG_MAC,
    SECRET,
    SWITCH,
    USER,
    Home,
    hub_of,
    until,
    until_available,
)

pytest_plugins = ("tests.home_assistant", "tests.texts")
pytestmark = pytest.mark.usefixtures("texts_complete")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AccountFlow, "search_time", 0.3)


def _labels(form: Any) -> dict[str, str]:
    config = form["data_schema"].schema[CONF_DEVICES].config
    return {option["value"]: option["label"] for option in config["options"]}


def _ticked(form: Any) -> set[str]:
    (field,) = form["data_schema"].schema
    return set(field.default())


def _typed(form: Any) -> dict[str, object]:
    return {str(field): (field.description or {}).get("suggested_value") for field in form["data_schema"].schema}


def _placeholder(form: Any, name: str) -> str:
    text = form["description_placeholders"][name]
    assert isinstance(text, str)
    return text


async def test_account_to_living_devices(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AccountFlow, "search_time", 10)  # all are heard, so that nobody waits so long
    await home.announce()
    form = await home.start_flow("cloud")
    assert form["step_id"] == "cloud"
    assert form["errors"] == {}

    blanks = {key: f" {value} " if key != CONF_REGION else value for key, value in home.credentials.items()}
    choice = await home.submit(form, blanks)

    assert choice["step_id"] == "devices"
    assert _labels(choice) == {
        PLUG: f"Kitchen plug · on the network, {home.devices[PLUG].host}",
        LAMP: f"Desk lamp · on the network, {home.devices[LAMP].host}",
        GATEWAY: f"Gateway · on the network, {home.devices[GATEWAY].host}",
        DOOR: "Front door · behind Gateway",
        SWITCH: "Hall switch · behind Gateway",
        KEYLESS: "Old fan · cannot be added: the cloud gives no key for it, pair it again in the app",
    }
    assert _ticked(choice) == {PLUG, LAMP, GATEWAY, DOOR, SWITCH}
    assert _placeholder(choice, "count") == "6"
    assert _placeholder(choice, "reachable") == "5"

    done = await home.submit(choice, {CONF_DEVICES: [PLUG, LAMP, DOOR]})

    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["title"] == "Tuya Central Europe"
    assert done["data"] == home.credentials
    entry = done["result"]
    assert entry.unique_id == USER
    assert entry.state is ConfigEntryState.LOADED
    devices = {device.unique_id: device for device in entry.subentries.values()}
    assert devices.keys() == {PLUG, LAMP, DOOR, GATEWAY}, "the gateway comes along"
    assert devices[PLUG].title == "Kitchen plug"
    assert devices[PLUG].data[CONF_HOST] == home.devices[PLUG].host
    assert devices[PLUG].data[CONF_LOCAL_KEY] == KEY
    assert devices[PLUG].data[CONF_PROTOCOL_VERSION] == "3.3"
    assert devices[DOOR].data[CONF_GATEWAY_ID] == GATEWAY
    assert devices[DOOR].data[CONF_NODE_ID] == DOOR_NODE
    await until_available(entry)


async def test_the_cloud_is_asked_little(hass: HomeAssistant, home: Home) -> None:
    await home.announce()
    choice = await home.submit(await home.start_flow("cloud"), home.credentials)
    flow: Any = hass.config_entries.flow._progress[choice["flow_id"]]
    await until(flow._learning.done)  # the models come while the user looks at the list
    assert home.cloud.calls.total() == 10
    done = await home.submit(choice, {CONF_DEVICES: list(_ticked(choice))})
    await until_available(done["result"])
    await hass.async_block_till_done()

    account = hub_of(done["result"]).account
    assert account is not None
    assert account.calls == 0, "everything was known"
    assert home.cloud.calls.total() == 10, home.cloud.calls
    records = await RecordCache(hass, USER).async_load()
    assert records[PLUG].mac == PLUG_MAC
    assert [row["code"] for row in records[LAMP].properties] == ["switch_led", "bright_value_v2"]


async def test_region_is_guessed_from_the_country(hass: HomeAssistant, home: Home) -> None:
    hass.config.country = "BR"
    assert _typed(await home.start_flow("cloud"))[CONF_REGION] == "us"


@dataclass
class Bad:
    """A way in which the first attempt goes wrong, and how it is shown."""

    error: str
    place: str = "base"
    typed: dict[str, str] = field(default_factory=dict)
    faults: dict[str, object] = field(default_factory=dict)


BAD = {
    "client id": Bad("invalid_client_id", CONF_CLIENT_ID, typed={CONF_CLIENT_ID: "nobody"}),
    "secret": Bad("invalid_client_secret", CONF_CLIENT_SECRET, typed={CONF_CLIENT_SECRET: "wrong"}),
    "user id": Bad("wrong_user", CONF_USER_ID, typed={CONF_USER_ID: "eu1679928018454Wrong"}),
    "no user id at all": Bad("wrong_user", CONF_USER_ID, typed={CONF_USER_ID: "a/../b ?"}),
    "wrong region": Bad("wrong_region", CONF_REGION, faults={"refuse": {"user_devices": 28841107}}),
    "not subscribed": Bad("not_subscribed", faults={"plan": "not_subscribed"}),
    "plan expired": Bad("plan_expired", faults={"plan": "expired"}),
    "quota": Bad("quota_exceeded", faults={"plan": "quota"}),
    "ip blocked": Bad("ip_not_allowed", faults={"ip_blocked": True}),
    "too many calls": Bad("busy", faults={"http_429": True}),
    "gateway trouble": Bad("cannot_connect", faults={"http_502": True}),
    "garbage": Bad("garbage_answer", faults={"garbage": True}),
    "unheard of": Bad("unknown_cloud_error", faults={"refuse": {"user_devices": 4711}}),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
async def test_bad_input_is_named_and_kept(home: Home, bad: Bad) -> None:
    await home.announce()
    form = await home.start_flow("cloud")
    typed = home.credentials | bad.typed
    for name, value in bad.faults.items():
        setattr(home.cloud.faults, name, value)

    form = await home.submit(form, typed)

    assert form["type"] is FlowResultType.FORM
    assert form["errors"] == {bad.place: bad.error}
    assert _typed(form) == typed, "what was typed stays, the secret too"

    home.cloud.faults = Faults()
    choice = await home.submit(form, home.credentials)
    done = await home.submit(choice, {CONF_DEVICES: [PLUG]})
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_zero_devices(home: Home) -> None:
    await home.announce()
    devices = dict(home.cloud.devices)
    home.cloud.devices.clear()
    form = await home.submit(await home.start_flow("cloud"), home.credentials)
    assert form["errors"] == {"base": "no_devices"}
    assert _typed(form) == home.credentials

    home.cloud.devices |= devices
    assert (await home.submit(form, home.credentials))["step_id"] == "devices"


async def test_no_network_then_network(home: Home) -> None:
    await home.announce()
    form = await home.start_flow("cloud")
    await home.cloud.stop()
    form = await home.submit(form, home.credentials)
    assert form["errors"] == {"base": "cannot_connect"}

    await home.cloud.start()
    choice = await home.submit(form, home.credentials)
    assert choice["step_id"] == "devices"


async def test_a_clock_ten_minutes_off_is_made_up_for(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    home.cloud.faults.clock_skew = 600
    choice = await home.submit(await home.start_flow("cloud"), home.credentials)
    assert choice["step_id"] == "devices"
    assert "clock of this machine differs by 600 seconds" in caplog.text


async def test_a_clock_that_cannot_be_made_up_for(home: Home) -> None:
    home.cloud.faults.refuse = {"token": 1013}
    form = await home.submit(await home.start_flow("cloud"), home.credentials)
    assert form["errors"] == {"base": "clock_off"}
    home.cloud.faults.refuse = {}
    assert (await home.submit(form, home.credentials))["step_id"] == "devices"


async def test_a_device_that_is_late_is_waited_for(monkeypatch: pytest.MonkeyPatch, home: Home) -> None:
    monkeypatch.setattr(AccountFlow, "search_time", 10)
    plug = home.devices[PLUG]
    shy, plug.faults = plug.faults, replace(plug.faults, never_announce=True)
    await home.announce()
    form = await home.start_flow("cloud")
    plug.after(0.3, lambda: setattr(plug, "faults", shy))
    assert _ticked(await home.submit(form, home.credentials)) == {PLUG, LAMP, GATEWAY, DOOR, SWITCH}


async def test_devices_that_are_silent_are_not_waited_for_long(home: Home) -> None:
    choice = await home.submit(await home.start_flow("cloud"), home.credentials)
    assert choice["step_id"] == "devices"
    assert _ticked(choice) == set()
    assert _labels(choice)[PLUG] == "Kitchen plug · not seen on the network yet"
    assert _labels(choice)[DOOR] == "Front door · behind Gateway, which is not seen on the network yet"


async def test_choosing_nothing_or_the_impossible(home: Home) -> None:
    home.cloud.devices[DOOR].fields |= {"gateway_id": "", "node_id": "", "uuid": "", "local_key": "another-home-key"}
    await home.announce()
    choice = await home.submit(await home.start_flow("cloud"), home.credentials)
    label = "Front door · cannot be added: its gateway is not in this account, works only through the cloud"
    assert _labels(choice)[DOOR] == label

    choice = await home.submit(choice, {CONF_DEVICES: []})
    assert choice["errors"] == {CONF_DEVICES: "nothing_chosen"}
    choice = await home.submit(choice, {CONF_DEVICES: [PLUG, KEYLESS]})
    assert choice["errors"] == {CONF_DEVICES: "found_no_key"}
    assert _placeholder(choice, "name") == "Old fan"
    assert _ticked(choice) == {PLUG}, "the choice stays, but for what is impossible"
    choice = await home.submit(choice, {CONF_DEVICES: [PLUG, DOOR]})
    assert choice["errors"] == {CONF_DEVICES: "found_no_gateway"}

    done = await home.submit(choice, {CONF_DEVICES: [PLUG]})
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_an_account_is_set_up_once(home: Home) -> None:
    home.entry(home.subentry(PLUG))
    result = await home.submit(await home.start_flow("cloud"), home.credentials)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert home.cloud.calls.total() == 0


async def test_a_page_that_was_reloaded_does_not_lock_the_account(home: Home) -> None:
    left = await home.submit(await home.start_flow("cloud"), home.credentials)
    choice = await home.submit(await home.start_flow("cloud"), home.credentials)
    done = await home.submit(choice, {CONF_DEVICES: [PLUG]})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    flows = home.hass.config_entries.flow.async_progress()
    assert left["flow_id"] not in {flow["flow_id"] for flow in flows}, "nor is the account added twice"


async def test_devices_of_other_entries_are_left_out(home: Home) -> None:
    home.entry(home.subentry(PLUG), cloud=False)
    await home.announce()
    choice = await home.submit(await home.start_flow("cloud"), home.credentials)
    assert PLUG not in _labels(choice)


async def test_no_device_is_left(home: Home) -> None:
    home.entry(*(home.subentry(device_id) for device_id in home.cloud.devices), cloud=False)
    form = await home.submit(await home.start_flow("cloud"), home.credentials)
    assert form["errors"] == {"base": "no_new_devices"}


async def test_set_up_asks_for_models_that_the_flow_did_not_get(home: Home) -> None:
    await home.announce()
    home.cloud.faults.refuse = {"thing_model": 500}
    choice = await home.submit(await home.start_flow("cloud"), home.credentials)
    home.cloud.faults.refuse = {}
    done = await home.submit(choice, {CONF_DEVICES: [PLUG]})
    hub = hub_of(done["result"])
    await until(lambda: hub.coordinators[PLUG].ready)
    assert [feature.platform for feature in hub.coordinators[PLUG].features] == ["switch"]


async def test_reauth(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    hub = hub_of(entry)
    old = hub.account
    home.cloud.client_secret = "f" * 32
    form = await entry.start_reauth_flow(hass)
    assert form["step_id"] == "reauth_confirm"
    assert _typed(form) == {CONF_CLIENT_ID: home.credentials[CONF_CLIENT_ID], CONF_CLIENT_SECRET: None}

    typed = {CONF_CLIENT_ID: home.credentials[CONF_CLIENT_ID], CONF_CLIENT_SECRET: SECRET}
    form = await home.submit(form, typed)
    assert form["errors"] == {CONF_CLIENT_SECRET: "invalid_client_secret"}
    assert _typed(form) == typed

    done = await home.submit(form, typed | {CONF_CLIENT_SECRET: "f" * 32})
    await hass.async_block_till_done()
    assert done["reason"] == "reauth_successful"
    assert entry.data == home.credentials | {CONF_CLIENT_SECRET: "f" * 32}
    assert entry.runtime_data is hub, "not reloaded"
    assert hub.account is not old


async def test_reconfigure(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    form = await entry.start_reconfigure_flow(hass)
    typed = {key: value for key, value in home.credentials.items() if key != CONF_USER_ID}
    home.cloud.faults.refuse = {"user_devices": 1106}
    form = await home.submit(form, typed)
    assert form["errors"] == {"base": "wrong_user"}, "there is no such field in this form"

    home.cloud.faults.refuse = {}
    done = await home.submit(form, typed | {CONF_REGION: "we"})
    assert done["reason"] == "reconfigure_successful"
    assert entry.data[CONF_REGION] == "we"


def _lease(ip: str, mac: str = PLUG_MAC) -> DhcpServiceInfo:
    return DhcpServiceInfo(ip=ip, hostname="tuya", macaddress=mac.replace(":", ""))


async def test_dhcp_tells_a_new_address(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until_available(entry)
    await until(lambda: all(device.ready for device in hub_of(entry).coordinators.values()))
    subentry = next(each for each in entry.subentries.values() if each.unique_id == PLUG)
    lost = {**subentry.data, CONF_HOST: "127.0.61.99"}
    hass.config_entries.async_update_subentry(entry, subentry, data=lost)
    await home.devices[PLUG].wait_for(lambda device: device.clients == 0)

    for lease in _lease("127.0.61.98", "00:00:00:00:00:01"), _lease(home.devices[PLUG].host):
        result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_DHCP}, data=lease)
        assert result["type"] is FlowResultType.ABORT
        assert result["reason"] == "already_configured"
    await home.devices[PLUG].wait_for(lambda device: device.clients == 1)
    await until(lambda: subentry.data[CONF_HOST] == home.devices[PLUG].host)
    assert home.devices[LAMP].connections == 1


async def test_dhcp_tells_an_entry_that_does_not_run(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until(lambda: hub_of(entry).coordinators[PLUG].ready)
    await hass.config_entries.async_unload(entry.entry_id)
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_DHCP}, data=_lease("127.0.61.98")
    )
    assert result["reason"] == "already_configured"


async def test_a_child_whose_gateway_is_not_named(home: Home) -> None:
    home.cloud.devices[DOOR].fields |= {"gateway_id": "", "local_key": "another-home-key"}
    await home.announce()
    choice = await home.submit(await home.start_flow("cloud"), home.credentials)
    assert _labels(choice)[DOOR] == "Front door · behind a gateway that is still to be found"
    assert DOOR not in _ticked(choice)
    done = await home.submit(choice, {CONF_DEVICES: [GATEWAY, DOOR]})
    await until_available(done["result"])


async def test_a_gateway_that_the_account_does_not_have(home: Home) -> None:
    del home.cloud.devices[GATEWAY]
    home.cloud.devices[DOOR].fields |= {"local_key": "another-home-key"}
    await home.announce()
    form = await home.start_flow("cloud")
    await until(lambda: GATEWAY in async_get_neighbourhood(home.hass).seen)
    choice = await home.submit(form, home.credentials)
    label = "Front door · cannot be added: its gateway belongs to an account that is not set up"
    assert _labels(choice)[DOOR] == label
    choice = await home.submit(choice, {CONF_DEVICES: [DOOR]})
    assert choice["errors"] == {CONF_DEVICES: "found_gateway_foreign"}
