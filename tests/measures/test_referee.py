from base64 import b64encode
from typing import Any

import pytest

from .referee import violations


def _row(kind: str, mode: str = "rw", **facts: Any) -> dict[str, Any]:
    return {
        "id": 1,
        "code": "x",
        "mode": mode,
        "type": "raw" if kind == "raw" else "obj",
        "property": facts | {"type": kind},
    }


NUMBER = _row("value", min=-10, max=90, step=5)
HALVES = _row("value", min=1, max=59, scale=1, step=5, unit="℃")


@pytest.mark.parametrize(
    ("row", "raw"),
    [
        (_row("bool"), True),
        (NUMBER, -10),
        (NUMBER, 90),
        (_row("value", min=0, max=2, step=5), 1),
        (HALVES, 42),
        (_row("enum", range=["a"]), "a"),
        (_row("bitmap", label=["a", "b"]), 3),
        (_row("string", maxlen=2), "ab"),
        (_row("raw", maxlen=2), b64encode(b"ab").decode()),
    ],
)
def test_what_fits(row: dict[str, Any], raw: object) -> None:
    assert list(violations([row], {"1": raw})) == []


@pytest.mark.parametrize(
    ("row", "raw"),
    [
        (_row("bool"), 1),
        (_row("bool", "ro"), True),
        (NUMBER, -15),
        (NUMBER, 95),
        (NUMBER, 1),
        (NUMBER, 5.0),
        (NUMBER, True),
        (HALVES, 60),
        (_row("enum", range=["1"]), 1),
        (_row("enum", range=["a"]), "A"),
        (_row("bitmap", label=["a", "b"]), 4),
        (_row("bitmap", label=["a", "b"]), -1),
        (_row("string", maxlen=2), "abc"),
        (_row("string", maxlen=2), b"ab"),
        (_row("raw", maxlen=2), b64encode(b"abc").decode()),
        (_row("raw", maxlen=2), "a"),
        (_row("struct"), "a"),
    ],
)
def test_what_does_not_fit(row: dict[str, Any], raw: object) -> None:
    assert len(list(violations([row], {"1": raw}))) == 1


def test_a_datapoint_that_there_is_not() -> None:
    assert list(violations([NUMBER], {"2": 0})) == ["2: no such datapoint"]


def test_either_of_two_rows_may_allow_it() -> None:
    rows = [_row("bool"), NUMBER]
    assert list(violations(rows, {"1": True})) == []
    assert list(violations(rows, {"1": 5})) == []
    assert len(list(violations(rows, {"1": "5"}))) == 1
