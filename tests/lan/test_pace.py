"""Budgets, paces and rhythms."""

from custom_components.localtuya.lan.pace import Budget, Pace, Rhythm


def test_a_budget_is_saved_for_an_hour_and_then_refills() -> None:
    budget = Budget(60)
    assert budget.spend(59, 1000.0) == 0
    assert budget.spend(1, 1000.0) == 60
    assert budget.spend(0, 1060.0) == 0
    assert budget.spend(0, 1e6) == 0
    assert budget.spend(61, 1e6) > 60


def test_a_pace_slows_down_while_nothing_comes() -> None:
    pace = Pace(10, 60)
    assert [pace.judge(brought=False) for _ in range(4)] == [20, 40, 60, 60]
    assert pace.judge(brought=True) == 10


def test_a_rhythm_follows_the_long_intervals() -> None:
    def after(*beats: float) -> float | None:
        rhythm = Rhythm()
        for beat in beats:
            rhythm.beat(beat)
        return rhythm.interval

    assert after(0) is None
    assert after(0, 3600) == 3600
    assert after(0, 3600, 3660) == 3600 - 354
    assert after(0, 3600, 3660, 3660 + 7200) == 7200
