from base64 import b64encode

from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.model.convert.colour import Colour, colour, form_beside
from custom_components.localtuya.model.convert.numbers import brightness
from custom_components.localtuya.model.errors import ValueRejected

from ..devices import dp

NEW = dp("colour_data", "string", number=24, maxlen=255)
OLD = dp("colour_data", "string", number=5, maxlen=14)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("000003e803e8", (0, 100, 255)),
        ("00f001f401f4", (240, 50, 128)),
        ("ff00000000ffff", (0, 100, 255)),
        ("0000ff00f0ffff", (240, 100, 255)),
        ('{"h":120,"s":1000,"v":500}', (120, 100, 128)),
        ('{"h":120,"s":255,"v":255}', (120, 100, 255)),
        ("ffffffffffff", (360, 100, 255)),
        ("", None),
        ("xyzxyzxyzxyz", None),
        ("[]", None),
        ('{"h":1}', None),
        ('{"h":1e999,"s":1,"v":1}', None),
        (5, None),
    ],
)
def test_reading(raw: object, value: object) -> None:
    point = colour(NEW)
    assert point is not None
    read = point.read({"24": raw})
    assert (read and read[:3]) == value


def test_todays_way() -> None:
    point = colour(NEW)
    assert point is not None
    assert point.write(Colour(240, 50, 255)) == {"24": "00f001f403e8"}


def test_the_first_bulbs_way() -> None:
    point = colour(OLD)
    assert point is not None
    assert point.write(Colour(0, 100, 255)) == {"5": "ff00000000ffff"}
    assert point.write(Colour(120, 50, 255)) == {"5": "80ff80007880ff"}


def test_bytes() -> None:
    point = colour(dp("colour_data_raw", "raw", number=11))
    assert point is not None
    assert point.write(Colour(240, 50, 255)) == {"11": b64encode(bytes.fromhex("00f001f403e8")).decode()}
    assert point.read(point.write(Colour(240, 50, 255))) == (240, 50, 255, "new")


def test_a_mesh_lamp_has_four_bytes() -> None:
    point = colour(dp("colour_data_raw", "raw", number=11, mode="wr"))
    assert point is not None
    assert point.write(Colour(240, 50, 255)) == {"11": b64encode(bytes.fromhex("00f03264")).decode()}
    assert point.read(point.write(Colour(240, 50, 255))) == (240, 50, 255, "")


@pytest.mark.parametrize(
    "raw", ["000003e803e8", "ff00000000ffff", "ff0000", '{"h":0,"s":1000,"v":1000}', '{"h":0,"s":255,"v":255}']
)
def test_a_lamp_is_answered_in_its_own_form(raw: str) -> None:
    point = colour(NEW)
    assert point is not None
    said = point.read({"24": raw})
    assert said is not None
    assert (said.hue, said.saturation, said.value) == (0, 100, 255)
    assert point.write(said) == {"24": raw}


@pytest.mark.parametrize(("high", "form"), [(1000, "new"), (255, "old"), (100, "")])
def test_the_brightness_tells_the_form(high: int, form: str) -> None:
    assert form_beside(brightness(dp("bright_value", "value", min=10, max=high))) == form


def test_a_text_too_short_for_a_form_takes_no_colour() -> None:
    point = colour(dp("colour_data", "string", number=24, maxlen=6))
    assert point is not None
    with pytest.raises(ValueRejected):
        point.write(Colour(240, 50, 255, "json"))


@pytest.mark.parametrize("nonsense", [(361, 0, 0), (0, 101, 0), (0, 0, 256), (-1, 0, 0)])
def test_nonsense_is_not_sent(nonsense: tuple[int, int, int]) -> None:
    point = colour(NEW)
    assert point is not None
    with pytest.raises(ValueRejected):
        point.write(Colour(*nonsense))


@given(hue=st.integers(0, 360), saturation=st.integers(0, 100), value=st.integers(0, 255))
def test_what_is_written_is_read(hue: int, saturation: int, value: int) -> None:
    for datapoint in (OLD, NEW):
        point = colour(datapoint)
        assert point is not None
        read = point.read(point.write(Colour(hue, saturation, value)))
        assert read is not None
        assert read[0] == hue
        assert abs(read[1] - saturation) <= 0.5
        assert abs(read[2] - value) <= 1


@given(st.text(max_size=20))
def test_no_text_is_too_strange(raw: str) -> None:
    point = colour(NEW)
    assert point is not None
    point.read({"24": raw})
