from collections.abc import Mapping
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.cover import CoverEntityFeature, CoverState
from homeassistant.const import ATTR_ASSUMED_STATE, ATTR_DEVICE_CLASS, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed, mock_restore_cache

from custom_components.localtuya.lan.errors import NoAnswer
from custom_components.localtuya.model.convert import cover as cover_words
from custom_components.localtuya.model.convert.numbers import inverted, number, percent
from custom_components.localtuya.model.convert.words import options
from custom_components.localtuya.model.datapoint import Bool, Enum, Int, Mode
from custom_components.localtuya.model.spec import Feature, Look

from .house import Device, Install, feature

pytest_plugins = ("tests.install",)

COMMAND = {"command": (Enum("1", code="control", range=("open", "stop", "close")), options)}
TARGET = {"position": (Int("2", code="percent_control", low=0, high=100), percent)}
PLACE = {"current_position": (Int("3", code="percent_state", low=0, high=100, mode=Mode.READ), number)}
MOVING = {
    "state": (Enum("7", code="work_state", range=("opening", "stop", "closing"), mode=Mode.READ), cover_words.doing)
}
LAST_MOVE = {"state": (Enum("7", code="work_state", range=("opening", "closing"), mode=Mode.READ), cover_words.doing)}
TURNED = {"turned": (Enum("8", code="control_back", range=("forward", "back")), cover_words.turned)}
TRAVEL = {"travel": (Int("10", code="tr_timecon", low=1, high=120, unit="s"), cover_words.travel)}
TILT = {"tilt_position": (Int("9", code="angle_horizontal", low=0, high=180), percent)}
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


async def test_a_gate_moves_as_long_as_it_takes(install: Install, freezer: FrozenDateTimeFactory) -> None:
    gate = cover(GATE, CONTACT, TRAVEL, device_class="garage")
    device = await install(gate, dps={"1": False, "12": False, "10": 20})

    await device.call("cover", "open_cover")
    await device.report({"12": True})
    assert device.state("cover").state == CoverState.OPENING

    await pass_time(device, freezer, 20)
    assert device.state("cover").state == CoverState.OPEN

    await device.call("cover", "close_cover")
    await device.report({"1": False})  # the end of the push is no command
    assert device.state("cover").state == CoverState.CLOSING

    await device.report({"12": False})
    assert device.state("cover").state == CoverState.CLOSED


async def test_a_push_never_undoes_what_is_done(install: Install) -> None:
    row = feature("cover", {**GATE, **CONTACT}, options={"exclusive": True})
    device = await install(row, dps={"1": False, "12": True})

    await device.call("cover", "open_cover")
    assert device.sent == []

    await device.call("cover", "close_cover")
    assert device.sent == [{"1": False}]
    assert device.channel.alone == [True]


async def test_who_only_tells_its_last_direction_is_believed_for_a_while(
    install: Install, freezer: FrozenDateTimeFactory
) -> None:
    device = await install(cover(COMMAND, TARGET, PLACE, LAST_MOVE), dps={"2": 50, "3": 50, "7": "opening"})
    assert device.state("cover").state == CoverState.OPEN

    await device.report({"7": "closing"})
    assert device.state("cover").state == CoverState.CLOSING

    await device.report({"7": "closing", "1": "stop"})
    assert device.state("cover").state == CoverState.OPEN

    await device.report({"1": "open"})
    assert device.state("cover").state == CoverState.OPENING
    await device.report({"3": 100})
    assert device.state("cover").state == CoverState.OPEN

    await device.report({"7": "closing"})
    await pass_time(device, freezer, 61)
    assert device.state("cover").state == CoverState.OPEN


async def test_a_command_shows_which_way_it_goes_until_it_is_there(install: Install) -> None:
    device = await install(cover(COMMAND, TARGET, PLACE), dps={"2": 50, "3": 50})

    await device.call("cover", "set_cover_position", position=80)
    assert device.state("cover").state == CoverState.OPENING
    await device.report({"3": 80})
    assert device.state("cover").state == CoverState.OPEN

    await device.call("cover", "close_cover")
    assert device.state("cover").state == CoverState.CLOSING
    await device.call("cover", "stop_cover")
    assert device.state("cover").state == CoverState.OPEN
    assert device.sent[-1] == {"1": "stop"}


async def test_a_motor_that_was_turned_around_counts_the_other_way(install: Install) -> None:
    device = await install(cover(COMMAND, TARGET, TURNED), dps={"2": 30, "8": "forward"})
    assert device.state("cover").attributes["current_position"] == 30

    await device.report({"8": "back"})
    assert device.state("cover").attributes["current_position"] == 70
    await device.call("cover", "set_cover_position", position=100)
    assert device.sent == [{"2": 0}]


@pytest.mark.parametrize(
    ("service", "data", "raw"),
    [
        ("open_cover_tilt", {}, 180),
        ("close_cover_tilt", {}, 0),
        ("set_cover_tilt_position", {"tilt_position": 50}, 90),
    ],
)
async def test_slats(install: Install, service: str, data: dict[str, Any], raw: int) -> None:
    device = await install(cover(COMMAND, TILT), dps={"9": 45})
    assert device.state("cover").attributes["current_tilt_position"] == 25

    await device.call("cover", service, **data)

    assert device.sent == [{"9": raw}]


async def test_a_button_for_each_command(install: Install) -> None:
    pushes = {
        "open": (Bool("1", code="up", mode=Mode.WRITE), cover_words.press),
        "close": (Bool("2", code="down", mode=Mode.WRITE), cover_words.press),
        "stop": (Bool("3", code="stop", mode=Mode.WRITE), cover_words.press),
    }
    device = await install(cover(pushes))
    assert device.state("cover").attributes["supported_features"] == MOVES | CoverEntityFeature.STOP

    for service in ("open_cover", "close_cover", "stop_cover"):
        await device.call("cover", service)

    assert device.sent == [{"1": True}, {"2": True}, {"3": True}]


TIMED = cover(COMMAND, TRAVEL)


async def pass_time(device: Device, freezer: FrozenDateTimeFactory, seconds: float) -> None:
    """Let the seconds pass one by one, as the clock does."""
    for _ in range(round(seconds)):
        freezer.tick(1)
        async_fire_time_changed(device.hass)
        await device.hass.async_block_till_done()


async def timed(install: Install, hass: HomeAssistant, position: int) -> Device:
    """Return a cover of 20 seconds that was here before the restart."""
    mock_restore_cache(hass, [State("cover.thing", "open", {"current_position": position})])
    return await install(TIMED, dps={"1": "stop", "10": 20})


async def test_time_tells_where_a_cover_is(
    install: Install, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    device = await timed(install, hass, 50)
    attributes = device.state("cover").attributes
    assert attributes["current_position"] == 50
    assert attributes[ATTR_ASSUMED_STATE]
    assert attributes["supported_features"] == ALL

    await device.call("cover", "open_cover")
    await pass_time(device, freezer, 4)
    assert device.state("cover").state == CoverState.OPENING
    assert device.state("cover").attributes["current_position"] == 70

    await device.call("cover", "stop_cover")
    await pass_time(device, freezer, 4)
    assert device.state("cover").state == CoverState.OPEN
    assert device.state("cover").attributes["current_position"] == 70

    await device.call("cover", "close_cover")
    await pass_time(device, freezer, 14)
    assert device.state("cover").state == CoverState.CLOSED
    assert [sent["1"] for sent in device.sent] == ["open", "stop", "close"]


async def test_it_is_stopped_where_it_should_be(
    install: Install, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    device = await timed(install, hass, 50)

    await device.call("cover", "set_cover_position", position=30)
    await device.report({"1": "close"})  # its echo changes nothing
    await pass_time(device, freezer, 6)

    assert device.sent == [{"1": "close"}, {"1": "stop"}]
    assert device.state("cover").state == CoverState.OPEN
    assert device.state("cover").attributes["current_position"] == 30

    await device.call("cover", "set_cover_position", position=30)
    assert len(device.sent) == 2

    await device.call("cover", "set_cover_position", position=0)
    await pass_time(device, freezer, 10)
    assert device.sent[2:] == [{"1": "close"}]  # at the end it stops by itself
    assert device.state("cover").state == CoverState.CLOSED


async def test_the_switch_on_the_wall_moves_it_too(
    install: Install, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    device = await timed(install, hass, 100)

    await device.report({"1": "close"})
    await pass_time(device, freezer, 5)
    await device.report({"1": "stop"})
    await pass_time(device, freezer, 5)

    assert device.state("cover").attributes["current_position"] == 75


async def test_from_nowhere_it_goes_to_an_end_first(install: Install, freezer: FrozenDateTimeFactory) -> None:
    device = await install(TIMED, dps={"10": 20})
    assert device.state("cover").state == STATE_UNKNOWN

    await device.call("cover", "set_cover_position", position=70)
    await pass_time(device, freezer, 19)
    assert "current_position" not in device.state("cover").attributes
    await pass_time(device, freezer, 2)

    assert device.sent == [{"1": "open"}]
    assert device.state("cover").attributes["current_position"] == 100


async def test_who_cannot_be_stopped_goes_on(
    install: Install, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    device = await timed(install, hass, 50)

    await device.call("cover", "set_cover_position", position=70)
    device.channel.failure = NoAnswer("gone")
    await pass_time(device, freezer, 11)

    assert device.sent == [{"1": "open"}, {"1": "stop"}]
    assert device.state("cover").attributes["current_position"] == 100


async def test_a_command_that_fails_moves_nothing(install: Install, hass: HomeAssistant) -> None:
    device = await timed(install, hass, 50)
    device.channel.failure = NoAnswer("gone")

    with pytest.raises(HomeAssistantError):
        await device.call("cover", "open_cover")

    assert device.state("cover").state == CoverState.OPEN
