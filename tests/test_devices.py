from homeassistant.config_entries import ConfigSubentryData
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.localtuya.devices import (
    endpoint_of,
    identifier,
    is_child,
    is_gateway,
    is_sleepy,
    parents_first,
    record_for,
)
from custom_components.localtuya.model.record import DeviceRecord

DATA = {"device_id": "plug", "local_key": "0123456789abcdef"}
BATTERY = ({"id": 2, "code": "battery_percentage"},)


def test_endpoint_of_what_is_known() -> None:
    data = DATA | {"host": "192.0.2.1", "port": 16668, "protocol_version": "3.4"}
    endpoint = endpoint_of(data, DeviceRecord("plug"))
    assert (endpoint.host, endpoint.port, endpoint.version) == ("192.0.2.1", 16668, "3.4")
    assert "0123" not in repr(endpoint)


def test_endpoint_of_what_was_learned_and_chosen() -> None:
    data = DATA | {"host": "192.0.2.1", "pinned": True, "old_keys": ["fedcba9876543210"]}
    endpoint = endpoint_of(data, DeviceRecord("plug"))
    assert endpoint.pinned
    assert endpoint.old_keys == ("fedcba9876543210",)
    assert "fedc" not in repr(endpoint)
    assert not endpoint_of(data | {"host": ""}, DeviceRecord("plug")).pinned, "nothing to pin"


def test_who_talks_through_a_gateway() -> None:
    assert is_child({"gateway_id": "g"})
    assert is_child({"node_id": "n"})
    assert not is_child(DATA)
    assert is_gateway(DeviceRecord("g", category="wg2"))
    assert not is_gateway(DeviceRecord("p", category="cz"))


def test_endpoint_of_what_is_not_known() -> None:
    endpoint = endpoint_of(DATA | {"host": "", "protocol_version": ""}, DeviceRecord("plug"))
    assert (endpoint.host, endpoint.port, endpoint.version) == (None, 6668, None)


def test_the_cache_knows_more_than_the_subentry() -> None:
    cached = DeviceRecord("plug", product_name="Plug")
    assert record_for(DATA, cached) is cached
    data = DATA | {"name": "Kitchen", "category": "cz", "product_id": "p", "product_name": "Plug", "gateway_id": "g"}
    assert record_for(data, None) == DeviceRecord(
        "plug", name="Kitchen", category="cz", product_id="p", product_name="Plug", gateway_id="g"
    )


@pytest.mark.parametrize(
    ("record", "sleepy"),
    [
        (DeviceRecord("x", category="mcs", properties=BATTERY), True),
        (DeviceRecord("x", category="mcs", properties=BATTERY, node_id="n"), False),
        (DeviceRecord("x", category="wsdcg"), False),
        (DeviceRecord("x", category="sd", properties=BATTERY), False),
    ],
)
def test_who_sleeps(record: DeviceRecord, *, sleepy: bool) -> None:
    assert is_sleepy(record) is sleepy


def test_gateways_come_first() -> None:
    rows = [("door", "gate"), ("plug", None), ("gate", None)]
    devices = [
        ConfigSubentryData(
            data={"device_id": name, "gateway_id": gateway}, subentry_type="device", title=name, unique_id=name
        )
        for name, gateway in rows
    ]
    entry = MockConfigEntry(domain="localtuya", subentries_data=devices)
    assert [device.title for device in parents_first(entry)] == ["plug", "gate", "door"]


def test_identifiers_are_those_of_earlier_versions() -> None:
    assert identifier("bf01") == ("localtuya", "local_bf01")
