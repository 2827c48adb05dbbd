"""The recorded devices, as library of the model's tests."""

import json
from pathlib import Path
from typing import Any

from custom_components.localtuya.model.datapoint import Datapoint
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.schema import datapoint_of

FOLDER = Path(__file__).parent.parent / "devices"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def device(name: str) -> DeviceRecord:
    return DeviceRecord.from_json(json.loads((FOLDER / f"{name}.json").read_text()))


def dp(code: str, kind: str, *, number: int = 1, mode: str = "rw", **facts: Any) -> Datapoint:
    return datapoint_of(row(code, kind, number=number, mode=mode, **facts))


def row(code: str, kind: str, *, number: int = 1, mode: str = "rw", **facts: Any) -> dict[str, Any]:
    return {"id": number, "code": code, "mode": mode, "type": "obj", "property": {"type": kind, **facts}}


def record(*rows: dict[str, Any], **fields: Any) -> DeviceRecord:
    numbered = tuple({**properties, "id": number} for number, properties in enumerate(rows, 1))
    return DeviceRecord("device", properties=numbered, **fields)
