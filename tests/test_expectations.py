import pytest

from custom_components.localtuya.expectations import ECHO_WINDOW, STALE_WINDOW, Expectations

SAID = {"1": False, "2": 10}


@pytest.fixture
def expected() -> Expectations:
    return Expectations()


def test_what_was_sent_stands_in_until_the_device_says_so(expected: Expectations) -> None:
    serial = expected.send({"1": True}, SAID)
    assert expected.over(SAID) == {"1": True, "2": 10}
    deadlines = [expected.deadline]
    expected.answer(serial, 100.0)
    deadlines.append(expected.deadline)
    assert deadlines == [None, 100.0 + ECHO_WINDOW], "an answer is awaited as long as the link awaits it"
    expected.hear({"1": True, "2": 11}, 100.1)
    assert not expected
    assert expected.over({"1": True}) == {"1": True}


def test_an_echo_of_the_old_value_is_no_news(expected: Expectations) -> None:
    serial = expected.send({"1": True}, SAID)
    expected.hear({"1": False}, 99.9)
    expected.answer(serial, 100.0)
    expected.hear({"1": False}, 100.0 + STALE_WINDOW - 0.01)
    assert expected.over(SAID)["1"] is True
    expected.hear({"1": False}, 100.0 + STALE_WINDOW)
    assert not expected, "later it is the truth"


def test_another_value_is_the_truth_at_once(expected: Expectations) -> None:
    expected.send({"2": 25}, SAID)
    expected.hear({"2": 24}, 0.0)
    assert not expected


def test_the_first_word_of_a_datapoint_is_the_truth(expected: Expectations) -> None:
    expected.send({"3": "eco"}, SAID)
    expected.hear({"3": "auto"}, 0.0)
    assert not expected


def test_a_slider_does_not_jump_back_to_where_it_came_by(expected: Expectations) -> None:
    serials = [expected.send({"2": value}, SAID) for value in (20, 30, 40)]
    for value in (20, 10, 30):
        expected.hear({"2": value}, 1.0)
        assert expected.over(SAID)["2"] == 40
    for serial in serials:
        expected.answer(serial, 2.0)
    expected.hear({"2": 40}, 2.1)
    expected.hear({"2": 30}, 2.2)
    assert expected.over({"2": 30})["2"] == 40, "a late echo of what was overtaken"

    assert expected.deadline == 2.0 + STALE_WINDOW
    assert expected.end(2.0 + STALE_WINDOW) == (frozenset({"2"}), frozenset())


def test_an_impulse_is_seen(expected: Expectations) -> None:
    """A device that turns itself off again at once, as gate openers do."""
    serial = expected.send({"1": True}, SAID)
    expected.hear({"1": True}, 0.9)
    expected.answer(serial, 1.0)
    expected.hear({"1": False}, 1.2)
    assert expected.over({"1": False}) == {"1": False}


def test_a_command_that_fails_is_taken_back(expected: Expectations) -> None:
    serial = expected.send({"1": True, "2": 20}, SAID)
    assert expected.fail(serial) == {"1", "2"}
    assert not expected
    assert expected.fail(serial) == frozenset()


def test_a_failure_does_not_undo_what_was_sent_since(expected: Expectations) -> None:
    first = expected.send({"1": True, "2": 20}, SAID)
    expected.send({"2": 30}, SAID)
    assert expected.fail(first) == {"1"}
    assert expected.over(SAID) == {"1": False, "2": 30}


def test_silence_ends_it(expected: Expectations) -> None:
    expected.answer(expected.send({"1": True}, SAID), 5.0)
    late = expected.send({"2": 20}, SAID)
    assert expected.end(5.0 + ECHO_WINDOW - 0.1) == (frozenset(), frozenset())
    assert expected.end(5.0 + ECHO_WINDOW) == (frozenset({"1"}), frozenset({"1"}))
    assert expected.deadline is None
    assert expected.fail(late) == {"2"}


def test_what_was_before_is_not_remembered_without_end(expected: Expectations) -> None:
    for value in range(1000):
        expected.send({"2": value}, SAID)
    assert len(expected._expected["2"].stale) < 20
