"""Values that a device may report: plausible ones by the schema, and those that no device should ever say."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from typing import Any

from .products import Product, Row

_TEXTS = (
    "",
    "0",
    "00fe02e803e8",
    "fffffffffffff",
    "1e0000ff0000",
    '{"h": 120, "s": 1000, "v": 500}',
    "{",
    "[1, null]",
    "null",
    "NaN",
    "07:30",
    "\N{GRINNING FACE}\0\n" * 40,
    "x" * 65536,
)
_BYTES = (b"", b"\0", b"\xff" * 3, bytes(range(8)), b"\xff" * 15, bytes(64), b"\xff" * 70000)
_NONSENSE: tuple[object, ...] = (
    None,
    True,
    -1,
    2**31,
    2**63,
    10**400,
    -(10**30),
    1.5,
    1e308,
    "",
    "no such word",
    "x" * 65536,
    "\N{GRINNING FACE}\0",
    "NaN",
    "-0",
    "===",
    [],
    [1, {"a": None}],
    {},
    {"h": None, "s": "x", "v": 1e308},
)
ROUNDS = len(_NONSENSE)
"""After so many rounds `nonsense` begins anew."""


def plausible(row: Row) -> tuple[Any, ...]:
    """Return raw values that the schema allows, two of them different wherever it allows two."""
    facts = row.get("property") or {}
    length = int(facts.get("maxlen", 128))
    match row["type"] if row["type"] != "obj" else facts.get("type"):
        case "bool":
            return True, False
        case "value":
            low, high, step = facts["min"], facts["max"], max(facts["step"], 1)
            return tuple(dict.fromkeys((low + (high - low) // step // 2 * step, low, high)))
        case "enum":
            return tuple(facts["range"])
        case "bitmap":
            return 0, 1, 2 ** max(len(facts["label"]), 1) - 1
        case "raw":
            return tuple(b64encode(value).decode() for value in _BYTES if len(value) <= length)
        case _:
            return tuple(text for text in _TEXTS if len(text) <= length)


def reports(product: Product, rounds: int) -> Iterator[Mapping[str, Any]]:
    """Yield reports of all datapoints with plausible values."""
    columns = {str(row["id"]): islice(cycle(plausible(row)), rounds) for row in product.rows}
    for _ in range(rounds):
        yield {dp: next(values) for dp, values in columns.items()}


def nonsense(product: Product, rounds: int = ROUNDS) -> Iterator[Mapping[str, object]]:
    """Yield reports in which no value fits, each datapoint with another one of the lot."""
    for turn in range(rounds):
        yield {str(row["id"]): _NONSENSE[(turn + place) % ROUNDS] for place, row in enumerate(product.rows)}
