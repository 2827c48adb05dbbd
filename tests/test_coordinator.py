from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
import time

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.device_registry import DeviceInfo
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.localtuya.channel import NoChannel
from custom_components.localtuya.const import DOMAIN
from custom_components.localtuya.coordinator import DeviceCoordinator
from custom_components.localtuya.issues import _TROUBLE
from custom_components.localtuya.lan.endpoint import LinkState
from custom_components.localtuya.lan.errors import ConnectionLost
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.spec import Feature

from .home_assistant import LAMP_MODEL, SWITCH_MODEL, until
from .house import RecordingChannel

PLUG = DeviceRecord("plug", category="cz", properties=SWITCH_MODEL)


DOOR = DeviceRecord(
    "door",
    category="mcs",
    properties=(
        {"id": 1, "code": "doorcontact_state", "mode": "ro", "type": "obj", "property": {"type": "bool"}},
        {"id": 2, "code": "battery_state", "mode": "ro", "type": "obj", "property": {"type": "string"}},
    ),
)
METER = DeviceRecord(
    "meter",
    category="cz",
    properties=(
        *SWITCH_MODEL,
        {
            "id": 19,
            "code": "cur_power",
            "mode": "ro",
            "type": "obj",
            "property": {"type": "value", "min": 0, "max": 50_000, "scale": 1, "step": 1, "unit": "W"},
        },
    ),
)
HOUR, DAY = 3600, 86_400
LOST = ConnectionLost("cable")


def _device(
    hass: HomeAssistant,
    record: DeviceRecord = PLUG,
    *,
    ready: bool = True,
    changed: list[None] | None = None,
    channel: RecordingChannel | None = None,
    grace: float = 0.01,
) -> DeviceCoordinator:
    return DeviceCoordinator(
        hass,
        record,
        channel=channel or RecordingChannel(),
        device_info=DeviceInfo(),
        subentry_id=None,
        ready=ready,
        changed=lambda: None if changed is None else changed.append(None),
        grace=grace,
    )


def _keys(features: list[Feature]) -> list[tuple[str, str]]:
    return [(feature.platform, feature.key) for feature in features]


async def test_listeners_hear_what_they_asked_for(hass: HomeAssistant) -> None:
    device = _device(hass)
    heard: list[str] = []
    stop = device.async_listen(frozenset({"1", "2"}), lambda: heard.append("switch"))
    device.async_listen(frozenset({"9"}), lambda: heard.append("countdown"))

    device.async_report({"1": True})
    assert heard == ["switch"]
    assert device.state.dps == {"1": True}
    device.async_report({"1": True})
    assert heard == ["switch"], "no news"
    device.async_report({"9": 0, "2": 1})
    assert heard == ["switch", "countdown", "switch"]
    stop()
    stop()
    device.async_report({"1": False})
    assert len(heard) == 3


async def test_what_the_device_says_by_itself_counts_each_time(hass: HomeAssistant) -> None:
    device = _device(hass)
    heard: list[Mapping[str, object]] = []
    stop = device.async_on_report(heard.append)

    device.async_report({"1": "click"}, answer=True)
    assert heard == [], "an answer repeats what was"
    device.async_report({"1": "click"})
    device.async_report({"1": "click"})
    assert heard == [{"1": "click"}] * 2
    stop()
    device.async_report({"1": "click"})
    assert len(heard) == 2


async def test_commands_go_through_the_channel(hass: HomeAssistant) -> None:
    device = _device(hass)
    await device.async_send({"1": True})
    assert isinstance(device.channel, RecordingChannel)
    assert device.channel.sent == [{"1": True}]
    assert device.state.dps == {}, "not optimistic unless asked"


async def test_a_short_loss_is_not_shown(hass: HomeAssistant) -> None:
    device = _device(hass)
    told: list[bool] = []
    device.async_listen(frozenset(), lambda: told.append(device.available))

    device.async_link(LinkState.CONNECTING, LOST)
    device.async_link(LinkState.LIVE, None)
    assert told == []

    device.async_link(LinkState.QUIET, LOST)
    device.async_link(LinkState.CONNECTING, LOST)
    await until(lambda: told == [False])
    device.async_link(LinkState.GONE, LOST)
    device.async_link(LinkState.LIVE, None)
    assert told == [False, True]


async def test_the_user_says_how_long_a_loss_is_short(hass: HomeAssistant) -> None:
    device = _device(hass, grace=0)
    device.async_link(LinkState.CONNECTING, LOST)
    available = [device.available]
    device.async_link(LinkState.LIVE, None)
    device.grace = HOUR
    device.async_link(LinkState.CONNECTING, LOST)
    available.append(device.available)
    assert available == [False, True]
    device.async_close()


async def test_a_device_that_was_never_there_gets_no_grace(hass: HomeAssistant) -> None:
    device = _device(hass)
    device.async_connect(NoChannel())
    device.async_close()
    assert not device.available
    device.async_link(LinkState.LOOKING, None)
    assert not device.available


async def test_presence(hass: HomeAssistant) -> None:
    device = _device(hass)
    told: list[bool] = []
    device.async_listen(frozenset(), lambda: told.append(device.available))
    device.async_presence(online=False)
    device.async_presence(online=False)
    assert told == [False]
    device.async_report({"1": True})
    assert device.available, "who speaks is there"
    assert told == [False, True], "and that concerns everybody, whichever datapoint it was"


async def test_features_are_offered_once(hass: HomeAssistant) -> None:
    device = _device(hass, ready=False)
    offers: list[list[tuple[str, str]]] = []
    stop = device.async_on_features(lambda features: offers.append(_keys(features)))
    assert offers == []
    assert device.features == ()

    device.async_learn(PLUG)
    assert offers == [[("switch", "1")]]
    device.async_learn(PLUG)
    device.async_set_ready()
    assert len(offers) == 1
    late: list[list[tuple[str, str]]] = []
    device.async_on_features(lambda features: late.append(_keys(features)))
    assert late == offers

    stop()
    device.async_learn(DeviceRecord("plug", category="dj", properties=LAMP_MODEL))
    assert len(offers) == 1
    assert late[1:] == [[("light", "20")]]


async def test_a_device_that_goes_to_another_entry_is_offered_there(hass: HomeAssistant) -> None:
    device = _device(hass, PLUG)
    here: list[list[tuple[str, str]]] = []
    stop = device.async_on_features(lambda features: here.append(_keys(features)))
    device.async_depart()
    there: list[list[tuple[str, str]]] = []
    device.async_on_features(lambda features: there.append(_keys(features)))
    stop()
    device.async_learn(DeviceRecord("plug", category="dj", properties=LAMP_MODEL))
    assert here == [[("switch", "1")]]
    assert there == [[("switch", "1")], [("light", "20")]]


async def test_what_the_device_says_completes_the_record(hass: HomeAssistant) -> None:
    changed: list[None] = []
    device = _device(hass, DeviceRecord("unknown"), changed=changed)
    offers: list[Feature] = []
    device.async_on_features(offers.extend)

    device.async_report({"1": True})
    before = len(changed)
    device.async_report({"1": False})

    assert [feature.dp for feature in offers] == ["1"]
    assert before >= 1
    assert len(changed) == before
    assert device.record.dps == {"1": True}


async def test_what_the_cloud_says_later_keeps_what_the_device_said(hass: HomeAssistant) -> None:
    device = _device(hass, DeviceRecord("unknown"), ready=False)
    device.async_report({"1": True, "50": 3})
    assert device.features == ()
    device.async_learn(PLUG)
    assert device.record.dps == {"1": True, "50": 3}
    assert ("switch", "1") in _keys(list(device.features))


async def test_names_that_are_no_datapoints(hass: HomeAssistant) -> None:
    device = _device(hass)
    device.async_report({"": 1, "x" * 10_000: 2, "-1": 3, "99999": 4, "1": True})
    assert device.state.dps == {"1": True}


async def test_how_the_way_to_the_device_fares(hass: HomeAssistant) -> None:
    device = _device(hass)
    told: list[str] = []
    device.async_on_link(lambda: told.append(device.connection))
    device.async_link(LinkState.HELD, LOST)
    device.async_link(LinkState.LIVE, None)
    device.async_presence(online=False)
    device.async_link(LinkState.GONE, LOST)
    device.async_link(LinkState.LIVE, None)
    device.async_report({"1": True})
    device.async_connect(NoChannel())
    assert told == ["held", "live", "offline", "gone", "offline", "live", "no_gateway"]
    device.async_close()


async def test_trouble_of_a_gateway_is_not_its_childs(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_TROUBLE, LinkState.WEDGED, ("wedged", 0.01))
    channel = RecordingChannel()
    device = _device(hass, channel=channel)
    device.async_link(LinkState.WEDGED, LOST)
    await until(lambda: ir.async_get(hass).async_get_issue(DOMAIN, "wedged_plug"))
    channel.direct = False
    device.async_link(LinkState.WEDGED, LOST)
    assert ir.async_get(hass).async_get_issue(DOMAIN, "wedged_plug") is None
    device.async_close()


# The last state.


def _seen(record: DeviceRecord, seconds_ago: float, *, interval: float | None = None) -> DeviceRecord:
    return replace(record, dps={"1": True, "2": "high"}, seen=time.time() - seconds_ago, interval=interval)


async def test_a_sleeper_is_as_it_was(hass: HomeAssistant) -> None:
    device = _device(hass, _seen(DOOR, HOUR), channel=RecordingChannel(LinkState.LOOKING))
    assert device.state.dps == {"1": True, "2": "high"}
    available = [device.available]
    for state in (LinkState.CONNECTING, LinkState.ASLEEP, LinkState.KEY_REJECTED, LinkState.ASLEEP, LinkState.LIVE):
        device.async_link(state, LOST)
        available.append(device.available)
    assert available == [True, True, True, False, True, True], "from one that rejects the key nothing will come"
    device.async_report({"1": False})
    device.async_link(LinkState.ASLEEP, LOST)
    assert device.available
    assert device.state.dps == {"1": False, "2": "high"}
    device.async_close()


@pytest.mark.parametrize(
    ("interval", "days", "available"), [(None, 0.9, True), (None, 1.1, False), (DAY, 2.4, True), (DAY, 2.6, False)]
)
async def test_how_long_a_sleeper_may_sleep(
    hass: HomeAssistant, interval: float | None, days: float, *, available: bool
) -> None:
    record = _seen(DOOR, days * DAY, interval=interval)
    device = _device(hass, record, channel=RecordingChannel(LinkState.ASLEEP))
    assert device.available is available
    device.async_close()


async def test_a_sleeper_that_sleeps_too_long(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    channel = RecordingChannel(LinkState.ASLEEP)
    channel.wake_interval = 12.0 * HOUR
    device = _device(hass, _seen(DOOR, 0, interval=1.0), channel=channel)
    for hours, available in ((29, True), (2, False)):
        freezer.tick(timedelta(hours=hours))
        async_fire_time_changed(hass)
        await hass.async_block_till_done()
        assert device.available is available, hours
    device.async_close()


async def test_a_sleeper_of_which_nothing_is_known(hass: HomeAssistant) -> None:
    cloud_says = replace(DOOR, dps={"1": True})
    device = _device(hass, cloud_says, channel=RecordingChannel(LinkState.ASLEEP))
    assert not device.available


async def test_others_show_their_past_only_behind_their_own_word(hass: HomeAssistant) -> None:
    past = replace(PLUG, dps={"1": True, "9": 30}, seen=time.time() - HOUR)
    device = _device(hass, past, channel=RecordingChannel(LinkState.CONNECTING))
    heard: list[str] = []
    device.async_listen(frozenset({"9"}), lambda: heard.append(f"9: {device.state.dps.get('9')}"))
    assert device.state.dps == {}
    assert not device.available
    device.async_link(LinkState.LIVE, None)
    device.async_report({"2": 5})
    assert device.state.dps == {"2": 5}, "no answer yet"
    device.async_report({"1": False}, answer=True)
    assert device.state.dps == {"1": False, "2": 5, "9": 30}
    assert heard[-1] == "9: 30"
    device.async_report({"9": 31}, answer=True)
    device.async_report({"1": True}, answer=True)
    assert device.state.dps["9"] == 31, "once"
    device.async_close()


async def test_what_the_cloud_said_of_the_state_is_never_shown(hass: HomeAssistant) -> None:
    device = _device(hass, replace(PLUG, dps={"1": True, "9": 30}))
    device.async_report({"1": False}, answer=True)
    assert device.state.dps == {"1": False}
    device.async_close()


async def test_the_record_takes_the_state_over_now_and_then(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    changed: list[None] = []
    device = _device(hass, changed=changed)
    device.async_report({"1": True})
    assert (device.record.dps, device.record.seen) == ({"1": True}, time.time())
    assert len(changed) == 1
    freezer.tick(299)
    device.async_report({"1": False})
    assert len(changed) == 1
    freezer.tick(1)
    device.async_report({"1": False})
    assert len(changed) == 2
    assert (device.record.dps, device.record.seen) == ({"1": False}, time.time())

    device.async_report({"1": True})
    await device.async_send({"1": False}, optimistic=True)
    device.async_close()
    assert device.record.dps == {"1": True}, "the device's word, not what it was told"


async def test_a_device_that_said_nothing_leaves_its_record_alone(hass: HomeAssistant) -> None:
    changed: list[None] = []
    device = _device(hass, _seen(DOOR, HOUR), changed=changed)
    device.async_close()
    assert changed == []


# What is asked for.


async def test_power_is_asked_for_while_the_load_is_on(hass: HomeAssistant) -> None:
    device = _device(hass, METER)
    wire = device.channel
    assert isinstance(wire, RecordingChannel)
    asked = []
    for dps in ({"1": False, "19": 0}, {"1": True}, {"1": False}, {"19": 40}):
        device.async_report(dps)
        asked.append(wire.metered[-1])
    assert asked == [(), (19,), (), (19,)]
    device.async_report({"18": 3})
    count = len(wire.metered)
    device.async_report({"18": 4})
    assert len(wire.metered) == count
    again = RecordingChannel()
    device.async_connect(again)
    assert again.metered == [(19,)], "another link is told too"
    device.async_close()


async def test_a_meter_that_turns_up_later(hass: HomeAssistant) -> None:
    device = _device(hass, DeviceRecord("meter"))
    device.async_report({"1": True, "19": 5})
    device.async_learn(METER)
    assert isinstance(device.channel, RecordingChannel)
    assert device.channel.metered[-1] == (19,)
    device.async_close()
