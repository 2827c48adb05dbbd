import asyncio
from dataclasses import replace
from functools import partial

from homeassistant.core import HomeAssistant
import pytest

from custom_components.localtuya import account as module
from custom_components.localtuya.account import Account, record_of
from custom_components.localtuya.cloud.errors import CloudSetupError, CloudUnreachable
from custom_components.localtuya.model.record import DeviceRecord

from .home_assistant import DOOR, GATEWAY, LAMP, PLUG, PLUG_MAC, SWITCH_MODEL, USER, Home

pytest_plugins = ("tests.home_assistant",)


@pytest.fixture
async def account(hass: HomeAssistant, home: Home) -> Account:
    return Account(hass, home.credentials)


async def _learn(account: Account, records: list[DeviceRecord]) -> dict[str, DeviceRecord]:
    learned: dict[str, DeviceRecord] = {}
    await account.async_learn(records, lambda record: learned.update({record.id: record}))
    return learned


async def test_devices_become_records(account: Account) -> None:
    devices = await account.async_devices()
    door = record_of(devices[DOOR])
    assert door.gateway_id == GATEWAY
    assert door.node_id == "a4c138f1e2d3c4b5"
    assert door.name == "Front door"
    assert door.category == "mcs"
    assert "local_key" not in door.to_json()
    assert account.calls == 4


async def test_learning_brings_model_and_mac(account: Account) -> None:
    devices = await account.async_devices()
    learned = await _learn(account, [record_of(devices[PLUG]), record_of(devices[GATEWAY])])
    assert learned[PLUG].mac == PLUG_MAC
    assert learned[PLUG].properties == (
        {"id": 1, "code": "switch_1", "name": "switch_1", "mode": "rw", "type": "bool", "property": {}},
    )
    assert learned[GATEWAY].properties == (), "learned, too: nothing is to be known"


async def test_one_question_for_each_product(account: Account, home: Home) -> None:
    devices = await account.async_devices()
    plug = record_of(devices[PLUG])
    family = [replace(plug, id=f"plug{number}") for number in range(30)]
    learned = await _learn(account, [plug, *family])
    assert len(learned) == 31
    assert all(record.properties for record in learned.values())
    assert home.cloud.calls["model"] == 1
    assert home.cloud.calls["factory_infos"] == 1


async def test_gangs_have_the_names_of_the_app(account: Account, home: Home) -> None:
    model = [SWITCH_MODEL[0], SWITCH_MODEL[0] | {"id": 2, "code": "switch_2"}]
    device = home.cloud.add_device(USER, {"id": "bf2gang"}, model=model, status={"1": True, "2": False})
    device.custom_names = {"switch_2": " Kitchen "}
    learned = await _learn(account, [DeviceRecord("bf2gang"), DeviceRecord(PLUG)])
    assert learned["bf2gang"].labels == {"2": "Kitchen"}
    assert learned[PLUG].labels == {}
    assert home.cloud.calls["shadow"] == 1, "a device with one gang is not asked"
    home.cloud.faults.refuse = {"shadow": 28841105}
    assert (await _learn(account, [DeviceRecord("bf2gang")]))["bf2gang"].properties, "names are no condition"


async def test_no_more_than_ten_calls_a_second(account: Account, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PACE", 0.02)
    records = []
    for number in range(20):
        fields = {"id": f"bf{number}", "product_id": f"product{number}", "sub": True, "node_id": str(number)}
        home.cloud.add_device(USER, fields, model=SWITCH_MODEL, status={})
        records.append(DeviceRecord(f"bf{number}", product_id=f"product{number}", node_id=str(number)))
    begin = asyncio.get_running_loop().time()
    assert len(await _learn(account, records)) == 20
    assert asyncio.get_running_loop().time() - begin >= 0.38, "twenty, one after the other"


async def test_a_device_without_model_is_learned_as_it_is(account: Account, home: Home) -> None:
    home.cloud.faults.refuse = {"model": 2003}
    learned = await _learn(account, [DeviceRecord(PLUG, dps={"1": True})])
    assert learned[PLUG].dps == {"1": True}
    home.cloud.faults.refuse = {"model": 1106}
    assert await _learn(account, [DeviceRecord(PLUG)]) != {}, "somebody else's device"


@pytest.mark.parametrize(("code", "error"), [(28841002, CloudSetupError), (500, CloudUnreachable)])
async def test_what_ends_the_learning(account: Account, home: Home, code: int, error: type[Exception]) -> None:
    home.cloud.faults.refuse = {"model": code}
    with pytest.raises(error):
        await _learn(account, [DeviceRecord(PLUG), DeviceRecord(DOOR, node_id="n")])


async def test_mac_addresses_are_no_condition(account: Account, home: Home) -> None:
    home.cloud.faults.refuse = {"factory_infos": 28841105}
    learned = await _learn(account, [DeviceRecord(PLUG)])
    assert learned[PLUG].mac is None
    assert learned[PLUG].properties


async def test_a_device_without_answer_keeps_nothing_from_the_others(account: Account, home: Home) -> None:
    devices = await account.async_devices()
    home.cloud.devices[LAMP].model = ({"id": 1},)  # at which the server fails
    learned: dict[str, DeviceRecord] = {}
    records = [record_of(devices[device_id]) for device_id in (LAMP, PLUG, DOOR)]
    with pytest.raises(CloudUnreachable):
        await account.async_learn(records, lambda record: learned.update({record.id: record}))
    assert learned.keys() == {PLUG, DOOR}
    assert learned[PLUG].properties
    assert learned[DOOR].properties


async def test_the_second_of_a_product_answers_for_the_first(account: Account, home: Home) -> None:
    plug = record_of((await account.async_devices())[PLUG])
    learned = await _learn(account, [replace(plug, id="bf0000removed"), plug])
    assert learned["bf0000removed"].properties == learned[PLUG].properties != ()
    assert home.cloud.calls["model"] == 2


@pytest.mark.parametrize(("lost", "rest"), [(1, 19), (3, 17), (20, 0)])
async def test_how_many_questions_may_be_lost(lost: int, rest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PACE", 0.0)
    asked: list[int] = []

    async def ask(number: int) -> None:
        await asyncio.sleep(0)
        if number < lost:
            raise CloudUnreachable
        asked.append(number)

    questions = [partial(ask, number) for number in range(20)]
    if rest:
        assert len(await module._in_parallel(questions)) == lost
    else:
        with pytest.raises(CloudUnreachable):
            await module._in_parallel(questions)
    assert len(asked) == rest
