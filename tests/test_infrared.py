from base64 import b64encode
from typing import Any, override

from homeassistant.components.infrared import (
    InfraredCommand,
    InfraredReceivedSignal,
    async_get_emitters,
    async_get_receivers,
    async_send_command,
    async_subscribe_receiver,
)
from homeassistant.const import STATE_UNKNOWN
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.localtuya.model.convert.infrared import Burst, bursts, timings
from custom_components.localtuya.model.record import DeviceRecord

from .house import Device, Install
from .model.devices import record, row

pytest_plugins = ("tests.install",)

NEC = [9000, -4500, 560, -560, 560, -1690, 560, -30_000]
HUB = record(
    row("ir_send", "string", maxlen=3072), row("ir_study_code", "raw", mode="ro", maxlen=128), category="wnykq"
)
NEWER = record(
    row("control", "enum", range=["send_ir", "study", "study_exit", "study_key"]),
    row("study_code", "raw", mode="ro"),
    row("key_study", "raw", mode="wr"),
    row("type", "value", min=0, max=255, step=1, scale=1),
    category="wnykq",
)


class Timings(InfraredCommand):  # type: ignore[misc]
    """A command of these timings."""

    def __init__(self, microseconds: list[int]) -> None:
        super().__init__(modulation=38_000)
        self._microseconds = microseconds

    @override
    def get_raw_timings(self) -> list[int]:
        return self._microseconds


def at_home(hub: DeviceRecord) -> DeviceRecord:
    return DeviceRecord.from_json({**hub.to_json(), "id": "bf0123456789abcdefghij", "name": "Hub"})


async def send(device: Device, microseconds: list[int]) -> None:
    (emitter,) = async_get_emitters(device.hass)
    await async_send_command(device.hass, emitter, Timings(microseconds))


def bytes_of(microseconds: list[int]) -> bytes:
    ((data, _),) = bursts(microseconds)
    return data


async def test_the_first_dialect(install: Install) -> None:
    device = await install(record=at_home(HUB))
    assert device.state("infrared", "1_emitter").state == STATE_UNKNOWN

    await send(device, NEC)

    key = b64encode(bytes_of(NEC)).decode()
    assert device.sent == [{"1": f'{{"control":"send_ir","head":"","key1":"1{key}","type":0,"delay":300}}'}]
    assert device.channel.alone == [True]
    assert device.state("infrared", "1_emitter").state != STATE_UNKNOWN


async def test_the_second_dialect(install: Install) -> None:
    device = await install(record=at_home(NEWER))

    await send(device, NEC)

    assert device.sent == [{"1": "study_key", "3": b64encode(bytes_of(NEC)).decode(), "4": 0}]


async def test_a_long_dark_is_waited_for(install: Install) -> None:
    device = await install(record=at_home(NEWER))

    await send(device, [9000, -100_000, 560, -500])

    sent = [device.coordinator.plan.schema.by_id["3"].decode(each["3"]) for each in device.sent]
    assert [timings(Burst(data)) for data in sent if isinstance(data, bytes)] == [[9000, -30_000], [560, -500]]


@pytest.mark.parametrize("microseconds", [[], [100_000, -500], NEC * 500])
async def test_what_cannot_be_sent(install: Install, microseconds: list[int]) -> None:
    device = await install(record=at_home(HUB))

    with pytest.raises(ServiceValidationError):
        await send(device, microseconds)
    assert device.sent == []


async def test_what_the_hub_sees(install: Install) -> None:
    device = await install(record=at_home(HUB))
    heard: list[InfraredReceivedSignal] = []
    (receiver,) = async_get_receivers(device.hass)
    async_subscribe_receiver(device.hass, receiver, heard.append)
    code: dict[str, Any] = {"2": b64encode(bytes_of(NEC)).decode()}

    for said in (code, code, {"2": "poem"}, {"2": b64encode(b'{"num":1}').decode()}):
        await device.report(said)

    assert heard == [InfraredReceivedSignal(NEC)] * 2
