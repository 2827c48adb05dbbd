"""What is known of one device, apart from secrets: the JSON of the cache, of diagnostics and of test fixtures."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
import re
from typing import Any

_GANG = re.compile(r"(switch|switch_led|led_switch|switch_usb|light|relay|control|valve|socket|outlet|ch)_?\d")
"""Codes of what a device can have several of, each with a name of its own."""


@dataclass(frozen=True, slots=True)
class DeviceRecord:
    """One device; `properties` are rows of `{id, code, mode, type, property}` in product codes, all datapoints."""

    id: str
    name: str = field(default="", kw_only=True)
    category: str = field(default="", kw_only=True)
    product_id: str = field(default="", kw_only=True)
    product_name: str = field(default="", kw_only=True)
    model: str = field(default="", kw_only=True)
    uuid: str = field(default="", kw_only=True)
    mac: str | None = field(default=None, kw_only=True)
    node_id: str | None = field(default=None, kw_only=True)
    gateway_id: str | None = field(default=None, kw_only=True)
    properties: tuple[Mapping[str, Any], ...] = field(default=(), kw_only=True)
    labels: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    """What the user called single datapoints in the app, by datapoint id: `{"1": "Kitchen"}`."""
    dps: Mapping[str, Any] = field(default_factory=dict, kw_only=True)
    """The last values seen, by datapoint id: a device without thing model gets its schema from them."""
    seen: float | None = field(default=None, kw_only=True)
    """Unix time at which the device itself said so; None where the values are the cloud's."""
    interval: float | None = field(default=None, kw_only=True)
    """Seconds between the wake-ups of a battery device, as far as learned."""

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {
            **asdict(self),
            "properties": [dict(row) for row in self.properties],
            "labels": dict(self.labels),
            "dps": dict(self.dps),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DeviceRecord:
        """Return the record; unknown keys are ignored, so that an older version reads a newer file."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        known["properties"] = tuple(known.get("properties") or ())
        known["labels"] = dict(known.get("labels") or {})
        known["dps"] = dict(known.get("dps") or {})
        return cls(**known)


def has_gangs(properties: Iterable[Mapping[str, Any]]) -> bool:
    """Whether these are the properties of a device with several gangs, which the user may have named in the app."""
    gangs = [row for row in properties if _GANG.fullmatch(str(row.get("code")).lower()) and row.get("mode") != "ro"]
    return len(gangs) > 1
