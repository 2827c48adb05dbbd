import pytest

from custom_components.localtuya.cloud.rows import CloudDevice
from custom_components.localtuya.flow.findings import Finding, Gateway, find, on_network, subentry_of, with_gateways
from custom_components.localtuya.lan.discovery import Announcement

KEY = "0123456789abcdef"
PLUG = CloudDevice("plug", name="Plug", local_key=KEY, category="cz", product_id="p", product_name="Smart plug")
GATE = CloudDevice("gate", name="Gate", local_key=KEY)
DOOR = CloudDevice("door", name="Door", sub=True, gateway_id="gate", node_id="n1")
SEEN = {
    name: Announcement(name, host=f"192.0.2.{number}", version="3.4") for number, name in enumerate(("plug", "gate"), 1)
}


def _find(*devices: CloudDevice, seen: dict[str, Announcement] = SEEN) -> dict[str, Finding]:
    return {item.device.id: item.finding for item in find({device.id: device for device in devices}, seen)}


@pytest.mark.parametrize(
    ("device", "finding"),
    [
        (PLUG, Finding.ON_NETWORK),
        (DOOR, Finding.BEHIND_GATEWAY),
        (CloudDevice("lamp", local_key=KEY), Finding.NOT_SEEN),
        (CloudDevice("lamp"), Finding.NO_KEY),
        (CloudDevice("ir", sub=True), Finding.NO_GATEWAY),
        (CloudDevice("ir", sub=True, gateway_id="elsewhere", node_id="n"), Finding.NO_GATEWAY),
        (CloudDevice("ir", sub=True, gateway_id="gate"), Finding.NO_GATEWAY),
        (CloudDevice("zigbee", sub=True, gateway_id="gate", uuid="a4c1"), Finding.BEHIND_GATEWAY),
    ],
)
def test_how_a_device_stands(device: CloudDevice, finding: Finding) -> None:
    assert _find(device, GATE)[device.id] is finding


def test_a_gateway_that_is_not_there() -> None:
    assert _find(DOOR, GATE, seen={}) == {"door": Finding.GATEWAY_NOT_SEEN, "gate": Finding.NOT_SEEN}
    assert _find(DOOR, CloudDevice("gate")) == {"door": Finding.NO_GATEWAY, "gate": Finding.NO_KEY}


@pytest.mark.parametrize(
    ("device", "finding"),
    [
        (CloudDevice("x", sub=True, node_id="n"), Finding.GATEWAY_UNKNOWN),
        (CloudDevice("x", sub=True, uuid="a4c1"), Finding.GATEWAY_UNKNOWN),
        (CloudDevice("x", sub=True, gateway_id="gone", node_id="n"), Finding.GATEWAY_UNKNOWN),
        (CloudDevice("x", sub=True, gateway_id="foreign", node_id="n"), Finding.GATEWAY_FOREIGN),
        (CloudDevice("x", sub=True), Finding.NO_GATEWAY),
        (CloudDevice("x", sub=True, node_id="n", category="infrared_tv"), Finding.NO_GATEWAY),
    ],
)
def test_a_gateway_that_is_not_named(device: CloudDevice, finding: Finding) -> None:
    hub = CloudDevice("hub", category="wg2", local_key=KEY)
    seen = SEEN | {"foreign": Announcement("foreign", host="192.0.2.9")}
    assert _find(device, hub, seen=seen)["x"] is finding


@pytest.mark.parametrize(
    ("gateway", "seen", "finding"),
    [
        (Gateway("Attic", certain=True, up=True), {}, Finding.BEHIND_GATEWAY),
        (Gateway("Attic", certain=True, up=False), SEEN, Finding.BEHIND_GATEWAY),
        (Gateway("Attic", certain=False, up=False), {}, Finding.GATEWAY_NOT_SEEN),
    ],
)
def test_a_gateway_that_is_set_up_already(gateway: Gateway, seen: dict[str, Announcement], finding: Finding) -> None:
    (found,) = find({"door": DOOR}, seen, {"gate": gateway})
    assert found.finding is finding
    assert found.placeholders["gateway"] == "Attic"


def test_gateways_that_are_set_up_are_asked_too() -> None:
    nameless = {"x": CloudDevice("x", sub=True, node_id="n")}
    for certain, finding in ((True, Finding.GATEWAY_UNKNOWN), (False, Finding.NO_GATEWAY)):
        (found,) = find(nameless, SEEN, {"gate": Gateway("Attic", certain=certain, up=True)})
        assert found.finding is finding


def test_the_best_come_first_and_then_the_alphabet() -> None:
    other = CloudDevice("a", name="alarm", local_key=KEY)
    last = CloudDevice("z", name="aaa")
    assert list(_find(last, other, DOOR, PLUG, GATE)) == ["gate", "plug", "door", "a", "z"]


def test_who_should_be_heard() -> None:
    assert on_network({device.id: device for device in (PLUG, GATE, DOOR, CloudDevice("x"))}) == {"plug", "gate"}


def test_gateways_come_along() -> None:
    devices = {device.id: device for device in (PLUG, GATE, DOOR)}
    assert with_gateways(["door", "plug"], devices) == [GATE, DOOR, PLUG]
    assert with_gateways(["gate", "door"], devices) == [GATE, DOOR]
    assert with_gateways(["plug"], devices) == [PLUG]


def test_subentry() -> None:
    row = subentry_of(PLUG, SEEN["plug"])
    assert row["title"] == "Plug"
    assert row["unique_id"] == "plug"
    assert row["data"] == {
        "device_id": "plug",
        "name": "Plug",
        "local_key": KEY,
        "host": "192.0.2.1",
        "port": 6668,
        "protocol_version": "3.4",
        "product_id": "p",
        "product_name": "Smart plug",
        "category": "cz",
    }


def test_subentry_of_a_device_that_was_not_heard() -> None:
    data = subentry_of(DOOR, None)["data"]
    assert "host" not in data
    assert "protocol_version" not in data
    assert data["gateway_id"] == "gate"
    assert data["node_id"] == "n1"


def test_a_device_without_name() -> None:
    assert subentry_of(CloudDevice("x", product_name="Bulb"), None)["title"] == "Bulb"
    assert subentry_of(CloudDevice("x"), None)["title"] == "x"
