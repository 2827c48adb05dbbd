from typing import Any

from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.localtuya.const import DOMAIN
from custom_components.localtuya.model.record import DeviceRecord

from .house import DEVICE_ID, NAME, Device, Install
from .model.devices import row

pytest_plugins = ("tests.install",)

RECORD = DeviceRecord(
    DEVICE_ID,
    name=NAME,
    category="cz",
    properties=(
        row("switch_1", "bool", number=1),
        row("add_ele", "value", number=17, mode="ro", min=0, max=50000, scale=3),
        row("cycle_time", "string", number=42, maxlen=255),
        row("mystery", "raw", number=50),
        row("motion_zone", "string", number=51, maxlen=255),
        row("wifi_pwd", "string", number=52, maxlen=255),
    ),
)
SCHEDULE = [
    {
        "enabled": True,
        "channel": 1,
        "days": ["monday"],
        "start": "08:00",
        "end": "18:00",
        "minutes_on": 15,
        "minutes_off": 45,
    }
]
REPORTED = {"1": True, "17": 7, "42": "AQIB4AQ4AA8ALQ==", "50": "AQI=", "51": '{"num":1}', "52": "open sesame"}


@pytest.fixture
async def device(install: Install) -> Device:
    return await install(record=RECORD, dps=REPORTED)


async def get(device: Device, datapoint: str | int) -> Any:
    return await device.hass.services.async_call(
        DOMAIN, "get_datapoint", meant(device, datapoint), blocking=True, return_response=True
    )


async def put(device: Device, datapoint: str | int, value: object) -> None:
    await device.hass.services.async_call(
        DOMAIN, "set_datapoint", {**meant(device, datapoint), "value": value}, blocking=True
    )


def meant(device: Device, datapoint: str | int) -> dict[str, Any]:
    entity = er.async_get(device.hass).async_get(device.entity_id("switch", "1"))
    assert entity
    return {"device_id": entity.device_id, "datapoint": datapoint}


@pytest.mark.parametrize(
    ("datapoint", "dp", "value"),
    [
        ("cycle_time", "42", SCHEDULE),
        ("cycleTime", "42", SCHEDULE),
        (42, "42", SCHEDULE),
        ("50", "50", "0102"),
        ("motion_zone", "51", {"num": 1}),
        ("add_ele", "17", 0.007),
        ("switch_1", "1", True),
    ],
)
async def test_get(device: Device, datapoint: str | int, dp: str, value: object) -> None:
    answer = await get(device, datapoint)
    assert (answer["datapoint"], answer["value"]) == (dp, value)


async def test_what_was_not_reported_is_none(install: Install) -> None:
    device = await install(record=RECORD, dps={"1": True})
    assert (await get(device, "cycle_time"))["value"] is None


@pytest.mark.parametrize(
    ("datapoint", "value", "raw"),
    [
        ("cycle_time", [], ""),
        ("cycle_time", SCHEDULE, "AQIB4AQ4AA8ALQ=="),
        ("mystery", "ff00", "/wA="),
        ("motion_zone", {"num": 2}, '{"num":2}'),
        ("wifi_pwd", "swordfish", "swordfish"),
        ("switch_1", False, False),
    ],
)
async def test_set(device: Device, datapoint: str, value: object, raw: object) -> None:
    await put(device, datapoint, value)
    assert list(device.sent[0].values()) == [raw]


@pytest.mark.parametrize(
    ("datapoint", "value", "key"),
    [
        ("cycle_time", [{**SCHEDULE[0], "start": "25:00"}], "value_rejected"),
        ("mystery", {"a": 1}, "value_rejected"),
        ("add_ele", 1, "value_rejected"),
        ("switch_1", "yes", "value_rejected"),
        ("nothing", 1, "no_datapoint"),
    ],
)
async def test_what_is_refused(device: Device, datapoint: str, value: object, key: str) -> None:
    with pytest.raises(ServiceValidationError) as refusal:
        await put(device, datapoint, value)
    assert refusal.value.translation_key == key
    assert device.sent == []


async def test_a_secret_is_not_told(device: Device) -> None:
    with pytest.raises(ServiceValidationError) as refusal:
        await get(device, "wifi_pwd")
    assert refusal.value.translation_key == "secret"


async def test_another_integrations_device(device: Device) -> None:
    with pytest.raises(ServiceValidationError):
        await device.hass.services.async_call(
            DOMAIN, "set_datapoint", {"device_id": "nobody", "datapoint": "1", "value": True}, blocking=True
        )
