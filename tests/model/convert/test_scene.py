from base64 import b64encode
from typing import Any

import pytest

from custom_components.localtuya.model.convert.scene import scene
from custom_components.localtuya.model.datapoint import Datapoint
from custom_components.localtuya.model.errors import ValueRejected
from custom_components.localtuya.model.point import Point

from ..devices import dp

TODAY = dp("scene_data", "string", number=25, maxlen=255)
FIRST_BULBS = dp("scene_data", "string", number=6, maxlen=14)
STRIP = dp("dreamlight_scene_mode", "raw", number=51, maxlen=128)


def scenes(datapoint: Datapoint, *, white: bool = True) -> Point[Any]:
    point = scene(white=white)(datapoint)
    assert point is not None
    return point


@pytest.mark.parametrize(
    ("name", "white", "raw"),
    [
        ("night", True, "000e0d0000000000000000c80000"),
        ("reading", True, "010e0d0000000000000003e801f4"),
        ("night", False, "000e0d00002e03e802cc00000000"),
        ("soft", True, "04464602007803e803e800000000464602007803e8000a00000000"),
        ("dazzling", False, "06464601000003e803e800000000464601007803e803e80000000046460100f003e803e800000000"),
    ],
)
def test_todays_scenes(name: str, white: bool, raw: str) -> None:  # noqa: FBT001
    point = scenes(TODAY, white=white)
    assert point.write(name) == {"25": raw}
    assert point.read({"25": raw}) == name


def test_a_scene_of_the_first_bulbs_is_a_colour() -> None:
    point = scenes(FIRST_BULBS)
    assert point.options == ("night", "reading", "working", "leisure")
    assert point.write("night") == {"6": "bd75000025ffbd"}
    assert point.read({"6": "bd75000025ffbd"}) == "night"


def test_strips_have_more_of_them() -> None:
    point = scenes(STRIP)
    raw = b64encode(bytes.fromhex("01160a646460000064 00925f 00c660")).decode()
    assert point.write("glacier_express") == {"51": raw}
    assert point.read({"51": raw}) == "glacier_express"


@pytest.mark.parametrize("datapoint", [TODAY, FIRST_BULBS, STRIP])
def test_every_scene_fits_and_is_read_as_itself(datapoint: Datapoint) -> None:
    for white in (True, False):
        point = scenes(datapoint, white=white)
        for name in point.options:
            assert point.read(point.write(name)) == name


@pytest.mark.parametrize("raw", [None, 5, "", "zz", "000e0d", "===="])
def test_what_is_no_known_scene_is_none(raw: object) -> None:
    for datapoint in (TODAY, FIRST_BULBS, STRIP):
        assert scenes(datapoint).read({datapoint.dp: raw}) is None


def test_an_unknown_scene_is_not_sent() -> None:
    with pytest.raises(ValueRejected):
        scenes(TODAY).write("disco")


def test_only_scenes_that_fit_are_offered() -> None:
    assert scenes(dp("scene_data", "string", number=25, maxlen=60)).options == (
        "night",
        "reading",
        "working",
        "leisure",
        "soft",
    )
    assert scene(white=True)(dp("scene_data", "string", number=25, maxlen=10)) is None


def test_below_twenty_nobody_can_tell_the_form() -> None:
    assert scene(white=True)(dp("scene_data", "string", number=6, maxlen=255)) is None


def test_scenes_in_words() -> None:
    assert scenes(dp("scene_mod", "enum", range=["CJ_YD", "CJ_QC"])).options == ("cj_yd", "cj_qc")
    assert scene(white=True)(dp("scene", "enum", range=["scene"])) is None
    assert scene(white=True)(dp("scene", "bool")) is None
