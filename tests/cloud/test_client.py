"""The client against the simulated OpenAPI: what it reads, and how it keeps its token."""

import asyncio
import logging

import pytest

from custom_components.localtuya.cloud import (
    CloudBusy,
    CloudClient,
    CloudDevice,
    CloudRefused,
    CloudSetupError,
    CloudUnreachable,
)
from tests.cloud.conftest import HUB, KEY, PLUG, PLUG_MODEL, SECRET, SENSOR, USER, Clock, NewClient
from tests.lab.cloud import Gate, LabCloud


async def test_the_devices_of_an_account(home: LabCloud, client: CloudClient) -> None:
    devices = await client.user_devices(USER)
    assert list(devices) == [PLUG, HUB, SENSOR]
    assert devices[PLUG] == CloudDevice(
        PLUG,
        name="Washer",
        local_key=KEY,
        category="cz",
        product_id="37mnhia3pojleqfh",
        uuid=PLUG,
        online=True,
        owner_id="57912345",
        user_id=USER,
        paired=1756000000.0,
    )
    assert (devices[SENSOR].gateway_id, devices[SENSOR].node_id) == (HUB, "a4c138f1e2d3c4b5")
    assert dict(home.calls) == {"token": 1, "user_devices": 1, "shared_devices": 1, "iot03_devices": 1}
    assert client.calls == 4


async def test_a_home_without_sub_devices_takes_three_calls(home: LabCloud, client: CloudClient) -> None:
    home.remove_device(SENSOR)
    assert len(await client.user_devices(USER)) == 2
    assert client.calls == 3


async def test_zero_devices(lab: LabCloud, client: CloudClient) -> None:
    assert await client.user_devices(USER) == {}
    assert lab.calls["iot03_devices"] == 0


async def test_empty_keys_are_completed(home: LabCloud, client: CloudClient) -> None:
    home.faults.empty_keys = True
    assert (await client.user_devices(USER))[PLUG].local_key == KEY


async def test_empty_keys_stay_empty_where_nothing_knows_them(home: LabCloud, client: CloudClient) -> None:
    home.faults.empty_keys = home.faults.iot03_denied = True
    devices = await client.user_devices(USER)
    assert [device.local_key for device in devices.values()] == ["", "", ""]
    assert devices[SENSOR].gateway_id == HUB, "the hub named it"


async def test_a_gateway_is_told_by_its_key(home: LabCloud, client: CloudClient) -> None:
    home.faults.iot03_denied = True
    assert (await client.user_devices(USER))[SENSOR].gateway_id == HUB
    assert home.calls["sub_devices"] == 0


async def test_a_gateway_is_asked_for_its_sub_devices(home: LabCloud, client: CloudClient) -> None:
    home.faults.iot03_denied = True
    home.set_local_key(SENSOR, "")
    assert (await client.user_devices(USER))[SENSOR].gateway_id == HUB
    assert home.calls["sub_devices"] == 1


async def test_the_accounts_of_a_project(home: LabCloud, client: CloudClient) -> None:
    home.add_device("eu1679928018454Other", {"id": "bf1", "name": "Lamp"}, model=(), status={})
    assert await client.accounts() == {USER: ("Washer", HUB, SENSOR), "eu1679928018454Other": ("Lamp",)}
    assert await client.accounts(USER) == {USER: ("Washer", HUB, SENSOR)}
    assert dict(home.calls) == {"token": 1, "associated_devices": 1, "user_devices": 1}


async def test_an_account_without_devices_is_none(lab: LabCloud, client: CloudClient) -> None:
    assert await client.accounts() == await client.accounts(USER) == {}
    assert lab.calls["associated_devices"] == 1


async def test_the_accounts_fill_several_pages(home: LabCloud, client: CloudClient) -> None:
    for number in range(250):
        home.add_device(USER, {"id": f"bf{number:020}"}, model=(), status={})
    assert len((await client.accounts())[USER]) == 253
    assert home.calls["associated_devices"] == 3


@pytest.mark.parametrize(
    ("code", "key"), [(1106, "user_id_needed"), (1108, "user_id_needed"), (28841002, "plan_expired")]
)
async def test_a_project_that_does_not_name_its_accounts(
    home: LabCloud, client: CloudClient, code: int, key: str
) -> None:
    home.faults.refuse = {"associated_devices": code}
    with pytest.raises(CloudSetupError) as caught:
        await client.accounts()
    assert (caught.value.code, caught.value.key) == (code, key)


async def test_the_thing_model(home: LabCloud, client: CloudClient) -> None:
    model = await client.thing_model(PLUG)
    assert [(row.dp_id, row.code, row.mode) for row in model] == [
        (row["id"], row["code"], row["mode"]) for row in PLUG_MODEL
    ]
    assert [row.type for row in model] == ["bool", "value", "value", "raw"]
    assert model[1].spec == {"unit": "秒", "min": 0, "max": 86400, "scale": 0, "step": 1}
    assert home.calls["model"] == 1


async def test_the_specification_speaks_standard_codes(home: LabCloud, client: CloudClient) -> None:
    spec = await client.specification(PLUG)
    assert spec.category == "cz"
    assert [(row.code, row.dp_id, row.type) for row in spec.status] == [
        ("switch", 1, "Boolean"),
        ("countdown_1", 2, "Integer"),
        ("cur_power", 5, "Integer"),
    ]
    assert [row.code for row in spec.functions] == ["switch", "countdown_1"]
    assert spec.status[1].values["unit"] == "s"
    assert home.calls["specification"] == 1


async def test_a_device_without_standard_functions(home: LabCloud, client: CloudClient) -> None:
    with pytest.raises(CloudRefused) as caught:
        await client.specification(HUB)
    assert (caught.value.code, home.refusals[2009]) == (2009, 1)


async def test_the_shadow(home: LabCloud, client: CloudClient, clock: Clock) -> None:
    values = {row.code: row for row in await client.shadow(PLUG)}
    assert (values["cur_power"].dp_id, values["cur_power"].value) == (5, 313)
    assert values["cur_power"].time == clock.time * 1000
    assert (values["countdown"].value, values["countdown"].time) == (0, 0)
    assert home.calls["shadow"] == 1


async def test_factory_infos_come_in_batches(home: LabCloud, client: CloudClient) -> None:
    ids = [f"bf{number:020}" for number in range(60)]
    for number, device_id in enumerate(ids):
        home.add_device(USER, {"id": device_id}, model=(), status={}, mac=f"10D5610A1B{number:02X}")
    infos = await client.factory_infos([PLUG, PLUG, "../x", "", *ids])
    assert len(infos) == 50
    assert infos[ids[39]].mac == "10:d5:61:0a:1b:27"
    assert infos[PLUG].mac == "c4:dd:57:12:34:56"
    assert home.calls["factory_infos"] == 1
    assert await client.factory_infos([]) == {}


async def test_a_key_changes_when_a_device_is_paired_again(home: LabCloud, client: CloudClient) -> None:
    await client.user_devices(USER)
    home.set_local_key(PLUG, "0000111122223333")
    assert (await client.user_devices(USER))[PLUG].local_key == "0000111122223333"


async def test_many_calls_share_one_token(home: LabCloud, client: CloudClient) -> None:
    await asyncio.gather(*(client.shadow(PLUG) for _ in range(10)))
    assert dict(home.calls) == {"token": 1, "shadow": 10}
    home.expire_tokens()
    await asyncio.gather(*(client.shadow(PLUG) for _ in range(10)))
    assert home.calls["token"] == 2


async def test_calls_that_wait_for_a_token_share_its_failure(home: LabCloud, client: CloudClient) -> None:
    home.faults.http_502 = True
    results = await asyncio.gather(*(client.shadow(PLUG) for _ in range(10)), return_exceptions=True)
    assert {type(result) for result in results} == {CloudUnreachable}
    assert dict(home.calls) == {"token": 1}
    home.faults.http_502 = False
    assert await client.shadow(PLUG)


async def test_a_token_is_renewed_a_minute_before_its_end(home: LabCloud, client: CloudClient, clock: Clock) -> None:
    await client.authenticate()
    clock.time += 7139
    await client.shadow(PLUG)
    assert home.calls["token"] == 1
    clock.time += 1
    await client.shadow(PLUG)
    assert home.calls["token"] == 2
    assert home.refusals == {}


async def test_two_clients_share_the_token_of_the_project(home: LabCloud, new_client: NewClient, clock: Clock) -> None:
    first, second = new_client(), new_client()
    await first.authenticate()
    clock.time += 100
    await second.authenticate()
    await first.shadow(PLUG)
    await second.shadow(PLUG)
    assert home.refusals == {}


@pytest.mark.parametrize("code", [1010, 1011, 1012, 1400])
async def test_a_call_is_repeated_once_with_a_new_token(home: LabCloud, client: CloudClient, code: int) -> None:
    await client.authenticate()
    home.faults.refuse["shadow"] = code
    with pytest.raises(CloudBusy):
        await client.shadow(PLUG)
    assert dict(home.calls) == {"token": 2, "shadow": 2}


async def test_a_token_that_another_client_replaced(home: LabCloud, client: CloudClient) -> None:
    await client.authenticate()
    home.refresh_by_another_client()
    assert await client.shadow(PLUG)
    assert home.refusals == {1011: 1}
    assert home.calls["refresh"] == 0, "we never do that to others"


async def test_a_late_refusal_does_not_discard_a_newer_token(home: LabCloud, client: CloudClient) -> None:
    await client.authenticate()
    gate = home.faults.gates["shadow"] = Gate()
    late = asyncio.create_task(client.shadow(PLUG))
    await gate.reached.wait()
    home.refresh_by_another_client()
    await client.thing_model(PLUG)
    assert home.calls["token"] == 2
    gate.opened.set()
    assert await late
    assert home.refusals == {1011: 2}
    assert home.calls["token"] == 2


async def test_nothing_secret_is_shown(client: CloudClient, caplog: pytest.LogCaptureFixture, home: LabCloud) -> None:
    caplog.set_level(logging.DEBUG, logger="custom_components.localtuya")
    home.faults.iot03_denied = True
    devices = await client.user_devices(USER)
    assert client._project._token is not None
    shown = f"{client!r} {devices!r} {client._project._token!r} {caplog.text}"
    assert "A part of a list is not available" in shown
    for secret in (SECRET, KEY, client._project._token.value):
        assert secret not in shown
