"""From the product's datapoints to Tuya's standard instruction set: fewer datapoints, other codes, other values.

The rule: a datapoint with an alias takes its standard code and values; a custom one (id above 100) without alias is
not part of the set; any other keeps its code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
import json
from typing import Any

type SchemaRow = Mapping[str, Any]
"""A datapoint as schema files have it: id, code, mode, type, property."""

_LIGHTS = frozenset({"dj", "dd", "dc", "xdd", "fwd"})
_KINDS = {
    "bool": "Boolean",
    "value": "Integer",
    "enum": "Enum",
    "string": "String",
    "struct": "Json",
    "raw": "Raw",
    "bitmap": "Bitmap",
}
_CLICKS = {"single_click": "click", "double_click": "double_click", "long_press": "press"}
_LEVELS = {"0x00": "low", "0x01": "low", "0x02": "middle", "0x03": "high"}


@dataclass(frozen=True, slots=True)
class Alias:
    """What a product code is called in the standard set, on which condition, and how its words are translated."""

    code: str
    standard: str
    categories: frozenset[str] = field(kw_only=True)
    kind: str = field(default="", kw_only=True)
    dp: int = field(default=0, kw_only=True)
    most: int = field(default=0, kw_only=True)
    words: Mapping[str, object] = field(default_factory=dict, kw_only=True)
    colours: int = field(default=0, kw_only=True)
    """The full scale of a colour's saturation and value; hex digits become JSON."""

    def fits(self, row: SchemaRow, category: str) -> bool:
        """Whether it applies to this datapoint of a product of this category."""
        spec = row.get("property") or {}
        return (
            row["code"] == self.code
            and category in self.categories
            and (not self.kind or spec.get("type") == self.kind)
            and (not self.dp or row["id"] == self.dp)
            and (not self.most or spec.get("max") == self.most)
            and (not self.words or set(spec.get("range", ())) <= set(self.words))
        )


def _alias(code: str, standard: str, categories: str, **condition: Any) -> Alias:
    return Alias(code, standard, categories=frozenset(categories.split()), **condition)


ALIASES = (
    Alias("bright_value", "bright_value_v2", categories=_LIGHTS, most=1000),
    Alias("temp_value", "temp_value_v2", categories=_LIGHTS, most=1000),
    Alias("colour_data", "colour_data_v2", categories=_LIGHTS, dp=24, colours=1000),
    Alias("colour_data", "colour_data", categories=_LIGHTS, dp=5, colours=255),
    Alias("scene_data", "scene_data_v2", categories=_LIGHTS, dp=25),
    Alias("countdown", "countdown_1", categories=_LIGHTS | {"cz"}, kind="value"),
    _alias("led_switch", "switch_led", "dj", kind="bool"),
    _alias("switch_on", "switch", "cz", kind="bool"),
    _alias("add_ele", "", "cz", dp=3),
    _alias("relay_status", "relay_status", "cz kg", words={"off": "power_off", "on": "power_on", "memory": "last"}),
    _alias("pir_state", "pir", "pir"),
    _alias("prm_switch", "switch", "mcs"),
    _alias("Battery", "battery", "mcs", kind="value"),
    _alias("battery", "va_battery", "wsdcg", kind="value"),
    _alias("prm_content", "va_humidity", "wsdcg"),
    _alias("prm_temperature", "va_temperature", "wsdcg"),
    _alias("temp_current", "va_temperature", "wsdcg"),
    _alias("humidity_value", "va_humidity", "wsdcg"),
    _alias("smoke_sensor_state", "smoke_sensor_status", "ywbj"),
    _alias("gas_sensor_state", "gas_sensor_status", "rqbj"),
    _alias("co_state", "co_status", "cobj"),
    _alias("status", "doorcontact_state", "mc", kind="enum", words={"open": True, "closed": False}),
    _alias("BatteryStatus", "battery_state", "mc", words=_LEVELS),
    *(_alias(f"switch_type_{n}", f"switch_mode{n}", "wxkg", words=_CLICKS) for n in range(1, 7)),
    _alias("Power", "switch", "wk", kind="bool"),
    _alias("TempSet", "temp_set", "wk"),
    _alias("TempCurrent", "temp_current", "wk"),
    _alias("ChildLock", "child_lock", "wk"),
)
"""Pairs that real products show; an empty standard code drops the datapoint."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of the standard set of one product."""

    code: str
    dp: int = field(kw_only=True)
    product_code: str = field(kw_only=True)
    mode: str = field(kw_only=True)
    type: str = field(kw_only=True)
    values: Mapping[str, object] = field(kw_only=True)
    words: Mapping[str, object] = field(kw_only=True)
    colours: int = field(kw_only=True)

    def row(self, *, with_dp: bool) -> dict[str, object]:
        """Return the row of a specification; `values` is JSON text."""
        values = json.dumps(self.values, separators=(",", ":"), ensure_ascii=False)
        row: dict[str, object] = {"code": self.code, "type": self.type, "values": values}
        return row | {"dp_id": self.dp} if with_dp else row

    def standard(self, value: object) -> object:
        """Return the product's value as the standard set says it."""
        match value:
            case str() if self.colours and value:
                return _colour_json(value, self.colours)
            case str() if self.words:
                return self.words.get(value, value)
            case _:
                return value

    def product(self, value: object) -> object:
        """Return the standard set's value as the product says it."""
        if self.colours and isinstance(value, str):
            return _colour_hex(value, self.colours)
        return next((ours for ours, theirs in self.words.items() if theirs == value), value)


def instruction_set(model: Sequence[SchemaRow], category: str) -> tuple[Instruction, ...]:
    """Return the standard instruction set of a product, by the rule above."""
    return tuple(instruction for row in model if (instruction := _instruction(row, category)) is not None)


def given_set(specification: Mapping[str, Any], model: Sequence[SchemaRow]) -> tuple[Instruction, ...]:
    """Return the instruction set of a specification given as the API says it (functions, status; dp_id in each row)."""
    codes = {row["id"]: row["code"] for row in model}
    functions = {row["code"]: row for row in specification.get("functions", ())}
    status = {row["code"]: row for row in specification.get("status", ())}
    return tuple(
        Instruction(
            code,
            dp=row["dp_id"],
            product_code=codes.get(row["dp_id"], code),
            mode=("rw" if code in status else "wr") if code in functions else "ro",
            type=row["type"],
            values=row["values"] if isinstance(row["values"], dict) else json.loads(row["values"] or "{}"),
            words={},
            colours=0,
        )
        for code, row in (functions | status).items()
    )


def _instruction(row: SchemaRow, category: str) -> Instruction | None:
    alias = next((alias for alias in ALIASES if alias.fits(row, category)), None)
    if (alias is not None and not alias.standard) or (alias is None and row["id"] > 100):
        return None
    spec = dict(row.get("property") or {"type": "raw"})
    kind = _KINDS.get(spec.pop("type", "raw"), "String")
    if alias is not None and alias.colours:
        kind, spec = "Json", {part: _range(360 if part == "h" else alias.colours) for part in "hsv"}
    if alias is not None and alias.words:
        words = [alias.words[word] for word in spec.get("range", ())]
        kind, spec = ("Boolean", {}) if True in words else ("Enum", {"range": words})
    if spec.get("unit") == "秒":
        spec["unit"] = "s"
    return Instruction(
        alias.standard if alias else row["code"],
        dp=row["id"],
        product_code=row["code"],
        mode=row["mode"],
        type=kind,
        values=spec,
        words=alias.words if alias else {},
        colours=alias.colours if alias else 0,
    )


def _range(most: int) -> dict[str, object]:
    return {"min": 0, "scale": 0, "unit": "", "max": most, "step": 1}


def _colour_json(digits: str, scale: int) -> str:
    """Return JSON of `hhhhssssvvvv` (scale 1000) or `rrggbb0hhhssvv` (scale 255)."""
    cuts = ((0, 4), (4, 8), (8, 12)) if scale == 1000 else ((6, 10), (10, 12), (12, 14))
    try:
        hue, saturation, value = (int(digits[start:end], 16) for start, end in cuts)
    except ValueError:
        return digits
    return json.dumps({"h": hue, "s": saturation, "v": value}, separators=(",", ":"))


def _colour_hex(text: str, scale: int) -> str:
    colour = json.loads(text)
    if scale == 1000:
        return "".join(f"{int(colour[part]):04x}" for part in "hsv")
    return f"000000{int(colour['h']):04x}{int(colour['s']):02x}{int(colour['v']):02x}"
