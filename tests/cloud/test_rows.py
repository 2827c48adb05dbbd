from collections.abc import Callable
import json

from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.cloud.rows import (
    CloudDevice,
    Property,
    ShadowValue,
    collected,
    parse_device,
    parse_factory_info,
    parse_model,
    parse_shadow,
    parse_specification,
    parse_token,
    records,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ("id", "services", "properties", "typeSpec", "type", "code", "abilityId", "dp_id", "model", "mac")
            )
            | st.text(max_size=3),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_nonsense_never_raises(value: object) -> None:
    for parse in (parse_model, parse_specification, parse_shadow):
        parse(value)
        parse({"model": json.dumps(value), "properties": value, "functions": value})
    parse_token(value, now=0)
    collected(records([value]), parse_device)
    collected(records([value]), parse_factory_info)


def test_a_device() -> None:
    row = {
        "id": "a",
        "name": " Washer ",
        "local_key": " k'\"<",
        "sub": True,
        "online": True,
        "node_id": "n",
        "model": 5,
    }
    assert parse_device(row) == CloudDevice(
        "a", name="Washer", local_key=" k'\"<", sub=True, online=True, node_id="n", gateway_id=None, model=""
    )


def test_a_device_in_camel_case() -> None:
    row = {"id": "a", "customName": "Porch", "name": "Bulb", "localKey": "k", "productId": "p", "isOnline": True}
    device = parse_device(row)
    assert device == CloudDevice("a", name="Porch", local_key="k", product_id="p", online=True)


@pytest.mark.parametrize("row", [{}, {"id": ""}, {"id": 5}, {"id": None, "name": "x"}])
def test_a_device_without_id_is_dropped(row: dict[str, object]) -> None:
    assert parse_device(row) is None


def test_a_device_is_not_its_own_gateway() -> None:
    device = parse_device({"id": "a", "gateway_id": "a"})
    assert device is not None
    assert device.gateway_id is None


def test_a_key_is_not_shown() -> None:
    assert "geheim" not in repr(parse_device({"id": "a", "local_key": "geheim", "owner_id": "geheim"}))


def test_all_services_of_a_model_count() -> None:
    bulb = {"abilityId": 20, "accessMode": "rw", "code": "led", "name": "Licht", "typeSpec": {"type": "bool"}}
    power = {"abilityId": "5", "accessMode": "?", "code": "power", "typeSpec": {"type": "Value", "max": 9}}
    bad = [{"abilityId": True, "code": "x", "typeSpec": {"type": "bool"}}, {"abilityId": 1, "code": "y"}, 7, None]
    model = {"services": [{"properties": [bulb]}, {"properties": [power, *bad]}, {"properties": None}]}
    assert parse_model({"model": json.dumps(model)}) == (
        Property(20, code="led", mode="rw", type="bool", name="Licht"),
        Property(5, code="power", mode="rw", type="value", spec={"max": 9}),
    )


@pytest.mark.parametrize("result", [None, [], {}, {"model": "{"}, {"model": "[]"}, {"model": "[" * 5000}])
def test_a_broken_model_has_no_properties(result: object) -> None:
    assert parse_model(result) == ()


def test_a_specification_in_its_spellings() -> None:
    rows = [
        {"code": "switch", "type": "Boolean", "values": "{}", "dp_id": 1},
        {"code": "power", "type": "Integer", "values": '{"max":9}', "dpId": 5},
        {"code": "blob", "type": "raw", "values": ""},
    ]
    spec = parse_specification({"category": "cz", "functions": rows[:1], "status": rows})
    assert spec.category == "cz"
    assert [row.code for row in spec.functions] == ["switch"]
    assert [(row.dp_id, row.type, row.values) for row in spec.status] == [
        (1, "Boolean", {}),
        (5, "Integer", {"max": 9}),
        (None, "Raw", {}),
    ]


def test_a_shadow() -> None:
    rows = [
        {"code": "switch", "dp_id": 1, "value": False, "time": 1759999995000, "custom_name": "Pump"},
        {"code": "never", "dp_id": 2, "value": None},
        {"code": "odd", "dp_id": 3, "value": "x", "time": "soon"},
    ]
    assert parse_shadow({"properties": rows}) == (
        ShadowValue("switch", dp_id=1, value=False, time=1759999995000, custom_name="Pump"),
        ShadowValue("odd", dp_id=3, value="x", time=0, custom_name=""),
    )


@pytest.mark.parametrize(
    ("text", "mac"),
    [
        ("10:d5:61:0a:1b:2c", "10:d5:61:0a:1b:2c"),
        ("10D5610A1B2C", "10:d5:61:0a:1b:2c"),
        ("10-D5-61-0A-1B-2C", "10:d5:61:0a:1b:2c"),
        ("00:00:00:00:00:00", None),
        ("", None),
        ("10:d5:61", None),
        ("zz:d5:61:0a:1b:2c", None),
        (17, None),
    ],
)
def test_a_mac_address_has_one_form(text: object, mac: str | None) -> None:
    info = parse_factory_info({"id": "a", "mac": text})
    assert info is not None
    assert info.mac == mac


@pytest.mark.parametrize(
    ("life", "renew_at"),
    [
        ({"expire_time": 7200}, 7140),
        ({"expire": 7200}, 7140),
        ({"expire_time": "600"}, 540),
        ({"expire_time": 40}, 20),
        ({}, 3540),
        ({"expire_time": -1}, 3540),
        ({"expire_time": True}, 3540),
    ],
)
def test_a_token_is_renewed_before_its_end(life: dict[str, object], renew_at: float) -> None:
    token = parse_token({"access_token": "geheim"} | life, now=1000)
    assert token is not None
    assert token.renew_at == 1000 + renew_at
    assert "geheim" not in repr(token)


@pytest.mark.parametrize("parse", [parse_device, parse_factory_info])
def test_an_empty_row_is_dropped(parse: Callable[[dict[str, object]], object]) -> None:
    assert parse({}) is None
