"""What the catalogue makes of lights and covers, wherever they turn up."""

from typing import Any

import pytest

from custom_components.localtuya.model.choices import Choice, UserChoices
from custom_components.localtuya.model.plan import make_plan
from custom_components.localtuya.model.spec import EXCLUSIVE, Feature

from .devices import device, record, row


def found(platform: str, *rows: dict[str, Any], category: str = "") -> list[Feature]:
    return [each for each in make_plan(record(*rows, category=category)).features if each.platform == platform]


SWITCH = row("switch_led", "bool")
BRIGHT = row("bright_value", "value", min=10, max=1000)
DARKEST = row("brightness_min_1", "value", min=10, max=1000)
CONTROL = row("control", "enum", range=["open", "stop", "close"])
PERCENT = row("percent_control", "value", min=0, max=100)
BACK = row("control_back", "enum", range=["forward", "back"])
TRAVEL = row("tr_timecon", "value", min=1, max=120)


def test_a_setting_is_looked_at_and_stays_a_setting() -> None:
    lamps = found("light", SWITCH, BRIGHT, DARKEST, category="dj")
    numbers = found("number", SWITCH, BRIGHT, DARKEST, category="dj")
    assert lamps[0].points["darkest"].dp == numbers[0].dp == "3"
    assert "3" in lamps[0].dps
    assert "3" not in lamps[0].claims


def test_what_the_user_hides_nobody_borrows() -> None:
    hidden = UserChoices({"3": Choice(hidden=True)})
    plan = make_plan(record(SWITCH, BRIGHT, DARKEST, category="dj"), hidden)
    assert all("3" not in feature.dps for feature in plan.features)


def test_white_and_colour_that_are_switched_apart_are_two_lights() -> None:
    lamps = {
        each.look.name: each for each in make_plan(device("xdd_bwyutsrcsnwf3p5o")).features if each.platform == "light"
    }
    assert set(lamps) == {"", "white_light", "color_light"}
    assert {"brightness", "color_temp"} <= lamps["white_light"].points.keys()
    assert "color" in lamps["color_light"].points


@pytest.mark.parametrize(
    "backlight",
    [
        row("switch_backlight", "bool"),
        row("BlackLight", "bool"),
        row("backlight", "value", min=0, max=100),
        row("backlight_enum", "enum", range=["Fully", "Half", "Close"]),
    ],
)
def test_a_backlight_is_a_light_among_the_settings(backlight: dict[str, Any]) -> None:
    lamps = found("light", row("switch_1", "bool"), backlight, category="kg")
    assert [(each.look.name, each.look.category) for each in lamps] == [("backlight", "config")]


def test_only_a_switch_module_counts_the_other_way_when_turned() -> None:
    (module,) = found("cover", CONTROL, PERCENT, BACK, category="clkg")
    (motor,) = found("cover", CONTROL, PERCENT, BACK, category="cl")
    assert "turned" in module.points
    assert "turned" not in motor.points
    assert len(found("select", CONTROL, PERCENT, BACK, category="clkg")) == 1


@pytest.mark.parametrize(
    "command",
    [
        row("control", "enum", range=["on", "stop", "off"]),
        row("mach_operate", "enum", range=["ZZ", "FZ", "STOP"]),
        row("switch", "enum", range=["open", "stop", "close"]),
        row("status", "enum", range=["1", "2", "3"]),
        row("switch_control", "enum", range=["on", "stop", "off"]),
    ],
)
def test_curtains_in_every_vocabulary(command: dict[str, Any]) -> None:
    (cover,) = found("cover", command, TRAVEL, category="cl")
    assert set(cover.points["command"].options) == {"open", "stop", "close"}
    assert cover.points["travel"].dp == "2"


def test_opening_and_closing_alone_makes_no_cover_of_another_device() -> None:
    control = row("control", "enum", range=["close", "open"])
    assert found("cover", row("temp_set", "value", min=5, max=45), control, category="wk") == []
    assert len(found("cover", row("temp_set", "value", min=5, max=45), CONTROL, category="wk")) == 1


def test_each_motor_is_a_cover() -> None:
    second = [{**each, "code": f"{each['code']}_2"} for each in (CONTROL, PERCENT, BACK, TRAVEL)]
    covers = found("cover", CONTROL, PERCENT, BACK, TRAVEL, *second, category="clkg")
    assert [each.dp for each in covers] == ["1", "5"]
    assert [each.points["travel"].dp for each in covers] == ["4", "8"]
    assert [each.points["turned"].dp for each in covers] == ["3", "7"]


def test_a_push_is_sent_once() -> None:
    (gate,) = found("cover", row("switch_1", "bool"), row("doorcontact_state", "bool", mode="ro"), category="ckmkzq")
    assert gate.options[EXCLUSIVE]
    (pushed,) = found("cover", row("up", "bool"), row("down", "bool"), row("stop", "bool"), category="cl")
    assert set(pushed.points) == {"open", "close", "stop"}


@pytest.mark.parametrize("category", ["dj", "cl", "clkg", "ckmkzq", "tgq"])
@pytest.mark.parametrize(
    "odd",
    [
        row("bright_value", "value", min=5, max=5),
        row("temp_value", "enum", range=["warm"]),
        row("work_mode", "enum", range=["x"]),
        row("control", "enum", range=["open"]),
        row("percent_control", "bool"),
        row("tr_timecon", "string"),
        row("colour_data", "raw"),
        row("switch_1", "enum", range=["a", "b"]),
    ],
)
def test_an_odd_schema_is_no_reason_to_fall(category: str, odd: dict[str, Any]) -> None:
    for feature in make_plan(record(row("switch_led", "bool"), odd, CONTROL, category=category)).features:
        for point in feature.points.values():
            assert point.read({point.dp: "no sense"}) is None or point.read({point.dp: "no sense"}) == "no sense"
