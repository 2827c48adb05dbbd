"""The accounts and devices that the simulated OpenAPI knows, in all the shapes that its endpoints give them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
import json
from typing import Any

from .cloud_standard import Instruction, SchemaRow, given_set, instruction_set

_ICON = "smart/icon/ay1541056239985iUZFe/0123456789abcdef0123456789abcdef.png"
_INDUSTRY_LACKS = {"biz_type", "owner_id", "uid", "status"}
_SUB_DEVICE_HAS = {
    "active_time",
    "category",
    "icon",
    "id",
    "name",
    "node_id",
    "online",
    "owner_id",
    "product_id",
    "update_time",
}


@dataclass(slots=True)
class LinkedUser:
    """An app account; it lives in one data center."""

    uid: str
    data_center: str


@dataclass(slots=True)
class ListedDevice:
    """A device of an account; everything may be changed while the server runs."""

    fields: dict[str, Any]
    """The device object, with gateway_id for a sub-device."""
    uid: str
    model: Sequence[SchemaRow]
    status: dict[str, Any]
    """Values by product code."""
    mac: str = ""
    standard: tuple[Instruction, ...] = ()
    reported: dict[str, int] = field(default_factory=dict)
    """When a product code was reported last, ms since 1970."""
    custom_names: dict[str, str] = field(default_factory=dict)
    """What the user calls single datapoints, by product code."""

    @property
    def id(self) -> str:
        """The device id."""
        return str(self.fields["id"])

    def row(self, *, with_key: bool = True) -> dict[str, Any]:
        """Return the object of the plain lists: no gateway id."""
        row = {key: value for key, value in self.fields.items() if key != "gateway_id"}
        key = {} if with_key else {"local_key": ""}
        return row | key | {"uid": self.uid, "status": self.standard_status()}

    def industry_row(self) -> dict[str, Any]:
        """Return the object of the industry list: with the gateway id, without status and owner."""
        row = {key: value for key, value in self.fields.items() if key not in _INDUSTRY_LACKS}
        return {"gateway_id": "", "asset_id": "", "category_name": ""} | row

    def sub_device_row(self) -> dict[str, Any]:
        """Return the object of a gateway's list."""
        return {"asset_id": ""} | {key: value for key, value in self.fields.items() if key in _SUB_DEVICE_HAS}

    def factory_row(self) -> dict[str, str]:
        """Return the factory information; the MAC address is missing where there is none."""
        row = {"id": self.id, "uuid": str(self.fields["uuid"])}
        return row | {"mac": self.mac, "sn": "10000Q512345678"} if self.mac else row

    def thing_model(self) -> dict[str, str]:
        """Return the thing model: JSON text inside JSON, all datapoints in product codes."""
        properties = [
            {
                "abilityId": row["id"],
                "accessMode": row["mode"],
                "code": row["code"],
                "description": "",
                "name": row["code"],
                "typeSpec": {"type": "raw"} | dict(row.get("property") or {}),
            }
            for row in self.model
        ]
        service = {"actions": [], "code": "", "description": "", "events": [], "name": "默认服务"}
        model = {"modelId": "000004jq0k", "services": [service | {"properties": properties}]}
        return {"model": json.dumps(model, ensure_ascii=False)}

    def shadow(self, codes: Sequence[str]) -> dict[str, Any]:
        """Return the shadow in product codes: all or some of them; the time is 0 where nothing was reported."""
        rows = [row for row in self.model if not codes or row["code"] in codes]
        properties = [
            {
                "code": row["code"],
                "custom_name": self.custom_names.get(row["code"], ""),
                "dp_id": row["id"],
                "time": self.reported.get(row["code"], 0),
                "type": (row.get("property") or {}).get("type", "raw"),
                "value": self.status.get(row["code"], _unreported(row)),
            }
            for row in rows
        ]
        return {"properties": properties}

    def specification(self, *, with_dp: bool) -> dict[str, Any]:
        """Return the specification in standard codes."""
        return {
            "category": self.fields["category"],
            "functions": [row.row(with_dp=with_dp) for row in self.standard if row.mode != "ro"],
            "status": [row.row(with_dp=with_dp) for row in self.standard if row.mode != "wr"],
        }

    def standard_status(self) -> list[dict[str, Any]]:
        """Return the status in standard codes and values."""
        return [
            {"code": row.code, "value": row.standard(self.status[row.product_code])}
            for row in self.standard
            if row.mode != "wr" and row.product_code in self.status
        ]


def new_device(
    uid: str,
    fields: Mapping[str, Any],
    *,
    model: Sequence[SchemaRow],
    status: Mapping[str, Any],
    standard: Mapping[str, Any] | None,
    mac: str,
    now: float,
) -> ListedDevice:
    """Return a device with everything that the fields (at least `id`) leave out."""
    device_id = str(fields["id"])
    sub = bool(fields.get("sub", False))
    usual = {
        "active_time": 1756000000,
        "biz_type": 18,
        "category": "qt",
        "create_time": 1751000000,
        "icon": _ICON,
        "ip": "" if sub else "203.0.113.7",
        "lat": "52.5200",
        "local_key": sha256(device_id.encode()).hexdigest()[:16],
        "lon": "13.4050",
        "model": "",
        "name": device_id,
        "online": True,
        "owner_id": "57912345",
        "product_id": "",
        "product_name": "",
        "sub": sub,
        "time_zone": "+01:00",
        "update_time": int(now),
        "uuid": device_id,
    }
    codes = {str(row["id"]): row["code"] for row in model}
    values = {codes.get(key, key): value for key, value in status.items()}
    device = ListedDevice(usual | dict(fields), uid, model, values, mac)
    category = str(device.fields["category"])
    device.standard = given_set(standard, model) if standard is not None else instruction_set(model, category)
    device.reported = dict.fromkeys(values, int(now * 1000))
    return device


def _unreported(row: SchemaRow) -> object:
    spec = row.get("property") or {}
    match spec.get("type", "raw"):
        case "bool":
            return False
        case "value":
            return max(0, spec.get("min", 0))
        case "enum":
            return next(iter(spec.get("range", ())), "")
        case "bitmap":
            return 0
        case _:
            return ""
