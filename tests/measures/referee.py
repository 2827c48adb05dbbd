"""Judges what is sent by the rows of the product's schema alone; shares no code with the integration."""

from base64 import b64decode
import binascii
from collections.abc import Iterator, Mapping, Sequence

from .products import Row

_INT32 = 2**31
_DEFAULT_LENGTHS = {"string": 255, "raw": 1024}


def violations(rows: Sequence[Row], dps: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with a command; where an id stands twice in the schema, either row may allow it."""
    for dp, raw in dps.items():
        laws = [row for row in rows if str(row.get("id")) == dp]
        if not laws:
            yield f"{dp}: no such datapoint"
            continue
        verdicts = [_violation(row, raw) for row in laws]
        if all(verdicts):
            yield f"{dp} ({laws[0].get('code')}): {str(raw)[:60]!r} {verdicts[0]}"


def _violation(row: Row, raw: object) -> str | None:  # noqa: PLR0911 - one for each kind
    if row.get("mode") == "ro":
        return "is sent to what is only read"
    facts = row.get("property") or {}
    kind = row.get("type") if row.get("type") != "obj" else facts.get("type")
    match kind:
        case "bool":
            return None if isinstance(raw, bool) else "is no boolean"
        case "value":
            return _number(facts, raw)
        case "enum":
            return None if isinstance(raw, str) and raw in facts["range"] else "is no word of the range"
        case "bitmap":
            width = max(len(facts.get("label", ())), int(facts.get("maxlen", 0)))
            return None if type(raw) is int and 0 <= raw < 2**width else f"is no mask of {width} bits"
        case "string":
            length = int(facts.get("maxlen") or _DEFAULT_LENGTHS["string"])
            return None if isinstance(raw, str) and len(raw) <= length else f"is no text of {length} characters"
        case "raw":
            return _blob(int(facts.get("maxlen") or _DEFAULT_LENGTHS["raw"]), raw)
        case _:
            return f"is sent to a {kind}"


def _number(facts: Row, raw: object) -> str | None:
    if type(raw) is not int:
        return "is no whole number"
    low, high = sorted((int(facts.get("min", -_INT32)), int(facts.get("max", _INT32 - 1))))
    if not low <= raw <= high:
        return f"is not within {low} to {high}"
    step = 1 if _counts_half_degrees(facts) else int(facts.get("step") or 1)
    if 0 < step <= high - low and (raw - low) % step:
        return f"is no step of {step} from {low}"
    return None


def _counts_half_degrees(facts: Mapping[str, object]) -> bool:
    """Whether a schema contradicts itself: steps of half a degree up to 5.9 °C are 59 half degrees in steps of one."""
    shape = (facts.get("min"), facts.get("max"), facts.get("scale"), facts.get("step"))
    return shape == (1, 59, 1, 5) and facts.get("unit") in {"℃", "°C"}


def _blob(length: int, raw: object) -> str | None:
    if not isinstance(raw, str):
        return "is no base64"
    try:
        return None if len(b64decode(raw, validate=True)) <= length else f"is longer than {length} bytes"
    except binascii.Error, ValueError:
        return "is no base64"
