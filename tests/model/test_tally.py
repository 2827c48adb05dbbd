from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.model.tally import Kind, Tally


def heard(*values: float, alone: bool = True, tally: Tally | None = None) -> Tally:
    tally = tally or Tally()
    for value in values:
        tally = tally.hear(value, alone=alone)
    return tally


def test_increments_are_added_up() -> None:
    undecided = heard(0.1, 0.2, 0.15)
    assert (undecided.kind, undecided.shown) == (Kind.UNSETTLED, 0.25)
    settled = heard(0.3, 0.1, tally=undecided)
    assert (settled.kind, settled.shown) == (Kind.INCREMENTS, 0.85)
    assert heard(0.1, 0.1, tally=settled).shown == 1.05


def test_a_total_counts_its_rise_only() -> None:
    rising = [100 + n / 100 for n in range(30)]
    tally = heard(*rising)
    assert (tally.kind, tally.shown) == (Kind.TOTAL, 0.29)
    assert heard(0.02, 0.05, tally=tally).shown == 0.34  # it was reset


def test_a_total_that_is_reset_before_it_is_settled() -> None:
    tally = heard(100, 100.5, 0.2, 0.4)
    assert (tally.kind, tally.shown) == (Kind.UNSETTLED, 0.9)


def test_a_steady_load_is_increments() -> None:
    tally = heard(*[0.005] * 7)
    assert (tally.kind, tally.shown) == (Kind.INCREMENTS, 0.035)


def test_what_is_said_again_with_all_else_counts_nothing() -> None:
    tally = heard(0.1, 0.2, 0.1, 0.2, 0.1)
    assert tally.kind is Kind.INCREMENTS
    assert heard(0.1, alone=False, tally=tally) == tally
    assert heard(0.2, alone=False, tally=tally).shown == 0.9
    assert heard(-1, tally=tally) == tally


@given(st.lists(st.integers(0, 5000), max_size=60))
def test_nothing_is_lost_or_counted_twice(raws: list[int]) -> None:
    tally = Tally()
    for count, raw in enumerate(raws, 1):
        before, tally = tally, tally.hear(raw / 1000, alone=True)
        assert tally.shown >= before.shown
        if tally.kind is not Kind.TOTAL:
            assert tally.shown + tally.held == pytest.approx(sum(raws[:count]) / 1000)
            assert tally.kind is Kind.UNSETTLED or not tally.held


@given(st.lists(st.floats(0, 50), max_size=30))
def test_it_survives_a_restart(values: list[float]) -> None:
    tally = heard(*values)
    assert Tally.from_json(tally.to_json()) == tally


@pytest.mark.parametrize(
    "data", [{}, {"kind": "poem"}, Tally().to_json() | {"shown": -1}, Tally().to_json() | {"last": ""}]
)
def test_a_broken_memory_starts_anew(data: dict[str, object]) -> None:
    assert Tally.from_json(data) == Tally()
