"""What is in a file of tinytuya: devices.json of its wizard, snapshot.json of its scans, tuya-raw.json of the cloud.

All of it is somebody else's word: a row that makes no sense is skipped and counted, a field of a wrong type is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from ipaddress import IPv4Address
import re
from typing import Final

import orjson

from ..account import record_of
from ..cloud.rows import CloudDevice, Row, parse_device, parse_factory_info, record
from ..lan.armour import KEY_BYTES
from ..model.record import DeviceRecord
from ..model.specified import specified

MOST_BYTES: Final = 16 * 2**20
MOST_DEVICES: Final = 2000
"""Rows beyond are skipped: no list of a form can show more."""
_LONGEST = 128
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OTHER_NAMES = {
    "id": ("id", "gwId"),
    "local_key": ("key", "local_key"),
    "gateway_id": ("parent", "gateway_id"),
    "product_id": ("product_id", "productKey"),
}
"""What tinytuya calls what the cloud calls so, the better one first."""


class KeyFileError(ValueError):
    """It is no such file; `key` is the translation key of the form's error."""

    def __init__(self, key: str) -> None:
        """Keep what is wrong, and nothing of the content."""
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The devices of a file."""

    devices: Mapping[str, CloudDevice]
    _: KW_ONLY
    skipped: int
    """Rows that name no device, one that was named before, or one too many."""
    _rows: Mapping[str, Row] = field(repr=False)

    @classmethod
    def read(cls, content: bytes) -> KeyFile:
        """Return what is in a file of any of the forms; raise KeyFileError."""
        rows = _rows_of(_decoded(content))
        devices: dict[str, CloudDevice] = {}
        kept: dict[str, Row] = {}
        for row in map(record, rows):
            device = _device(row)
            if device is None or (device.id in devices and (devices[device.id].local_key or not device.local_key)):
                continue
            if device.id in devices or len(devices) < MOST_DEVICES:
                devices[device.id], kept[device.id] = device, row
        if not devices:
            raise KeyFileError("file_no_devices")
        return cls(devices, skipped=len(rows) - len(devices), _rows=kept)

    def record(self, device_id: str) -> DeviceRecord:
        """Return what the file says of what a device is."""
        row = self._rows[device_id]
        info = parse_factory_info({"id": device_id, "mac": row.get("mac")})
        mapping = record(row.get("mapping"))
        known = replace(record_of(self.devices[device_id]), properties=specified(mapping))
        return replace(known, mac=info.mac) if info else known

    def address(self, device_id: str) -> str | None:
        """Return where a device was when the file was written, None if that is no address of a home."""
        try:
            address = IPv4Address(str(self._rows[device_id].get("ip")))
        except ValueError:
            return None
        unusable = not address.is_private or address.is_unspecified or address.is_multicast
        return None if unusable else str(address)


def _decoded(content: bytes) -> object:
    if len(content) > MOST_BYTES:
        raise KeyFileError("file_too_big")
    try:
        return orjson.loads(content.decode("utf-16" if content[:2] in _UTF_16 else "utf-8-sig"))
    except ValueError:
        raise KeyFileError("file_no_json") from None


def _rows_of(content: object) -> list[object]:
    match content:
        case list():
            return content
        case {"devices": list(rows)} | {"result": list(rows)}:
            return rows
        case {"result": {"devices": list(rows)}} | {"result": {"list": list(rows)}}:
            return rows
        case {"apiKey": _}:
            raise KeyFileError("file_of_settings")
        case _:
            raise KeyFileError("file_no_devices")


def _device(row: Row) -> CloudDevice | None:
    said = {**row} | {name: _first_text(row, others) for name, others in _OTHER_NAMES.items()}
    device = parse_device({name: value[:_LONGEST] if isinstance(value, str) else value for name, value in said.items()})
    if device is None or not _ID.fullmatch(device.id):
        return None
    return device if len(device.local_key.encode()) == KEY_BYTES else replace(device, local_key="")


def _first_text(row: Row, names: Iterable[str]) -> str:
    return next((value for name in names if isinstance(value := row.get(name), str) and value), "")
