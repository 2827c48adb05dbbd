from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.model.datapoint import Bitmap, Bool, Enum, Int, Mode, Raw, Text
from custom_components.localtuya.model.errors import ValueRejected

SWITCH = Bool("1", code="switch")
TEMPERATURE = Int("2", code="temp_set", low=50, high=350, increment=5, scale=1, unit="°C")
MODE = Enum("3", code="mode", range=("auto", "1"))
FAULT = Bitmap("4", code="fault", labels=("a", "b"))
NAME = Text("5", code="name", maxlen=4)
BLOB = Raw("6", code="blob", maxlen=4)


@pytest.mark.parametrize(
    ("datapoint", "raw", "value"),
    [
        (SWITCH, True, True),
        (SWITCH, 1, True),
        (SWITCH, 0, False),
        (SWITCH, "on", True),
        (SWITCH, "false", False),
        (SWITCH, 7, None),
        (TEMPERATURE, 215, 21.5),
        (TEMPERATURE, "215", 21.5),
        (TEMPERATURE, "warm", None),
        (TEMPERATURE, "9" * 30, None),
        (TEMPERATURE, True, None),
        (TEMPERATURE, [], None),
        (MODE, "auto", "auto"),
        (MODE, 1, "1"),
        (MODE, "poem", None),
        (FAULT, 3, 3),
        (FAULT, -1, None),
        (FAULT, True, None),
        (NAME, "text", "text"),
        (NAME, 5, None),
        (BLOB, "AAE=", b"\x00\x01"),
        (BLOB, "!", None),
        (BLOB, "温", None),
        (BLOB, 5, None),
    ],
)
def test_reading_is_lenient(datapoint: Any, raw: object, value: object) -> None:
    assert datapoint.decode(raw) == value


@pytest.mark.parametrize(
    ("datapoint", "value", "raw"),
    [
        (SWITCH, False, False),
        (TEMPERATURE, 21.5, 215),
        (TEMPERATURE, 21.6, 215),
        (TEMPERATURE, 5, 50),
        (MODE, "1", "1"),
        (FAULT, 3, 3),
        (NAME, "text", "text"),
        (BLOB, b"\x00\x01", "AAE="),
    ],
)
def test_writing(datapoint: Any, value: object, raw: object) -> None:
    assert datapoint.encode(value) == raw


@pytest.mark.parametrize(
    ("datapoint", "value"),
    [
        (SWITCH, 1),
        (TEMPERATURE, 36),
        (TEMPERATURE, float("nan")),
        (TEMPERATURE, float("inf")),
        (TEMPERATURE, 1e308),
        (TEMPERATURE, 10**400),
        (TEMPERATURE, True),
        (TEMPERATURE, "21"),
        (MODE, "poem"),
        (FAULT, 4),
        (NAME, "longer"),
        (BLOB, b"longer"),
        (BLOB, "AAE="),
    ],
)
def test_writing_is_strict(datapoint: Any, value: object) -> None:
    with pytest.raises(ValueRejected) as caught:
        datapoint.encode(value)
    assert caught.value.code == datapoint.code


def test_a_step_that_would_leave_the_range_stays_inside() -> None:
    odd = Int("1", code="x", low=0, high=14, increment=5)
    assert odd.encode(13) == 10


def test_half_degrees() -> None:
    half = Int("1", code="temp_set", low=10, high=70, divisor=2)
    assert (half.minimum, half.maximum, half.step) == (5, 35, 0.5)
    assert half.encode(21.5) == 43
    assert half.decode(43) == 21.5


@pytest.mark.parametrize(
    ("mode", "readable", "writable"), [(Mode.READ, True, False), (Mode.WRITE, False, True), (Mode.BOTH, True, True)]
)
def test_access_modes(mode: Mode, readable: bool, writable: bool) -> None:  # noqa: FBT001
    datapoint = Bool("1", code="switch", mode=mode)
    assert (datapoint.readable, datapoint.writable) == (readable, writable)


@given(
    low=st.integers(-1000, 1000),
    span=st.integers(1, 5000),
    increment=st.integers(1, 50),
    scale=st.integers(0, 3),
    share=st.floats(0, 1),
)
def test_what_is_written_is_inside_and_near(low: int, span: int, increment: int, scale: int, share: float) -> None:
    datapoint = Int("1", code="x", low=low, high=low + span, increment=increment, scale=scale)
    value = datapoint.minimum + share * (datapoint.maximum - datapoint.minimum)
    raw = datapoint.encode(value)
    assert low <= raw <= low + span
    assert (raw - low) % increment == 0
    assert abs(raw - value * 10**scale) <= increment
