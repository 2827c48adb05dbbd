"""What changes in the account is noticed once a day, and nothing of it happens by itself."""

from homeassistant.config_entries import SOURCE_IGNORE, SOURCE_INTEGRATION_DISCOVERY
from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest

from custom_components.localtuya.cache import RecordCache
from custom_components.localtuya.cloud.ledger import DAY
from custom_components.localtuya.const import CONF_ADOPT, CONF_LOCAL_KEY, CONF_OLD_KEYS, DOMAIN
from custom_components.localtuya.following import FIRST, Follower
from tests.lab.cloud import LabCloud

from .home_assistant import DOOR, GATEWAY, KEY, LAMP, PLUG, SWITCH_MODEL, USER, Home, hub_of, until, until_available

pytest_plugins = ("tests.home_assistant", "tests.texts")
pytestmark = pytest.mark.usefixtures("texts_complete")

NEW_KEY = "fedcba9876543210"
NEW = "bf00000000000000000new"
LATER = 4_000_000_000


async def _follower(home: Home) -> Follower:
    entry = await home.set_up(*(home.subentry(device_id) for device_id in (PLUG, LAMP, GATEWAY, DOOR)))
    await until_available(entry)
    await until(lambda: not hub_of(entry).strangers())
    return hub_of(entry).follower


def _issues(hass: HomeAssistant) -> set[str]:
    return {issue_id for domain, issue_id in ir.async_get(hass).issues if domain == DOMAIN}


async def test_nothing_new(hass: HomeAssistant, home: Home) -> None:
    follower = await _follower(home)
    calls = home.cloud.calls.copy()
    await follower.async_look()
    assert home.cloud.calls - calls == {"user_devices": 1, "model": 1}, "the token is still good"
    assert _issues(hass) == set()
    assert hass.config_entries.flow.async_progress() == []


async def test_an_hour_after_the_start_and_then_daily(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    delays: list[float] = []

    def call_later(_: HomeAssistant, delay: float, __: object) -> CALLBACK_TYPE:
        delays.append(delay)
        return lambda: None

    monkeypatch.setattr("custom_components.localtuya.following.async_call_later", call_later)
    follower = await _follower(home)
    assert delays == [FIRST]
    await follower.async_look()
    await hass.config_entries.async_reload(follower._entry.entry_id)
    assert delays[1] == pytest.approx(DAY, abs=60), "the last look is kept over a restart"
    hub = hub_of(follower._entry)
    calls = home.cloud.calls["user_devices"]
    hub.follower._look(dt_util.utcnow())
    assert delays[2] == DAY
    await until(lambda: home.cloud.calls["user_devices"] > calls)
    hub.looked -= 5 * DAY
    hub.follower.async_start()
    assert delays[3] == FIRST, "never at once"
    hub.looked += 500 * DAY
    hub.follower.async_start()
    assert delays[4] == DAY, "a clock that was wrong at the last look is no reason to wait for months"


async def test_keys_of_the_account_are_kept_for_the_day_they_are_needed(home: Home) -> None:
    follower = await _follower(home)
    home.cloud.set_local_key(PLUG, NEW_KEY)
    await follower.async_look()
    data = next(device.data for device in follower._entry.subentries.values() if device.unique_id == PLUG)
    assert (data[CONF_LOCAL_KEY], data[CONF_OLD_KEYS]) == (KEY, [NEW_KEY])
    assert home.devices[PLUG].connections == 1


async def test_a_firmware_that_can_more(hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    follower = await _follower(home)
    hub = hub_of(follower._entry)
    more = {"id": 9, "code": "child_lock", "mode": "rw", "type": "obj", "property": {"type": "bool"}}
    home.cloud.devices[PLUG].model = (*SWITCH_MODEL, more)
    products = {record.product_id for record in hub.records() if record.properties}
    for day in range(len(products)):
        monkeypatch.setattr("custom_components.localtuya.following.time.time", lambda day=day: day * 86_400.0)
        await follower.async_look()
    assert "9" in hub.coordinators[PLUG].plan.schema.by_id
    await until(lambda: hass.states.get("switch.kitchen_plug_child_lock"))
    await hass.config_entries.async_unload(follower._entry.entry_id)
    record = (await RecordCache(hass, USER).async_load())[PLUG]
    assert [row["id"] for row in record.properties] == [1, 9]


async def test_a_list_with_gaps_takes_nothing_away(hass: HomeAssistant, home: Home) -> None:
    follower = await _follower(home)
    home.cloud.faults.refuse = {"devices": 500}
    plug = home.cloud.devices.pop(PLUG)
    await follower.async_look()
    assert _issues(hass) == set(), "nobody confirmed it"
    home.cloud.faults.refuse = {}
    await follower.async_look()
    assert _issues(hass) == {f"gone_{PLUG}"}
    calls = home.cloud.calls["devices"]
    await follower.async_look()
    assert home.cloud.calls["devices"] == calls, "what is said is not asked again"
    home.cloud.devices[PLUG] = plug
    await follower.async_look()
    assert _issues(hass) == set()


@pytest.mark.parametrize("page", ["user_devices", "shared_devices"])
async def test_a_part_of_a_list_takes_nothing_away(hass: HomeAssistant, home: Home, page: str) -> None:
    follower = await _follower(home)
    home.cloud.remove_device(PLUG)
    for number in range(30):
        home.cloud.add_device(USER, {"id": f"bf{number:020}"}, model=(), status={})
    home.cloud.faults.page_limit = 20
    home.cloud.faults.refuse = {page: 500}
    home.cloud.faults.spare = {"user_devices": home.cloud.calls["user_devices"] + 1}
    await follower.async_look()
    assert home.cloud.calls["devices"] == 0, "nobody is missed"
    assert _issues(hass) == set()
    home.cloud.faults.refuse = {}
    await follower.async_look()
    assert _issues(hass) == {f"gone_{PLUG}"}


async def test_a_device_that_is_shared_is_not_missed(hass: HomeAssistant, home: Home) -> None:
    follower = await _follower(home)
    home.cloud.devices[PLUG].uid = home.cloud.add_user("eu1679928018454Other").uid
    home.cloud.share(PLUG, USER)
    home.cloud.set_local_key(PLUG, NEW_KEY)
    await follower.async_look()
    assert _issues(hass) == set()
    data = next(device.data for device in follower._entry.subentries.values() if device.unique_id == PLUG)
    assert data[CONF_OLD_KEYS] == [NEW_KEY]


async def test_an_empty_account_takes_nothing_away(hass: HomeAssistant, home: Home) -> None:
    follower = await _follower(home)
    home.cloud.devices.clear()
    await follower.async_look()
    assert _issues(hass) == set()


async def test_a_device_that_the_user_brought_is_not_missed(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP, brought=True))
    home.cloud.remove_device(LAMP)
    await hub_of(entry).follower.async_look()
    assert _issues(hass) == set()


def _pair(cloud: LabCloud, **fields: object) -> None:
    device = {"id": NEW, "name": "Heater", "category": "cz", "local_key": KEY, "product_id": "plugplugplugplug"}
    cloud.add_device(USER, device | {"active_time": LATER} | fields, model=SWITCH_MODEL, status={})


async def test_a_new_device_is_one_click_away(hass: HomeAssistant, home: Home) -> None:
    follower = await _follower(home)
    entry = follower._entry
    _pair(home.cloud)
    for _ in range(2):
        await follower.async_look()
        await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_INTEGRATION_DISCOVERY
    assert flow["context"]["title_placeholders"] == {"name": "Heater"}

    home.cloud.faults.plan = "expired"
    form = await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    assert form["errors"] == {"base": "plan_expired"}
    home.cloud.faults.plan = "ok"
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "device_added_to_account"
    await hass.async_block_till_done()
    assert NEW in hub_of(entry).coordinators
    await follower.async_look()
    await hass.async_block_till_done()
    assert hass.config_entries.flow.async_progress() == []


async def test_new_devices_are_added_by_themselves_if_their_owner_wishes(hass: HomeAssistant, home: Home) -> None:
    follower = await _follower(home)
    entry = follower._entry
    hass.config_entries.async_update_entry(entry, options={CONF_ADOPT: True})
    _pair(home.cloud)
    hopeless = {"id": "bf000000000hopeless", "local_key": "", "sub": True, "category": "infrared_tv"}
    home.cloud.add_device(USER, hopeless | {"active_time": LATER}, model=(), status={})
    await follower.async_look()
    await hass.async_block_till_done()
    assert hub_of(entry).coordinators.keys() == {PLUG, LAMP, GATEWAY, DOOR, NEW}
    assert hass.config_entries.flow.async_progress() == []


async def test_a_new_device_that_cannot_work(hass: HomeAssistant, home: Home) -> None:
    follower = await _follower(home)
    _pair(home.cloud)
    await follower.async_look()
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    home.cloud.set_local_key(NEW, "")
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    assert result["reason"] == "found_no_key"
    await follower.async_look()
    await hass.async_block_till_done()
    assert hass.config_entries.flow.async_progress() == [], "it is not offered either"


async def test_an_ignored_device_stays_so(hass: HomeAssistant, home: Home) -> None:
    follower = await _follower(home)
    _pair(home.cloud)
    await follower.async_look()
    await hass.async_block_till_done()
    await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_IGNORE}, data={"unique_id": NEW, "title": "Heater"}
    )
    await follower.async_look()
    await hass.async_block_till_done()
    assert hass.config_entries.flow.async_progress() == []


async def test_what_was_not_wanted_at_first_is_not_new(hass: HomeAssistant, home: Home) -> None:
    follower = await _follower(home)
    _pair(home.cloud, active_time=1_756_000_000)
    await follower.async_look()
    await hass.async_block_till_done()
    assert hass.config_entries.flow.async_progress() == []
