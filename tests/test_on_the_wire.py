"""The whole way, between Home Assistant's states and services and the sockets of simulated devices."""

import asyncio
from collections.abc import Iterable, Mapping
import time
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_STATE_CHANGED, STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import Event, EventStateChangedData, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.localtuya import hub as hub_module, issues
from custom_components.localtuya.const import DOMAIN
from custom_components.localtuya.coordinator import DeviceCoordinator
from custom_components.localtuya.lan.endpoint import Endpoint, LinkListener, LinkState, Timing
from custom_components.localtuya.lan.link import Link
from tests.lab.device import LabDevice
from tests.lab.faults import Faults
from tests.lab.wire import Command

from .home_assistant import DOOR, GATEWAY, KEY, PLUG, SWITCH, SWITCH_NODE, USER, Home, hub_of, until, until_available

pytest_plugins = ("tests.home_assistant",)

DEVICE = "bf0000000000000device"
CONTROLS = (Command.CONTROL, Command.CONTROL_NEW)
QUICK = Timing(
    connect=0.5,
    answer=0.3,
    heartbeat=0.5,
    backoff_first=0.05,
    backoff_most=0.2,
    backoff_hard=0.1,
    probe=0.03,
    retry=0.05,
    presence=0.2,
    refresh_fastest=0.05,
    refresh_slowest=0.2,
    connections_per_hour=100_000,
)


def _bool(dp: int, code: str) -> dict[str, Any]:
    return {"id": dp, "code": code, "mode": "rw", "type": "obj", "property": {"type": "bool"}}


def _number(dp: int, code: str, unit: str, mode: str = "ro", scale: int = 0) -> dict[str, Any]:
    facts = {"type": "value", "min": 0, "max": 50_000, "step": 1, "scale": scale, "unit": unit}
    return {"id": dp, "code": code, "mode": mode, "type": "obj", "property": facts}


STRIP_MODEL = tuple(_bool(number, f"switch_{number}") for number in range(1, 5))
METER_MODEL = (_bool(1, "switch_1"), _number(18, "cur_current", "mA"), _number(19, "cur_power", "W", scale=1))
FEEDER_MODEL = (_number(3, "manual_feed", "", "rw"), _bool(6, "switch"))
CONTACT_MODEL = (
    {"id": 1, "code": "doorcontact_state", "mode": "ro", "type": "obj", "property": {"type": "bool"}},
    _number(2, "battery_percentage", "%"),
)


def _key(dp: int, code: str) -> dict[str, Any]:
    facts = {"type": "enum", "range": ["single_click", "double_click"]}
    return {"id": dp, "code": code, "mode": "ro", "type": "obj", "property": facts}


PANEL_MODEL = (_key(1, "switch_type_1"), _key(2, "switch_type_2"), _bool(9, "switch"))
BUTTON_MODEL = (_key(1, "switch_type_1"), _number(10, "battery_percentage", "%"))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let links wait in hundredths of the usual times."""

    def quick(
        endpoint: Endpoint, listener: LinkListener, *, timing: Timing | None = None, nodes: Iterable[str] = ()
    ) -> Link:
        return Link(endpoint, listener, timing=timing or QUICK, nodes=nodes)

    monkeypatch.setattr(hub_module, "Link", quick)


async def _buy(
    home: Home, *model: Mapping[str, Any], category: str, version: str, dps: Mapping[str, object], **options: Any
) -> LabDevice:
    """Put another device into the home and the account; all of its entities are wanted."""
    row = {"id": DEVICE, "name": "Thing", "category": category, "local_key": KEY, "product_id": "thingthingthingt"}
    home.cloud.add_device(USER, row, model=model, status={})
    device = LabDevice(DEVICE, local_key=KEY, version=version, dps=dps, host="127.0.61.9", port=home.port, **options)
    home.devices[DEVICE] = device
    await device.start()
    return device


async def _set_up(home: Home, *device_ids: str) -> tuple[ConfigEntry, DeviceCoordinator]:
    """Set these devices up; return the entry and the first device when all of them are there."""
    entry = await home.set_up(*(home.subentry(device_id) for device_id in device_ids))
    devices = hub_of(entry).coordinators
    await until(lambda: all(devices[each].ready and devices[each].available for each in device_ids))
    device = devices[device_ids[0]]
    await until(lambda: device.state.dps or not device.features)
    return entry, device


def _entity(hass: HomeAssistant, platform: str, key: str, device_id: str = DEVICE) -> str:
    entity_id = er.async_get(hass).async_get_entity_id(platform, DOMAIN, f"local_{device_id}_{key}")
    assert entity_id, f"no {platform} {key}"
    return entity_id


def _state(hass: HomeAssistant, platform: str, key: str, device_id: str = DEVICE) -> str | None:
    entity_id = er.async_get(hass).async_get_entity_id(platform, DOMAIN, f"local_{device_id}_{key}")
    state = hass.states.get(entity_id) if entity_id else None
    return state.state if state else None


def _written(events: list[Event[EventStateChangedData]], entity_id: str) -> list[str]:
    return [
        event.data["new_state"].state
        for event in events
        if event.data["entity_id"] == entity_id and event.data["new_state"]
    ]


async def _call(hass: HomeAssistant, domain: str, service: str, *entity_ids: str, **data: Any) -> None:
    await hass.services.async_call(domain, service, {"entity_id": list(entity_ids), **data}, blocking=True)


# Grace.


@pytest.mark.parametrize("version", ["3.3", "3.5"])
@pytest.mark.parametrize("reset", [False, True], ids=["FIN", "RST"])
async def test_a_dropped_connection_leaves_no_trace(
    hass: HomeAssistant, home: Home, version: str, *, reset: bool
) -> None:
    device = await _buy(home, *STRIP_MODEL, category="cz", version=version, dps={"1": True, "2": False})
    _, coordinator = await _set_up(home, DEVICE)
    entity_id = _entity(hass, "switch", "1")
    await until(lambda: _state(hass, "switch", "1") == STATE_ON)
    events = async_capture_events(hass, EVENT_STATE_CHANGED)

    for connections in (2, 3, 4):
        device.drop_clients(reset=reset)
        await until(lambda: coordinator.link_state is not LinkState.LIVE)
        await until(lambda: coordinator.link_state is LinkState.LIVE)
        assert device.connections >= connections
    device.push({"1": False})
    await until(lambda: _state(hass, "switch", "1") == STATE_OFF)

    assert _written(events, entity_id) == [STATE_OFF]


async def test_a_command_in_the_time_of_grace_fails_honestly(hass: HomeAssistant, home: Home) -> None:
    device = await _buy(home, *STRIP_MODEL, category="cz", version="3.4", dps={"1": True})
    _, coordinator = await _set_up(home, DEVICE)
    entity_id = _entity(hass, "switch", "1")
    await until(lambda: _state(hass, "switch", "1") == STATE_ON)
    coordinator.grace = 60
    device.faults = Faults(refuse=True)
    device.drop_clients()
    await until(lambda: coordinator.link_state is LinkState.UNREACHABLE)

    with pytest.raises(HomeAssistantError) as raised:
        await _call(hass, "switch", "turn_off", entity_id)

    assert raised.value.translation_key == "unreachable"
    assert _state(hass, "switch", "1") == STATE_ON, "the last state, still available"
    assert device.commands == []
    device.faults = Faults()
    await until(lambda: coordinator.link_state is LinkState.LIVE)
    assert device.commands == [], "nor is it carried out later"
    await _call(hass, "switch", "turn_off", entity_id)
    assert device.commands == [(None, {"1": False})]


async def test_a_command_during_a_short_drop_arrives(hass: HomeAssistant, home: Home) -> None:
    device = await _buy(home, *STRIP_MODEL, category="cz", version="3.4", dps={"1": True})
    _, coordinator = await _set_up(home, DEVICE)
    await until(lambda: _state(hass, "switch", "1") == STATE_ON)
    device.drop_clients()
    await until(lambda: coordinator.link_state is not LinkState.LIVE)
    await _call(hass, "switch", "turn_off", _entity(hass, "switch", "1"))
    assert device.commands == [(None, {"1": False})]


async def test_grace_ends(hass: HomeAssistant, home: Home) -> None:
    device = await _buy(home, *STRIP_MODEL, category="cz", version="3.3", dps={"1": True})
    _, coordinator = await _set_up(home, DEVICE)
    await until(lambda: _state(hass, "switch", "1") == STATE_ON)
    coordinator.grace = 0.05
    device.faults = Faults(refuse=True)
    device.drop_clients()
    await until(lambda: _state(hass, "switch", "1") == STATE_UNAVAILABLE)
    await until(lambda: _state(hass, "sensor", "connection") == "unreachable")  # the grace may end sooner
    device.faults = Faults()
    await until(lambda: _state(hass, "switch", "1") == STATE_ON)
    assert _state(hass, "sensor", "connection") == "live"


# Commands.


@pytest.mark.parametrize("version", ["3.3", "3.5"])
async def test_one_service_call_is_one_frame(hass: HomeAssistant, home: Home, version: str) -> None:
    dps = dict.fromkeys("1234", False)
    device = await _buy(home, *STRIP_MODEL, category="cz", version=version, dps=dps)
    await _set_up(home, DEVICE)
    switches = [_entity(hass, "switch", dp) for dp in dps]
    await until(lambda: all(_state(hass, "switch", dp) == STATE_OFF for dp in dps))

    began = time.perf_counter()
    await _call(hass, "switch", "turn_on", *switches)

    assert time.perf_counter() - began < 0.25, "no waiting for others to travel with"
    assert device.commands == [(None, dict.fromkeys("1234", True))]
    assert sum(device.frames[command] for command in CONTROLS) == 1
    assert [_state(hass, "switch", dp) for dp in dps] == [STATE_ON] * 4


async def test_the_latest_value_wins(hass: HomeAssistant, home: Home) -> None:
    """A slider that is dragged while the device is slow: the first value, then the last one."""
    model = (_bool(1, "switch_1"), _number(9, "countdown_1", "s", "rw"))
    device = await _buy(home, *model, category="cz", version="3.4", dps={"1": True, "9": 0})
    registry_id = f"local_{DEVICE}_9"
    er.async_get(hass).async_get_or_create("number", DOMAIN, registry_id)
    await _set_up(home, DEVICE)
    await until(lambda: _state(hass, "number", "9") == "0")
    entity_id = _entity(hass, "number", "9")
    events = async_capture_events(hass, EVENT_STATE_CHANGED)
    device.faults = Faults(delay=0.05)

    await asyncio.gather(
        *(_call(hass, "number", "set_value", entity_id, value=value) for value in (10, 20, 30, 40, 50))
    )
    await until(lambda: device.dps["9"] == 50)
    device.push({"1": False})
    await until(lambda: _state(hass, "switch", "1") == STATE_OFF)

    values = [int(float(value)) for value in _written(events, entity_id)]
    assert values[-1] == 50
    assert values == sorted(values), "it never jumps back"
    assert len(device.commands) <= 2
    assert device.commands[-1] == (None, {"9": 50})


async def test_a_lost_command_is_sent_again_but_food_is_not(hass: HomeAssistant, home: Home) -> None:
    device = await _buy(home, *FEEDER_MODEL, category="cwwsq", version="3.4", dps={"3": 0, "6": False})
    await _set_up(home, DEVICE)
    await until(lambda: _state(hass, "switch", "6") == STATE_OFF)
    feeder = _entity(hass, "number", "3")

    device.faults = Faults(lose_controls=1)
    await _call(hass, "switch", "turn_on", _entity(hass, "switch", "6"))
    assert device.commands == [(None, {"6": True})]

    device.faults = Faults()
    device.faults = Faults(lose_controls=1)
    before = sum(device.frames[command] for command in CONTROLS)
    with pytest.raises(HomeAssistantError) as raised:
        await _call(hass, "number", "set_value", feeder, value=2)
    assert raised.value.translation_key == "no_answer"
    assert sum(device.frames[command] for command in CONTROLS) == before + 1
    assert len(device.commands) == 1

    device.commands.clear()
    await asyncio.gather(
        *(_call(hass, "number", "set_value", feeder, value=value) for value in (1, 2)),
        _call(hass, "switch", "turn_off", _entity(hass, "switch", "6")),
    )
    assert sorted(device.commands, key=str) == [(None, {"3": 1}), (None, {"3": 2}), (None, {"6": False})]


async def test_a_refused_command_is_taken_back(hass: HomeAssistant, home: Home) -> None:
    await _buy(
        home, *STRIP_MODEL, category="cz", version="3.4", dps={"1": False}, faults=Faults(control_retcode="child lock")
    )
    await _set_up(home, DEVICE)
    await until(lambda: _state(hass, "switch", "1") == STATE_OFF)
    entity_id = _entity(hass, "switch", "1")
    events = async_capture_events(hass, EVENT_STATE_CHANGED)

    with pytest.raises(HomeAssistantError) as raised:
        await _call(hass, "switch", "turn_on", entity_id)

    assert raised.value.translation_key == "refused"
    assert "child lock" in str(raised.value)
    assert _written(events, entity_id) == [STATE_ON, STATE_OFF]


async def test_a_gateway_that_answers_from_memory(hass: HomeAssistant, home: Home) -> None:
    home.devices[GATEWAY].faults = Faults(memory_lag=0.1)
    entry, _ = await _set_up(home, SWITCH, GATEWAY)
    await until(lambda: _state(hass, "switch", "1", SWITCH) == STATE_ON)
    entity_id = _entity(hass, "switch", "1", SWITCH)
    events = async_capture_events(hass, EVENT_STATE_CHANGED)
    await asyncio.gather(
        _call(hass, "switch", "turn_off", entity_id), hub_of(entry).coordinators[SWITCH].channel.query()
    )
    home.devices[GATEWAY].push({"1": False}, SWITCH_NODE)
    await until(lambda: home.devices[GATEWAY].children[SWITCH_NODE] == {"1": False})
    await until(lambda: not hub_of(entry).coordinators[SWITCH]._expectations)
    assert _written(events, entity_id) == [STATE_OFF]


# Metering.


@pytest.mark.parametrize("version", ["3.3", "3.4"])
async def test_power_is_asked_for_while_the_load_is_on(hass: HomeAssistant, home: Home, version: str) -> None:
    dps = {"1": False, "18": 0, "19": 0}
    device = await _buy(home, *METER_MODEL, category="cz", version=version, dps=dps)
    await _set_up(home, DEVICE)
    await until(lambda: _state(hass, "sensor", "19") == "0.0")
    assert device.frames[Command.UPDATEDPS] == 0, "off: nothing to ask for"

    device.dps |= {"18": 100, "19": 230}  # it measures, but does not tell
    await _call(hass, "switch", "turn_on", _entity(hass, "switch", "1"))
    await until(lambda: _state(hass, "sensor", "19") == "23.0")
    for power in (400, 500):
        device.dps["19"] = power
        await until(lambda power=power: _state(hass, "sensor", "19") == str(power / 10))  # type: ignore[misc]

    device.dps["19"] = 0
    device.push({"1": False, "19": 0})
    await until(lambda: _state(hass, "sensor", "19") == "0.0")
    asked = device.frames[Command.UPDATEDPS]
    heartbeats = device.frames[Command.HEART_BEAT]
    await device.wait_for(lambda device: device.frames[Command.HEART_BEAT] >= heartbeats + 2)
    assert device.frames[Command.UPDATEDPS] == asked, "off: nothing is asked any more"


# Sleep and restart.


async def test_a_sleeper_is_there_after_a_restart(hass: HomeAssistant, home: Home) -> None:
    device = await _buy(home, *CONTACT_MODEL, category="mcs", version="3.3", dps={"1": True, "2": 80})
    entry, _ = await _set_up(home, DEVICE)
    await until(lambda: _state(hass, "binary_sensor", "1") == STATE_ON)
    device.push({"1": False})
    await until(lambda: _state(hass, "binary_sensor", "1") == STATE_OFF)
    await device.stop()
    await until(lambda: _state(hass, "sensor", "connection") == "asleep")
    assert _state(hass, "binary_sensor", "1") == STATE_OFF
    seen = hub_of(entry).coordinators[DEVICE].last_seen
    assert seen is not None

    await hass.config_entries.async_unload(entry.entry_id)
    await hass.config_entries.async_setup(entry.entry_id)
    assert _state(hass, "binary_sensor", "1") == STATE_OFF, "at once"
    assert _state(hass, "sensor", "2") == "80"
    assert hub_of(entry).coordinators[DEVICE].last_seen == pytest.approx(seen, abs=0.1)
    await until(lambda: _state(hass, "sensor", "connection") == "asleep")

    device.dps["1"] = True
    await device.start()
    await until(lambda: _state(hass, "binary_sensor", "1") == STATE_ON)


async def test_others_are_unavailable_after_a_restart_until_they_answer(hass: HomeAssistant, home: Home) -> None:
    model = (_bool(1, "switch_1"), _number(19, "cur_power", "W", scale=1))
    device = await _buy(home, *model, category="cz", version="3.5", dps={"1": True, "19": 55})
    entry, _ = await _set_up(home, DEVICE)
    await until(lambda: _state(hass, "sensor", "19") == "5.5")
    await device.stop()
    await hass.config_entries.async_unload(entry.entry_id)
    events = async_capture_events(hass, EVENT_STATE_CHANGED)
    await hass.config_entries.async_setup(entry.entry_id)
    assert _state(hass, "switch", "1") == STATE_UNAVAILABLE
    await until(lambda: _state(hass, "sensor", "connection") == "unreachable")

    device.dps = {"1": False}
    await device.start()
    await until(lambda: _state(hass, "sensor", "19") == "5.5")
    assert _state(hass, "switch", "1") == STATE_OFF
    assert STATE_ON not in _written(events, _entity(hass, "switch", "1")), "not for a moment"


# Moments.


@pytest.mark.parametrize("faults", [Faults(), Faults(answer_queries_as=Command.STATUS)])
async def test_presses_are_events_and_nothing_is_replayed(hass: HomeAssistant, home: Home, faults: Faults) -> None:
    dps = {"1": "single_click", "2": "double_click", "9": False}
    device = await _buy(home, *PANEL_MODEL, category="kg", version="3.4", dps=dps, faults=faults)
    entry, coordinator = await _set_up(home, DEVICE)
    await until(lambda: _state(hass, "switch", "9") == STATE_OFF)
    assert _state(hass, "event", "1") == STATE_UNKNOWN
    events = async_capture_events(hass, EVENT_STATE_CHANGED)
    button = _entity(hass, "event", "1")

    for presses in (1, 2):
        device.push({"1": "single_click"})
        await until(lambda presses=presses: len(set(_written(events, button))) == presses)  # type: ignore[misc]
    pressed = _state(hass, "event", "1")

    device.drop_clients()
    await until(lambda: coordinator.link_state is not LinkState.LIVE)
    await until(lambda: coordinator.link_state is LinkState.LIVE)
    device.push({"1": "single_click", "2": "single_click", "9": True})  # as many do when they are back
    await until(lambda: _state(hass, "switch", "9") == STATE_ON)
    assert _state(hass, "event", "1") == pressed
    assert _state(hass, "event", "2") == STATE_UNKNOWN

    await hass.config_entries.async_unload(entry.entry_id)
    device.dps["9"] = False
    await hass.config_entries.async_setup(entry.entry_id)
    await until(lambda: _state(hass, "switch", "9") == STATE_OFF)
    assert _state(hass, "event", "1") == pressed, "restored, not replayed"
    assert _state(hass, "event", "2") == STATE_UNKNOWN


async def test_a_sleeper_wakes_to_say_one_press(hass: HomeAssistant, home: Home) -> None:
    dps = {"1": "single_click", "10": 80}
    device = await _buy(home, *BUTTON_MODEL, category="wxkg", version="3.3", dps=dps)
    _, coordinator = await _set_up(home, DEVICE)
    await device.stop()
    await until(lambda: _state(hass, "sensor", "connection") == "asleep")
    assert _state(hass, "event", "1") == STATE_UNKNOWN

    await device.start()
    await until(lambda: coordinator.link_state is LinkState.LIVE)
    device.push({"1": "single_click"})
    await until(lambda: _state(hass, "event", "1") != STATE_UNKNOWN)


# Datapoints that turn up, presence, trouble.


async def test_a_datapoint_that_turns_up_is_an_entity_that_works(hass: HomeAssistant, home: Home) -> None:
    entry, _ = await _set_up(home, PLUG)
    hub = hub_of(entry)
    home.devices[PLUG].push({"102": 7})
    sensor = f"local_{PLUG}_102"
    await until(lambda: any(each.unique_id == sensor for each in er.async_get(hass).entities.values()))
    assert hub_of(entry) is hub, "without reload"
    assert home.devices[PLUG].connections == 1
    found = next(each for each in er.async_get(hass).entities.values() if each.unique_id == sensor)
    assert found.config_subentry_id == hub.coordinators[PLUG].subentry_id


async def test_how_a_child_is_connected(hass: HomeAssistant, home: Home) -> None:
    entry, _ = await _set_up(home, SWITCH, GATEWAY)
    hub_of(entry).coordinators[SWITCH].grace = 0
    gateway = home.devices[GATEWAY]
    await until(lambda: _state(hass, "sensor", "connection", SWITCH) == "live")
    gateway.online(SWITCH_NODE, present=False)
    await until(lambda: _state(hass, "sensor", "connection", SWITCH) == "offline")
    assert _state(hass, "sensor", "connection", GATEWAY) == "live"
    gateway.push({"1": False}, SWITCH_NODE)
    await until(lambda: _state(hass, "sensor", "connection", SWITCH) == "live")
    assert _state(hass, "switch", "1", SWITCH) == STATE_OFF
    await gateway.stop()
    await until(lambda: _state(hass, "sensor", "connection", SWITCH) == "unreachable")
    assert _state(hass, "switch", "1", SWITCH) == STATE_UNAVAILABLE
    gateway.online(SWITCH_NODE, present=True)
    await gateway.start()
    await until(lambda: _state(hass, "sensor", "connection", SWITCH) == "live")


async def test_a_child_whose_gateway_is_not_set_up(hass: HomeAssistant, home: Home) -> None:
    await home.set_up(home.subentry(DOOR))
    await until(lambda: _state(hass, "sensor", "connection", DOOR) == "no_gateway")


@pytest.mark.parametrize(
    ("faults", "state"),
    [(Faults(accept_then_reset=True), LinkState.WEDGED), (Faults(max_clients=0), LinkState.HELD)],
)
async def test_trouble_that_lasts_becomes_a_repair(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch, faults: Faults, state: LinkState
) -> None:
    key, _ = issues._TROUBLE[state]
    monkeypatch.setitem(issues._TROUBLE, state, (key, 0.05))
    device = await _buy(home, *STRIP_MODEL, category="cz", version="3.4", dps={"1": True}, faults=faults)
    entry = await home.set_up(home.subentry(DEVICE))
    registry = ir.async_get(hass)
    issue_id = f"{key}_{DEVICE}"
    await until(lambda: registry.async_get_issue(DOMAIN, issue_id))
    assert _state(hass, "sensor", "connection") == state.value
    assert home.subentry(DEVICE)["title"] in str(registry.async_get_issue(DOMAIN, issue_id))

    device.faults = Faults()
    await until_available(entry)
    assert registry.async_get_issue(DOMAIN, issue_id) is None

    device.faults = faults
    device.drop_clients()
    await until(lambda: registry.async_get_issue(DOMAIN, issue_id))
    await hass.config_entries.async_unload(entry.entry_id)
    assert registry.async_get_issue(DOMAIN, issue_id) is None
