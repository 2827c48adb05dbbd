"""A cloud that fails in every way at every call that a running account makes: nothing is lost, nothing is repeated."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
import gzip
import sys
from typing import Any

import aiohttp
from aiohttp import web
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.localtuya import account as account_module
from custom_components.localtuya.account import Account
from custom_components.localtuya.cloud.errors import (
    FAULTS,
    CloudAuthError,
    CloudClockError,
    CloudRefused,
    CloudSetupError,
    CloudTokenError,
    CloudUnreachable,
    Fault,
)
from custom_components.localtuya.const import DOMAIN
from custom_components.localtuya.hub import Hub
from custom_components.localtuya.keys import KeyRenewal
from custom_components.localtuya.learning import Lesson
from tests.lab.cloud import Faults, Gate

from .home_assistant import DOOR, GATEWAY, LAMP, PLUG, SWITCH, SWITCH_MODEL, USER, Home, hub_of, until
from .test_config_flow_faults import ACCIDENTS

pytest_plugins = ("tests.home_assistant",)

WALL = "bf0000000000000000wall"
GANGS = (SWITCH_MODEL[0], SWITCH_MODEL[0] | {"id": 2, "code": "switch_2"})
CODES = (*FAULTS, Fault(code=4711, error=CloudRefused, cause="", anchor=""))
TOLD = CloudSetupError | CloudClockError | CloudTokenError
QUOTA = 28841004
LAST = {("learn", "shadow"), ("key", "shared_devices")}
"""After these nothing more is asked."""
MOST_CALLS = {"learn": 20, "key": 8, "follow": 7}
"""Calls that one go may take at the most, whatever is answered."""


@dataclass
class Running:
    """An account that is set up: a plug whose key the cloud does not tell, a lamp that is shared, two devices more."""

    home: Home
    entry: MockConfigEntry
    lost: Any
    """The device that the account has no more."""
    seen: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    most: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def hub(self) -> Hub:
        return hub_of(self.entry)

    def state(self) -> object:
        """Return all that must not be lost."""
        devices = {each.unique_id: (each.title, dict(each.data)) for each in self.entry.subentries.values()}
        return deepcopy((dict(self.entry.data), devices, [record.to_json() for record in self.hub.records()]))

    async def learn(self) -> None:
        """Know nothing of the devices and ask."""
        self.hub._records.clear()
        self.hub._lesson.async_start(self.hub.account)
        await self.hub._lesson._task  # type: ignore[misc]

    async def key(self) -> None:
        """Let two devices refuse their keys."""
        for device_id in (PLUG, LAMP):
            self.hub.keys.async_forget(device_id)
            self.hub.keys.async_rejected(device_id)
        await self.hub.keys._asking  # type: ignore[misc]
        issues = self.issues()
        assert {f"key_rejected_{PLUG}", f"key_rejected_{LAMP}"} <= issues, (
            "their owner is told, whatever the cloud says"
        )

    async def follow(self) -> None:
        """Look at the account."""
        await self.hub.follower.async_look()

    def issues(self) -> set[str]:
        """Return what is complained of."""
        return {issue_id for domain, issue_id in ir.async_get(self.home.hass).issues if domain == DOMAIN}

    async def go(self, action: str, endpoint: str, faults: Faults) -> str:
        """Do something while something is wrong; return what its owner is told of the account."""
        hass, cloud = self.home.hass, self.home.cloud
        cloud.devices.pop(SWITCH, None)
        if endpoint == "model":
            cloud.devices[SWITCH] = self.lost
        account = self.hub.account = Account(hass, self.entry.data)
        account.ledger.served()
        account.ledger._calls.clear()
        account._client._project.wire._timeout = aiohttp.ClientTimeout(total=2 if not faults.gates else 0.05)
        before = self.state()
        cloud.faults, calls = faults, cloud.calls.copy()
        question: Callable[[], Awaitable[None]] = getattr(self, action)
        await question()
        cloud.faults, calls = Faults(), cloud.calls - calls

        assert self.state() == before
        assert calls[endpoint] >= 1, (action, endpoint, faults)
        assert calls.total() <= MOST_CALLS[action], (action, endpoint, calls)
        assert account.calls == sum(sum(row.values()) for row in account.ledger.today().values())
        assert account.calls >= calls.total() - (calls[endpoint] // 2 if faults.hang_up else 0), "HTTP repeats a reset"
        flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
        issues = self.issues()
        told = "repair" if f"cloud_{self.entry.entry_id}" in issues else "silence"
        told = "reauth" if any(flow["context"]["source"] == SOURCE_REAUTH for flow in flows) else told
        if f"gone_{SWITCH}" in issues:
            told += ", gone"
        for flow in flows:
            hass.config_entries.flow.async_abort(flow["flow_id"])
        for issue_id in issues:
            ir.async_delete_issue(hass, DOMAIN, issue_id)
        self.seen.setdefault((action, endpoint), Counter())[told] += 1
        self.most[action, endpoint] = max(self.most[action, endpoint], calls.total())
        return told


@pytest.fixture
async def running(home: Home, monkeypatch: pytest.MonkeyPatch) -> Running:
    monkeypatch.setattr(account_module, "_PACE", 0.0)
    monkeypatch.setattr(KeyRenewal, "patience", ())
    monkeypatch.setattr(KeyRenewal, "spacing", 0.0)
    monkeypatch.setattr(Lesson, "patience", ())
    wall = {"id": WALL, "name": "Wall", "category": "kg", "product_id": "wallwallwallwall"}
    home.cloud.add_device(USER, wall, model=GANGS, status={})
    home.cloud.devices[LAMP].uid = home.cloud.add_user("eu1679928018454Other").uid
    home.cloud.share(LAMP, USER)
    entry = await home.set_up(*(home.subentry(each) for each in (PLUG, LAMP, GATEWAY, DOOR, SWITCH, WALL)))
    await until(lambda: not hub_of(entry).strangers())
    home.cloud.set_local_key(PLUG, "")
    return Running(home, entry, home.cloud.devices[SWITCH])


ASKED = {
    "learn": ("token", "user_devices", "shared_devices", "iot03_devices", "factory_infos", "model", "shadow"),
    "key": ("token", "user_devices", "shared_devices", "iot03_devices"),
    "follow": ("token", "user_devices", "shared_devices", "devices", "model"),
}
_HELPFUL = {"shared_devices", "iot03_devices", "factory_infos", "shadow"}


def _expected(action: str, endpoint: str, row: Fault) -> str:
    """Return what an owner is told of his account, who may be able to mend it."""
    if endpoint == "token" and issubclass(row.error, CloudAuthError):
        return "reauth"
    if row.code == QUOTA and (action, endpoint) not in LAST:
        return "repair"  # whatever call it comes from, no other is made, unless it was the last
    told = issubclass(row.error, TOLD)
    if endpoint == "model" and row.reason in {"not_linked", "wrong_user"}:
        told = False  # one device only
    if endpoint == "devices" and row.code in {1106, 2010}:
        return "silence, gone"
    if endpoint in _HELPFUL:  # it is told where the question itself needs it, until another one is answered
        passing = CloudTokenError if endpoint == "iot03_devices" else CloudClockError | CloudTokenError
        told = (action == "key" or endpoint == "shadow") and issubclass(row.error, passing)
    refused = issubclass(row.error, CloudSetupError | CloudRefused | CloudAuthError)
    gone = (action, endpoint) == ("follow", "shared_devices") and refused
    return ("repair" if told else "silence") + (", gone" if gone else "")


@pytest.mark.parametrize("action", ASKED)
async def test_every_code_at_every_call(running: Running, action: str, capsys: pytest.CaptureFixture[str]) -> None:
    for endpoint in ASKED[action]:
        for row in CODES:
            told = await running.go(action, endpoint, Faults(refuse={endpoint: row.code}))
            assert told == _expected(action, endpoint, row), (action, endpoint, row.code)
    _print(running, capsys)


def _redirect() -> web.Response:
    return web.Response(status=302, headers={"Location": "http://127.0.0.1:1/stolen"})


_BOMB = gzip.compress(b" " * (100 * 2**20), 1)


def _bomb() -> web.Response:
    return web.Response(body=_BOMB, headers={"Content-Encoding": "gzip"}, content_type="application/json")


MORE_ACCIDENTS: dict[str, Callable[[str], Faults]] = {
    "redirect": lambda name: Faults(responses={name: _redirect}),
    "gzip bomb": lambda name: Faults(responses={name: _bomb}),
    "no gzip": lambda name: Faults(
        responses={name: lambda: web.Response(body=b"no", headers={"Content-Encoding": "gzip"})}
    ),
    "HTML 500": lambda name: Faults(responses={name: lambda: web.Response(status=500, text="<html>Oops</html>")}),
    "silence": lambda name: Faults(gates={name: Gate()}),
}


def _accidents(endpoint: str) -> Iterator[tuple[str, Faults]]:
    for name, make in {**ACCIDENTS, **MORE_ACCIDENTS}.items():
        if name not in {"500", "429"}:  # which are for all calls
            yield name, make(endpoint)


@pytest.mark.parametrize("action", ASKED)
async def test_every_accident_at_every_call(running: Running, action: str, capsys: pytest.CaptureFixture[str]) -> None:
    for endpoint in ASKED[action]:
        for name, faults in _accidents(endpoint):
            told = await running.go(action, endpoint, faults)
            for gate in faults.gates.values():
                gate.opened.set()
            if name != "an error without words" and not name.startswith("only"):
                assert told == "silence", (action, endpoint, name)
    _print(running, capsys)


def _print(running: Running, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        for (action, endpoint), outcomes in running.seen.items():
            cells = ", ".join(f"{count} {told}" for told, count in outcomes.most_common())
            most = running.most[action, endpoint]
            sys.stdout.write(f"\n| {action:<6} | {endpoint:<14} | at most {most:>2} calls | {cells} |")


def test_a_fault_that_passes_is_no_repair() -> None:
    assert not any(issubclass(row.error, TOLD) for row in FAULTS if issubclass(row.error, CloudUnreachable))
