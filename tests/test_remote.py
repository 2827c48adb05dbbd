from base64 import b64encode
from collections.abc import Mapping
import json
from typing import Any

from homeassistant.const import STATE_ON
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.localtuya import remote
from custom_components.localtuya.codebook import Codebook
from custom_components.localtuya.lan.errors import NoAnswer

from .home_assistant import until
from .house import DEVICE_ID, Device, Install
from .test_infrared import HUB, NEWER, at_home

pytest_plugins = ("tests.install",)

CODE, OTHER = b"\x28\x23\x94\x11", b"\x28\x23\x94\x12"
STUDY, STOP = {"1": '{"control":"study"}'}, {"1": '{"control":"study_exit"}'}


def learned(data: bytes) -> dict[str, object]:
    """Return the report of a learned code."""
    return {"2": b64encode(data).decode()}


def keys(device: Device) -> list[str]:
    """Return the codes that were sent."""
    orders = [json.loads(str(each["1"])) for each in device.sent]
    return [order["key1"] for order in orders if order["control"] == "send_ir"]


async def learn(hub: Device, *codes: bytes, **data: Any) -> None:
    """Let the user press these keys while codes are learned."""

    def orders() -> int:
        return len([each for each in hub.sent if "study" in str(each)])

    task = hub.hass.async_create_task(hub.call("remote", "learn_command", **data))
    for turn, code in enumerate(codes):
        await until(lambda turn=turn: orders() == 2 * turn + 1)  # type: ignore[misc]
        hub.coordinator.async_report(learned(code))
    await task


async def send(hub: Device, *commands: str, **data: Any) -> None:
    """Send commands without waiting in between."""
    await hub.call("remote", "send_command", command=list(commands), **{"delay_secs": 0, **data})


async def test_it_is_always_ready(install: Install) -> None:
    device = await install(record=at_home(HUB))

    for service in ("turn_off", "turn_on", "toggle"):
        await device.call("remote", service)
        assert device.state("remote").state == STATE_ON
    assert device.sent == []


@pytest.mark.parametrize(
    ("data", "sent"),
    [
        ({}, ["1KCOUEQ=="]),
        ({"num_repeats": 2}, ["1KCOUEQ=="] * 2),
    ],
)
async def test_codes_are_sent(install: Install, data: Mapping[str, Any], sent: list[str]) -> None:
    device = await install(record=at_home(HUB))

    await send(device, "hex:28239411", **data)

    assert keys(device) == sent
    assert all(device.channel.alone)


async def test_what_is_learned_can_be_sent(install: Install) -> None:
    device = await install(record=at_home(HUB))

    await learn(device, CODE, OTHER, device="tv", command=["on", "off"])
    assert device.sent == [STUDY, STOP, STUDY, STOP]
    assert await Codebook(device.hass, DEVICE_ID).async_of("tv") == {"on": ["b64:KCOUEQ=="], "off": ["b64:KCOUEg=="]}

    await send(device, "off", "on", device="tv")
    assert keys(device) == ["1KCOUEg==", "1KCOUEQ=="]
    with pytest.raises(ServiceValidationError, match="neither"):
        await send(device, "off")


async def test_the_second_dialect_learns_and_sends(install: Install) -> None:
    device = await install(record=at_home(NEWER))

    await learn(device, CODE, command=["on"])
    await send(device, "on")

    assert device.sent == [{"1": "study"}, {"1": "study_exit"}, {"1": "study_key", "3": "KCOUEQ==", "4": 0}]
    with pytest.raises(ServiceValidationError, match="cannot send"):
        await send(device, "rf:eyJudW0iOjF9")
    with pytest.raises(ServiceValidationError, match="cannot learn"):
        await device.call("remote", "learn_command", command=["on"], command_type="rf")


async def test_codes_that_take_turns(install: Install) -> None:
    device = await install(record=at_home(HUB))

    await learn(device, CODE, OTHER, command=["power"], alternative=True)
    await send(device, "power", num_repeats=3)

    assert keys(device) == ["1KCOUEQ==", "1KCOUEg==", "1KCOUEQ=="]


async def test_radio_is_learned_where_it_is_asked_for(install: Install) -> None:
    device = await install(record=at_home(HUB))

    await learn(device, b'{"num":1}', command=["gate"], command_type="rf")
    await send(device, "gate")

    orders = [json.loads(str(each["1"])) for each in device.sent]
    assert [order["control"] for order in orders] == ["rf_study", "rfstudy_exit", "rfstudy_send"]
    assert orders[2]["key1"]["code"] == "eyJudW0iOjF9"


async def test_nobody_presses_a_key(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_PATIENCE", 0.01)
    device = await install(record=at_home(HUB))

    with pytest.raises(HomeAssistantError, match="heard no code"):
        await device.call("remote", "learn_command", command=["on"])

    assert device.sent == [STUDY, STOP]
    assert await Codebook(device.hass, DEVICE_ID).async_of(None) == {}


async def test_a_hub_out_of_reach_learns_nothing(install: Install) -> None:
    device = await install(record=at_home(HUB))
    device.channel.failure = NoAnswer("")

    with pytest.raises(HomeAssistantError, match="did not confirm"):
        await device.call("remote", "learn_command", command=["on"])


async def test_a_name_is_needed(install: Install) -> None:
    device = await install(record=at_home(HUB))

    with pytest.raises(ServiceValidationError, match="name"):
        await device.call("remote", "learn_command")


async def test_commands_are_forgotten(install: Install) -> None:
    device = await install(record=at_home(HUB))
    await learn(device, CODE, command=["on"])

    await device.call("remote", "delete_command", command=["on"])

    with pytest.raises(ServiceValidationError, match="neither"):
        await send(device, "on")
    with pytest.raises(ServiceValidationError, match="neither"):
        await device.call("remote", "delete_command", command=["on"])
    assert await Codebook(device.hass, DEVICE_ID).async_of(None) == {}


async def test_a_damaged_codebook_sends_nothing(install: Install, hass_storage: dict[str, Any]) -> None:
    hass_storage[f"localtuya.codes.{DEVICE_ID}"] = {"version": 1, "data": {"codes": {"": {"on": ["poem"]}}}}
    device = await install(record=at_home(HUB))

    with pytest.raises(ServiceValidationError, match="cannot send"):
        await send(device, "on")
    assert device.sent == []
