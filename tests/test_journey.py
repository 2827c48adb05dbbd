import pytest

from custom_components.localtuya.journey import Journey


def test_up_and_down() -> None:
    up, down = (Journey(100.0, 40, up=up, seconds=20) for up in (True, False))

    assert [up.position(100 + after) for after in (0, 4, 12, 60)] == [40, 60, 100, 100]
    assert [down.position(100 + after) for after in (0, 4, 8, 60)] == [40, 20, 0, 0]
    assert (up.left(104, up.end), down.left(104, down.end)) == (8, 4)
    assert up.left(104, 60) == 0


def test_from_an_unknown_start_only_the_end_is_known() -> None:
    journey = Journey(100.0, None, up=False, seconds=20)

    assert [journey.position(100 + after) for after in (0, 19, 20)] == [None, None, 0]
    assert journey.left(105, journey.end) == pytest.approx(15)
