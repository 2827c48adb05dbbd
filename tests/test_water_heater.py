from collections.abc import Mapping
from typing import Any

from homeassistant.components.water_heater import WaterHeaterEntityFeature
from homeassistant.const import STATE_UNKNOWN
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.localtuya.model.convert.bits import boolean
from custom_components.localtuya.model.convert.numbers import degrees, temperature
from custom_components.localtuya.model.convert.water import operation
from custom_components.localtuya.model.datapoint import Bool, Enum, Int, Mode
from custom_components.localtuya.model.spec import Feature

from .house import Install, feature

pytest_plugins = ("tests.install",)

SWITCH = {"switch": (Bool("1", code="switch"), boolean)}
MODE = {"operation_mode": (Enum("2", code="mode", range=("economy", "strong", "manual")), operation)}
TARGET = {"temperature": (Int("3", code="temp_set", low=30, high=75, unit="°C"), temperature)}
INSIDE = {
    "current_temperature": (Int("4", code="temp_current", low=0, high=100, unit="°C", mode=Mode.READ), temperature)
}
AWAY = {"away_mode": (Bool("5", code="holiday"), boolean)}
HOT = {"1": True, "2": "economy", "3": 55, "4": 43, "5": False}
TEMPERATURE = WaterHeaterEntityFeature.TARGET_TEMPERATURE
OPERATION = WaterHeaterEntityFeature.OPERATION_MODE
POWER = WaterHeaterEntityFeature.ON_OFF


def water_heater(*roles: Mapping[str, Any], **options: object) -> Feature:
    return feature("water_heater", {role: pair for part in roles for role, pair in part.items()}, options=options)


BOILER = water_heater(SWITCH, MODE, TARGET, INSIDE, AWAY)


async def test_everything_that_a_boiler_tells(install: Install) -> None:
    device = await install(BOILER, dps=HOT)

    state = device.state("water_heater")
    assert state.state == "eco"
    wanted = {
        "operation_list": ["off", "eco", "performance", "manual"],
        "operation_mode": "eco",
        "min_temp": 30,
        "max_temp": 75,
        "target_temp_step": 1,
        "temperature": 55,
        "current_temperature": 43,
        "away_mode": "off",
        "supported_features": TEMPERATURE | OPERATION | POWER | WaterHeaterEntityFeature.AWAY_MODE,
    }
    assert {name: state.attributes.get(name) for name in wanted} == wanted

    await device.report({"1": False})
    assert device.state("water_heater").state == "off"

    await device.report({"1": True, "2": "ballet"})
    assert device.state("water_heater").state == STATE_UNKNOWN


@pytest.mark.parametrize(
    ("before", "service", "data", "sent"),
    [
        (HOT, "set_operation_mode", {"operation_mode": "performance"}, {"2": "strong"}),
        (HOT | {"1": False}, "set_operation_mode", {"operation_mode": "manual"}, {"1": True, "2": "manual"}),
        (HOT, "set_operation_mode", {"operation_mode": "off"}, {"1": False}),
        (HOT, "turn_off", {}, {"1": False}),
        (HOT | {"1": False}, "turn_on", {}, {"1": True}),
        (HOT, "set_temperature", {"temperature": 60}, {"3": 60}),
        (
            HOT | {"1": False},
            "set_temperature",
            {"temperature": 60, "operation_mode": "eco"},
            {"1": True, "2": "economy", "3": 60},
        ),
        (HOT, "set_away_mode", {"away_mode": True}, {"5": True}),
        (HOT | {"5": True}, "set_away_mode", {"away_mode": False}, {"5": False}),
    ],
)
async def test_every_service_is_one_message(
    install: Install, before: dict[str, object], service: str, data: dict[str, Any], sent: dict[str, object]
) -> None:
    device = await install(BOILER, dps=before)

    await device.call("water_heater", service, **data)

    assert device.sent == [sent]


async def test_a_kettle_knows_one_way_to_heat(install: Install) -> None:
    quick = {"temperature": (Enum("6", code="temp_setting_quick_c", range=("40", "70", "100")), degrees)}
    device = await install(water_heater(SWITCH, quick, INSIDE), dps={"1": True, "6": "70"})
    state = device.state("water_heater")
    assert state.state == "electric"
    assert state.attributes["operation_list"] == ["off", "electric"]
    assert state.attributes["temperature"] == 70

    await device.call("water_heater", "set_operation_mode", operation_mode="off")
    await device.call("water_heater", "set_operation_mode", operation_mode="electric")
    await device.call("water_heater", "set_temperature", temperature=90)

    assert device.sent == [{"1": False}, {"1": True}, {"6": "100"}]


async def test_off_is_an_operation_where_there_is_no_switch(install: Install) -> None:
    modes = {"operation_mode": (Enum("2", code="mode", range=("standby", "eco")), operation)}
    device = await install(water_heater(modes, TARGET), dps={"2": "standby"})
    assert device.state("water_heater", "2").state == "off"

    await device.call("water_heater", "turn_on", "2")
    await device.call("water_heater", "turn_off", "2")

    assert device.sent == [{"2": "eco"}, {"2": "standby"}]


async def test_a_tank_that_only_has_a_target(install: Install) -> None:
    device = await install(water_heater(TARGET, heats_by="heat_pump"), dps={"3": 50})

    assert device.state("water_heater", "3").state == "heat_pump"
    assert device.state("water_heater", "3").attributes["supported_features"] == TEMPERATURE


@pytest.mark.parametrize(
    "data",
    [
        {"temperature": 90},
        {"temperature": float("nan")},
        {"temperature": 60, "operation_mode": "gas"},
    ],
)
async def test_what_does_not_fit_is_refused(install: Install, data: dict[str, Any]) -> None:
    device = await install(water_heater(SWITCH, TARGET), dps=HOT)

    with pytest.raises(ServiceValidationError):
        await device.call("water_heater", "set_temperature", **data)
    assert device.sent == []
