"""Lists that fill pages, lists with gaps, lists of others' devices, lists without end."""

import asyncio
from collections.abc import Mapping

import pytest

from custom_components.localtuya.cloud import (
    CloudBusy,
    CloudClient,
    CloudError,
    CloudTokenError,
    CloudUnreachable,
    listing as module,
)
from custom_components.localtuya.cloud.errors import FAULTS
from tests.cloud.conftest import HUB, KEY, PLUG, SENSOR, USER, NewClient
from tests.lab.cloud import Faults, Gate, LabCloud

OTHER = "eu1679928018454Other"
LENT = "bf000000000000000lent"


def _fill(home: LabCloud, count: int) -> None:
    """Let the account have so many devices."""
    for number in range(count - len(home.devices)):
        home.add_device(USER, {"id": f"bf{number:020}"}, model=(), status={})


def _lend(home: LabCloud, *, with_key: bool = True) -> None:
    home.add_device(OTHER, {"id": LENT, "local_key": KEY}, model=(), status={})
    home.share(LENT, USER, with_key=with_key)


@pytest.mark.parametrize("count", [20, 45, 60])
async def test_pages_are_followed(home: LabCloud, client: CloudClient, count: int) -> None:
    home.faults.page_limit = 20
    home.faults.empty_keys = True
    _fill(home, count)
    devices = await client.user_devices(USER)
    assert len(devices) == count
    assert all(device.local_key for device in devices.values()), "the second list was followed too"
    assert home.calls["user_devices"] == count // 20 + 1
    assert home.calls["iot03_devices"] == -(-count // 20)


@pytest.mark.parametrize(("limit", "calls"), [(0, 1 + 1 + 25), (500, 11 + 1 + 25), (100, 51 + 1 + 50)])
async def test_five_thousand_devices(home: LabCloud, client: CloudClient, limit: int, calls: int) -> None:
    """In one answer of megabytes or in many pages; a third of them are children whose gateway the slower list knows."""
    home.faults.page_limit = limit
    child = {"sub": True, "gateway_id": HUB, "local_key": ""}
    for number in range(5000 - len(home.devices)):
        fields = {"id": f"bf{number:020}", "name": f"Device {number}", "product_id": f"p{number % 300}"}
        home.add_device(USER, fields | (child if number % 3 == 0 else {}), model=(), status={})
    devices = await client.user_devices(USER)
    assert len(devices) == 5000
    assert devices.complete
    assert all(device.gateway_id == HUB for device in devices.values() if device.sub)
    assert client.calls == calls + 1


async def test_the_second_list_is_left_when_nothing_is_missing(home: LabCloud, client: CloudClient) -> None:
    home.faults.page_limit = 20
    _fill(home, 90)
    devices = await client.user_devices(USER)
    assert devices[SENSOR].gateway_id == HUB
    assert home.calls["iot03_devices"] == 1


async def test_pages_that_repeat(home: LabCloud, client: CloudClient) -> None:
    home.faults.page_limit, home.faults.pages_ignored = 20, True
    _fill(home, 60)
    roll = await client.roll(USER)
    assert len(roll) == 20
    assert home.calls["user_devices"] == 2


async def test_a_list_without_end(home: LabCloud, client: CloudClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAGES", 2)
    home.faults.page_limit = 20
    _fill(home, 90)
    roll = await client.roll(USER)
    assert len(roll) == 40
    assert not roll.complete, "nobody is missing because of it"
    assert home.calls["user_devices"] == 2


@pytest.mark.parametrize("key", ['"k"', '""', "7", "null"])
async def test_a_cursor_that_does_not_move(home: LabCloud, client: CloudClient, key: str) -> None:
    page = f'{{"success":true,"result":{{"list":[{{"id":"a"}}],"has_more":true,"last_row_key":{key}}}}}'
    home.faults.answers["iot03_devices"] = page.encode()
    assert len(await client.user_devices(USER)) == 3
    assert home.calls["iot03_devices"] == (2 if key == '"k"' else 1)


TEMPORARY = sorted({row.code for row in FAULTS if row.retry != "never"})


@pytest.mark.parametrize("endpoint", ["iot03_devices", "sub_devices", "shared_devices"])
async def test_what_only_adds_may_fail(home: LabCloud, new_client: NewClient, endpoint: str) -> None:
    home.faults.iot03_denied = endpoint == "sub_devices"
    home.set_local_key(SENSOR, "")
    for code in TEMPORARY:
        home.faults.refuse = {endpoint: code}
        roll = await new_client().user_devices(USER)
        assert roll.keys() == {PLUG, HUB, SENSOR}
        assert [gap.code for gap in roll.gaps] == [code]
    home.faults.refuse = {endpoint: 28841105}
    assert (await new_client().user_devices(USER)).complete, "it will not be told later either"


@pytest.mark.parametrize("code", [*TEMPORARY, 1106, 28841105, 4711])
async def test_a_page_that_is_missing(home: LabCloud, new_client: NewClient, code: int) -> None:
    home.faults.page_limit = 20
    _fill(home, 45)
    home.faults.refuse, home.faults.spare = {"user_devices": code}, {"user_devices": 1}
    roll = await new_client().roll(USER)
    assert len(roll) == 20
    assert not roll.complete


async def test_a_question_that_hangs_is_not_waited_for(home: LabCloud, new_client: NewClient) -> None:
    home.faults.gates["iot03_devices"] = Gate()
    roll = await new_client(most_time=0.1).user_devices(USER)
    assert roll[PLUG].local_key == KEY
    assert [type(gap) for gap in roll.gaps] == [CloudUnreachable]
    home.faults.gates["iot03_devices"].opened.set()


async def test_nothing_and_no_answer_is_no_list(lab: LabCloud, client: CloudClient) -> None:
    lab.faults.refuse = {"shared_devices": 1110}
    with pytest.raises(CloudBusy):
        await client.user_devices(USER)
    lab.faults.refuse = {"shared_devices": 1106}
    assert await client.user_devices(USER) == {}


async def test_devices_of_others_are_devices(home: LabCloud, client: CloudClient) -> None:
    _lend(home)
    devices = await client.user_devices(USER)
    assert list(devices) == [PLUG, HUB, SENSOR, LENT]
    assert devices[LENT].local_key == KEY
    assert home.calls["shared_devices"] == 1


async def test_a_device_of_others_without_a_key(home: LabCloud, client: CloudClient) -> None:
    _lend(home, with_key=False)
    home.remove_device(SENSOR)
    assert (await client.user_devices(USER))[LENT].local_key == ""
    assert home.calls["iot03_devices"] == 0, "no list would tell it"


@pytest.mark.parametrize(
    ("wanted", "calls"), [((), 0), ((PLUG, HUB), 0), ((PLUG, LENT), 1), (("bf0000000000000000gone",), 1)]
)
async def test_devices_of_others_are_asked_for_if_one_is_missed(
    home: LabCloud, client: CloudClient, wanted: tuple[str, ...], calls: int
) -> None:
    _lend(home)
    assert (LENT in await client.roll(USER, wanted)) is bool(calls)
    assert home.calls["shared_devices"] == calls
    assert (LENT in await client.user_devices(USER, wanted)) is bool(calls)
    assert home.calls["shared_devices"] == 2 * calls


async def test_an_account_that_has_only_devices_of_others(lab: LabCloud, client: CloudClient) -> None:
    _lend(lab)
    assert await client.accounts(USER) == {USER: (LENT,)}
    assert list(await client.user_devices(USER)) == [LENT]


CALLS: Mapping[str, int] = {"user_devices": 1, "shared_devices": 1, "iot03_devices": 1}


@pytest.mark.parametrize("code", [1010, 1011, 1012, 1400])
@pytest.mark.parametrize("lives", [1, 2, 3])
async def test_tokens_that_die_in_the_middle(home: LabCloud, client: CloudClient, lives: int, code: int) -> None:
    """Each token serves so many calls; the list is asked for with as many as it takes."""
    home.faults = Faults(token_calls=lives, token_taken=code, page_limit=20)
    _fill(home, 110)
    roll = await client.roll(USER)
    assert len(roll) == 110
    assert home.calls["user_devices"] == 6 + (6 - 1) // lives
    assert home.calls["token"] == 1 + (6 - 1) // lives


async def test_two_clients_that_take_each_others_token_for_ever(home: LabCloud, new_client: NewClient) -> None:
    home.faults.refuse = dict.fromkeys(CALLS, 1011)
    clients = [new_client(), new_client()]
    answers = await asyncio.gather(*(client.user_devices(USER) for client in clients), return_exceptions=True)
    assert {type(answer) for answer in answers} == {CloudTokenError}
    assert home.calls == {"token": 4, "user_devices": 4}
    assert all(isinstance(answer, CloudError) and answer.key == "token_taken" for answer in answers)


async def test_linked_accounts_that_are_not_all_told(home: LabCloud, new_client: NewClient) -> None:
    _fill(home, 150)
    for code in (500, 1110, 1011):
        home.faults.refuse, home.faults.spare = {"associated_devices": code}, {}
        with pytest.raises(CloudError):
            await new_client().accounts()
        home.faults.spare = {"associated_devices": home.calls["associated_devices"] + 1}
        assert len((await new_client().accounts())[USER]) == 100
