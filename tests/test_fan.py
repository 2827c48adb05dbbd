from collections.abc import Mapping
from typing import Any

from homeassistant.components.fan import FanEntityFeature
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNKNOWN
import pytest

from custom_components.localtuya.model.convert.bits import boolean
from custom_components.localtuya.model.convert.fan import speed
from custom_components.localtuya.model.convert.words import options, words
from custom_components.localtuya.model.datapoint import Bool, Enum, Int
from custom_components.localtuya.model.spec import Feature

from .house import Install, feature

pytest_plugins = ("tests.install",)

SWITCH = {"switch": (Bool("1", code="switch"), boolean)}
PRESET = {"preset_mode": (Enum("2", code="mode", range=("normal", "sleep", "nature")), options)}
SPEED = {"speed": (Enum("3", code="fan_speed_enum", range=("low", "mid", "high")), speed)}
STEPLESS = {"speed": (Int("3", code="fan_speed_percent", low=1, high=100), speed)}
STOPPING = {"speed": (Enum("3", code="fan_speed_enum", range=("off", "low", "high")), speed)}
SWING = {"oscillate": (Bool("4", code="switch_horizontal"), boolean)}
DIRECTION = {"direction": (Enum("5", code="fan_direction", range=("forward", "reverse")), words())}
POWER = FanEntityFeature.TURN_ON | FanEntityFeature.TURN_OFF


def fan(*roles: Mapping[str, Any]) -> Feature:
    return feature("fan", {role: pair for part in roles for role, pair in part.items()})


FULL = fan(SWITCH, PRESET, SPEED, SWING, DIRECTION)
BLOWING = {"1": True, "2": "sleep", "3": "mid", "4": False, "5": "reverse"}


async def test_everything_that_a_fan_tells(install: Install) -> None:
    device = await install(FULL, dps=BLOWING)

    state = device.state("fan")
    assert state.state == STATE_ON
    wanted = {
        "percentage": 66,
        "percentage_step": pytest.approx(100 / 3),
        "preset_modes": ["normal", "sleep", "nature"],
        "preset_mode": "sleep",
        "oscillating": False,
        "direction": "reverse",
    }
    assert {name: state.attributes.get(name) for name in wanted} == wanted

    await device.report({"1": False})
    assert device.state("fan").state == STATE_OFF


@pytest.mark.parametrize(
    ("row", "features"),
    [
        (fan(SWITCH), POWER),
        (fan(SWITCH, STEPLESS), POWER | FanEntityFeature.SET_SPEED),
        (fan(SWITCH, SWING, DIRECTION), POWER | FanEntityFeature.OSCILLATE | FanEntityFeature.DIRECTION),
        (fan(PRESET), FanEntityFeature.PRESET_MODE),
        (fan(SPEED), FanEntityFeature.SET_SPEED),
        (fan(STOPPING), POWER | FanEntityFeature.SET_SPEED),
    ],
)
async def test_features(install: Install, row: Feature, features: FanEntityFeature) -> None:
    device = await install(row)

    assert device.state("fan", row.key).state in {STATE_OFF, STATE_UNKNOWN}
    assert device.state("fan", row.key).attributes["supported_features"] == features


@pytest.mark.parametrize(
    ("before", "service", "data", "sent"),
    [
        (BLOWING, "turn_off", {}, {"1": False}),
        (BLOWING, "turn_on", {}, {"1": True}),
        (BLOWING, "turn_on", {"percentage": 100}, {"3": "high"}),
        (BLOWING | {"1": False}, "turn_on", {"percentage": 10}, {"1": True, "3": "low"}),
        (
            BLOWING | {"1": False},
            "turn_on",
            {"preset_mode": "nature", "percentage": 50},
            {"1": True, "2": "nature", "3": "mid"},
        ),
        (BLOWING, "set_percentage", {"percentage": 0}, {"1": False}),
        (BLOWING, "set_percentage", {"percentage": 33}, {"3": "low"}),
        (BLOWING, "increase_speed", {}, {"3": "high"}),
        (BLOWING | {"1": False}, "set_preset_mode", {"preset_mode": "normal"}, {"1": True, "2": "normal"}),
        (BLOWING, "oscillate", {"oscillating": True}, {"4": True}),
        (BLOWING, "set_direction", {"direction": "forward"}, {"5": "forward"}),
    ],
)
async def test_every_service_is_one_message(
    install: Install, before: dict[str, object], service: str, data: dict[str, Any], sent: dict[str, object]
) -> None:
    device = await install(FULL, dps=before)

    await device.call("fan", service, **data)

    assert device.sent == [sent]


async def test_a_stepless_fan(install: Install) -> None:
    device = await install(fan(SWITCH, STEPLESS), dps={"1": True, "3": 40})
    assert device.state("fan").attributes["percentage"] == 40
    assert device.state("fan").attributes["percentage_step"] == 1

    await device.call("fan", "set_percentage", percentage=71)

    assert device.sent == [{"3": 71}]


async def test_one_datapoint_for_speed_and_preset(install: Install) -> None:
    both = Enum("3", code="fan_speed_enum", range=("sleep", "low", "mid", "high", "auto"))
    row = fan(SWITCH, {"speed": (both, speed), "preset_mode": (both, options)})
    device = await install(row, dps={"1": True, "3": "mid"})
    attributes = device.state("fan").attributes
    assert attributes["preset_modes"] == ["sleep", "auto"]
    assert (attributes["percentage"], attributes["preset_mode"]) == (66, None)

    await device.call("fan", "set_preset_mode", preset_mode="auto")
    attributes = device.state("fan").attributes
    assert (attributes["percentage"], attributes["preset_mode"]) == (None, "auto")

    await device.call("fan", "set_percentage", percentage=100)
    assert device.sent == [{"3": "auto"}, {"3": "high"}]


async def test_a_fan_that_stands_still_at_its_lowest_speed(install: Install) -> None:
    device = await install(fan(STOPPING), dps={"3": "off"})
    assert device.state("fan", "3").state == STATE_OFF

    await device.call("fan", "turn_on", "3")
    await device.call("fan", "turn_off", "3")

    assert device.sent == [{"3": "low"}, {"3": "off"}]


async def test_a_fan_that_is_a_part_of_another_device(install: Install) -> None:
    device = await install(fan(SPEED, {"power": (Bool("1", code="switch"), boolean)}), dps={"1": False, "3": "high"})
    assert device.state("fan", "3").state == STATE_OFF
    assert device.state("fan", "3").attributes["supported_features"] == FanEntityFeature.SET_SPEED

    await device.report({"1": True})
    assert device.state("fan", "3").state == STATE_ON


async def test_a_fan_with_nothing_but_presets(install: Install) -> None:
    device = await install(fan(PRESET), dps={"2": "sleep"})

    assert device.state("fan", "2").state == STATE_ON


async def test_speeds_one_after_the_other(install: Install) -> None:
    device = await install(fan(SWITCH, SPEED), dps={"1": True, "3": "high"})

    await device.call("fan", "decrease_speed")
    await device.call("fan", "decrease_speed")
    await device.call("fan", "increase_speed")

    assert device.sent == [{"3": "mid"}, {"3": "low"}, {"3": "mid"}]
