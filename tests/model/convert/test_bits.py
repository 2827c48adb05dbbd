import pytest

from custom_components.localtuya.model.convert.bits import (
    any_bit,
    bit,
    boolean,
    faults,
    flag,
    inverse,
    off_when,
    on_when,
    press,
)
from custom_components.localtuya.model.errors import Unreported

from ..devices import dp


def test_two_words_are_as_good_as_a_boolean() -> None:
    point = boolean(dp("switch", "enum", range=["off", "on"]))
    assert point is not None
    assert point.read({"1": "on"}) is True
    assert point.write(value=False) == {"1": "off"}
    assert boolean(dp("mode", "enum", range=["a", "b"])) is None
    assert boolean(dp("number", "value")) is None


def test_the_other_way_round() -> None:
    point = inverse(dp("switch", "bool"))
    assert point is not None
    assert point.read({"1": False}) is True
    assert point.write(value=True) == {"1": False}


@pytest.mark.parametrize(
    ("words", "raw", "value"),
    [
        (["alarm", "normal"], "alarm", True),
        (["alarm", "normal"], "normal", False),
        (["alarm", "normal"], "poem", None),
        (["1", "2"], "1", True),
        (["pir"], "pir", True),
        (["pir"], "none", False),
    ],
)
def test_alarm_words(words: list[str], raw: str, value: bool | None) -> None:  # noqa: FBT001
    point = on_when()(dp("state", "enum", range=words))
    assert point is not None
    assert point.read({"1": raw}) is value


def test_words_without_alarm_are_none() -> None:
    assert on_when()(dp("state", "enum", range=["red", "green"])) is None


def test_everything_but_no() -> None:
    point = off_when("none")(dp("presence_state", "enum", range=["none", "presence", "move"]))
    assert point is not None
    assert [point.read({"1": raw}) for raw in ("none", "presence", "move", "poem")] == [False, True, True, None]


def test_any_fault_is_a_problem() -> None:
    point = any_bit(dp("fault", "bitmap", label=["a", "b"]))
    assert point is not None
    assert [point.read({"1": raw}) for raw in (0, 2, "x", -1)] == [False, True, None, None]


def test_one_bit() -> None:
    mask = dp("fault", "bitmap", label=["E1", "tankFull"])
    point = bit("tank_full")(mask)
    assert point is not None
    assert [point.read({"1": raw}) for raw in (1, 2)] == [False, True]
    assert bit("wet")(mask) is None


def test_faults_in_words() -> None:
    point = faults(dp("fault", "bitmap", label=["ov_cr", "TempHigh", "度"]))
    assert point is not None
    assert point.options == ("ok", "ov_cr", "temp_high", "fault_3")
    words = {0: "ok", 1: "ov_cr", 2: "temp_high", 6: "temp_high", 4: "fault_3", 8: None}
    assert {raw: point.read({"1": raw}) for raw in words} == words


def test_pressing_writes_true_or_the_only_word() -> None:
    for datapoint, sent in ((dp("reset", "bool"), True), (dp("feed", "enum", range=["go"]), "go")):
        point = press(datapoint)
        assert point is not None
        assert point.write(value=True) == {"1": sent}
    assert press(dp("mode", "enum", range=["a", "b"])) is None


def test_a_flag_is_written_with_the_others() -> None:
    point = flag(1)(dp("flags", "bitmap", label=["a", "b", "c"]))
    assert point is not None
    assert [point.read({"1": mask}) for mask in (2, 5, "x")] == [True, False, None]
    assert point.write(value=True, dps={"1": 5}) == {"1": 7}
    assert point.write(value=False, dps={"1": 7}) == {"1": 5}
    with pytest.raises(Unreported):
        point.write(value=True)
    unheard = flag(0)(dp("flags", "bitmap", mode="wr", label=["a"]))
    assert unheard is not None
    assert unheard.write(value=True) == {"1": 1}
    assert flag(0)(dp("switch", "bool")) is None


def test_a_word_that_is_no_fault() -> None:
    point = any_bit(dp("fault", "enum", range=["normal", "jam"]))
    assert point is not None
    assert [point.read({"1": raw}) for raw in ("jam", "normal", "poem")] == [True, False, None]
    assert any_bit(dp("mode", "enum", range=["a", "b"])) is None
