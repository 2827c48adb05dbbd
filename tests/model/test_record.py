import json

from custom_components.localtuya.model.record import DeviceRecord

from .devices import NAMES, device


def test_json_round_trip() -> None:
    for name in NAMES:
        known = device(name)
        assert DeviceRecord.from_json(json.loads(json.dumps(known.to_json()))) == known


def test_a_newer_file_is_read() -> None:
    assert DeviceRecord.from_json({"id": "a", "poem": 1, "properties": None}) == DeviceRecord("a")
