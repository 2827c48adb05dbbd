"""The files of tinytuya, written by its own wizard, which asks the simulated cloud."""

from collections.abc import Iterable, Mapping
import contextlib
import json
from pathlib import Path
from typing import Any, override
from unittest.mock import patch

import tinytuya
from tinytuya import scanner, wizard

from tests.lab.cloud import LabCloud
from tests.lab.device import LabDevice


def run_wizard(cloud: LabCloud, folder: Path) -> dict[str, bytes]:
    """Return what the wizard writes: devices.json and tuya-raw.json, by name."""

    class Cloud(tinytuya.Cloud):  # type: ignore[misc]
        """tinytuya's side of the cloud, without the signing."""

        @override
        def __init__(self, **credentials: Any) -> None:
            self.__dict__.update(credentials, error=None, token="token", mappings=None, use_old_device_list=True)
            self.urlhost = "openapi.tuyaeu.com"

        @override
        def _tuyaplatform(self, uri: str, *_: object, **__: object) -> dict[str, Any]:
            return {"success": True, "result": _answer(cloud, uri)}

    credentials = {"apiKey": "key", "apiSecret": "secret", "apiRegion": "eu", "apiDeviceID": next(iter(cloud.devices))}
    with contextlib.chdir(folder), patch.object(tinytuya, "Cloud", Cloud), contextlib.redirect_stdout(None):
        wizard.wizard(color=False, assume_yes=True, skip_poll=True, credentials=credentials)
    return {name: (folder / name).read_bytes() for name in (tinytuya.DEVICEFILE, tinytuya.RAWFILE)}


def snapshot(written: bytes, devices: Iterable[LabDevice]) -> bytes:
    """Return the snapshot.json of a scan that found these of the devices that the wizard wrote."""
    found = {device.device_id: device for device in devices}
    rows = [_scanned(row, found.get(row["id"])) for row in json.loads(written)]
    return json.dumps({"timestamp": 1760000000.0, "devices": rows}, indent=4).encode()


def _scanned(row: Mapping[str, Any], device: LabDevice | None) -> dict[str, Any]:
    heard = {"ip": device.host, "version": device.version, "origin": "broadcast"} if device else {"ip": ""}
    dps = {"dps": {"devId": row["id"], "dps": dict(device.dps)}} if device else {}
    saved: dict[str, Any] = scanner._snapshot_save_item({**row, "gwId": row["id"], **heard, **dps})
    return saved


def _answer(cloud: LabCloud, uri: str) -> Any:
    match uri.split("/"):
        case ["users", uid, "devices"]:
            devices = [device for device in cloud.devices.values() if device.uid == uid]
            return [device.row() | {"gateway_id": device.fields.get("gateway_id", "")} for device in devices]
        case ["devices", device_id, "specifications"]:
            return cloud.devices[device_id].specification(with_dp=True)
        case ["devices", questions] if questions.startswith("factory-infos?"):
            return [cloud.devices[each].factory_row() for each in questions.partition("=")[2].split(",")]
        case ["devices", device_id]:
            return cloud.devices[device_id].row()
    raise AssertionError(uri)
