from base64 import b64encode

import pytest

from custom_components.localtuya.model.convert import lock
from custom_components.localtuya.model.errors import ValueRejected

from ..devices import dp


@pytest.mark.parametrize(
    ("datapoint", "raw", "locked"),
    [
        (dp("lock_motor_state", "bool", mode="ro"), True, False),
        (dp("lock_motor_state", "bool", mode="ro"), False, True),
        (dp("lock_motor_state", "bool", mode="ro"), "?", None),
        (dp("lock_state", "enum", range=["locked", "unlocked", "jammed"]), "locked", True),
        (dp("lock_state", "enum", range=["locked", "unlocked", "jammed"]), "unlocked", False),
        (dp("lock_state", "enum", range=["locked", "unlocked", "jammed"]), "jammed", None),
    ],
)
def test_bolts(datapoint: object, raw: object, locked: bool | None) -> None:  # noqa: FBT001
    point = lock.locked(datapoint)  # type: ignore[arg-type]
    assert point
    assert point.read({"1": raw}) is locked


def test_what_is_no_bolt() -> None:
    assert lock.locked(dp("lock_state", "enum", range=["a", "b"])) is None
    assert lock.locked(dp("lock_state", "value", min=0, max=1)) is None


@pytest.mark.parametrize(
    ("kind", "raw", "user"),
    [
        ("value", 12, 12),
        ("raw", b64encode(bytes((0, 1, 0, 5, 9))).decode(), 5),
        ("raw", b64encode(b"\1\2\3").decode(), None),
        ("raw", "no base64", None),
    ],
)
def test_who_opened(kind: str, raw: object, user: int | None) -> None:
    point = lock.user(dp("unlock_card", kind, mode="ro"))
    assert point
    assert point.read({"1": raw}) == user


def test_who_opened_is_neither_yes_nor_no() -> None:
    assert lock.user(dp("unlock_card", "bool")) is None


def test_keys() -> None:
    point = lock.keys(dp("remote_no_dp_key", "raw", maxlen=128))
    assert point
    shown = lock.Operation("00012345", unlock=True)
    assert point.write(shown) == {"1": b64encode(b"\1\0\x0100012345\0\1").decode()}
    registered = lock.Registration("00012345", start=1, end=2)
    assert point.write(registered) == {
        "1": b64encode(b"\1\0\1" + bytes((0, 0, 0, 1, 0, 0, 0, 2)) + b"\0\x0100012345").decode()
    }
    assert lock.keys(dp("remote_no_dp_key", "bool")) is None


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (b"\0\0\1", "done"),
        (b"\5\0\1", "wrong_code"),
        (b"\x63\0\1", None),
        (b"\0", None),
        (b"\1\0\x0100012345\0\1", None),
    ],
)
def test_answers(said: bytes, answer: str | None) -> None:
    point = lock.keys(dp("remote_no_dp_key", "raw"))
    assert point
    assert point.read({"1": b64encode(said).decode()}) == answer


def test_a_key_is_never_longer_than_the_lock_takes() -> None:
    point = lock.keys(dp("remote_no_dp_key", "raw", maxlen=4))
    assert point
    with pytest.raises(ValueRejected):
        point.write(lock.Operation("00012345", unlock=True))


@pytest.mark.parametrize("value", [True, "12345678", None, b"\1"])
def test_what_is_no_key_is_never_sent(value: object) -> None:
    point = lock.keys(dp("remote_no_dp_key", "raw"))
    assert point
    with pytest.raises(ValueRejected):
        point.write(value)
