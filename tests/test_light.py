from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from homeassistant.components.light import LightEntityFeature
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNKNOWN
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.localtuya.lan.errors import NoAnswer
from custom_components.localtuya.model.convert import light as lamp_words
from custom_components.localtuya.model.convert.bits import boolean
from custom_components.localtuya.model.convert.colour import colour
from custom_components.localtuya.model.convert.numbers import brightness, kelvin
from custom_components.localtuya.model.convert.scene import scene
from custom_components.localtuya.model.datapoint import Bool, Datapoint, Enum, Int, Text
from custom_components.localtuya.model.spec import Feature

from .house import Device, Install, feature

pytest_plugins = ("tests.install",)

SWITCH = {"switch": (Bool("20", code="switch_led"), boolean)}
MODE = Enum("21", code="work_mode", range=("white", "colour", "scene", "music"))
WORK_MODE = {"mode": (MODE, lamp_words.mode), "effect": (MODE, lamp_words.effect)}
BRIGHT = {"brightness": (Int("22", code="bright_value", low=10, high=1000), brightness)}
WARMTH = {"color_temp": (Int("23", code="temp_value", low=0, high=1000), kelvin)}
COLOUR = {"color": (Text("24", code="colour_data"), colour)}

SCENES = {"scene": (Text("25", code="scene_data"), scene(white=True))}

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


NIGHT = "000e0d0000000000000000c80000"


async def test_scenes_are_effects_by_name(install: Install) -> None:
    device = await install(light(SWITCH, WORK_MODE, BRIGHT, WARMTH, COLOUR, SCENES), dps=ON_IN_WHITE)
    effects = device.state("light", "20").attributes["effect_list"]
    assert effects[:5] == ["off", "scene", "music", "night", "reading"]

    await device.call("light", "turn_on", "20", effect="night")

    assert device.sent == [{"21": "scene", "25": NIGHT}]
    assert device.state("light", "20").attributes["effect"] == "night"

    await device.report({"21": "scene", "25": "of somebody else"})
    assert device.state("light", "20").attributes["effect"] == "scene"

    await device.report({"21": "music", "25": NIGHT})
    assert device.state("light", "20").attributes["effect"] == "music"


async def test_scenes_of_a_lamp_without_modes(install: Install) -> None:
    words = {"scene_color": (Enum("108", code="scene_mod", range=("sea", "wood")), scene(white=False))}
    device = await install(light(SWITCH, words), dps={"20": True, "108": "sea"})
    attributes = device.state("light", "20").attributes
    assert (attributes["effect"], attributes["effect_list"]) == ("sea", ["sea", "wood"])

    await device.call("light", "turn_on", "20", effect="wood")

    assert device.sent == [{"108": "wood"}]


async def test_an_effect_that_the_lamp_does_not_have_is_not_sent(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_WHITE)

    with pytest.raises(HomeAssistantError):
        await device.call("light", "turn_on", "20", effect="disco")

    assert device.sent == []


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("ff00000000ffff", "00ff000078ffff"),
        ('{"h":0,"s":1000,"v":1000}', '{"h":120,"s":1000,"v":1000}'),
        (RED, "007803e803e8"),
    ],
)
async def test_a_lamp_hears_colours_as_it_says_them(install: Install, said: str, sent: str) -> None:
    device = await install(BULB, dps={**ON_IN_WHITE, "21": "colour", "24": said})

    await device.call("light", "turn_on", "20", hs_color=(120, 100))

    assert device.sent == [{"24": sent}]


@pytest.mark.parametrize(("high", "sent"), [(255, "00ff000078ffff"), (1000, "007803e803e8")])
async def test_a_lamp_that_said_no_colour_is_known_by_its_brightness(install: Install, high: int, sent: str) -> None:
    bright = {"brightness": (Int("3", code="bright_value", low=10, high=high), brightness)}
    color = {"color": (Text("5", code="colour_data"), colour)}
    device = await install(light(SWITCH, bright, color), dps={"20": True, "3": high})

    await device.call("light", "turn_on", "20", hs_color=(120, 100), brightness=255)

    assert device.sent == [{"5": sent}]


@pytest.mark.parametrize(("wish", "raw"), [(1, 100), (255, 500), (128, 300)])
async def test_settings_bound_the_brightness(install: Install, wish: int, raw: int) -> None:
    bounds = {
        "darkest": (Int("3", code="brightness_min_1", low=10, high=1000), brightness),
        "brightest": (Int("5", code="brightness_max_1", low=10, high=1000), brightness),
    }
    device = await install(light(SWITCH, BRIGHT, bounds), dps={"20": True, "22": raw, "3": 100, "5": 500})
    assert abs(device.state("light", "20").attributes["brightness"] - wish) <= 1

    await device.call("light", "turn_on", "20", brightness=wish)

    assert abs(int(str(device.sent[0]["22"])) - raw) <= 2

    await device.report({"3": 500, "5": 100})  # nonsense bounds nothing
    await device.call("light", "turn_on", "20", brightness=255)
    assert device.sent[-1] == {"22": 1000}


EXTREMES: list[dict[str, Any]] = [
    {},
    {"brightness": 1},
    {"brightness": 255},
    {"brightness": 0},
    {"brightness_pct": 1},
    {"color_temp_kelvin": 1},
    {"color_temp_kelvin": 100000},
    {"hs_color": (0, 0)},
    {"hs_color": (360, 100)},
    {"rgb_color": (0, 0, 0)},
    {"white": 0},
    {"white": True},
    {"effect": "off"},
    {"brightness": 1, "transition": 6553},
    {"brightness": 255, "transition": 0},
]


@pytest.mark.parametrize("form", ["", "ff00000000ffff", '{"h":0,"s":1,"v":1000}'])
@pytest.mark.parametrize("mode", ["white", "colour", "scene"])
async def test_whatever_is_asked_stays_within_the_schema(install: Install, mode: str, form: str) -> None:
    lamp = light(SWITCH, WORK_MODE, BRIGHT, WARMTH, COLOUR, SCENES)
    known: dict[str, Datapoint] = {point.dp: point.datapoint for point in lamp.points.values()}
    device = await install(lamp, dps={**ON_IN_WHITE, "21": mode, "24": form})

    for asked in EXTREMES:
        await device.call("light", "turn_on", "20", **asked)

    for sent in device.sent:
        for dp, raw in sent.items():
            assert known[dp].encode(raw) == raw


async def pass_time(device: Device, seconds: float) -> None:
    async_fire_time_changed(device.hass, dt_util.utcnow() + timedelta(seconds=seconds), fire_all=True)
    await device.hass.async_block_till_done()


async def test_a_transition_goes_in_steps(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_WHITE | {"22": 10})
    assert device.state("light", "20").attributes["supported_features"] & LightEntityFeature.TRANSITION

    await device.call("light", "turn_on", "20", brightness=255, color_temp_kelvin=6500, transition=1.2)
    for _ in range(5):
        await pass_time(device, 0.5)

    assert [sent["22"] for sent in device.sent] == [341, 669, 1000]
    assert device.sent[-1] == {"22": 1000, "23": 1000}
    assert 0 < int(str(device.sent[0]["23"])) < 1000


async def test_a_long_transition_has_few_steps(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_WHITE)

    await device.call("light", "turn_on", "20", brightness=1, transition=6553)
    for _ in range(100):
        await pass_time(device, 200)

    assert len(device.sent) == 60
    assert device.sent[-1] == {"22": 10}


async def test_from_off_it_begins_in_the_dark(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_WHITE | {"20": False})

    await device.call("light", "turn_on", "20", transition=0.8)
    await pass_time(device, 0.5)

    assert device.sent == [{"20": True, "22": 505}, {"22": 1000}]


async def test_in_colour_it_goes_the_shorter_way_round(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_COLOUR | {"24": "015e03e803e8"})  # 350 degrees

    await device.call("light", "turn_on", "20", hs_color=(10, 100), transition=0.8)
    await pass_time(device, 0.5)

    assert device.sent == [{"24": "000003e803e8"}, {"24": "000a03e803e8"}]


async def test_the_next_command_ends_a_transition(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_WHITE)

    await device.call("light", "turn_on", "20", brightness=1, transition=4)
    await device.call("light", "turn_on", "20", brightness=255)
    await pass_time(device, 10)

    assert device.sent[1:] == [{"22": 1000}]


async def test_what_was_dimmed_away_comes_back_as_it_was(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_WHITE | {"22": 505})

    await device.call("light", "turn_off", "20", transition=0.8)
    assert device.sent == [{"22": 256}]
    await pass_time(device, 0.5)
    assert device.sent[1:] == [{"20": False}]

    await device.call("light", "turn_on", "20")
    assert device.sent[2:] == [{"20": True, "22": 505}]


async def test_a_transition_ends_where_the_device_stops_answering(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_WHITE)
    await device.call("light", "turn_on", "20", brightness=1, transition=4)
    device.channel.failure = NoAnswer("gone")

    for _ in range(5):
        await pass_time(device, 1)

    assert len(device.sent) == 2


async def test_a_transition_that_cannot_begin_is_an_error(install: Install) -> None:
    device = await install(BULB, dps=ON_IN_WHITE)
    device.channel.failure = NoAnswer("gone")

    with pytest.raises(HomeAssistantError):
        await device.call("light", "turn_on", "20", brightness=1, transition=4)

    await pass_time(device, 10)
    assert len(device.sent) == 1
