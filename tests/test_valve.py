from typing import Any

from homeassistant.components.valve import ValveEntityFeature, ValveState
from homeassistant.const import ATTR_DEVICE_CLASS, STATE_UNKNOWN
import pytest

from custom_components.localtuya.model.convert.bits import boolean
from custom_components.localtuya.model.convert.numbers import percent
from custom_components.localtuya.model.datapoint import Bool, Enum, Int, Mode
from custom_components.localtuya.model.spec import Feature, Look

from .house import Install, feature

pytest_plugins = ("tests.install",)

SWITCH = (Bool("1", code="switch"), boolean)
TARGET = (Int("2", code="percent_control", low=0, high=100, increment=5), percent)
PLACE = (Int("3", code="percent_state", low=0, high=100, mode=Mode.READ), percent)
TAP = feature("valve", {"valve": SWITCH}, look=Look(device_class="water"))
WORDY = feature("valve", {"valve": (Enum("1", code="water_control", range=("off", "on")), boolean)})
THROTTLE = feature("valve", {"valve": TARGET, "switch": SWITCH, "current_position": PLACE})
BARE = feature("valve", {"valve": TARGET})
MOVES = ValveEntityFeature.OPEN | ValveEntityFeature.CLOSE


@pytest.mark.parametrize(
    ("row", "features"), [(TAP, MOVES), (WORDY, MOVES), (BARE, MOVES | ValveEntityFeature.SET_POSITION)]
)
async def test_features(install: Install, row: Feature, features: ValveEntityFeature) -> None:
    device = await install(row)

    state = device.state("valve", row.key)
    assert state.state == STATE_UNKNOWN
    assert state.attributes["supported_features"] == features
    assert state.attributes.get(ATTR_DEVICE_CLASS) == row.look.device_class


async def test_a_tap_is_open_or_closed(install: Install) -> None:
    device = await install(TAP, dps={"1": False})
    assert device.state("valve").state == ValveState.CLOSED

    await device.report({"1": True})
    assert device.state("valve").state == ValveState.OPEN


async def test_a_throttle_is_open_so_far(install: Install) -> None:
    device = await install(THROTTLE, dps={"1": True, "2": 60, "3": 40})
    assert device.state("valve", "2").attributes["current_position"] == 40

    await device.report({"1": False})
    assert device.state("valve", "2").state == ValveState.CLOSED

    await device.report({"1": True, "3": "?"})
    assert device.state("valve", "2").attributes["current_position"] == 60


@pytest.mark.parametrize(
    ("row", "service", "data", "sent"),
    [
        (TAP, "open_valve", {}, {"1": True}),
        (TAP, "close_valve", {}, {"1": False}),
        (WORDY, "open_valve", {}, {"1": "on"}),
        (BARE, "open_valve", {}, {"2": 100}),
        (BARE, "close_valve", {}, {"2": 0}),
        (BARE, "set_valve_position", {"position": 42}, {"2": 40}),
        (THROTTLE, "open_valve", {}, {"2": 100, "1": True}),
        (THROTTLE, "close_valve", {}, {"1": False}),
        (THROTTLE, "set_valve_position", {"position": 25}, {"2": 25, "1": True}),
    ],
)
async def test_commands(
    install: Install, row: Feature, service: str, data: dict[str, Any], sent: dict[str, object]
) -> None:
    device = await install(row)

    await device.call("valve", service, row.key, **data)

    assert device.sent == [sent]
