"""A cloud that fails in every way at every call of the set-up: the form never hangs, never crashes, always says why."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
import json
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.localtuya.cloud.client import CloudClient
from custom_components.localtuya.cloud.errors import FAULTS
from custom_components.localtuya.const import CONF_USER_ID
from custom_components.localtuya.flow.account import AccountFlow
from tests.lab.cloud import Faults, Gate
from tests.lab.cloud_envelope import success

from .home_assistant import DOOR, GATEWAY, SWITCH, USER, Home, until
from .texts import TEXTS

pytest_plugins = ("tests.home_assistant", "tests.texts")
pytestmark = pytest.mark.usefixtures("texts_complete")

NECESSARY = ("token", "user_devices", "associated_devices")
"""Without these there is no list."""
HELPFUL = ("shared_devices", "iot03_devices", "sub_devices")
"""These add devices, keys and gateways to the list."""
LATER = ("factory_infos", "model", "shadow")
"""Asked while the user looks at the list."""
BOUND = 3.0
"""Seconds that no form may take here."""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AccountFlow, "search_time", 0.0)
    monkeypatch.setattr(AccountFlow, "most_time", 0.5)
    monkeypatch.setitem(CloudClient.__init__.__kwdefaults__ or {}, "most_time", 0.2)


@pytest.fixture
def odd(home: Home) -> Home:
    """A home for which every endpoint is asked: only the gateway itself knows one of its children."""
    home.cloud.devices[SWITCH].fields |= {"gateway_id": "", "local_key": ""}
    home.cloud.devices[DOOR].fields["gateway_id"] = GATEWAY
    gangs = [
        {"id": n, "code": f"switch_{n}", "mode": "rw", "type": "obj", "property": {"type": "bool"}} for n in (1, 2)
    ]
    wall = {"id": "bf0000000000000000wall", "name": "Wall", "category": "kg", "product_id": "wallwallwallwall"}
    home.cloud.add_device(USER, wall, model=gangs, status={})
    return home


async def _try(home: Home, faults: Faults, *, without_user: bool = False, later: bool = False) -> str:
    """Go through the form with these faults; return the error, or an empty text if the devices are shown."""
    home.cloud.faults = faults
    manager = home.hass.config_entries.flow
    form: Any = await home.start_flow("cloud")
    typed = {key: value for key, value in home.credentials.items() if not (without_user and key == CONF_USER_ID)}
    async with asyncio.timeout(BOUND):
        form = await home.submit(form, typed)
        if later and form["step_id"] == "devices":
            flow: Any = manager._progress[form["flow_id"]]
            await until(flow._learning.done)
            assert flow._learning.exception() is None
    manager.async_abort(form["flow_id"])
    assert form["type"] is FlowResultType.FORM
    if form["step_id"] == "devices":
        return ""
    (key,) = form["errors"].values()
    said = TEXTS["config"]["error"][key].format(**form["description_placeholders"])
    assert len(said) > 30
    assert "{" not in said
    return str(key)


async def test_all_is_well_without_faults(odd: Home) -> None:
    assert await _try(odd, Faults(), later=True) == ""
    assert await _try(odd, Faults(), without_user=True) == ""
    assert {*NECESSARY, *HELPFUL, *LATER} <= odd.cloud.calls.keys()


@pytest.mark.parametrize("endpoint", [*HELPFUL, *LATER])
async def test_every_code_at_every_call_that_only_helps(odd: Home, endpoint: str) -> None:
    """The codes at the calls that are necessary are in the table; what nobody waits for is tried by kind."""
    kinds = {(row.error, row.reason): row.code for row in FAULTS}.values() if endpoint in LATER else ()
    for code in (*(kinds or (row.code for row in FAULTS)), 4711):
        assert await _try(odd, Faults(refuse={endpoint: code}), later=True) == "", code


@pytest.mark.parametrize("endpoint", HELPFUL)
@pytest.mark.parametrize(("code", "said"), [(0, False), (500, True), (1110, True), (1011, True), (28841105, False)])
async def test_a_list_with_gaps_says_so(odd: Home, endpoint: str, code: int, *, said: bool) -> None:
    odd.cloud.faults.refuse = {endpoint: code} if code else {}
    form: Any = await odd.submit(await odd.start_flow("cloud"), odd.credentials)
    assert form["step_id"] == "devices"
    assert form["description_placeholders"]["incomplete"] == (TEXTS["common"]["incomplete"] if said else "")


def _only(text: str) -> Callable[[str], Faults]:
    return lambda name: Faults(answers={name: text.encode()})


ACCIDENTS: Mapping[str, Callable[[str], Faults]] = {
    "reset": lambda name: Faults(hang_up={name}),
    "silence": lambda name: Faults(gates={name: Gate()}),
    "HTML": lambda name: Faults(answers={name: b"<html><body>Please log in to this hotel</body></html>"}),
    "nothing": lambda name: Faults(answers={name: b""}),
    "no text": lambda name: Faults(answers={name: bytes(range(256))}),
    "an endless list": lambda name: Faults(answers={name: b"[" * 100_000}),
    "truncated": lambda name: Faults(answers={name: b'{"success":true,"t":1760000000123,"result":[{"id":"bf0000'}),
    **{f"only {text}": _only(text) for text in ("null", "1", "true", '"ok"', "[]", "{}", '{"code":"1106"}')},
    **{f"only {text}": _only(text) for text in ('{"success":true}', '{"success":false}')},
    "an error without words": lambda name: Faults(answers={name: b'{"success":false,"code":1106,"msg":null,"tid":7}'}),
    "a code that is none": lambda name: Faults(answers={name: b'{"success":false,"code":1e99,"msg":{"a":[]}}'}),
    "500": lambda _: Faults(http_502=True),
    "429": lambda _: Faults(http_429=True),
}


@pytest.mark.parametrize("accident", ACCIDENTS)
async def test_every_accident_at_every_call(odd: Home, accident: str) -> None:
    for endpoint in (*NECESSARY, *HELPFUL, *LATER):
        faults = ACCIDENTS[accident](endpoint)
        without_user = endpoint == "associated_devices"
        error = await _try(odd, faults, without_user=without_user, later=accident != "silence")
        for gate in faults.gates.values():
            gate.opened.set()
        assert bool(error) == (endpoint in NECESSARY or accident in {"500", "429"}), (endpoint, accident)


WRONG: tuple[object, ...] = (None, True, 10**30, "x" * 3000, [[], None], {"id": {"id": []}})


def _answers(home: Home) -> Iterator[tuple[str, object]]:
    """Yield the right result of every endpoint, in the form in which one field after the other is spoiled."""
    devices = home.cloud.devices.values()
    rows = [device.row() for device in devices]
    page = {"has_more": False, "last_row_key": "", "total": len(rows)}
    yield "token", {"access_token": "a" * 32, "refresh_token": "b" * 32, "expire_time": 7200, "uid": "bay1"}
    yield "user_devices", rows
    yield "shared_devices", rows
    yield "associated_devices", page | {"devices": rows}
    yield "iot03_devices", page | {"list": [device.industry_row() for device in devices]}
    yield "sub_devices", [device.sub_device_row() for device in devices]
    yield "factory_infos", [device.factory_row() for device in devices]
    yield "model", home.cloud.devices[DOOR].thing_model()
    yield "shadow", home.cloud.devices[DOOR].shadow(())


def _spoiled(right: object) -> Iterator[object]:
    """Yield the result with each of its fields, at every depth, of every wrong type."""
    match right:
        case [dict() as row, *_]:
            yield from ([spoiled, *right[1:]] for spoiled in _spoiled(row))
        case dict():
            for key, value in right.items():
                yield from ({**right, key: wrong} for wrong in WRONG)
                if isinstance(value, list):
                    yield from ({**right, key: spoiled} for spoiled in _spoiled(value))
    yield from WRONG


@pytest.mark.parametrize("endpoint", [*NECESSARY, *HELPFUL, *LATER])
async def test_wrong_types_in_every_field(odd: Home, endpoint: str, hass: HomeAssistant) -> None:
    right = dict(_answers(odd))[endpoint]
    without_user = endpoint == "associated_devices"
    outcomes: dict[str, int] = {}
    for result in _spoiled(right):
        body = json.dumps(success(result, odd.cloud.now)).encode()
        error = await _try(odd, Faults(answers={endpoint: body}), without_user=without_user, later=endpoint in LATER)
        outcomes[error] = outcomes.get(error, 0) + 1
    assert endpoint not in LATER or outcomes.keys() == {""}
    assert not hass.config_entries.flow.async_progress()


@pytest.mark.parametrize("field", ["success", "result", "t", "tid", "code", "msg"])
async def test_wrong_types_in_the_envelope(odd: Home, field: str) -> None:
    for endpoint in NECESSARY:
        for envelope in (success([], odd.cloud.now), {"success": False, "code": 1106, "msg": "no", "t": 1, "tid": "a"}):
            for wrong in WRONG:
                body = json.dumps(envelope | {field: wrong}).encode()
                assert await _try(odd, Faults(answers={endpoint: body}), without_user=endpoint == NECESSARY[2])
