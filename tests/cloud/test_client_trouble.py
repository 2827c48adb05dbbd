"""Every bad input and every bad day of the cloud: each has its own error, and the client lives on."""

import asyncio
import traceback

import aiohttp
import pytest

from custom_components.localtuya.cloud import (
    CloudAuthError,
    CloudBusy,
    CloudClient,
    CloudClockError,
    CloudError,
    CloudRefused,
    CloudSetupError,
    CloudUnreachable,
)
from custom_components.localtuya.cloud.regions import REGIONS
from tests.cloud.conftest import CLIENT_ID, PLUG, SECRET, USER, Clock, NewClient
from tests.lab.cloud import LabCloud, Plan


async def test_a_wrong_secret(new_client: NewClient) -> None:
    with pytest.raises(CloudAuthError) as caught:
        await new_client(client_secret="ffeeddccbbaa99887766554433221100").authenticate()
    assert (caught.value.code, caught.value.key) == (1004, "invalid_client_secret")


@pytest.mark.parametrize("client_id", ["c1aa0bb2cc3dd4ee5ff7", "", "evil\r\nheader: x", "kü"])
async def test_a_wrong_client_id(new_client: NewClient, client_id: str) -> None:
    with pytest.raises(CloudAuthError) as caught:
        await new_client(client_id=client_id).authenticate()
    assert caught.value.key == "invalid_client_id"


@pytest.mark.parametrize(
    ("data_center", "code", "key"),
    [
        ("us", 1106, "wrong_user"),
        ("we", 1106, "wrong_user"),
        ("in", 28841107, "wrong_region"),
        ("cn", 2007, "wrong_region"),
    ],
)
async def test_a_wrong_region(home: LabCloud, new_client: NewClient, data_center: str, code: int, key: str) -> None:
    """Where the data center merely does not know the user, nothing tells the two apart but his id (next test)."""
    client = new_client(base_url=home.url_of(data_center))
    with pytest.raises(CloudSetupError) as caught:
        await client.user_devices(USER)
    assert (caught.value.code, caught.value.key, caught.value.reason) == (code, key, key)


@pytest.mark.parametrize(
    ("here", "user_id", "reason"),
    [
        ("us", USER, "wrong_region"),
        ("eu", USER, "wrong_user"),
        ("we", USER, "wrong_user"),
        ("us", "bay1671210199361PrJ1", "wrong_user"),
    ],
)
def test_a_user_id_tells_the_wrong_region(new_client: NewClient, here: str, user_id: str, reason: str) -> None:
    url = next(row.url for row in REGIONS if row.code == here)
    assert new_client(base_url=url)._stranger(user_id, CloudSetupError(1106)).key == reason


async def test_a_region_that_the_account_lives_in(home: LabCloud, new_client: NewClient) -> None:
    home.add_device(USER, {"id": "bf00000000000000000000"}, model=(), status={}, data_center="in")
    assert len(await new_client(base_url=home.url_of("in")).user_devices(USER)) == 4


@pytest.mark.parametrize(
    "user_id", ["eu0000000000000XXXXX", "bay1671210199361PrJ1", "", " ", "../devices", "a/b", "kü"]
)
async def test_a_wrong_user_id(client: CloudClient, home: LabCloud, user_id: str) -> None:
    with pytest.raises(CloudSetupError) as caught:
        await client.user_devices(user_id)
    assert (caught.value.key, caught.value.reason) == ("wrong_user", "wrong_user")
    assert home.calls["unknown"] == 0


@pytest.mark.parametrize(
    ("plan", "key", "reason"),
    [
        ("expired", "plan_expired", "expired"),
        ("not_subscribed", "not_subscribed", "not_subscribed"),
        ("not_authorised", "not_subscribed", "not_subscribed"),
        ("quota", "quota_exceeded", "quota"),
    ],
)
async def test_a_plan_that_does_not_hold(
    home: LabCloud, client: CloudClient, plan: Plan, key: str, reason: str
) -> None:
    home.faults.plan = plan
    await client.authenticate()
    with pytest.raises(CloudSetupError) as caught:
        await client.user_devices(USER)
    assert (caught.value.key, caught.value.reason) == (key, reason)
    assert client.calls == 2


async def test_an_address_that_is_not_allowed(home: LabCloud, client: CloudClient) -> None:
    home.faults.ip_blocked = True
    with pytest.raises(CloudSetupError) as caught:
        await client.authenticate()
    assert (caught.value.key, caught.value.reason) == ("ip_not_allowed", "ip_blocked")


async def test_no_network(home: LabCloud, client: CloudClient) -> None:
    await home.stop()
    with pytest.raises(CloudUnreachable) as caught:
        await client.user_devices(USER)
    assert caught.value.key == "cannot_connect"
    await home.start()
    assert await client.user_devices(USER)


@pytest.mark.parametrize("skew", [600, -600])
async def test_a_clock_that_is_ten_minutes_off(home: LabCloud, client: CloudClient, skew: float) -> None:
    home.faults.clock_skew = skew
    assert len(await client.user_devices(USER)) == 3
    assert dict(home.calls) == {"token": 2, "user_devices": 1, "shared_devices": 1, "iot03_devices": 1}
    assert home.refusals == {1013: 1}


@pytest.mark.parametrize("skew", [-86_400 * 365, -7 * 3600, 7 * 3600, 86_400 * 365])
async def test_a_clock_that_is_hours_off_and_then_jumps(
    home: LabCloud, client: CloudClient, clock: Clock, skew: float
) -> None:
    """The server's time goes its way, whatever ours does."""
    home.faults.clock_skew = skew
    assert len(await client.user_devices(USER)) == 3
    for jump in (2 * 3600.0, -9 * 3600.0, 86_400.0 * 30, -86_400.0 * 400):
        clock.time += jump
        home.faults.clock_skew -= jump
        calls = home.calls.copy()
        assert len(await client.user_devices(USER)) == 3
        assert (home.calls - calls).total() <= 8, "not more than each question twice"
    assert set(home.refusals) <= {1010, 1013}


async def test_a_clock_that_is_off_where_nobody_says_the_time(home: LabCloud, client: CloudClient) -> None:
    home.faults.clock_skew, home.faults.timeless = 3600, True
    with pytest.raises(CloudClockError):
        await client.user_devices(USER)
    assert home.calls == {"token": 1}


async def test_a_clock_that_is_set_right_meanwhile(home: LabCloud, client: CloudClient) -> None:
    home.faults.clock_skew = 600
    await client.shadow(PLUG)
    home.faults.clock_skew = 0
    assert await client.shadow(PLUG)
    assert home.refusals == {1013: 2}


async def test_a_clock_that_stays_wrong(home: LabCloud, client: CloudClient) -> None:
    home.faults.refuse["token"] = 1013
    with pytest.raises(CloudClockError) as caught:
        await client.authenticate()
    assert caught.value.key == "clock_off"
    assert home.calls["token"] == 2


@pytest.mark.parametrize("t", [b'"soon"', b"0", b"1e99", b"true", b"-1760000000000"])
async def test_a_server_time_that_makes_no_sense_is_not_learnt(home: LabCloud, client: CloudClient, t: bytes) -> None:
    home.faults.raw = b'{"code":1013,"msg":"request time is invalid","success":false,"t":%s}' % t
    with pytest.raises(CloudClockError):
        await client.authenticate()
    assert home.calls["token"] == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"<html>",
        b"",
        b"null",
        b"[]",
        b"1",
        b'"x"',
        b"{}",
        b'{"success":false}',
        b'{"success":true}',
        b'{"success":true,"result":{"access_token":5}}',
        b'{"success":false,"result":{"access_token":"x"}}',
        b'{"success":true,"result":' + b"[" * 100_000,
        b"\xff" * 100,
    ],
)
async def test_garbage_instead_of_a_token(home: LabCloud, client: CloudClient, raw: bytes) -> None:
    home.faults.raw = raw
    with pytest.raises(CloudUnreachable) as caught:
        await client.user_devices(USER)
    assert caught.value.key == "garbage_answer"


@pytest.mark.parametrize("result", [b"null", b"true", b"7", b'"x"', b"{}", b'[1,null,{"id":7},{"name":"x"},[]]'])
async def test_garbage_instead_of_devices(home: LabCloud, client: CloudClient, result: bytes) -> None:
    await client.authenticate()
    home.faults.raw = b'{"success":true,"result":%s}' % result
    assert await client.user_devices(USER) == {}


async def test_garbage_and_then_none(home: LabCloud, client: CloudClient) -> None:
    home.faults.garbage = True
    with pytest.raises(CloudUnreachable):
        await client.user_devices(USER)
    home.faults.garbage = False
    assert await client.user_devices(USER)


async def test_an_answer_without_end_is_cut(home: LabCloud, client: CloudClient) -> None:
    home.faults.raw = b" " * (33 * 2**20)
    with pytest.raises(CloudUnreachable) as caught:
        await client.authenticate()
    assert caught.value.key == "garbage_answer"


async def test_a_gateway_error(home: LabCloud, client: CloudClient) -> None:
    home.faults.http_502 = True
    with pytest.raises(CloudUnreachable, match="502") as caught:
        await client.authenticate()
    assert caught.value.key == "cannot_connect"


async def test_a_slow_cloud_is_waited_for(home: LabCloud, client: CloudClient) -> None:
    home.faults.slow = 0.05
    assert await client.user_devices(USER)


async def test_a_cloud_that_does_not_answer(home: LabCloud, new_client: NewClient) -> None:
    home.faults.timeouts = True
    with pytest.raises(CloudUnreachable, match="TimeoutError") as caught:
        await new_client(timeout=0.05).authenticate()
    assert caught.value.key == "cannot_connect"


@pytest.mark.parametrize("code", [1110, 1111, 1112, 1113, 1199, 40000309])
async def test_a_busy_cloud_is_left_alone(home: LabCloud, client: CloudClient, code: int) -> None:
    home.faults.refuse["user_devices"] = code
    with pytest.raises(CloudBusy) as caught:
        await client.user_devices(USER)
    assert caught.value.key == "busy"
    assert home.calls["user_devices"] == 1


async def test_too_many_requests(home: LabCloud, client: CloudClient) -> None:
    home.faults.http_429 = True
    with pytest.raises(CloudBusy):
        await client.authenticate()
    home.faults.http_429, home.faults.rate_limited = False, True
    with pytest.raises(CloudBusy):
        await client.authenticate()
    assert home.calls["token"] == 2


@pytest.mark.parametrize("code", [1106, 1108, 28841105, 60009001])
async def test_a_list_that_only_adds_may_be_missing(home: LabCloud, client: CloudClient, code: int) -> None:
    home.faults.refuse["iot03_devices"] = code
    assert len(await client.user_devices(USER)) == 3


async def test_a_secret_that_was_changed_meanwhile(home: LabCloud, client: CloudClient) -> None:
    await client.authenticate()
    home.client_secret = "ffeeddccbbaa99887766554433221100"
    with pytest.raises(CloudAuthError) as caught:
        await client.shadow(PLUG)
    assert caught.value.key == "invalid_client_secret"


async def test_many_signatures_that_are_refused_prove_the_secret_once(home: LabCloud, client: CloudClient) -> None:
    await client.authenticate()
    home.faults.refuse["model"] = 1004
    answers = await asyncio.gather(*(client.thing_model(PLUG) for _ in range(8)), return_exceptions=True)
    assert {type(answer) for answer in answers} == {CloudRefused}
    assert dict(home.calls) == {"token": 2, "model": 8}


async def test_a_signature_that_only_one_endpoint_refuses_is_not_the_users_fault(
    home: LabCloud, client: CloudClient
) -> None:
    home.faults.refuse["shadow"] = 1004
    with pytest.raises(CloudRefused) as caught:
        await client.shadow(PLUG)
    assert (caught.value.code, caught.value.key) == (1004, "unknown_cloud_error")


@pytest.mark.parametrize("device_id", ["", "../../v1.0/devices", "a b", "x" * 65])
async def test_an_id_that_is_none_is_not_sent(home: LabCloud, client: CloudClient, device_id: str) -> None:
    for call in (client.thing_model, client.specification, client.shadow):
        with pytest.raises(CloudRefused):
            await call(device_id)
    assert client.calls == 0
    assert not home.calls


async def test_a_device_of_somebody_else(home: LabCloud, client: CloudClient) -> None:
    with pytest.raises(CloudSetupError) as caught:
        await client.thing_model("bf99999999999999999999")
    assert (caught.value.code, caught.value.reason) == (1106, "not_linked")
    assert home.refusals == {1106: 1}


async def test_a_code_that_no_list_explains(home: LabCloud, client: CloudClient) -> None:
    home.faults.refuse["shadow"] = 77777777
    with pytest.raises(CloudRefused) as caught:
        await client.shadow(PLUG)
    assert caught.value.key == "unknown_cloud_error"
    assert "77777777" in str(caught.value)


async def test_a_redirect_is_not_followed(session: aiohttp.ClientSession, clock: Clock) -> None:
    """It would carry the access token to whoever it names."""
    error = await _against(session, clock, b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\r\n")
    assert "302" in str(error)


@pytest.mark.parametrize(
    "answer", [b"", b"\x00\x00\x55\xaa" * 20, b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", b"SSH-2.0-x\r\n"]
)
async def test_a_server_that_speaks_something_else(session: aiohttp.ClientSession, clock: Clock, answer: bytes) -> None:
    error = await _against(session, clock, answer)
    assert error.key == "cannot_connect"
    shown = "".join(traceback.format_exception(error)) + repr(error) + repr(error.__cause__)
    assert SECRET not in shown
    assert "sign" not in repr(error.__cause__)


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://127.0.0.1", "http://"])
async def test_an_url_that_is_none(session: aiohttp.ClientSession, url: str) -> None:
    client = CloudClient(session, base_url=url, client_id=CLIENT_ID, client_secret=SECRET)
    with pytest.raises(CloudUnreachable):
        await client.authenticate()


async def _against(session: aiohttp.ClientSession, clock: Clock, answer: bytes) -> CloudError:
    """Return what a client raises at a server that sends these bytes."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    client = CloudClient(session, base_url=url, client_id=CLIENT_ID, client_secret=SECRET, clock=clock, timeout=5.0)
    async with server:
        with pytest.raises(CloudError) as caught:
            await client.authenticate()
    return caught.value


async def test_words_of_tuya_give_no_secret_away(home: LabCloud, client: CloudClient) -> None:
    words = f"no\\n {SECRET} sign={CLIENT_ID}, key {'n<Q7}k$2:xR!e9[m'} " + "and so on " * 50
    home.faults.raw = f'{{"code":4711,"msg":"{words}","success":false}}'.encode()
    with pytest.raises(CloudRefused) as caught:
        await client.authenticate()
    assert "“no … … key … and so on" in str(caught.value)
    assert len(str(caught.value)) < 200
