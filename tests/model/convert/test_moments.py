from typing import Any

import pytest

from custom_components.localtuya.model.convert.moments import Moment, happened, message, named, once, pressed
from custom_components.localtuya.model.point import Converter

from ..devices import dp

PRESS, DOUBLE, LONG = Moment("press_end"), Moment("multi_press_end", {"multi_press_count": 2}), Moment("long_press_end")


@pytest.mark.parametrize(
    ("mode", "range_", "moments"),
    [
        ("ro", ["single_click", "double_click", "long_press"], [PRESS, DOUBLE, LONG]),
        ("rw", ["single_click", "double_click", "long_press"], [PRESS, DOUBLE, LONG]),
        ("ro", ["click", "double_click", "press"], [PRESS, DOUBLE, LONG]),
        ("ro", ["press", "doublePress", "hold"], [PRESS, DOUBLE, LONG]),
        ("ro", ["click"], [PRESS]),
        ("ro", ["0", "1", "2"], [PRESS, DOUBLE, LONG]),
        ("ro", ["none", "single", "triple"], [None, PRESS, Moment("multi_press_end", {"multi_press_count": 3})]),
        ("ro", ["press", "release"], [PRESS, Moment("release")]),
    ],
)
def test_presses(mode: str, range_: list[str], moments: list[Moment | None]) -> None:
    point = pressed(dp("switch_type_1", "enum", mode=mode, range=range_))

    assert point is not None
    assert [point.read({"1": raw}) for raw in range_] == moments
    assert point.options == tuple(dict.fromkeys(moment.kind for moment in moments if moment))


@pytest.mark.parametrize(
    ("mode", "range_"),
    [
        ("rw", ["flip", "sync", "button"]),
        ("rw", ["click", "switch", "program"]),
        ("rw", ["0", "1", "2"]),
        ("rw", ["switch", "linkage_control"]),
        ("ro", ["off", "on"]),
    ],
)
def test_settings_are_no_presses(mode: str, range_: list[str]) -> None:
    assert pressed(dp("switch_mode1", "enum", mode=mode, range=range_)) is None


@pytest.mark.parametrize(
    ("convert", "kind", "facts", "raw", "moment"),
    [
        (happened("ring"), "bool", {}, True, Moment("ring")),
        (happened("ring"), "bool", {}, False, None),
        (happened("ring"), "value", {"min": 0, "max": 9}, 0, None),
        (happened("fed", detail="portions"), "value", {"min": 0, "max": 9}, 3, Moment("fed", {"portions": 3})),
        (happened("ring"), "string", {}, " ", None),
        (happened("ring"), "enum", {"range": ["normal", "alarm"]}, "normal", None),
        (happened("triggered", detail="message"), "raw", {}, "/w==", Moment("triggered")),
        (happened("triggered", detail="message"), "raw", {}, "SGk=", Moment("triggered", {"message": "Hi"})),
        (once("press_end"), "enum", {"range": ["sos"]}, "sos", PRESS),
        (named, "enum", {"range": ["none", "Human"]}, "Human", Moment("human")),
        (named, "enum", {"range": ["none", "Human"]}, "none", None),
    ],
)
def test_what_happens(convert: Converter, kind: str, facts: dict[str, Any], raw: object, moment: Moment | None) -> None:
    point = convert(dp("thing", kind, mode="ro", **facts))

    assert point is not None
    assert point.read({"1": raw}) == moment
    assert point.read({"1": object()}) is None


def test_what_does_not_fit() -> None:
    assert once()(dp("sos", "enum", range=["normal", "alarm"])) is None
    assert once()(dp("battery_status", "enum", range=["normal"])) is None
    assert named(dp("event_linkage", "enum", mode="rw", range=["motion"])) is None
    assert named(dp("event_linkage", "enum", mode="ro", range=["none"])) is None
    assert happened("triggered")(dp("fault", "bitmap", label=["a"])) is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"Zone 1", "Zone 1"),
        ("Küche".encode("utf-16-be"), "Küche"),
        (b"\xff\xfe\x01", None),
        (b"\x01\x02", None),
        (b"", None),
    ],
)
def test_messages(raw: bytes, text: str | None) -> None:
    assert message(raw) == text
