"""Budgets, paces and rhythms."""

from custom_components.localtuya.lan.endpoint import Timing
from custom_components.localtuya.lan.pace import Backoff, Budget, Pace, Rhythm, Vigil

TIMING = Timing()


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


def test_a_failure_doubles_the_wait_and_hope_ends_it() -> None:
    backoff = Backoff(TIMING)
    delays = [backoff.failed(float(number), 0) for number in range(12)]
    assert 0.5 <= delays[0] <= 1
    assert 2 <= delays[2] <= 4
    assert 30 <= delays[-1] <= 60
    backoff.hope()
    assert backoff.failed(20.0, 0) <= 1
    assert backoff.failed(21.0, 0, hard=True) >= 15


def test_sessions_cut_short_in_a_row_are_a_contest() -> None:
    backoff = Backoff(TIMING)
    for now in 1.0, 2.0, 3.0:
        assert not backoff.contested
        delay = backoff.lost(now, 1, 2.0, hung_up=True)
    assert backoff.contested
    assert delay >= 15
    assert backoff.lost(100.0, 1, 60.0, hung_up=True) <= 1
    assert not backoff.contested


def test_commands_may_ask_for_a_connection_ever_more_rarely() -> None:
    backoff = Backoff(TIMING)
    backoff.failed(0.0, 1)
    granted = []
    for tenths in range(600):
        if backoff.plea(tenths / 10):
            granted.append(tenths / 10)
            backoff.failed(tenths / 10, 1)
    assert granted == [0.0, 1.0, 4.0, 11.0, 26.0, 56.0]


def test_no_plea_beyond_the_budget() -> None:
    backoff = Backoff(TIMING)
    assert backoff.failed(0.0, 200) > 60
    assert not backoff.affords(10.0)
    assert not backoff.plea(10.0)
    assert backoff.affords(3600.0)


def test_an_idle_connection_hung_up_on_twice_the_same_shortens_the_heartbeat() -> None:
    vigil = Vigil(10.0)
    vigil.hung_up(5.0)
    assert vigil.seconds == 10
    vigil.hung_up(5.2)
    assert vigil.seconds < 3.5
    for idle in 0.0, 0.0, 0.2, 0.2, 12.0, 12.0:
        vigil.hung_up(idle)
    assert vigil.seconds > 3
