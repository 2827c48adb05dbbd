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
from custom_components.localtuya.model.convert.numbers import fahrenheit, number, temperature
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
    assert device.state("climate").attributes["preset_mode"] == "none"

    await device.call("climate", "set_preset_mode", preset_mode="eco")
    await device.call("climate", "set_preset_mode", preset_mode="none")

    assert device.sent[1:] == [{"4": "eco"}, {"4": "cold"}]


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


UNIT = {"temperature_unit": (Enum("20", code="temp_unit_convert", range=("c", "f")), climate_words.temperature_unit)}
TWINS = {
    "temperature": (Int("2", code="temp_set", low=16, high=31, unit="°C"), temperature),
    "temperature_f": (Int("22", code="temp_set_f", low=61, high=88, unit="°F"), fahrenheit),
    "current_temperature": (Int("3", code="temp_current", low=0, high=50, unit="°C", mode=Mode.READ), temperature),
}


async def test_of_twins_the_one_in_the_unit_of_the_device_counts(install: Install, hass: HomeAssistant) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    device = await install(climate(SWITCH, TWINS, UNIT), dps={"1": True, "2": 20, "22": 69, "3": 25, "20": "f"})
    attributes = device.state("climate").attributes
    assert (attributes["temperature"], attributes["min_temp"], attributes["max_temp"]) == (69, 61, 88)
    assert attributes["current_temperature"] == 77
    await device.call("climate", "set_temperature", temperature=72)

    await device.report({"20": "c"})
    attributes = device.state("climate").attributes
    assert (attributes["temperature"], attributes["min_temp"]) == (68, 61)
    await device.call("climate", "set_temperature", temperature=68)

    assert device.sent == [{"22": 72}, {"2": 20}]


async def test_a_twin_stands_in_for_what_was_not_said(install: Install) -> None:
    device = await install(climate(SWITCH, TWINS), dps={"1": True, "22": 68})

    assert device.state("climate").attributes["temperature"] == 20


@pytest.mark.parametrize(
    ("setting", "high", "shown"),
    [
        ((UNIT["temperature_unit"][0], "f"), 95, 77),
        ((UNIT["temperature_unit"][0], "c"), 95, 171),
        ((UNIT["temperature_unit"][0], "f"), 35, 171),
        ((Bool("20", code="c_f"), True), 95, 171),
    ],
)
async def test_a_single_target_follows_the_unit_where_its_range_allows(
    install: Install, hass: HomeAssistant, setting: tuple[Bool | Enum, object], high: int, shown: int
) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    target = {"temperature": (Int("2", code="temp_set", low=5, high=high, unit="°C"), temperature)}
    unit = {"temperature_unit": (setting[0], climate_words.temperature_unit)}
    device = await install(climate(SWITCH, target, unit), dps={"1": True, "2": 77, "20": setting[1]})

    assert device.state("climate").attributes["temperature"] == shown


async def test_limits_that_the_owner_sets_on_the_device(install: Install) -> None:
    limits = {
        "min_temperature": (Int("21", code="lower_temp", low=50, high=150, scale=1, unit="°C"), temperature),
        "max_temperature": (Int("22", code="upper_temp", low=150, high=450, scale=1, unit="°C"), temperature),
    }
    device = await install(climate(SWITCH, TARGET, limits), dps={"1": True, "21": 120, "22": 250})
    attributes = device.state("climate").attributes
    assert (attributes["min_temp"], attributes["max_temp"]) == (12, 25)
    with pytest.raises(ServiceValidationError):
        await device.call("climate", "set_temperature", temperature=26)

    await device.report({"21": 400, "22": 450})
    attributes = device.state("climate").attributes
    assert (attributes["min_temp"], attributes["max_temp"]) == (5, 30)


async def test_a_range_that_no_house_has(install: Install) -> None:
    target = {"temperature": (Int("2", code="temp_set", low=0, high=2**31 - 1, unit="°C"), temperature)}
    device = await install(climate(SWITCH, target), dps={"1": True})

    attributes = device.state("climate").attributes
    assert (attributes["min_temp"], attributes["max_temp"]) == (5, 40)


HEATING = {"target_temp_low": (Int("30", code="heat_temp_set", low=5, high=30, unit="°C"), temperature)}
COLDING = {"target_temp_high": (Int("31", code="cool_temp_set", low=16, high=35, unit="°C"), temperature)}
ALL_MODES = {"hvac_mode": (Enum("4", code="mode", range=("heat", "cool", "auto")), climate_words.hvac_mode)}


async def test_each_mode_has_its_target(install: Install) -> None:
    device = await install(
        climate(SWITCH, ALL_MODES, HEATING, COLDING), dps={"1": True, "4": "heat", "30": 21, "31": 26}
    )
    attributes = device.state("climate").attributes
    assert (attributes["temperature"], attributes["target_temp_low"], attributes["max_temp"]) == (21, None, 30)
    await device.call("climate", "set_temperature", temperature=22)
    await device.call("climate", "set_temperature", temperature=25, hvac_mode="cool")

    await device.report({"4": "auto", "30": 22, "31": 25})
    attributes = device.state("climate").attributes
    assert (attributes["temperature"], attributes["target_temp_low"], attributes["target_temp_high"]) == (None, 22, 25)
    await device.call("climate", "set_temperature", target_temp_low=20, target_temp_high=27)
    with pytest.raises(ServiceValidationError):
        await device.call("climate", "set_temperature", temperature=22)

    assert device.sent == [{"30": 22}, {"4": "cool", "31": 25}, {"30": 20, "31": 27}]


async def test_a_preset_with_a_switch_of_its_own(install: Install) -> None:
    eco = {"eco": (Bool("11", code="eco"), boolean)}
    device = await install(climate(SWITCH, TARGET, eco), dps={"1": True, "11": True})
    assert device.state("climate").attributes["preset_modes"] == ["none", "eco"]
    assert device.state("climate").attributes["preset_mode"] == "eco"

    await device.call("climate", "set_preset_mode", preset_mode="none")
    assert device.state("climate").attributes["preset_mode"] == "none"
    await device.call("climate", "set_preset_mode", preset_mode="eco")

    assert device.sent == [{"11": False}, {"11": True}]


async def test_presets_of_both_kinds(install: Install) -> None:
    quiet = {"quiet": (Bool("11", code="silent_mode"), boolean)}
    device = await install(climate(SWITCH, TARGET, PRESET, quiet), dps={"1": True, "7": "home", "11": True})
    assert device.state("climate").attributes["preset_modes"] == ["home", "eco", "quiet"]

    await device.call("climate", "set_preset_mode", preset_mode="eco")

    assert device.sent == [{"7": "eco", "11": False}]
    assert device.state("climate").attributes["preset_mode"] == "eco"


async def test_swinging_on_both_axes(install: Install) -> None:
    sideways = {"swing_horizontal_mode": (Bool("12", code="switch_horizontal"), climate_words.swing)}
    device = await install(climate(SWITCH, TARGET, SWING, sideways), dps={"1": True, "12": True})
    assert device.state("climate").attributes["swing_horizontal_mode"] == "on"

    await device.call("climate", "set_swing_horizontal_mode", swing_horizontal_mode="off")

    assert device.sent == [{"12": False}]


async def test_one_axis_is_no_second_one(install: Install) -> None:
    only = (Bool("12", code="switch_horizontal"), climate_words.swing)
    device = await install(climate(SWITCH, TARGET, {"swing_mode": only, "swing_horizontal_mode": only}))

    assert "swing_horizontal_mode" not in device.state("climate").attributes
    assert device.state("climate").attributes["swing_modes"] == ["off", "on"]


@pytest.mark.parametrize(
    ("dps", "action"),
    [
        ({"1": True, "4": "cold", "10": True}, "cooling"),
        ({"1": True, "4": "hot", "10": True}, "heating"),
        ({"1": True, "4": "wet", "10": True}, "drying"),
        ({"1": True, "4": "wind", "10": True}, "fan"),
        ({"1": True, "4": "cold", "10": False}, "idle"),
        ({"1": False, "4": "cold", "10": False}, "off"),
    ],
)
async def test_what_a_device_does_that_only_says_that_it_works(
    install: Install, dps: dict[str, object], action: str
) -> None:
    working = {"hvac_action": (Bool("10", code="work_state", mode=Mode.READ), climate_words.action)}
    device = await install(climate(SWITCH, MODES, TARGET, working), dps=dps)

    assert device.state("climate").attributes["hvac_action"] == action


async def test_a_mode_that_it_lacks_is_refused_with_the_temperature(install: Install) -> None:
    device = await install(climate(SWITCH, TARGET), dps={"1": True})

    with pytest.raises(ServiceValidationError):
        await device.call("climate", "set_temperature", temperature=20, hvac_mode="cool")
    assert device.sent == []
