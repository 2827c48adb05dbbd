"""What is tried, and what failure is called: tables of evidence and conclusion."""

from collections.abc import Callable

import pytest

from custom_components.localtuya.lan.approach import Attempt, End, Outcome, Situation, Verdict, approach
from custom_components.localtuya.lan.endpoint import LinkState
from custom_components.localtuya.lan.errors import (
    Busy,
    HandshakeCut,
    KeyRejected,
    LanError,
    NoAnswer,
    Unreachable,
    VersionMismatch,
    Wedged,
)

KEY, OLD_KEY = b"k" * 16, b"o" * 16


def run(situation: Situation, device: Callable[[Attempt], Outcome]) -> tuple[Verdict, list[Attempt]]:
    """Try until the verdict; return it and what was tried."""
    attempts: list[Attempt] = []
    steps = approach(situation)
    try:
        attempt = next(steps)
        while True:
            attempts.append(attempt)
            attempt = steps.send(device(attempt))
    except StopIteration as done:
        return done.value, attempts


def knowing(version: str, **more: object) -> Situation:
    return Situation(("host",), **{"keys": (KEY,), "versions": (version,), "guess": False} | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("version", "outcome", "state", "error"),
    [
        ("3.3", Outcome(End.REFUSED), LinkState.UNREACHABLE, Unreachable),
        ("3.3", Outcome(End.FILTERED), LinkState.UNREACHABLE, Unreachable),
        ("3.3", Outcome(End.ABSENT), LinkState.GONE, Unreachable),
        ("3.3", Outcome(End.SILENT), LinkState.QUIET, NoAnswer),
        ("3.4", Outcome(End.SILENT), LinkState.QUIET, NoAnswer),
        ("3.5", Outcome(End.SILENT), LinkState.KEY_REJECTED, KeyRejected),
        ("3.3", Outcome(End.KEY), LinkState.KEY_REJECTED, KeyRejected),
        ("3.3", Outcome(End.VERSION, version="3.6"), LinkState.WRONG_VERSION, VersionMismatch),
        ("3.3", Outcome(End.CUT), LinkState.HELD, Busy),
        ("3.4", Outcome(End.CUT), LinkState.KEY_REJECTED, HandshakeCut),
        ("3.5", Outcome(End.CUT), LinkState.HELD, Busy),
        ("3.4", Outcome(End.RESET), LinkState.HELD, Busy),
        ("3.4", Outcome(End.CUT, early=True), LinkState.HELD, Busy),
        ("3.4", Outcome(End.RESET, early=True), LinkState.WEDGED, Wedged),
        ("3.5", Outcome(End.SPOILED), LinkState.KEY_REJECTED, KeyRejected),
        ("3.3", Outcome(End.SPOILED), LinkState.WRONG_VERSION, VersionMismatch),
        ("3.5", Outcome(End.STILLBORN), LinkState.WEDGED, Wedged),
    ],
)
def test_every_end_has_its_name(version: str, outcome: Outcome, state: LinkState, error: type[LanError]) -> None:
    verdict, _ = run(knowing(version), lambda _: outcome)
    assert verdict.state is state
    assert type(verdict.error) is error


def test_a_cut_is_repeated_with_a_moment_of_silence() -> None:
    verdict, attempts = run(knowing("3.4"), lambda attempt: Outcome(End.CUT, early=attempt.wait))
    assert [attempt.wait for attempt in attempts] == [False, True]
    assert isinstance(verdict.error, Busy)


def test_a_stillborn_session_is_repeated_but_not_for_ever() -> None:
    _, attempts = run(knowing("3.5"), lambda _: Outcome(End.STILLBORN))
    assert 3 <= len(attempts) <= 10


def test_silence_from_an_announced_3_4_is_about_the_key() -> None:
    verdict, _ = run(knowing("3.4", announced="3.4"), lambda _: Outcome(End.SILENT))
    assert isinstance(verdict.error, KeyRejected)


def test_versions_are_guessed_with_a_fresh_session_each() -> None:
    verdict, attempts = run(Situation(("host",), keys=(KEY,)), lambda _: Outcome(End.SILENT))
    assert [attempt.version for attempt in attempts] == ["3.3", "3.4", "3.5", "3.1"]
    assert all(attempt.brief for attempt in attempts)
    assert isinstance(verdict.error, KeyRejected)


def test_the_answer_that_betrays_a_version_is_followed() -> None:
    def device(attempt: Attempt) -> Outcome:
        return Outcome(End.VERSION, version="3.1") if attempt.version == "3.3" else Outcome(End.KEY)

    _, attempts = run(Situation(("host",), keys=(KEY,)), device)
    assert [attempt.version for attempt in attempts] == ["3.3", "3.1"]


def test_an_unknown_announced_version_is_named_but_not_believed() -> None:
    verdict, attempts = run(knowing("3.3", announced="4.0"), lambda _: Outcome(End.SILENT))
    assert verdict.state is LinkState.WRONG_VERSION
    assert [attempt.version for attempt in attempts] == ["3.3"]


def test_a_proof_of_another_version_leads_to_guesses_at_once() -> None:
    for version, outcome in ("3.3", Outcome(End.VERSION)), ("3.1", Outcome(End.KEY)):
        _, attempts = run(knowing(version), lambda _, outcome=outcome: outcome)  # type: ignore[misc]
        assert {attempt.version for attempt in attempts} >= {"3.1", "3.3"}


def test_only_guesses_are_brief() -> None:
    _, attempts = run(knowing("3.4", guess=True), lambda _: Outcome(End.SILENT))
    assert [(attempt.version, attempt.brief) for attempt in attempts] == [
        ("3.4", False),
        ("3.3", True),
        ("3.5", True),
        ("3.1", True),
    ]


def test_old_keys_are_tried_where_it_may_be_the_key() -> None:
    for end, tried in (End.KEY, 2), (End.REFUSED, 1):
        verdict, attempts = run(knowing("3.3", keys=(KEY, OLD_KEY)), lambda _, end=end: Outcome(end))  # type: ignore[misc]
        assert len(attempts) == tried
    assert verdict.state is LinkState.UNREACHABLE


def test_every_address_is_tried_and_the_best_evidence_wins() -> None:
    hosts = {"a": Outcome(End.ABSENT), "b": Outcome(End.KEY), "c": Outcome(End.REFUSED)}
    verdict, attempts = run(
        Situation(tuple(hosts), keys=(KEY,), versions=("3.3",), guess=False), lambda attempt: hosts[attempt.host]
    )
    assert [attempt.host for attempt in attempts] == ["a", "b", "c"]
    assert verdict.state is LinkState.KEY_REJECTED


def test_no_key_in_any_repr() -> None:
    situation = knowing("3.3")
    assert "kkk" not in repr(situation)
