"""The guided set-up: what is pasted, which data center, whose account; every refusal is a sentence with a paragraph."""

from itertools import product
import os
import sys
from typing import Any

from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import CONF_CLIENT_ID, CONF_REGION
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.localtuya import books
from custom_components.localtuya.account import Account
from custom_components.localtuya.cloud import everywhere
from custom_components.localtuya.cloud.errors import (
    FAULTS,
    CloudAuthError,
    CloudClockError,
    CloudSetupError,
    CloudTokenError,
)
from custom_components.localtuya.cloud.regions import REGIONS
from custom_components.localtuya.const import CONF_CLIENT_SECRET, CONF_DEVICES, CONF_USER_ID, DOMAIN, GUIDE
from custom_components.localtuya.flow.account import AccountFlow
from custom_components.localtuya.hub import LocalTuyaConfigEntry
from custom_components.localtuya.issues import async_solve_refusal
from tests.lab.cloud import Faults

from .home_assistant import CLIENT_ID, PLUG, SECRET, USER, Home, hub_of, until
from .texts import TEXTS

pytest_plugins = ("tests.home_assistant", "tests.texts")
pytestmark = pytest.mark.usefixtures("texts_complete")

OTHER = "eu1679928018454Other"
ERRORS = TEXTS["config"]["error"]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AccountFlow, "search_time", 0.0)


@pytest.fixture
def world(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose cloud has seven data centers."""
    _let_seven_answer(home, monkeypatch)
    return home


def _let_seven_answer(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    urls = ",".join(f"{region.code}={home.cloud.url_of(region.code)}" for region in REGIONS)
    monkeypatch.setenv("LOCALTUYA_OPENAPI_URL", urls)


async def _submit(home: Home, **typed: str | None) -> Any:
    """Submit the form of an account with some of the values changed; None leaves one out."""
    values = {key: value for key, value in (home.credentials | typed).items() if value is not None}
    return await home.submit(await home.start_flow("cloud"), values)


def _shown(form: Any) -> dict[str, object]:
    return {str(field): (field.description or {}).get("suggested_value") for field in form["data_schema"].schema}


def _sentence(form: Any) -> str:
    """Return all that the form says of what is wrong."""
    placeholders = form["description_placeholders"]
    texts = [ERRORS[key].format(**placeholders) for key in form["errors"].values()]
    return " ".join((*texts, placeholders["learn_more"]))


# What is pasted.


async def test_a_paste_with_everything_that_copying_adds(home: Home) -> None:
    form = await _submit(
        home,
        client_id=f"\u200b{CLIENT_ID}\r\n",
        client_secret=f' "{SECRET[:16]}\n{SECRET[16:]}" ',
        user_id=f"\ufeff{USER}\t",
    )
    done = await home.submit(form, {CONF_DEVICES: [PLUG]})
    assert done["data"] == home.credentials


@pytest.mark.parametrize(
    ("typed", "errors", "anchor"),
    [
        ({CONF_CLIENT_ID: "short"}, {CONF_CLIENT_ID: "invalid_client_id"}, "client-id-and-client-secret"),
        ({CONF_CLIENT_SECRET: "no"}, {CONF_CLIENT_SECRET: "invalid_client_secret"}, "client-id-and-client-secret"),
        ({CONF_USER_ID: "bay1671210199361PrJ1"}, {CONF_USER_ID: "developer_uid"}, "uid"),
        ({CONF_USER_ID: "someone@example.org"}, {CONF_USER_ID: "app_login"}, "uid"),
    ],
)
async def test_the_impossible_is_refused_without_a_call(
    home: Home, typed: dict[str, str], errors: dict[str, str], anchor: str
) -> None:
    form = await _submit(home, **typed)
    assert form["errors"] == errors
    assert f"{GUIDE}#{anchor}" in _sentence(form)
    assert _shown(form) == home.credentials | typed
    assert home.cloud.calls.total() == 0


async def test_exchanged_values_are_put_right(home: Home) -> None:
    form = await _submit(home, client_id=SECRET, client_secret=CLIENT_ID)
    assert form["errors"] == {CONF_CLIENT_ID: "swapped"}
    assert _shown(form) == home.credentials
    assert home.cloud.calls.total() == 0
    assert (await home.submit(form, home.credentials))["step_id"] == "devices"


# Which data center.


@pytest.mark.parametrize("code", [region.code for region in REGIONS])
async def test_the_data_center_is_found(world: Home, code: str) -> None:
    world.cloud.users[USER].data_center = code
    choice = await _submit(world, region="auto")
    assert choice["step_id"] == "devices"
    done = await world.submit(choice, {CONF_DEVICES: [PLUG]})
    assert done["data"] == world.credentials | {CONF_REGION: code}


@pytest.mark.parametrize("typed", ["cn", "us", "ue", "we", "in", "sg"])
async def test_a_wrong_data_center_is_named_and_the_right_one_offered(world: Home, typed: str) -> None:
    form = await _submit(world, region=typed)
    assert form["errors"] == {CONF_REGION: "elsewhere"}
    assert "live in the data center Central Europe" in _sentence(form)
    assert f"{GUIDE}#data-center" in _sentence(form)
    assert _shown(form) == world.credentials
    assert (await world.submit(form, world.credentials))["step_id"] == "devices"


async def test_a_data_center_that_never_answers_does_not_delay(world: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everywhere, "_GRACE", 0.05)
    world.cloud.faults.silent.add("cn")
    assert (await _submit(world, region="auto"))["step_id"] == "devices"


async def test_no_data_center_knows_the_secret(world: Home) -> None:
    form = await _submit(world, region="auto", client_secret="f" * 32)
    assert form["errors"] == {CONF_CLIENT_SECRET: "invalid_client_secret"}
    assert _shown(form)[CONF_REGION] == "auto"
    form = await world.submit(form, world.credentials | {CONF_REGION: "us", CONF_CLIENT_SECRET: "f" * 32})
    assert form["errors"] == {CONF_CLIENT_SECRET: "invalid_client_secret"}


async def test_an_expired_plan_is_named_although_others_refuse_too(world: Home) -> None:
    world.cloud.faults.plan = "expired"
    assert (await _submit(world, region="auto"))["errors"] == {"base": "plan_expired"}


async def test_where_every_address_is_the_same_the_user_id_tells(home: Home) -> None:
    choice = await _submit(home, region="auto")
    done = await home.submit(choice, {CONF_DEVICES: [PLUG]})
    assert done["data"] == home.credentials


async def test_reconfigure_finds_the_data_center(hass: HomeAssistant, world: Home) -> None:
    entry = await world.set_up(world.subentry(PLUG))
    world.cloud.users[USER].data_center = "in"
    typed = {CONF_CLIENT_ID: CLIENT_ID, CONF_CLIENT_SECRET: SECRET}
    form = await world.submit(await entry.start_reconfigure_flow(hass), typed | {CONF_REGION: "eu"})
    assert form["errors"] == {CONF_REGION: "elsewhere"}
    assert _shown(form)[CONF_REGION] == "in"
    done = await world.submit(form, typed | {CONF_REGION: "auto"})
    assert done["reason"] == "reconfigure_successful"
    assert entry.data == world.credentials | {CONF_REGION: "in"}


async def test_reauth_follows_to_another_data_center(hass: HomeAssistant, world: Home) -> None:
    entry = await world.set_up(world.subentry(PLUG))
    world.cloud.users[USER].data_center = "we"
    typed = {CONF_CLIENT_ID: CLIENT_ID, CONF_CLIENT_SECRET: SECRET}
    done = await world.submit(await entry.start_reauth_flow(hass), typed)
    assert done["reason"] == "reauth_successful"
    assert entry.data == world.credentials | {CONF_REGION: "we"}


async def test_a_data_center_that_is_not_reached_is_the_wrong_one(world: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = os.environ["LOCALTUYA_OPENAPI_URL"].replace(world.cloud.url_of("cn"), "http://127.0.0.1:9")
    monkeypatch.setenv("LOCALTUYA_OPENAPI_URL", nowhere)
    assert (await _submit(world, region="cn"))["errors"] == {CONF_REGION: "elsewhere"}


# Whose account.


@pytest.mark.parametrize("region", ["eu", "auto"])
@pytest.mark.parametrize("user_id", [None, "", " "])
async def test_the_only_account_is_taken(world: Home, user_id: str | None, region: str) -> None:
    choice = await _submit(world, user_id=user_id, region=region)
    done = await world.submit(choice, {CONF_DEVICES: [PLUG]})
    assert done["data"] == world.credentials
    assert done["result"].unique_id == USER


async def test_several_accounts_are_offered(world: Home) -> None:
    world.cloud.add_device(OTHER, {"id": "bfother", "name": "Heater"}, model=(), status={})
    form = await _submit(world, user_id=None, region="auto")
    assert form["step_id"] == "account"
    (field,) = form["data_schema"].schema.values()
    assert {option["value"]: option["label"] for option in field.config["options"]} == {
        USER: f"Kitchen plug, Desk lamp, Gateway · devices: 6 · {USER}",
        OTHER: f"Heater · devices: 1 · {OTHER}",
    }
    world.cloud.faults.refuse = {"user_devices": 500}
    form = await world.submit(form, {CONF_USER_ID: OTHER})
    assert (form["step_id"], form["errors"]) == ("account", {"base": "server_error"})

    world.cloud.faults.refuse = {}
    choice = await world.submit(form, {CONF_USER_ID: OTHER})
    done = await world.submit(choice, {CONF_DEVICES: ["bfother"]})
    assert done["data"] == world.credentials | {CONF_USER_ID: OTHER}


async def test_an_account_that_was_found_is_set_up_once(world: Home) -> None:
    world.entry(world.subentry(PLUG))
    assert (await _submit(world, user_id=None))["reason"] == "accounts_set_up"


@pytest.mark.parametrize("region", ["eu", "auto"])
async def test_no_account_is_linked(world: Home, region: str) -> None:
    world.cloud.users.clear()
    world.cloud.devices.clear()
    form = await _submit(world, user_id=None, region=region)
    assert form["errors"] == {"base": "no_devices"}
    assert f"{GUIDE}#no-devices" in _sentence(form)


async def test_a_project_that_does_not_tell_its_accounts(world: Home) -> None:
    world.cloud.faults.refuse = {"associated_devices": 1106}
    form = await _submit(world, user_id=None)
    assert form["errors"] == {CONF_USER_ID: "user_id_needed"}


# Every code is a sentence.


async def _while_running(home: Home, entry: LocalTuyaConfigEntry) -> str:
    """Return what becomes of a refusal while the account is followed: a repair, a reauth, a rest; then undo it."""
    hub = hub_of(entry)
    home.hass.data.pop(books._BOOKS, None)
    hub.account = account = Account(home.hass, entry.data)  # without a token, on a new day
    await hub.follower.async_look()
    issue = ir.async_get(home.hass).async_get_issue(DOMAIN, f"cloud_{entry.entry_id}")
    flows = home.hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    outcome = [f"repair {issue.translation_key}"] if issue else []
    outcome += ["reauth" for flow in flows if flow["context"]["source"] == SOURCE_REAUTH]
    rest = max(account.ledger.rest, hub.standing.rest)
    outcome += [f"no call for {rest:.0f} s"] if rest else []
    async_solve_refusal(home.hass, entry.entry_id)
    for flow in flows:
        home.hass.config_entries.flow.async_abort(flow["flow_id"])
    return ", ".join(outcome) or "tried again tomorrow"


async def test_the_table_of_all_codes(hass: HomeAssistant, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Print what the forms, the running account and the client make of every code at every call that must succeed."""
    entry = await home.set_up(home.subentry(PLUG))
    await until(lambda: hub_of(entry).coordinators[PLUG].ready)
    lines = ["| code | endpoint | form text | field | while running | asked | retry | paragraph |", "|---" * 8 + "|"]
    seen: set[tuple[int, str]] = set()
    told = CloudSetupError | CloudClockError | CloudTokenError
    for row, endpoint in product(FAULTS, ("user_devices", "token", "associated_devices")):
        home.cloud.faults = Faults(refuse={endpoint: row.code})
        home.cloud.calls.clear()
        form = await _submit(home, user_id=None if endpoint == "associated_devices" else OTHER)
        hass.config_entries.flow.async_abort(form["flow_id"])
        asked = home.cloud.calls[endpoint]
        ((place, key),) = form["errors"].items()
        said = _sentence(form)
        assert f"code {row.code}" in said, (row.code, endpoint, said)
        assert f"{GUIDE}#" in said
        assert SECRET not in said
        assert "trace" not in said
        twice = row.retry == "with the server's time" or (row.retry == "after renewal" and endpoint != "token")
        assert asked == (2 if twice else 1), (row.code, endpoint)
        running = "never asked"
        if endpoint != "associated_devices":
            running = await _while_running(home, entry)
            assert ("repair" in running) == issubclass(row.error, told), (row, running)
            assert ("reauth" in running) == (issubclass(row.error, CloudAuthError) and endpoint == "token"), row
            reauth: Any = await entry.start_reauth_flow(hass)
            reauth = await home.submit(reauth, {CONF_CLIENT_ID: CLIENT_ID, CONF_CLIENT_SECRET: SECRET})
            hass.config_entries.flow.async_abort(reauth["flow_id"])
            assert list(reauth["errors"].values()) == [key], (row.code, endpoint)
        if (row.code, key) not in seen:
            seen.add((row.code, key))
            cells = (row.code, endpoint, ERRORS[key], place, running, asked, row.retry, said.rpartition("#")[2][:-1])
            lines.append(f"| {' | '.join(map(str, cells))} |")
    with capsys.disabled():
        sys.stdout.write("\n".join(("", *lines, "")))


async def test_a_code_that_nobody_knows_is_shown_with_tuyas_words(home: Home) -> None:
    home.cloud.faults.answers["token"] = b'{"code":4711,"msg":"no moon today","success":false}'
    said = _sentence(await _submit(home))
    assert "“no moon today” (code 4711)" in said
    assert f"{GUIDE}#other" in said


async def test_the_log_says_the_same(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    home.cloud.faults.plan = "expired"
    with caplog.at_level("INFO", DOMAIN):
        await _submit(home)
    assert "extend the trial of IoT Core" in caplog.text
    assert SECRET not in caplog.text
