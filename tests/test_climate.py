from collections.abc import Mapping
from typing import Any

from homeassistant.components.climate import ClimateEntityFeature
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
import pytest

from custom_components.localtuya.model.convert import climate as climate_words
from custom_components.localtuya.model.convert.bits import boolean
from custom_components.localtuya.model.convert.numbers import number
from custom_components.localtuya.model.convert.words import options, words
from custom_components.localtuya.model.datapoint import Bool, Enum, Int, Mode
from custom_components.localtuya.model.spec import Feature

from .house import Install, feature

pytest_plugins = ("tests.install",)

SWITCH = {"switch": (Bool("1", code="switch"), boolean)}
TARGET = {"temperature": (Int("2", code="temp_set", low=50, high=300, increment=5, scale=1, unit="°C"), number)}
INSIDE = {
    "current_temperature": (
        Int("3", code="temp_current", low=-99, high=999, scale=1, unit="°C", mode=Mode.READ),
        number,
    )
}
MODES = {
    "hvac_mode": (
        Enum("4", code="mode", range=("auto", "cold", "hot", "wet", "wind")),
        words({"cold": "cool", "hot": "heat", "wet": "dry", "wind": "fan_only"}),
    )
}
FAN = {"fan_mode": (Enum("5", code="windspeed", range=("auto", "low", "high")), options)}
SWING = {"swing_mode": (Enum("6", code="swing", range=("off", "vertical")), options)}
PRESET = {"preset_mode": (Enum("7", code="preset", range=("home", "eco")), options)}
HUMIDITY = {
    "humidity": (Int("8", code="humidity_set", low=30, high=80, increment=5, unit="%"), number),
    "current_humidity": (Int("9", code="humidity_current", low=0, high=100, unit="%", mode=Mode.READ), number),
}
ACTION = {
    "hvac_action": (Enum("10", code="work_state", range=("heating", "idle", "warming"), mode=Mode.READ), options),
}
POWER = ClimateEntityFeature.TURN_ON | ClimateEntityFeature.TURN_OFF


def climate(*roles: Mapping[str, Any], **options_: object) -> Feature:
    return feature("climate", {role: pair for part in roles for role, pair in part.items()}, options=options_)


AIRCO = climate(SWITCH, MODES, TARGET, INSIDE, FAN, SWING, PRESET, HUMIDITY, ACTION)
COOLING = {"1": True, "2": 215, "3": 0, "4": "cold", "5": "low", "6": "off", "7": "eco", "8": 50, "9": 43, "10": "idle"}


async def test_everything_that_an_air_conditioner_tells(install: Install) -> None:
    device = await install(AIRCO, dps=COOLING)

    state = device.state("climate")
    assert state.state == "cool"
    wanted = {
        "hvac_modes": ["off", "auto", "cool", "heat", "dry", "fan_only"],
        "min_temp": 5.0,
        "max_temp": 30.0,
        "target_temp_step": 0.5,
        "temperature": 21.5,
        "current_temperature": 0.0,
        "fan_modes": ["auto", "low", "high"],
        "fan_mode": "low",
        "swing_modes": ["off", "vertical"],
        "swing_mode": "off",
        "preset_modes": ["home", "eco"],
        "preset_mode": "eco",
        "min_humidity": 30,
        "max_humidity": 80,
        "humidity": 50,
        "current_humidity": 43,
        "hvac_action": "idle",
    }
    assert {name: state.attributes.get(name) for name in wanted} == wanted

    await device.report({"10": "warming"})
    assert "hvac_action" not in device.state("climate").attributes

    await device.report({"1": False})
    assert device.state("climate").state == "off"

    await device.report({"1": True, "4": "ballet"})
    assert device.state("climate").state == STATE_UNKNOWN


@pytest.mark.parametrize(
    ("before", "service", "data", "sent"),
    [
        (COOLING, "set_hvac_mode", {"hvac_mode": "heat"}, {"4": "hot"}),
        (COOLING | {"1": False}, "set_hvac_mode", {"hvac_mode": "heat"}, {"1": True, "4": "hot"}),
        (COOLING, "set_hvac_mode", {"hvac_mode": "off"}, {"1": False}),
        (COOLING, "turn_off", {}, {"1": False}),
        (COOLING | {"1": False}, "turn_on", {}, {"1": True}),
        (COOLING, "set_temperature", {"temperature": 22.5}, {"2": 225}),
        (
            COOLING | {"1": False},
            "set_temperature",
            {"temperature": 18, "hvac_mode": "heat"},
            {"1": True, "4": "hot", "2": 180},
        ),
        (COOLING, "set_temperature", {"temperature": 18, "hvac_mode": "off"}, {"1": False, "2": 180}),
        (COOLING, "set_humidity", {"humidity": 60}, {"8": 60}),
        (COOLING, "set_fan_mode", {"fan_mode": "high"}, {"5": "high"}),
        (COOLING, "set_swing_mode", {"swing_mode": "vertical"}, {"6": "vertical"}),
        (COOLING, "set_preset_mode", {"preset_mode": "home"}, {"7": "home"}),
    ],
)
async def test_every_service_is_one_message(
    install: Install, before: dict[str, object], service: str, data: dict[str, Any], sent: dict[str, object]
) -> None:
    device = await install(AIRCO, dps=before)

    await device.call("climate", service, **data)

    assert device.sent == [sent]


async def test_a_switch_and_nothing_else_is_heat(install: Install) -> None:
    device = await install(climate(SWITCH, TARGET, INSIDE), dps={"1": True, "2": 200, "3": 190})
    assert device.state("climate").state == "heat"
    assert device.state("climate").attributes["hvac_modes"] == ["off", "heat"]
    assert device.state("climate").attributes["supported_features"] == POWER | ClimateEntityFeature.TARGET_TEMPERATURE

    await device.call("climate", "set_hvac_mode", hvac_mode="off")
    await device.call("climate", "set_hvac_mode", hvac_mode="heat")
    await device.call("climate", "toggle")

    assert device.sent == [{"1": False}, {"1": True}, {"1": False}]


async def test_a_row_says_what_on_means(install: Install) -> None:
    device = await install(climate(SWITCH, TARGET, hvac_on="cool"), dps={"1": True})

    assert device.state("climate").state == "cool"


async def test_a_preset_in_the_place_of_the_mode(install: Install) -> None:
    mode = Enum("4", code="mode", range=("cold", "hot", "eco"))
    roles = {"hvac_mode": (mode, climate_words.hvac_mode), "preset_mode": (mode, climate_words.preset)}
    device = await install(climate(SWITCH, roles, TARGET, hvac_on="cool"), dps={"1": True, "4": "eco"})
    assert device.state("climate").state == "cool"
    assert device.state("climate").attributes["preset_mode"] == "eco"

    await device.call("climate", "set_hvac_mode", hvac_mode="heat")

    assert device.sent == [{"4": "hot"}]
    assert device.state("climate").state == "heat"
    assert device.state("climate").attributes["preset_mode"] is None


async def test_off_is_a_mode_where_there_is_no_switch(install: Install) -> None:
    modes = {"hvac_mode": (Enum("4", code="mode", range=("off", "heat", "cool")), options)}
    device = await install(climate(modes, TARGET), dps={"4": "heat"})
    assert device.state("climate", "4").attributes["supported_features"] & POWER == POWER

    await device.call("climate", "turn_off", "4")
    await device.call("climate", "turn_on", "4")

    assert device.sent == [{"4": "off"}, {"4": "heat"}]


async def test_a_thermostat_that_is_always_on(install: Install) -> None:
    device = await install(climate(TARGET, INSIDE), dps={"2": 200, "3": 190})

    state = device.state("climate", "2")
    assert state.state == "heat"
    assert state.attributes["hvac_modes"] == ["heat"]
    assert not state.attributes["supported_features"] & POWER


async def test_fahrenheit_is_converted(install: Install, hass: HomeAssistant) -> None:
    fahrenheit = {"temperature": (Int("2", code="temp_set_f", low=41, high=86, unit="°F"), number)}
    device = await install(climate(SWITCH, fahrenheit), dps={"1": True, "2": 68})
    assert device.state("climate").attributes["temperature"] == 20.0

    await device.call("climate", "set_temperature", temperature=25)
    assert device.sent == [{"2": 77}]

    hass.config.units = US_CUSTOMARY_SYSTEM
    await device.report({"2": 70})
    assert device.state("climate").attributes["temperature"] == 70


async def test_a_temperature_out_of_range_is_refused(install: Install) -> None:
    device = await install(AIRCO, dps=COOLING)

    with pytest.raises(ServiceValidationError):
        await device.call("climate", "set_temperature", temperature=35)
    assert device.sent == []
