"""What the files of tinytuya say, and that nothing in them can do harm."""

from collections.abc import Iterator
import json
from time import process_time
from typing import Any

import pytest

from custom_components.localtuya.flow.keyfile import MOST_BYTES, MOST_DEVICES, KeyFile, KeyFileError
from custom_components.localtuya.model.plan import make_plan

KEY = "n<Q7}k$2:xR!e9[m"
PLUG: dict[str, Any] = {
    "name": "Kitchen plug",
    "id": "bf0000000000000000plug",
    "key": KEY,
    "mac": "10:d5:61:00:00:01",
    "uuid": "a1b2c3d4e5f60718",
    "sn": "10000Q512345678",
    "category": "cz",
    "product_name": "Smart Plug",
    "product_id": "gjnozsaz",
    "biz_type": 18,
    "model": "SP111",
    "sub": False,
    "icon": "https://images.tuyaeu.com/smart/icon/x.png",
    "mapping": {
        "1": {"code": "switch_1", "type": "Boolean", "values": {}},
        "19": {"code": "cur_power", "type": "Integer", "values": {"unit": "W", "min": 0, "max": 80000, "scale": 1}},
        "38": {"code": "relay_status", "type": "Enum", "values": {"range": ["power_off", "power_on", "last"]}},
    },
    "ip": "192.0.2.17",
    "version": "3.4",
}
GATEWAY: dict[str, Any] = {
    "name": "Gateway",
    "id": "bf0000000000000000gate",
    "key": KEY,
    "category": "wg2",
    "sub": False,
}
DOOR: dict[str, Any] = {
    "name": "Door",
    "id": "bf0000000000000000door",
    "key": KEY,
    "mac": "",
    "sub": True,
    "node_id": "a4c138f1e2d3c4b5",
    "parent": GATEWAY["id"],
    "category": "mcs",
}
OLDEST: dict[str, Any] = {"name": "Lamp", "id": "55014035c4dd57000000", "key": KEY}
ROWS = [PLUG, GATEWAY, DOOR, OLDEST]


def _read(content: object) -> KeyFile:
    return KeyFile.read(json.dumps(content).encode())


def test_devices_json() -> None:
    file = _read(ROWS)
    assert list(file.devices) == [row["id"] for row in ROWS]
    assert file.skipped == 0
    plug = file.devices[PLUG["id"]]
    assert (plug.name, plug.local_key, plug.product_id, plug.sub) == ("Kitchen plug", KEY, "gjnozsaz", False)
    door = file.devices[DOOR["id"]]
    assert (door.sub, door.gateway_id, door.node_id) == (True, GATEWAY["id"], DOOR["node_id"])
    assert file.address(OLDEST["id"]) is None
    assert file.record(OLDEST["id"]).properties == ()


def test_what_a_device_is() -> None:
    record = _read(ROWS).record(PLUG["id"])
    assert (record.mac, record.uuid, record.category, record.model) == (PLUG["mac"], PLUG["uuid"], "cz", "SP111")
    plan = make_plan(record)
    assert {(feature.platform, feature.key) for feature in plan.features} == {
        ("switch", "1"),
        ("sensor", "19"),
        ("select", "38"),
    }
    relay = plan.schema.by_code["relay_status"]
    assert relay.decode("memory") == "memory", "as the device says it"
    assert relay.decode("last") is None


def test_snapshot_json() -> None:
    row = {key: value for key, value in PLUG.items() if key not in {"version", "ip"}}
    scanned = row | {"ip": "10.0.0.5", "ver": "3.3", "origin": "broadcast", "dps": {"dps": {"1": True}}}
    unheard = {"id": OLDEST["id"], "ip": "", "ver": "", "origin": "cloud", "name": "Lamp", "key": KEY, "mac": ""}
    file = _read({"timestamp": 1760000000.1, "devices": [scanned, unheard]})
    assert file.devices.keys() == {PLUG["id"], OLDEST["id"]}
    assert file.address(PLUG["id"]) == "10.0.0.5"
    assert file.address(OLDEST["id"]) is None


def test_a_scan_alone_tells_the_product() -> None:
    broadcast = {"gwId": PLUG["id"], "productKey": "gjnozsaz", "ip": "10.0.0.5", "version": 3.3, "key": ""}
    file = _read({"devices": [broadcast]})
    assert file.devices[PLUG["id"]].product_id == "gjnozsaz"
    assert file.devices[PLUG["id"]].local_key == ""
    assert file.address(PLUG["id"]) == "10.0.0.5"


@pytest.mark.parametrize(
    "wrap", [lambda rows: {"result": rows, "success": True}, lambda rows: {"result": {"list": rows}}]
)
def test_tuya_raw_json(wrap: Any) -> None:
    raw = {"id": PLUG["id"], "local_key": KEY, "name": "Plug", "ip": "93.184.216.34", "gateway_id": "", "sub": False}
    child = {"id": DOOR["id"], "local_key": KEY, "gateway_id": GATEWAY["id"], "node_id": "a4c1", "sub": True}
    file = _read(wrap([raw, child]))
    assert file.devices[PLUG["id"]].local_key == KEY
    assert file.devices[DOOR["id"]].gateway_id == GATEWAY["id"]
    assert file.address(PLUG["id"]) is None, "the cloud's address is that of the internet"


def test_what_is_said_twice_or_not_at_all_is_counted() -> None:
    keyless = PLUG | {"key": ""}
    file = _read([keyless, PLUG, keyless, {"name": "nobody"}, None, 7, "x", PLUG | {"id": "../../etc/passwd"}])
    assert list(file.devices) == [PLUG["id"]]
    assert file.devices[PLUG["id"]].local_key == KEY, "the row with the key counts"
    assert file.skipped == 7


@pytest.mark.parametrize("key", ["short", "n<Q7}k$2:xR!e9[mm", "n<Q7}k$2:xR!e9[é", 1234567890123456, None])
def test_a_key_that_can_be_none_is_missing(key: object) -> None:
    assert _read([PLUG | {"key": key}]).devices[PLUG["id"]].local_key == ""


@pytest.mark.parametrize("address", ["8.8.8.8", "0.0.0.0", "224.0.0.251", "fe80::1", "plug.lan", 17, None, "127.1"])  # noqa: S104
def test_an_address_that_is_none_of_a_home_is_no_hint(address: object) -> None:
    assert _read([PLUG | {"ip": address}]).address(PLUG["id"]) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_editors_write_in_their_own_way(encoding: str) -> None:
    file = KeyFile.read(json.dumps([PLUG | {"name": "Küche"}], ensure_ascii=False).encode(encoding))
    assert file.devices[PLUG["id"]].name == "Küche"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "file_no_json"),
        (b"\xff\xfe\x00", "file_no_json"),
        (json.dumps(ROWS).encode()[:-5], "file_no_json"),
        (b"[" * 100_000, "file_no_json"),
        (b'["\\ud800"]', "file_no_json"),
        (b"null", "file_no_devices"),
        (b"[]", "file_no_devices"),
        (b'[{"id": ""}]', "file_no_devices"),
        (b'{"devices": {}}', "file_no_devices"),
        (b'{"result": {"total": 3}}', "file_no_devices"),
        (b'{"apiKey": "x", "apiSecret": "y", "apiRegion": "eu"}', "file_of_settings"),
        (b" " * (MOST_BYTES + 1), "file_too_big"),
    ],
)
def test_what_is_no_such_file(content: bytes, error: str) -> None:
    with pytest.raises(KeyFileError) as caught:
        KeyFile.read(content)
    assert caught.value.key == error


STRANGE: list[Any] = [
    None,
    True,
    -1,
    3.5,
    "",
    "x" * 100_000,
    [],
    [[]],
    {},
    {"code": {}},
    {"1": None},
    "\u0000\ud83d\ude00",
]


def _spoiled(value: Any) -> Iterator[Any]:
    """Yield the value with each of its parts replaced by each strange one."""
    yield from STRANGE
    match value:
        case dict():
            for key, part in value.items():
                yield from (value | {key: each} for each in _spoiled(part))
                yield {other: each for other, each in value.items() if other != key}
        case list():
            for place, part in enumerate(value):
                yield from ([*value[:place], each, *value[place + 1 :]] for each in _spoiled(part))


@pytest.mark.parametrize("content", [ROWS, {"timestamp": 1.0, "devices": [PLUG, DOOR]}, {"result": [PLUG]}])
def test_a_file_with_a_strange_part_is_read_or_refused(content: Any) -> None:
    read = 0
    for spoiled in _spoiled(content):
        try:
            file = _read(spoiled)
        except KeyFileError:
            continue
        for device_id in file.devices:
            make_plan(file.record(device_id))
            file.address(device_id)
        read += 1
    assert read > 300, "most of them hold devices all the same"


def test_a_file_is_cut_anywhere() -> None:
    content = json.dumps(ROWS).encode()
    for end in range(len(content)):
        with pytest.raises(KeyFileError):
            KeyFile.read(content[:end])


def test_ten_thousand_rows_are_bounded() -> None:
    rows = [PLUG | {"id": f"bf{number:020}"} for number in range(10_000)]
    content = json.dumps(rows).encode()
    begin = process_time()
    file = KeyFile.read(content)
    assert process_time() - begin < 2.0
    assert len(file.devices) == MOST_DEVICES
    assert file.skipped == 10_000 - MOST_DEVICES


def test_keys_are_never_shown() -> None:
    file = _read(ROWS)
    assert KEY not in repr(file)
    assert KEY not in str(file.record(PLUG["id"]).to_json())
