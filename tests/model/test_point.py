import pytest

from custom_components.localtuya.model.convert.numbers import brightness, number
from custom_components.localtuya.model.convert.words import options
from custom_components.localtuya.model.errors import ValueRejected

from .devices import dp


def test_what_is_only_read_is_not_written() -> None:
    point = number(dp("temp_current", "value", mode="ro", min=0, max=9))
    assert point is not None
    assert not point.writable
    with pytest.raises(ValueRejected):
        point.write(5)


@pytest.mark.parametrize("nonsense", [None, "x", [], {}, float("nan"), float("inf"), 10**20, object()])
def test_values_of_a_wrong_type_are_refused(nonsense: object) -> None:
    for point in (
        brightness(dp("bright_value", "value", min=0, max=255)),
        number(dp("temp_set", "value", min=0, max=9)),
        options(dp("mode", "enum", range=["a"])),
    ):
        assert point is not None
        with pytest.raises(ValueRejected):
            point.write(nonsense)  # type: ignore[arg-type]
