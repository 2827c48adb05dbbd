"""The JSON of requests, against tinytuya where tinytuya is right."""

import json
import time

import pytest
import tinytuya

from custom_components.localtuya.lan import bodies
from custom_components.localtuya.lan.dialect import DIALECTS

DPS = {"1": True, "3": 25}


def oracle(version: str, cid: str | None = None) -> tinytuya.Device:
    parent = None
    if cid is not None:
        parent = tinytuya.Device("gateway", "127.0.0.1", "0123456789abcdef", version=float(version))
    return tinytuya.Device("dev", "127.0.0.1", "0123456789abcdef", version=float(version), cid=cid, parent=parent)


def said(body: bytes) -> dict[str, object]:
    return {**json.loads(body), "t": None}


@pytest.mark.parametrize("version", ["3.1", "3.3", "3.4", "3.5"])
def test_as_tinytuya(version: str) -> None:
    dialect = DIALECTS[version]
    now = int(time.time())
    message = oracle(version).generate_payload(tinytuya.DP_QUERY)
    assert (message.cmd, said(message.payload)) == (dialect.query, said(bodies.query(dialect, "dev", None, now)))
    message = oracle(version).generate_payload(tinytuya.CONTROL, DPS)
    assert (message.cmd, said(message.payload)) == (
        dialect.control,
        said(bodies.control(dialect, "dev", DPS, None, now)),
    )
    message = oracle(version).generate_payload(tinytuya.HEART_BEAT)
    assert said(message.payload) == said(bodies.heartbeat("dev"))
    message = oracle(version).generate_payload(tinytuya.UPDATEDPS, [18, 19])
    assert said(message.payload) == said(bodies.refresh([18, 19]))
    message = oracle(version).generate_payload(
        tinytuya.LAN_EXT_STREAM, rawData={"cids": []}, reqType="subdev_online_stat_query"
    )
    assert said(message.payload) == said(bodies.presence())


def test_children_as_tinytuya() -> None:
    message = oracle("3.3", "c1").generate_payload(tinytuya.CONTROL, DPS)
    assert said(message.payload) == said(bodies.control(DIALECTS["3.3"], "gateway", DPS, "c1", 1))
    message = oracle("3.3", "c1").generate_payload(tinytuya.DP_QUERY)
    assert said(message.payload) == said(bodies.query(DIALECTS["3.3"], "gateway", "c1", 1))
    # From 3.4 on the cid of a control goes into `data` only, and that of a query to the top.
    assert json.loads(bodies.query(DIALECTS["3.4"], "gateway", "c1", 1)) == {"cid": "c1"}
    assert json.loads(bodies.control(DIALECTS["3.5"], "gateway", DPS, "c1", 1)) == {
        "protocol": 5,
        "t": 1,
        "data": {"cid": "c1", "ctype": 0, "dps": DPS},
    }


def test_spaces_in_values_are_kept() -> None:
    assert b"two words" in bodies.control(DIALECTS["3.4"], "dev", {"5": "two words"}, None, 1)


def test_null_queries_are_small_and_complete() -> None:
    requests = bodies.null_queries("bf0123456789abcdefghij", bodies.USUAL_DP_IDS, 1_800_000_000)
    assert all(len(request) < 255 for request in requests)
    asked = [int(name) for request in requests for name in json.loads(request)["dps"]]
    assert tuple(asked) == bodies.USUAL_DP_IDS


@pytest.mark.parametrize("version", ["3.1", "3.3", "3.4", "3.5"])
def test_requests_fit_a_device(version: str) -> None:
    dialect = DIALECTS[version]
    dps: dict[str, object] = {str(number): 100000 for number in range(1, 11)}
    body = bodies.control(dialect, "bf0123456789abcdefghij", dps, "0123456789abcdef", 1_800_000_000)
    assert len(dialect.codec(b"0123456789abcdef").seal(1, dialect.control, body)) < 512
