"""The datapoints of one device: from its thing model, a specification, or just from what it said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
import json
import logging
from typing import Any

from .datapoint import Bitmap, Bool, Datapoint, Enum, Int, Mode, Raw, Text
from .errors import SchemaError
from .plausible import plausible
from .presumed import presumed
from .record import DeviceRecord
from .units import decimals_of, unit_of

_LOGGER = logging.getLogger(__name__)

_MODES = {"ro": Mode.READ, "wr": Mode.WRITE}
_MOST_SCALE = 6
_WIDEST = 2**31
_MOST_WORDS = 256
_MOST_LENGTH = 65536


@dataclass(frozen=True, slots=True)
class Schema:
    """All datapoints of a device, in the order of their ids."""

    datapoints: tuple[Datapoint, ...] = ()

    @classmethod
    def of(cls, record: DeviceRecord) -> Schema:
        """Return the schema of a record: its properties, and what it reports beyond them; never raises."""
        known = {datapoint.dp: datapoint for datapoint in _readable(record.properties)}
        rows = {} if known else presumed(record.dps)
        live = {
            dp: datapoint_of(rows[dp]) if dp in rows else _guess(dp, raw)
            for dp, raw in record.dps.items()
            if dp not in known and _is_id(dp)
        }
        everything = known | {dp: datapoint for dp, datapoint in live.items() if datapoint is not None}
        return cls(plausible(sorted(everything.values(), key=lambda datapoint: int(datapoint.dp))))

    @property
    def by_id(self) -> dict[str, Datapoint]:
        """The datapoints by id."""
        return {datapoint.dp: datapoint for datapoint in self.datapoints}

    @property
    def by_code(self) -> dict[str, Datapoint]:
        """The datapoints by code."""
        return {datapoint.code: datapoint for datapoint in self.datapoints}

    def __iter__(self) -> Iterator[Datapoint]:
        return iter(self.datapoints)

    def __len__(self) -> int:
        return len(self.datapoints)


def datapoint_of(row: Mapping[str, Any]) -> Datapoint:
    """Return the datapoint of a thing-model or specification row; raise SchemaError where it makes no sense.

    `type` is the kind, or `obj` with the kind in `property`; kinds are those of the thing model (`value`) or
    of the specification (`Integer`).
    """
    dp = str(row["id"] if "id" in row else row.get("dp_id", ""))
    code = row.get("code")
    if not _is_id(dp) or not isinstance(code, str) or not code:
        raise SchemaError(f"no datapoint: id {dp[:20]!r}, code {str(code)[:40]!r}")
    mode = _MODES.get(str(row.get("mode")), Mode.BOTH)
    label = row.get("name")
    return _by_kind(row, dp, code[:80], mode, label[:80] if isinstance(label, str) else "")


def _readable(rows: Iterable[object]) -> Iterator[Datapoint]:
    for row in rows:
        if not isinstance(row, Mapping):
            _LOGGER.warning("A datapoint is skipped: it is no table")
            continue
        try:
            yield datapoint_of(row)
        except SchemaError as error:
            _LOGGER.warning("A datapoint is skipped: %s", error)


def _by_kind(row: Mapping[str, Any], dp: str, code: str, mode: Mode, label: str) -> Datapoint:
    facts = _facts(row)
    written = str(row.get("type") or "").lower()
    kind = str(facts.get("type") or "").lower() if written in {"obj", ""} else written
    match kind:
        case "bool" | "boolean":
            return Bool(dp, code=code, mode=mode, label=label)
        case "value" | "integer" | "int" | "float" | "double":
            return _int(dp, code, mode, label, facts)
        case "enum":
            return Enum(dp, code=code, mode=mode, label=label, range=_words(code, facts.get("range")))
        case "bitmap" | "fault":
            return Bitmap(dp, code=code, mode=mode, label=label, labels=_labels(facts.get("label")))
        case "string" | "json" | "date" | "struct" | "array":
            return Text(dp, code=code, mode=mode, label=label, maxlen=_length(facts, 255))
        case "raw":
            return Raw(dp, code=code, mode=mode, label=label, maxlen=_length(facts, 1024))
        case _:
            raise SchemaError(f"{code[:40]} is of unknown type {kind[:20]!r}")


def _facts(row: Mapping[str, Any]) -> Mapping[str, Any]:
    facts = row["property"] if "property" in row else row.get("values", row.get("typeSpec"))
    if isinstance(facts, str):
        try:
            facts = json.loads(facts)
        except ValueError:
            return {}
    return facts if isinstance(facts, Mapping) else {}


def _int(dp: str, code: str, mode: Mode, label: str, facts: Mapping[str, Any]) -> Int:
    low, high = _whole(facts.get("min"), -_WIDEST), _whole(facts.get("max"), _WIDEST - 1)
    step, scale = _whole(facts.get("step"), 1), _whole(facts.get("scale"), 0)
    low, high = min(low, high), max(low, high)
    scale = scale if 0 <= scale <= _MOST_SCALE else 0
    scale = scale or decimals_of(facts.get("unit"))
    increment = step if 0 < step <= max(high - low, 1) else 1
    return Int(
        dp,
        code=code,
        mode=mode,
        label=label,
        low=low,
        high=high,
        increment=increment,
        scale=scale,
        unit=unit_of(facts.get("unit"), code),
    )


def _whole(value: object, default: int) -> int:
    match value:
        case bool():
            return default
        case int():
            return value if abs(value) < 2**53 else default
        case float() | str():
            try:
                number = float(value)
            except ValueError:
                return default
            return int(number) if abs(number) < 2**53 else default
        case _:
            return default


def _words(code: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise SchemaError(f"{code} has no words")
    words = dict.fromkeys(str(word) for word in value[:_MOST_WORDS] if isinstance(word, str | int))
    if not words:
        raise SchemaError(f"{code} has no words")
    return tuple(words)


def _labels(value: object) -> tuple[str, ...]:
    return tuple(str(label) for label in value[:64]) if isinstance(value, list | tuple) else ()


def _length(facts: Mapping[str, Any], default: int) -> int:
    length = _whole(facts.get("maxlen"), default)
    return length if 0 < length <= _MOST_LENGTH else default


def _is_id(dp: object) -> bool:
    return isinstance(dp, str) and dp.isascii() and dp.isdigit() and 0 < int(dp[:6]) < 1000


def _guess(dp: str, raw: object) -> Datapoint | None:
    code = f"dp_{dp}"
    match raw:
        case bool():
            return Bool(dp, code=code)
        case int() | float():
            return Int(dp, code=code, low=-_WIDEST, high=_WIDEST - 1)
        case str():
            return Text(dp, code=code)
        case _:
            return None
