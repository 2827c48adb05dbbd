from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.model.convert.words import options, words
from custom_components.localtuya.model.datapoint import Enum
from custom_components.localtuya.model.errors import ValueRejected

from ..devices import dp


def test_our_words_and_theirs() -> None:
    point = words({"memory": "last"})(dp("relay_status", "enum", range=["off", "On", "memory"]))
    assert point is not None
    assert point.options == ("off", "on", "last")
    assert point.read({"1": "memory"}) == "last"
    assert point.write("on") == {"1": "On"}
    with pytest.raises(ValueRejected):
        point.write("memory")


def test_only_known_words() -> None:
    datapoint = dp("mode", "enum", range=["opening", "poem"])
    point = words({"opening": "opening"}, only=True)(datapoint)
    assert point is not None
    assert point.options == ("opening",)
    assert point.read({"1": "poem"}) is None
    assert words({"opening": "opening"}, only=True, least=2)(datapoint) is None


def test_the_usual_words_both_ways() -> None:
    point = options(
        dp("mode", "enum", range=["Low", "Mid", "hight", "30Sec", "5_min", "2h", "1Day", "zidong", "cancle"])
    )
    assert point is not None
    assert point.options == ("low", "medium", "high", "30s", "5min", "2h", "1d", "auto", "cancel")
    assert point.write("medium") == {"1": "Mid"}
    assert point.read({"1": "hight"}) == "high"


def test_who_says_both_means_two_things() -> None:
    point = options(dp("mode", "enum", range=["middle", "medium", "hig", "hight"]))
    assert point is not None
    assert point.options == ("middle", "medium", "high", "hight")


@given(st.lists(st.text(max_size=8), min_size=1, max_size=20, unique=True))
def test_every_word_has_its_own_option(raws: list[str]) -> None:
    datapoint = Enum("1", code="mode", range=tuple(raws))
    point = options(datapoint)
    assert point is not None
    assert len(point.options) == len(raws)
    for raw in raws:
        ours = point.read({"1": raw})
        assert ours is not None
        assert ours
        assert set(ours) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")
        assert point.write(ours) == {"1": raw}
