from typing import Any

import pytest

from custom_components.localtuya.model.convert.cover import (
    any_command,
    command,
    contact,
    doing,
    gate,
    press,
    travel,
    turned,
)
from custom_components.localtuya.model.errors import ValueRejected

from ..devices import dp


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["open", "stop", "close", "continue"], ("open", "stop", "close")),
        (["FZ", "ZZ", "STOP"], ("open", "close", "stop")),
        (["close", "continue", "open", "STOP"], ("close", "open", "stop")),
        (["on", "stop", "off"], ("open", "stop", "close")),
        (["up", "pause", "down"], ("open", "stop", "close")),
        (["kai", "ting", "guan"], ("open", "stop", "close")),
        (["close", "open"], None),
        (["0", "1", "2"], None),
    ],
)
def test_commands(words: list[str], options: tuple[str, ...] | None) -> None:
    point = command(dp("control", "enum", range=words))
    assert (point and point.options) == options


@pytest.mark.parametrize(
    ("words", "close"),
    [(["0", "1", "2"], "1"), (["1", "2", "3"], "2"), (["0", "1", "2", "3"], "2"), (["on", "off"], "off")],
)
def test_what_is_known_to_be_a_cover_may_count_its_commands(words: list[str], close: str) -> None:
    point = any_command(dp("status", "enum", range=words))
    assert point is not None
    assert point.write("close") == {"1": close}
    assert point.read({"1": close}) == "close"


@pytest.mark.parametrize("words", [["0", "1", "2", "3", "4"], ["standby", "heating"]])
def test_other_words_are_no_commands(words: list[str]) -> None:
    assert any_command(dp("status", "enum", range=words)) is None


def test_a_push_is_true_or_the_only_word() -> None:
    for datapoint, raw in ((dp("up", "bool"), True), (dp("up", "enum", range=["go"]), "go")):
        point = press(datapoint)
        assert point is not None
        assert point.write("open") == {"1": raw}
    assert press(dp("up", "enum", range=["a", "b"])) is None


@pytest.mark.parametrize(
    ("facts", "raw", "seconds"),
    [
        ({"min": 10, "max": 120, "unit": "s"}, 30, 30),
        ({"min": 0, "max": 120000, "unit": "ms"}, 15500, 15.5),
        ({"min": 0, "max": 120000}, 15500, 15.5),
        ({"min": 0, "max": 900, "unit": "s"}, 0, None),
        ({"min": 0, "max": 900, "unit": "s"}, "nonsense", None),
    ],
)
def test_travel_time_in_seconds(facts: dict[str, Any], raw: object, seconds: float | None) -> None:
    point = travel(dp("tr_timecon", "value", **facts))
    assert point is not None
    assert point.read({"1": raw}) == seconds


def test_turned_around() -> None:
    point = turned(dp("control_back", "enum", range=["forward", "back"]))
    assert point is not None
    assert [point.read({"1": raw}) for raw in ("back", "forward", "up")] == [True, False, None]
    assert turned(dp("control_back", "enum", range=["up_off", "up_on"])) is None


def test_a_boolean_only_moves_gates() -> None:
    datapoint = dp("switch_1", "bool")
    assert command(datapoint) is None
    point = gate(datapoint)
    assert point is not None
    assert point.write("close") == {"1": False}
    assert point.read({"1": True}) == "open"
    with pytest.raises(ValueRejected):
        point.write("stop")


def test_a_contact_is_true_while_open() -> None:
    point = contact(dp("doorcontact_state", "bool", mode="ro"))
    assert point is not None
    assert [point.read({"1": raw}) for raw in (True, False)] == ["open", "closed"]


def test_what_a_motor_does() -> None:
    assert doing(dp("work_state", "enum", range=["standby", "learning", "success", "fail"])) is None
    last = doing(dp("work_state", "enum", range=["opening", "closing"]))
    assert last is not None
    assert last.options == ("opening", "closing")
    point = doing(dp("work_state", "enum", range=["opening", "closing", "stop"]))
    assert point is not None
    assert point.read({"1": "stop"}) == "stopped"
