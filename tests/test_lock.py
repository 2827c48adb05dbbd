from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from homeassistant.components.lock import LockState
from homeassistant.const import STATE_UNKNOWN
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.localtuya.lock import LocalTuyaLock
from custom_components.localtuya.model.convert import lock as locks
from custom_components.localtuya.model.convert.bits import boolean, inverse, press
from custom_components.localtuya.model.convert.numbers import number
from custom_components.localtuya.model.datapoint import Bool, Int, Mode, Raw
from custom_components.localtuya.model.spec import Feature

from .house import Device, Install, feature

pytest_plugins = ("tests.install",)

STATE = {"lock_state": (Bool("47", code="lock_motor_state", mode=Mode.READ), locks.locked)}
BOLT = {"lock": (Bool("46", code="manual_lock"), boolean)}
KEY = {"code_unlock": (Raw("61", code="remote_no_dp_key"), locks.keys)}
REGISTER = {"register_key": (Raw("60", code="remote_no_pd_setkey"), locks.keys)}
REMOTE = {"unlock": (Bool("23", code="remote_unlock_switch", mode=Mode.WRITE), press)}
REQUEST = {"request_unlock": (Int("9", code="unlock_request", low=0, high=90, mode=Mode.READ), number)}
APPROVE = {"approve_unlock": (Bool("10", code="reply_unlock_request", mode=Mode.WRITE), press)}
FINGER = {"unlock_fingerprint": (Int("12", code="unlock_fingerprint", low=0, high=999, mode=Mode.READ), locks.user)}
CARD = {"unlock_card": (Raw("15", code="unlock_card_kit", mode=Mode.READ), locks.user)}
INTERCOM = feature("lock", {"lock": (Bool("148", code="accessory_lock"), inverse)})


def lock(*roles: Mapping[str, Any]) -> Feature:
    return feature("lock", {role: pair for part in roles for role, pair in part.items()})


def answering(device: Device, answers: dict[str, int]) -> None:
    """Let the lock answer to keys, by datapoint, with this result for member 1."""

    def reply(dps: Mapping[str, object]) -> None:
        for dp in dps.keys() & answers.keys():
            device.coordinator.async_report({dp: b64encode(bytes((answers[dp], 0, 1))).decode()})

    device.channel.reply = reply


async def test_it_is_as_it_says(install: Install) -> None:
    device = await install(lock(BOLT, KEY, STATE))
    assert device.state("lock", "46").state == STATE_UNKNOWN

    await device.report({"47": True})
    assert device.state("lock", "46").state == LockState.UNLOCKED

    await device.report({"47": False})
    assert device.state("lock", "46").state == LockState.LOCKED


@pytest.mark.parametrize(
    ("row", "service", "sent"),
    [
        (lock(BOLT, REMOTE, STATE), "lock", {"46": True}),
        (lock(BOLT, REMOTE, STATE), "unlock", {"23": True}),
        (INTERCOM, "unlock", {"148": True}),
        (INTERCOM, "lock", {"148": False}),
    ],
)
async def test_commands(install: Install, row: Feature, service: str, sent: dict[str, object]) -> None:
    device = await install(row, dps={"47": False, "148": False})

    await device.call("lock", service, row.key)

    assert device.sent == [sent]
    assert device.channel.alone == [True]
    assert device.state("lock", row.key).state == LockState.LOCKED  # nothing is assumed


async def test_it_opens_to_a_key_that_is_registered_for_once(install: Install) -> None:
    device = await install(lock(BOLT, KEY, REGISTER, STATE), dps={"47": False})
    answering(device, {"60": 0, "61": 0})

    await device.call("lock", "unlock", "46")

    registered, shown = (b64decode(str(next(iter(dps.values())))) for dps in device.sent)
    assert [list(dps) for dps in device.sent] == [["60"], ["61"]]
    assert (registered[:3], registered[11:13]) == (b"\1\0\1", b"\0\1")
    start, end = (int.from_bytes(registered[at : at + 4]) for at in (3, 7))
    assert end - start == 600
    assert registered[13:].isdigit()
    assert len(registered) == 21
    assert shown == b"\1\0\1" + registered[13:] + b"\0\1"


async def test_each_time_is_another_key(install: Install) -> None:
    device = await install(lock(KEY, REGISTER, STATE), dps={"47": False})
    answering(device, {"60": 0, "61": 0})

    for _ in range(3):
        await device.call("lock", "unlock", "61")

    assert len({str(dps["61"]) for dps in device.sent if "61" in dps}) == 3


@pytest.mark.parametrize(
    ("answers", "reason", "sent"),
    [
        ({"60": 1}, "lock_failed", 1),
        ({"60": 0, "61": 4}, "lock_out_of_validity", 2),
        ({"60": 0, "61": 6}, "lock_double_locked", 2),
    ],
)
async def test_a_refusal_is_told(install: Install, answers: dict[str, int], reason: str, sent: int) -> None:
    device = await install(lock(KEY, REGISTER, STATE))
    answering(device, answers)

    with pytest.raises(HomeAssistantError) as raised:
        await device.call("lock", "unlock", "61")

    assert raised.value.translation_key == reason
    assert len(device.sent) == sent


async def test_a_lock_that_says_nothing_may_have_opened(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LocalTuyaLock, "patience", 0)
    device = await install(lock(KEY, REGISTER, STATE))

    await device.call("lock", "unlock", "61")

    assert [list(dps) for dps in device.sent] == [["60"], ["61"]]


async def test_where_no_key_can_be_registered_the_owner_must_know_it(install: Install) -> None:
    device = await install(lock(KEY, STATE))
    answering(device, {"61": 0})
    assert device.state("lock", "61").attributes["code_format"] == r"^\d{8}$"

    with pytest.raises(ServiceValidationError):
        await device.call("lock", "unlock", "61", code="1234")
    assert device.sent == []

    await device.call("lock", "unlock", "61", code="12345678")
    await device.call("lock", "lock", "61", code="12345678")
    shown = [b64decode(str(dps["61"])) for dps in device.sent]
    assert shown == [b"\1\0\x0112345678\0\1", b"\0\0\x0112345678\0\1"]


async def test_who_rings_is_let_in(install: Install) -> None:
    device = await install(lock(REMOTE, REQUEST, APPROVE, STATE), dps={"9": 45})
    await device.call("lock", "unlock", "23")
    assert device.sent == [{"10": True}]

    await device.report({"9": 0})
    await device.call("lock", "unlock", "23")
    assert device.sent[1:] == [{"23": True}]


async def test_it_says_who_opened_even_the_same_again(install: Install) -> None:
    device = await install(lock(BOLT, KEY, STATE, FINGER, CARD), dps={"12": 7})
    assert "changed_by" not in device.state("lock", "46").attributes

    await device.report({"15": b64encode(bytes((0, 1, 0, 4))).decode()})
    assert device.state("lock", "46").attributes["changed_by"] == "card 4"

    await device.report({"12": 7, "47": True})
    assert device.state("lock", "46").attributes["changed_by"] == "fingerprint 7"

    await device.report({"12": 1, "15": b64encode(bytes((0, 1, 0, 9))).decode()})
    assert device.state("lock", "46").attributes["changed_by"] == "fingerprint 7"  # all that it remembers
