import pytest

from custom_components.localtuya.model.convert.water import operation

from ..devices import dp


@pytest.mark.parametrize(
    ("words", "operations"),
    [
        (["Economy", "heat_pump", "eheat", "Turbo"], ("eco", "heat_pump", "electric", "performance")),
        (["boiled_water", "black_tea", "standby"], ("boiled_water", "black_tea", "off")),
        (["strong", "performance"], ("strong", "performance")),
    ],
)
def test_operations(words: list[str], operations: tuple[str, ...]) -> None:
    point = operation(dp("mode", "enum", range=words))
    assert point is not None
    assert point.options == operations
    assert [point.read(point.write(word)) for word in operations] == [*operations]


def test_mere_numbers_say_nothing() -> None:
    assert operation(dp("mode", "enum", range=["0", "1"])) is None
    assert operation(dp("mode", "bool")) is None
