"""The simulated OpenAPI against what did not come from us: tinytuya's cloud client, and the documented signatures."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
import re
import sys
from typing import Any

import aiohttp
import pytest
import requests
import tinytuya

from tests.lab.cloud import DATA_CENTERS, LabCloud

CLIENT_ID = "c1aa0bb2cc3dd4ee5ff6"
SECRET = "00112233445566778899aabbccddeeff"
USER = "eu1700000000000abcde"
BULB = "bf0123456789abcdefghij"
HUB = "bf9a8b7c6d5e4f3a2bkqzx"
SENSOR = "bf1f2e3d4c5b6a7988wxyz"
KEY = "n<Q7}k$2:xR!e9[m"
TIME = 1_700_000_000.0


def datapoint(dp: int, code: str, mode: str, **spec: object) -> dict[str, Any]:
    return {"id": dp, "code": code, "mode": mode, "type": "obj", "property": spec}


BULB_MODEL = (
    datapoint(20, "switch_led", "rw", type="bool"),
    datapoint(22, "bright_value", "rw", type="value", unit="", min=10, max=1000, scale=0, step=1),
    datapoint(24, "colour_data", "rw", type="string", maxlen=255),
    datapoint(26, "countdown", "rw", type="value", unit="秒", min=0, max=86400, scale=0, step=1),
    datapoint(28, "control_data", "wr", type="string", maxlen=255),
    datapoint(101, "party", "rw", type="bool"),
)
SENSOR_MODEL = (
    datapoint(1, "temp_current", "ro", type="value", unit="℃", min=-200, max=600, scale=1, step=1),
    datapoint(2, "humidity_value", "ro", type="value", unit="%", min=0, max=100, scale=0, step=1),
)


@pytest.fixture
async def lab(socket_enabled: None) -> AsyncGenerator[LabCloud]:  # noqa: ARG001 - before
    cloud = LabCloud(client_id=CLIENT_ID, client_secret=SECRET)
    bulb = {"id": BULB, "name": "Porch", "category": "dj", "local_key": KEY, "product_id": "8szt7whdvwpmxglk"}
    status = {"switch_led": True, "bright_value": 700, "colour_data": "00f5030c03e8", "party": False}
    cloud.add_device(USER, bulb, model=BULB_MODEL, status=status, mac="10:d5:61:0a:1b:2c")
    cloud.add_device(USER, {"id": HUB, "category": "wg2", "local_key": "b7e1c3d5f9a08264"}, model=(), status={})
    child = {"id": SENSOR, "category": "wsdcg", "sub": True, "gateway_id": HUB, "node_id": "a4c138f1e2d3c4b5"}
    cloud.add_device(USER, child, model=SENSOR_MODEL, status={"1": 215})
    await cloud.start()
    yield cloud
    await cloud.stop()


class PlainRequests:
    """Stands in for tinytuya's `requests`: it always says https, the laboratory speaks http on the loopback."""

    Request = requests.Request

    @staticmethod
    def get(url: str, **options: Any) -> Any:
        return PlainRequests.request("GET", url, **options)

    @staticmethod
    def request(method: str, url: str, **options: Any) -> Any:
        return requests.request(method, url.replace("https://127.0.0.1:", "http://127.0.0.1:"), timeout=5, **options)


class Tinytuya(tinytuya.Cloud):  # type: ignore[misc]
    """tinytuya's client, unchanged but for the host that it calls."""

    def setregion(self, apiRegion: str | None = None) -> None:  # noqa: N803 - tinytuya's
        self.urlhost = str(apiRegion)


@pytest.fixture(autouse=True)
def _plain_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[tinytuya.Cloud.__module__], "requests", PlainRequests)


async def connect(lab: LabCloud, *, data_center: str = "eu", secret: str = SECRET, device: str = BULB) -> Any:
    """Return tinytuya's client; it asks for its token at once."""
    host = lab.url_of(data_center).removeprefix("http://")
    return await asyncio.to_thread(Tinytuya, host, CLIENT_ID, secret, device)


async def test_tinytuya_lists_the_devices_of_a_user(lab: LabCloud) -> None:
    cloud = await connect(lab)
    devices = {row["id"]: row for row in await asyncio.to_thread(cloud.getdevices)}
    assert list(devices) == [BULB, HUB, SENSOR]
    assert devices[BULB]["key"] == KEY
    assert devices[BULB]["mac"] == "10:d5:61:0a:1b:2c"
    assert devices[SENSOR]["node_id"] == "a4c138f1e2d3c4b5"
    assert dict(lab.calls) == {"token": 1, "device": 1, "user_devices": 1, "factory_infos": 1}


@pytest.mark.parametrize("page_limit", [0, 1, 2])
async def test_tinytuya_lists_all_devices_with_their_gateways(lab: LabCloud, page_limit: int) -> None:
    """Without a device id it walks both paged lists; the second one has the keys that the first left out."""
    lab.faults.page_limit = page_limit
    lab.faults.empty_keys = True
    cloud = await connect(lab, device="")
    devices = {row["id"]: row for row in await asyncio.to_thread(cloud.getdevices)}
    assert list(devices) == [BULB, HUB, SENSOR]
    assert devices[BULB]["key"] == KEY
    assert devices[SENSOR]["gateway_id"] == HUB
    pages = -(-3 // (page_limit or 3))
    assert (lab.calls["associated_devices"], lab.calls["iot03_devices"]) == (pages, pages)


async def test_tinytuya_maps_standard_codes_to_datapoints(lab: LabCloud) -> None:
    cloud = await connect(lab)
    mapping = await asyncio.to_thread(cloud.getmapping, "8szt7whdvwpmxglk", BULB)
    assert {dp: row["code"] for dp, row in mapping.items()} == {
        "20": "switch_led",
        "22": "bright_value_v2",
        "24": "colour_data_v2",
        "26": "countdown_1",
        "28": "control_data",
    }
    assert mapping["24"]["values"]["s"]["max"] == 1000
    assert mapping["26"]["values"]["unit"] == "s"


async def test_tinytuya_reads_the_standard_status(lab: LabCloud) -> None:
    cloud = await connect(lab)
    status = await asyncio.to_thread(cloud.getstatus, BULB)
    assert {row["code"]: row["value"] for row in status["result"]} == {
        "switch_led": True,
        "bright_value_v2": 700,
        "colour_data_v2": '{"h":245,"s":780,"v":1000}',
    }
    sensor = await asyncio.to_thread(cloud.getstatus, SENSOR)
    assert sensor["result"] == [{"code": "va_temperature", "value": 215}]
    assert await asyncio.to_thread(cloud.getconnectstatus, BULB) is True


async def test_tinytuya_reads_functions_and_properties(lab: LabCloud) -> None:
    cloud = await connect(lab)
    functions = (await asyncio.to_thread(cloud.getfunctions, BULB))["result"]["functions"]
    properties = (await asyncio.to_thread(cloud.getproperties, BULB))["result"]
    assert [row["code"] for row in functions][-1] == "control_data"
    assert "control_data" not in [row["code"] for row in properties["status"]]
    assert (await asyncio.to_thread(cloud.getproperties, HUB))["Payload"] is not None


async def test_tinytuya_sends_commands(lab: LabCloud) -> None:
    """Its POSTs sign the header Content-type, and a body with blanks."""
    cloud = await connect(lab)
    colour = '{"h":120,"s":1000,"v":500}'
    commands = [{"code": "switch_led", "value": False}, {"code": "colour_data_v2", "value": colour}]
    answer = await asyncio.to_thread(cloud.sendcommand, BULB, {"commands": commands})
    assert answer["result"] is True
    assert lab.devices[BULB].status["switch_led"] is False
    assert lab.devices[BULB].status["colour_data"] == "007803e801f4"
    refused = await asyncio.to_thread(cloud.sendcommand, BULB, {"commands": [{"code": "warp", "value": 9}]})
    assert "Error" in refused
    assert lab.refusals == {2008: 1}


async def test_tinytuya_reads_and_writes_the_shadow(lab: LabCloud) -> None:
    cloud = await connect(lab)
    path = f"/v2.0/cloud/thing/{BULB}/shadow/properties"
    await asyncio.to_thread(cloud.cloudrequest, f"{path}/issue", post={"properties": '{"party":true}'})
    answer = await asyncio.to_thread(cloud.cloudrequest, path, query={"codes": "party,countdown"})
    assert {row["code"]: row["value"] for row in answer["result"]["properties"]} == {"countdown": 0, "party": True}


async def test_tinytuya_signs_what_is_not_ascii(lab: LabCloud) -> None:
    cloud = await connect(lab)
    answer = await asyncio.to_thread(cloud.cloudrequest, "/v1.0/devices", query={"name": "Küche 1", "device_ids": BULB})
    assert answer["result"]["total"] == 1


async def test_tinytuya_is_told_a_wrong_secret(lab: LabCloud) -> None:
    cloud = await connect(lab, secret="f" * 32)
    assert cloud.token is None
    assert "sign invalid" in str(cloud.error)
    assert lab.refusals == {1004: 1}


async def test_tinytuya_gets_a_new_token_where_its_own_is_invalid(lab: LabCloud) -> None:
    cloud = await connect(lab)
    lab.refresh_by_another_client()
    assert (await asyncio.to_thread(cloud.getstatus, BULB))["success"]
    assert lab.calls["token"] == 2


async def test_two_tinytuyas_share_a_token(lab: LabCloud) -> None:
    first, second = await connect(lab), await connect(lab)
    assert first.token == second.token
    assert re.fullmatch("[0-9a-f]{32}", first.token)


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("/v1.0/devices//status", {}, 1100),
        ("/v1.0/users//devices", {}, 1100),
        ("/v1.0/devices", {}, 1100),
        ("/v1.0/users/eu0000000000000XXXXX/devices", {}, 1106),
        ("/v1.0/devices/bf99999999999999999999", {}, 1106),
        (f"/v1.9/devices/{BULB}", {}, 1108),
        (f"/v1.0/devices/{BULB}/commands", {}, 1108),
        ("/v1.3/iot-03/devices", {"source_type": "tuyaUser", "source_id": USER, "page_size": "201"}, 1109),
        ("/v1.3/iot-03/devices", {"source_type": "asset", "source_id": USER}, 1109),
        (f"/v1.1/devices/{HUB}/specifications", {}, 2009),
    ],
)
async def test_calls_that_ask_wrongly(lab: LabCloud, path: str, query: dict[str, str], code: int) -> None:
    cloud = await connect(lab)
    assert (await asyncio.to_thread(cloud.cloudrequest, path, query=query))["code"] == code


async def test_each_data_center_has_its_own_answer(lab: LabCloud) -> None:
    answers = {}
    for code in DATA_CENTERS:
        lab.refusals.clear()
        cloud = await connect(lab, data_center=code)
        if cloud.token:
            await asyncio.to_thread(cloud.getstatus, BULB)
        answers[code] = next(iter(lab.refusals), 0)
    assert answers == {"eu": 0, "us": 1106, "ue": 1106, "we": 1106, "in": 28841107, "sg": 28841107, "cn": 2007}


# The documented vectors, and the order of the checks.

GET_TOKEN = "F1510232E899B2FFDB88E4506B596A0906B462A4C28250BCCB19B9AFAE16FDCD"
GET_TOKEN_NONCE = "5469407A44A0CE8022F6ED07DA592EA8F51851F7E73333E2B536AE3F73AAC78B"
LIST = "72A56F4E019B6519DD473A527A96686A3CF4902A60D24B9DAA74775FEF3AFFA6"
UMLAUT = "9B9B68748F3C543F8B388D853429D3233AAEDB967A48A626C5716F84A62E6C88"
COMMANDS = "294B7090946B6AF714272438FFE1BDE51314AA067B886E15E46C4DD19B037C97"
COMMANDS_COMPACT = "DD359AC5798BE0B57A81EDBE29233BAC674F0ADED2417A3B34238806CDC5BFD7"
COMMANDS_HEADER = "ECC1DB6494D57BDD0AC68B56F15A0BD8AE77D542D384450D234EA3F6CDA4A2E9"
REFRESH = "0D749B8AF8C4F7E3FC151A2C0C5909F8991C8E196A98D496BB596C7544D924FB"
TOKEN = {"access_token": "0123456789abcdef0123456789abcdef"}
SIGNED = {"client_id": CLIENT_ID, "t": "1700000000000", "sign_method": "HMAC-SHA256"}
SPACED = b'{"commands": [{"code": "switch_1", "value": true}]}'


async def ask(
    lab: LabCloud, path: str, headers: Mapping[str, str], *, body: bytes | None = None, method: str = ""
) -> dict[str, Any]:
    """Return the whole envelope of a call that is made by hand."""
    method = method or ("POST" if body is not None else "GET")
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, lab.url + path, headers=headers, data=body) as response,
    ):
        answer = await response.json()
    assert isinstance(answer, dict)
    assert re.fullmatch("[0-9a-f]{32}", answer["tid"])
    assert answer["t"] == 1700000000000
    return answer


@pytest.fixture
async def at_the_time(socket_enabled: None) -> AsyncGenerator[LabCloud]:  # noqa: ARG001 - before
    """The simulated cloud at the time of the documented vectors."""
    cloud = LabCloud(client_id=CLIENT_ID, client_secret=SECRET, clock=lambda: TIME)
    await cloud.start()
    yield cloud
    await cloud.stop()


@pytest.mark.parametrize(
    ("path", "sign", "more", "body", "code"),
    [
        ("/v1.0/token?grant_type=1", GET_TOKEN, {}, None, 0),
        ("/v1.0/token?grant_type=1", GET_TOKEN_NONCE, {"nonce": "5138cc3a9033d69856923fd07b491173"}, None, 0),
        ("/v1.0/token?grant_type=1", GET_TOKEN, TOKEN, None, 0),
        ("/v1.0/token/fedcba9876543210fedcba9876543210", REFRESH, {}, None, 1011),
        (f"/v1.3/iot-03/devices?source_type=tuyaUser&page_size=75&source_id={USER}", LIST, TOKEN, None, 1011),
        ("/v1.0/devices?name=K%C3%BCche+1&device_ids=a%2Cb", UMLAUT, TOKEN, None, 1011),
        (f"/v1.0/devices/{BULB}/commands", COMMANDS, TOKEN, SPACED, 1011),
        (f"/v1.0/devices/{BULB}/commands", COMMANDS_COMPACT, TOKEN, SPACED.replace(b" ", b""), 1011),
        (
            f"/v1.0/devices/{BULB}/commands",
            COMMANDS_HEADER,
            TOKEN | {"Content-type": "application/json", "Signature-Headers": "Content-type"},
            SPACED,
            1011,
        ),
    ],
)
async def test_the_documented_signatures_pass_and_no_others(  # noqa: PLR0917 - a table's columns
    at_the_time: LabCloud, path: str, sign: str, more: dict[str, str], body: bytes | None, code: int
) -> None:
    """The vectors' token is nobody's, so 1011 says that the signature was right."""
    headers = {**SIGNED, **more, "sign": sign}
    assert (await ask(at_the_time, path, headers, body=body)).get("code", 0) == code
    assert (await ask(at_the_time, path, headers | {"sign": sign[::-1]}, body=body))["code"] == 1004
    assert (await ask(at_the_time, path, headers | {"t": "1699999999999"}, body=body))["code"] == 1004
    assert (await ask(at_the_time, path + "&x=" if "?" in path else path + "?x=", headers, body=body))["code"] == 1004


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"client_id": ""}, 1105),
        ({"sign": ""}, 1105),
        ({"t": ""}, 1105),
        ({"sign_method": ""}, 1105),
        ({"client_id": "c1aa0bb2cc3dd4ee5ff7"}, 1005),
        ({"t": "1699999699999"}, 1013),
        ({"t": "1700000300001"}, 1013),
        ({"t": "now"}, 1013),
        ({"t": "1700000299999"}, 1004),
        ({"sign_method": "MD5"}, 1004),
        ({"sign": GET_TOKEN.lower()}, 1004),
    ],
)
async def test_what_comes_before_the_signature(at_the_time: LabCloud, change: dict[str, str], code: int) -> None:
    answer = await ask(at_the_time, "/v1.0/token?grant_type=1", SIGNED | {"sign": GET_TOKEN} | change)
    assert (answer["code"], answer["success"]) == (code, False)


async def test_a_token_is_cached_and_its_life_falls(socket_enabled: None) -> None:  # noqa: ARG001 - before
    now = TIME
    cloud = LabCloud(client_id=CLIENT_ID, client_secret=SECRET, clock=lambda: now)
    tokens = cloud._places["eu"].tokens
    first = tokens.get()
    now += 25
    second = tokens.get()
    assert (first["expire_time"], second["expire_time"]) == (7200, 7175)
    assert first["access_token"] == second["access_token"]
    now += 7175
    third = tokens.get()
    assert third["access_token"] != first["access_token"]
    refreshed = tokens.refresh(str(third["refresh_token"]))
    assert refreshed["access_token"] != third["access_token"]


async def test_the_ports_stay_over_a_restart(lab: LabCloud) -> None:
    urls = [lab.url_of(code) for code in DATA_CENTERS]
    assert len(set(urls)) == 7
    await lab.stop()
    await lab.start()
    assert [lab.url_of(code) for code in DATA_CENTERS] == urls
