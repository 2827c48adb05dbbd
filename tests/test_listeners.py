from homeassistant.core import CALLBACK_TYPE
import pytest

from custom_components.localtuya.listeners import Listeners


def test_who_hears_what() -> None:
    listeners = Listeners()
    heard: list[str] = []
    listeners.add(frozenset({"1", "2"}), lambda: heard.append("light"))
    stop = listeners.add(frozenset({"9"}), lambda: heard.append("timer"))
    listeners.add(frozenset(), lambda: heard.append("nothing"))

    listeners.tell(["1"])
    assert heard == ["light"]
    listeners.tell(["1", "2", "9", "77"])
    assert heard == ["light", "light", "timer"], "once each"
    listeners.tell([])
    listeners.tell(["77"])
    assert len(heard) == 3
    listeners.tell_all()
    assert heard[3:] == ["light", "timer", "nothing"]

    stop()
    stop()
    listeners.tell(["9"])
    assert len(heard) == 6
    assert len(listeners) == 2


def test_the_same_callback_twice() -> None:
    listeners = Listeners()
    heard: list[None] = []

    def hear() -> None:
        heard.append(None)

    first, second = (listeners.add(frozenset({"1"}), hear) for _ in range(2))
    first()
    listeners.tell(["1"])
    assert len(heard) == 1
    second()
    listeners.tell(["1"])
    assert len(heard) == 1


def test_a_listener_may_leave_while_it_is_told() -> None:
    listeners = Listeners()
    stops: list[CALLBACK_TYPE] = []

    def leave() -> None:
        for stop in stops:
            stop()

    stops += [listeners.add(frozenset({"1", "2"}), leave) for _ in range(2)]
    listeners.tell(["1", "2"])
    assert len(listeners) == 0
    stops += [listeners.add(frozenset({"1"}), leave) for _ in range(2)]
    listeners.tell_all()
    assert len(listeners) == 0


def test_a_report_only_touches_whom_it_concerns() -> None:
    """A hundred entities of a hundred datapoints: the cost of one datapoint is that of one callback."""
    listeners = Listeners()
    touched: list[int] = []
    for number in range(100):
        listeners.add(frozenset({str(number)}), lambda number=number: touched.append(number))  # type: ignore[misc]
    listeners.tell(["42"])
    assert touched == [42]


def test_one_that_fails_keeps_nothing_from_the_others(caplog: pytest.LogCaptureFixture) -> None:
    listeners = Listeners()
    heard: list[str] = []

    def fail() -> None:
        raise ValueError("odd")

    listeners.add(frozenset({"1"}), fail)
    listeners.add(frozenset({"1"}), lambda: heard.append("light"))
    listeners.tell(["1"])
    listeners.tell_all()
    assert heard == ["light", "light"]
    assert [record.exc_info is not None for record in caplog.records] == [True, True]
