"""The calls to the cloud and the rests survive a restart, and nothing secret is written."""

import json
from typing import Any

from homeassistant.const import CONF_CLIENT_ID, CONF_REGION
from homeassistant.core import HomeAssistant
import pytest

from custom_components.localtuya import books
from custom_components.localtuya.account import Account
from custom_components.localtuya.books import async_ledger, async_load_ledgers
from custom_components.localtuya.cloud.errors import CloudBusy, CloudError
from custom_components.localtuya.cloud.ledger import Cause, because
from custom_components.localtuya.cloud.regions import REGIONS
from custom_components.localtuya.const import CONF_CLIENT_SECRET, CONF_USER_ID
from custom_components.localtuya.flow.account import AccountFlow

from .home_assistant import CLIENT_ID, PLUG, SECRET, USER, Home, hub_of, until

pytest_plugins = ("tests.home_assistant",)
FILE = "localtuya.ledgers"


async def _restart(hass: HomeAssistant, hass_storage: dict[str, Any]) -> None:
    """Write what waits to be written, forget everything, and start anew."""
    kept = books._books(hass)
    hass_storage[FILE] = {"version": 1, "minor_version": 1, "key": FILE, "data": json.loads(json.dumps(kept._pack()))}
    del hass.data[books._BOOKS]
    await async_load_ledgers(hass)


async def test_counts_and_rests_survive(hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]) -> None:
    account = Account(hass, home.credentials)
    with because(Cause.KEY):
        await account.async_roll()
        home.cloud.faults.http_429 = True
        with pytest.raises(CloudBusy):
            await account.async_roll()
    assert FILE not in hass_storage, "it is written rarely"
    today = account.ledger.today()

    await _restart(hass, hass_storage)

    text = json.dumps(hass_storage[FILE])
    assert not [secret for secret in (CLIENT_ID, SECRET, USER, PLUG) if secret in text]
    ledger = Account(hass, home.credentials).ledger
    assert ledger is not account.ledger
    assert ledger.today() == today == {"key": {"token": 1, "devices": 2}}
    assert ledger.total == 0, "since the start"
    assert 50 < ledger.rest <= 60
    assert isinstance(ledger.error, CloudBusy)
    assert ledger.error.key == "busy"
    with because(Cause.KEY), pytest.raises(CloudBusy):
        await Account(hass, home.credentials).async_roll()


async def test_a_stop_writes(hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]) -> None:
    await home.set_up(home.subentry(PLUG))
    await until(lambda: "learn" in async_ledger(hass, home.credentials).today())
    await hass.async_stop(force=True)
    (kept,) = hass_storage[FILE]["data"].values()
    assert {cause for _, cause, _ in kept["calls"]} == {"learn"}


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"a": 7},
        {"a": {"calls": 7, "rest": 7}},
        {"a": {"calls": [None, [], [1], ["x", "key", "token"], [1, "whim", "token"]], "rest": {"code": "1"}}},
        {"a": {"rest": {"code": 1110, "key": "busy", "pause": 1e300, "until": 1e300}}},
    ],
)
async def test_a_file_without_sense(hass: HomeAssistant, hass_storage: dict[str, Any], data: object) -> None:
    hass_storage[FILE] = {"version": 1, "minor_version": 1, "key": FILE, "data": data}
    await async_load_ledgers(hass)
    for ledger in books._books(hass)._ledgers.values():
        assert ledger.today() == {}
        assert ledger.error is None


async def test_what_was_called_before_the_file_was_read(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    """A form may come before the first entry."""
    await Account(hass, home.credentials).async_roll()
    await _restart(hass, hass_storage)
    del hass.data[books._BOOKS]
    await Account(hass, home.credentials).async_devices()
    await async_load_ledgers(hass)
    assert async_ledger(hass, home.credentials).today() == {"set_up": {"token": 2, "devices": 1 + 3}}


async def test_the_search_for_the_data_center_is_counted(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AccountFlow, "search_time", 0.0)
    urls = ",".join(f"{region.code}={home.cloud.url_of(region.code)}" for region in REGIONS)
    monkeypatch.setenv("LOCALTUYA_OPENAPI_URL", urls)
    typed = home.credentials | {CONF_REGION: "auto"}
    del typed[CONF_USER_ID]
    choice = await home.submit(await home.start_flow("cloud"), typed)
    flow: Any = hass.config_entries.flow._progress[choice["flow_id"]]
    await until(flow._learning.done)
    done = await home.submit(choice, {"devices": [PLUG]})
    account = hub_of(done["result"]).account
    assert account is not None
    (questions,) = account.ledger.today().values()
    assert account.ledger.today().keys() == {"set_up"}
    assert sum(questions.values()) == home.cloud.calls.total()
    assert questions["token"] == home.cloud.calls["token"] > 1
    assert home.cloud.calls["associated_devices"] >= 1


async def test_other_credentials_begin_anew(hass: HomeAssistant, home: Home) -> None:
    right = async_ledger(hass, home.credentials)
    assert async_ledger(hass, {**home.credentials, CONF_REGION: "us"}) is right, "one project, whichever data center"
    assert async_ledger(hass, {**home.credentials, CONF_CLIENT_ID: "b" * 20}) is not right
    assert async_ledger(hass, {**home.credentials, CONF_CLIENT_SECRET: "b" * 32}) is not right
    right.refused(CloudError())
    assert right.rest == 0
