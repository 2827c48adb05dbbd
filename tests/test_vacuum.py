from collections.abc import Mapping
from typing import Any

from homeassistant.components.vacuum import VacuumActivity, VacuumEntityFeature
from homeassistant.const import STATE_UNKNOWN
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.localtuya.model.convert import robots
from custom_components.localtuya.model.convert.bits import any_bit, boolean, press
from custom_components.localtuya.model.datapoint import Bitmap, Bool, Enum, Mode
from custom_components.localtuya.model.spec import Feature

from .house import Install, feature

pytest_plugins = ("tests.install",)

STATUS = {
    "status": (
        Enum("5", code="status", range=("standby", "smart", "paused", "goto_charge", "charging"), mode=Mode.READ),
        robots.cleaning,
    )
}
GO = {"activate": (Bool("1", code="power_go"), boolean)}
MODES = {
    "command": (Enum("4", code="mode", range=("standby", "smart", "spiral", "random", "chargego")), robots.command)
}
PAUSE = {"pause": (Bool("2", code="pause"), boolean)}
CHARGE = {"charge": (Bool("3", code="switch_charge"), boolean)}
POWER = {"power": (Bool("6", code="power"), boolean)}
SEEK = {"locate": (Bool("11", code="seek"), press)}
STEER = {"direction_control": (Enum("12", code="direction_control", range=("foward", "turn_left")), robots.direction)}
SUCTION = {"fan_speed": (Enum("9", code="suction", range=("closed", "gentle", "strong")), robots.suction)}
ERROR = {"error": (Bitmap("28", code="fault", labels=("edge_sweep", "trapped"), mode=Mode.READ), any_bit)}
EVERYTHING = (STATUS, GO, MODES, PAUSE, CHARGE, POWER, SEEK, STEER, SUCTION, ERROR)
BASIC = VacuumEntityFeature.STATE | VacuumEntityFeature.START | VacuumEntityFeature.STOP
HOME = VacuumEntityFeature.RETURN_HOME
ORDERS = HOME | VacuumEntityFeature.CLEAN_SPOT | VacuumEntityFeature.SEND_COMMAND


def vacuum(*roles: Mapping[str, Any]) -> Feature:
    return feature("vacuum", {role: pair for part in roles for role, pair in part.items()})


@pytest.mark.parametrize(
    ("row", "features"),
    [
        (vacuum(STATUS, GO), BASIC),
        (vacuum(STATUS, MODES), BASIC | ORDERS),
        (vacuum(STATUS, GO, CHARGE), BASIC | HOME),
        (vacuum(STATUS, GO, PAUSE), BASIC | VacuumEntityFeature.PAUSE),
        (vacuum(STATUS, STEER), VacuumEntityFeature.STATE | VacuumEntityFeature.SEND_COMMAND),
        (
            vacuum(*EVERYTHING),
            BASIC | ORDERS | VacuumEntityFeature.PAUSE | VacuumEntityFeature.LOCATE | VacuumEntityFeature.FAN_SPEED,
        ),
    ],
)
async def test_it_offers_what_its_datapoints_can(install: Install, row: Feature, features: VacuumEntityFeature) -> None:
    device = await install(row)

    state = device.state("vacuum", row.key)
    assert state.state == STATE_UNKNOWN
    assert state.attributes["supported_features"] == features


async def test_it_does_what_it_says(install: Install) -> None:
    device = await install(vacuum(*EVERYTHING), dps={"5": "standby", "9": "gentle"})
    assert device.state("vacuum", "5").state == VacuumActivity.IDLE
    assert device.state("vacuum", "5").attributes["fan_speed"] == "gentle"
    assert device.state("vacuum", "5").attributes["fan_speed_list"] == ["off", "gentle", "strong"]

    for said, activity in (
        ("smart", VacuumActivity.CLEANING),
        ("paused", VacuumActivity.PAUSED),
        ("goto_charge", VacuumActivity.RETURNING),
        ("charging", VacuumActivity.DOCKED),
    ):
        await device.report({"5": said})
        assert device.state("vacuum", "5").state == activity


async def test_a_fault_counts_where_it_stands_still(install: Install) -> None:
    device = await install(vacuum(*EVERYTHING), dps={"5": "smart", "28": 2})
    assert device.state("vacuum", "5").state == VacuumActivity.CLEANING

    await device.report({"5": "standby"})
    assert device.state("vacuum", "5").state == VacuumActivity.ERROR

    await device.report({"28": 0})
    assert device.state("vacuum", "5").state == VacuumActivity.IDLE


async def test_without_a_status_its_switch_tells(install: Install) -> None:
    device = await install(vacuum(GO), dps={"1": True})
    assert device.state("vacuum", "1").state == VacuumActivity.CLEANING

    await device.report({"1": False})
    assert device.state("vacuum", "1").state == VacuumActivity.IDLE


@pytest.mark.parametrize(
    ("row", "service", "data", "sent"),
    [
        (vacuum(*EVERYTHING), "start", {}, {"1": True}),
        (vacuum(STATUS, MODES), "start", {}, {"4": "smart"}),
        (vacuum(*EVERYTHING), "pause", {}, {"2": True}),
        (vacuum(*EVERYTHING), "stop", {}, {"1": False}),
        (vacuum(STATUS, MODES), "stop", {}, {"4": "standby"}),
        (vacuum(*EVERYTHING), "return_to_base", {}, {"3": True}),
        (vacuum(STATUS, GO, MODES), "return_to_base", {}, {"4": "chargego"}),
        (vacuum(STATUS, GO, MODES), "clean_spot", {}, {"4": "spiral", "1": True}),
        (vacuum(STATUS, MODES), "clean_spot", {}, {"4": "spiral"}),
        (vacuum(*EVERYTHING), "locate", {}, {"11": True}),
        (vacuum(*EVERYTHING), "set_fan_speed", {"fan_speed": "off"}, {"9": "closed"}),
        (vacuum(*EVERYTHING), "send_command", {"command": "random"}, {"4": "random"}),
        (vacuum(*EVERYTHING), "send_command", {"command": "forward"}, {"12": "foward"}),
        (vacuum(*EVERYTHING), "send_command", {"command": "command", "params": ["stop"]}, {"4": "standby"}),
        (
            vacuum(*EVERYTHING),
            "send_command",
            {"command": "direction_control", "params": {"value": "left"}},
            {"12": "turn_left"},
        ),
    ],
)
async def test_commands_go_out_in_one_message(
    install: Install, row: Feature, service: str, data: dict[str, Any], sent: dict[str, object]
) -> None:
    device = await install(row, dps={"5": "standby", "2": False, "6": True})

    await device.call("vacuum", service, row.key, **data)

    assert device.sent == [sent]
    assert device.state("vacuum", row.key).state == VacuumActivity.IDLE  # nothing is assumed


async def test_it_goes_on_after_a_pause_and_wakes_up(install: Install) -> None:
    device = await install(vacuum(*EVERYTHING), dps={"2": True, "6": False})

    await device.call("vacuum", "start", "5")

    assert device.sent == [{"1": True, "2": False, "6": True}]


@pytest.mark.parametrize(
    ("service", "data"),
    [
        ("set_fan_speed", {"fan_speed": "deafening"}),
        ("send_command", {"command": "fly"}),
        ("send_command", {"command": "command", "params": ["fly"]}),
        ("send_command", {"command": "activate", "params": ["smart"]}),
    ],
)
async def test_what_it_does_not_know_is_never_sent(install: Install, service: str, data: dict[str, Any]) -> None:
    device = await install(vacuum(*EVERYTHING))

    with pytest.raises(ServiceValidationError):
        await device.call("vacuum", service, "5", **data)

    assert device.sent == []
