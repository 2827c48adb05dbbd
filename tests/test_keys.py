from custom_components.localtuya.keys import FIRST_PAUSE, LONGEST_PAUSE, KeyKeeper, with_key


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_a_device_may_ask_once_and_then_rarely() -> None:
    clock = Clock()
    keys = KeyKeeper(clock)
    assert keys.may_ask("plug")
    assert not keys.may_ask("plug")
    assert keys.may_ask("lamp"), "each device for itself"

    clock.time = FIRST_PAUSE
    assert keys.may_ask("plug")
    clock.time += FIRST_PAUSE
    assert not keys.may_ask("plug"), "the pause has doubled"
    clock.time += FIRST_PAUSE
    assert keys.may_ask("plug")


def test_a_month_of_wrong_keys_is_cheap() -> None:
    clock = Clock()
    keys = KeyKeeper(clock)
    asked = 0
    for minute in range(30 * 24 * 60):
        clock.time = minute * 60.0
        asked += keys.may_ask("plug")
    assert LONGEST_PAUSE == 24 * 60 * 60
    assert 30 <= asked <= 40


def test_a_solved_case_is_forgotten() -> None:
    keys = KeyKeeper(Clock())
    assert keys.may_ask("plug")
    keys.forget("plug")
    keys.forget("unknown")
    assert keys.may_ask("plug")


def test_the_last_keys_are_kept() -> None:
    data: dict[str, object] = {"local_key": "a"}
    for key in "bcde":
        data |= with_key(data, key)
    assert data == {"local_key": "e", "old_keys": ["d", "c", "b"]}
    assert with_key(data, "c") == {"local_key": "c", "old_keys": ["e", "d", "b"]}, "each once"
    assert with_key(data, "e") == {"local_key": "e", "old_keys": ["d", "c", "b"]}
    assert with_key({"local_key": ""}, "a") == {"local_key": "a", "old_keys": []}
