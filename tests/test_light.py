from collections.abc import Mapping
from typing import Any

from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNKNOWN
import pytest

from custom_components.localtuya.model.convert import light as lamp_words
from custom_components.localtuya.model.convert.bits import boolean
from custom_components.localtuya.model.convert.colour import colour
from custom_components.localtuya.model.convert.numbers import brightness, kelvin
from custom_components.localtuya.model.datapoint import Bool, Enum, Int, Text
from custom_components.localtuya.model.spec import Feature

from .house import Install, feature

pytest_plugins = ("tests.install",)

SWITCH = {"switch": (Bool("20", code="switch_led"), boolean)}
MODE = Enum("21", code="work_mode", range=("white", "colour", "scene", "music"))
WORK_MODE = {"mode": (MODE, lamp_words.mode), "effect": (MODE, lamp_words.effect)}
BRIGHT = {"brightness": (Int("22", code="bright_value", low=10, high=1000), brightness)}
WARMTH = {"color_temp": (Int("23", code="temp_value", low=0, high=1000), kelvin)}
COLOUR = {"color": (Text("24", code="colour_data"), colour)}

RED = "000003e803e8"
DIM_GREEN = "007803e801f6"
ON_IN_WHITE = {"20": True, "21": "white", "22": 1000, "23": 0, "24": RED}
ON_IN_COLOUR = {**ON_IN_WHITE, "21": "colour", "24": DIM_GREEN}


def light(*roles: Mapping[str, Any]) -> Feature:
    return feature("light", {role: pair for part in roles for role, pair in part.items()})


BULB = light(SWITCH, WORK_MODE, BRIGHT, WARMTH, COLOUR)


@pytest.mark.parametrize(
    ("lamp", "modes"),
    [
        (light(SWITCH), ["onoff"]),
        (light(SWITCH, BRIGHT), ["brightness"]),
        (light(SWITCH, BRIGHT, WARMTH), ["color_temp"]),
        (light(SWITCH, WARMTH), ["color_temp"]),
        (light(SWITCH, COLOUR), ["hs"]),
        (light(SWITCH, WORK_MODE, COLOUR), ["hs"]),
        (light(SWITCH, COLOUR, BRIGHT), ["hs"]),
        (light(SWITCH, WORK_MODE, COLOUR, BRIGHT), ["hs", "white"]),
        (BULB, ["color_temp", "hs"]),
        (light(BRIGHT), ["brightness"]),
    ],
)
async def test_colour_modes_follow_the_datapoints(install: Install, lamp: Feature, modes: list[str]) -> None:
    device = await install(lamp, dps=ON_IN_WHITE)

    state = device.state("light", lamp.key)
    assert state.state == STATE_ON
    assert state.attributes["supported_color_modes"] == modes
    assert state.attributes["color_mode"] in modes


async def test_white(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_WHITE)

    attributes = device.state("light", "20").attributes
    assert attributes["color_mode"] == "color_temp"
    assert attributes["brightness"] == 255
    assert attributes["color_temp_kelvin"] == attributes["min_color_temp_kelvin"] == 2000
    assert attributes["max_color_temp_kelvin"] == 6500
    assert attributes["effect"] == "off"

    await device.report({"22": 10})
    assert device.state("light", "20").attributes["brightness"] == 1


async def test_colour(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_COLOUR)

    attributes = device.state("light", "20").attributes
    assert attributes["color_mode"] == "hs"
    assert attributes["hs_color"] == (120, 100)
    assert attributes["brightness"] == 128


async def test_off_and_unknown(install: Install) -> None:
    device = await install(BULB)
    assert device.state("light", "20").state == STATE_UNKNOWN

    await device.report({"20": True})
    assert device.state("light", "20").attributes["color_mode"] == "color_temp"

    await device.report({"24": "nonsense", "21": "colour"})
    assert device.state("light", "20").attributes["hs_color"] is None

    await device.report({"20": False})
    assert device.state("light", "20").state == STATE_OFF


@pytest.mark.parametrize(
    ("before", "asked", "sent"),
    [
        ({"20": False}, {}, {"20": True}),
        (ON_IN_WHITE, {}, {"20": True}),
        (ON_IN_WHITE, {"brightness": 1}, {"22": 10}),
        (ON_IN_WHITE | {"20": False}, {"brightness": 255}, {"20": True, "22": 1000}),
        (ON_IN_WHITE, {"color_temp_kelvin": 6500}, {"23": 1000}),
        (ON_IN_WHITE, {"color_temp_kelvin": 9000}, {"23": 1000}),
        (ON_IN_WHITE, {"color_temp_kelvin": 2000, "brightness": 255}, {"22": 1000, "23": 0}),
        (ON_IN_WHITE, {"hs_color": (120, 100)}, {"21": "colour", "24": "007803e803e8"}),
        (ON_IN_WHITE, {"hs_color": (120, 100), "brightness": 128}, {"21": "colour", "24": DIM_GREEN}),
        (ON_IN_WHITE, {"effect": "music"}, {"21": "music"}),
        (ON_IN_WHITE, {"rgb_color": (255, 0, 0)}, {"21": "colour", "24": RED}),
        (ON_IN_COLOUR, {"brightness": 255}, {"24": "007803e803e8"}),
        (ON_IN_COLOUR, {"hs_color": (0, 100)}, {"24": "000003e801f6"}),
        (ON_IN_COLOUR, {"color_temp_kelvin": 2000}, {"21": "white", "23": 0}),
        (ON_IN_COLOUR, {"effect": "off"}, {"21": "white"}),
        (ON_IN_WHITE | {"21": "music"}, {"brightness": 255}, {"21": "white", "22": 1000}),
    ],
)
async def test_turning_on_is_one_message(
    install: Install, before: dict[str, object], asked: dict[str, Any], sent: dict[str, object]
) -> None:
    device = await install(BULB, dps=before)

    await device.call("light", "turn_on", "20", **asked)

    assert device.sent == [sent]


async def test_turning_off(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_COLOUR)

    await device.call("light", "turn_off", "20")

    assert device.sent == [{"20": False}]
    assert device.state("light", "20").state == STATE_OFF


async def test_what_was_sent_shows_at_once(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_WHITE)

    await device.call("light", "turn_on", "20", hs_color=(120, 100), brightness=128)

    attributes = device.state("light", "20").attributes
    assert attributes["color_mode"] == "hs"
    assert attributes["hs_color"] == (120, 100)
    assert attributes["brightness"] == 128


async def test_other_modes_are_effects(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_WHITE)
    assert device.state("light", "20").attributes["effect_list"] == ["off", "scene", "music"]

    await device.report({"21": "scene"})

    attributes = device.state("light", "20").attributes
    assert attributes["effect"] == "scene"
    assert attributes["color_mode"] == "onoff"
    assert attributes["brightness"] is None


async def test_a_lamp_without_colour_has_effects_too(install: Install) -> None:
    mode = Enum("21", code="work_mode", range=("white", "music"))
    lamp = light(SWITCH, {"mode": (mode, lamp_words.mode), "effect": (mode, lamp_words.effect)}, BRIGHT)
    device = await install(lamp, dps={"20": True, "21": "music", "22": 1000})
    attributes = device.state("light", "20").attributes
    assert (attributes["effect"], attributes["color_mode"]) == ("music", "brightness")

    await device.call("light", "turn_on", "20", brightness=1)

    assert device.sent == [{"21": "white", "22": 10}]


async def test_plain_white_beside_colour(install: Install) -> None:
    device = await install(light(SWITCH, WORK_MODE, COLOUR, BRIGHT), dps=ON_IN_COLOUR)

    await device.call("light", "turn_on", "20", white=255)
    await device.report({"21": "white", "22": 1000})
    await device.call("light", "turn_on", "20", brightness=1)

    assert device.sent == [{"21": "white", "22": 1000}, {"22": 10}]
    assert device.state("light", "20").attributes["color_mode"] == "white"


async def test_a_light_without_a_switch_goes_by_its_brightness(install: Install) -> None:
    strip = light({"brightness": (Int("22", code="bright_value", low=0, high=1000), brightness)})
    device = await install(strip, dps={"22": 0})
    assert device.state("light", "22").state == STATE_OFF

    await device.call("light", "turn_on", "22")
    await device.call("light", "turn_off", "22")

    assert device.sent == [{"22": 1000}, {"22": 0}]


async def test_a_backlight_is_a_main_point(install: Install) -> None:
    device = await install(feature("light", (Bool("16", code="backlight"), boolean)), dps={"16": True})

    await device.call("light", "turn_off", "16")

    assert device.sent == [{"16": False}]
