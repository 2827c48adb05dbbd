from collections.abc import Mapping
from typing import Any

from homeassistant.components.cover import CoverEntityFeature, CoverState
from homeassistant.const import ATTR_ASSUMED_STATE, ATTR_DEVICE_CLASS, STATE_UNKNOWN
import pytest

from custom_components.localtuya.model.convert import cover as cover_words
from custom_components.localtuya.model.convert.numbers import inverted, number, percent
from custom_components.localtuya.model.convert.words import options
from custom_components.localtuya.model.datapoint import Bool, Enum, Int, Mode
from custom_components.localtuya.model.spec import Feature, Look

from .house import Install, feature

pytest_plugins = ("tests.install",)

COMMAND = {"command": (Enum("1", code="control", range=("open", "stop", "close")), options)}
TARGET = {"position": (Int("2", code="percent_control", low=0, high=100), percent)}
PLACE = {"current_position": (Int("3", code="percent_state", low=0, high=100, mode=Mode.READ), number)}
MOVING = {
    "state": (Enum("7", code="work_state", range=("opening", "stop", "closing"), mode=Mode.READ), cover_words.doing)
}
GATE = {"command": (Bool("1", code="switch_1"), cover_words.gate)}
CONTACT = {"place": (Bool("12", code="doorcontact_state", mode=Mode.READ), cover_words.contact)}
MOVES = CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE
ALL = MOVES | CoverEntityFeature.STOP | CoverEntityFeature.SET_POSITION


def cover(*roles: Mapping[str, Any], **look: Any) -> Feature:
    return feature("cover", {role: pair for part in roles for role, pair in part.items()}, look=Look(**look))


@pytest.mark.parametrize(
    ("row", "features", "assumed"),
    [
        (cover(COMMAND, TARGET, PLACE, MOVING, device_class="curtain"), ALL, False),
        (cover(COMMAND, device_class="curtain"), MOVES | CoverEntityFeature.STOP, True),
        (cover(GATE, CONTACT, device_class="curtain"), MOVES, False),
        (cover(TARGET, device_class="curtain"), MOVES | CoverEntityFeature.SET_POSITION, False),
        (cover(COMMAND, PLACE, device_class="curtain"), MOVES | CoverEntityFeature.STOP, False),
    ],
)
async def test_features(install: Install, row: Feature, features: CoverEntityFeature, assumed: bool) -> None:  # noqa: FBT001
    device = await install(row)

    state = device.state("cover", row.key)
    assert state.state == STATE_UNKNOWN
    assert state.attributes["supported_features"] == features
    assert state.attributes.get(ATTR_ASSUMED_STATE, False) is assumed
    assert state.attributes[ATTR_DEVICE_CLASS] == "curtain"


async def test_it_is_where_it_says_it_is(install: Install) -> None:
    device = await install(cover(COMMAND, TARGET, PLACE, MOVING), dps={"2": 100, "3": 0})
    assert device.state("cover").state == CoverState.CLOSED

    await device.report({"3": 30, "7": "opening"})
    assert device.state("cover").state == CoverState.OPENING
    assert device.state("cover").attributes["current_position"] == 30

    await device.report({"3": 100})
    assert device.state("cover").state == CoverState.OPEN

    await device.report({"7": "closing"})
    assert device.state("cover").state == CoverState.CLOSING

    await device.report({"3": 0})
    assert device.state("cover").state == CoverState.CLOSED


async def test_the_target_stands_in_for_a_place_never_reported(install: Install) -> None:
    device = await install(cover(COMMAND, TARGET, PLACE), dps={"2": 40})

    assert device.state("cover").attributes["current_position"] == 40


@pytest.mark.parametrize(
    ("row", "service", "data", "sent"),
    [
        (cover(COMMAND, TARGET), "open_cover", {}, {"1": "open"}),
        (cover(COMMAND, TARGET), "close_cover", {}, {"1": "close"}),
        (cover(COMMAND, TARGET), "stop_cover", {}, {"1": "stop"}),
        (cover(COMMAND, TARGET), "set_cover_position", {"position": 25}, {"2": 25}),
        (cover(TARGET), "open_cover", {}, {"2": 100}),
        (cover(TARGET), "close_cover", {}, {"2": 0}),
    ],
)
async def test_commands(
    install: Install, row: Feature, service: str, data: dict[str, Any], sent: dict[str, object]
) -> None:
    device = await install(row, dps={"1": "stop", "2": 50})

    await device.call("cover", service, row.key, **data)

    assert device.sent == [sent]
    assert device.state("cover", row.key).attributes["current_position"] == 50  # nothing is assumed


async def test_a_motor_mounted_the_other_way_round(install: Install) -> None:
    turned = {"position": (Int("2", code="percent_control", low=0, high=100), inverted(percent))}
    device = await install(cover(turned), dps={"2": 100})
    assert device.state("cover", "2").state == CoverState.CLOSED

    await device.call("cover", "set_cover_position", "2", position=25)

    assert device.sent == [{"2": 75}]


async def test_without_a_position_the_last_command_tells(install: Install) -> None:
    device = await install(cover(COMMAND), dps={"1": "close"})
    assert device.state("cover").state == CoverState.CLOSED

    await device.report({"1": "stop"})
    assert device.state("cover").state == CoverState.OPEN

    await device.report({"1": "open"})
    assert device.state("cover").state == CoverState.OPEN


async def test_a_gate_is_watched_by_its_contact(install: Install) -> None:
    device = await install(cover(GATE, CONTACT, device_class="garage"), dps={"1": True, "12": False})
    assert device.state("cover").state == CoverState.CLOSED

    await device.call("cover", "open_cover")
    assert device.sent == [{"1": True}]
    assert device.state("cover").state == CoverState.CLOSED

    await device.report({"12": True})
    assert device.state("cover").state == CoverState.OPEN
