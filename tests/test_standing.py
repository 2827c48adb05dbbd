"""What comes of the cloud's word, whoever asked."""

from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.localtuya.account import Account
from custom_components.localtuya.cloud.errors import (
    CloudAuthError,
    CloudError,
    CloudRefused,
    CloudUnreachable,
    error_of,
)
from custom_components.localtuya.cloud.ledger import Cause
from custom_components.localtuya.const import DOMAIN
from custom_components.localtuya.standing import Standing

from .home_assistant import SECRET, Home, until

pytest_plugins = ("tests.home_assistant",)


def _key(hass: HomeAssistant, entry_id: str) -> str | None:
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"cloud_{entry_id}")
    return issue.translation_key if issue else None


@pytest.mark.parametrize(
    ("error", "key", "rests"),
    [
        (error_of(28841002), "cloud_plan_expired", True),
        (error_of(28841105), "cloud_not_subscribed", True),
        (error_of(1013), "cloud_clock_off", False),
        (CloudUnreachable(), None, False),
        (CloudRefused(99), None, False),
    ],
)
async def test_what_an_error_becomes(
    hass: HomeAssistant, home: Home, error: CloudError, key: str | None, *, rests: bool
) -> None:
    entry = home.entry()
    account, standing = Account(hass, entry.data), Standing(hass, entry)
    with pytest.raises(type(error)), standing.calling(account, Cause.LEARN):
        raise error
    assert _key(hass, entry.entry_id) == key
    assert (account.ledger.error is error) is rests
    with standing.calling(account, Cause.SET_UP):
        await account.async_roll()
    assert _key(hass, entry.entry_id) is None
    assert account.ledger.error is None


async def test_a_changed_secret_asks_its_owner_and_no_longer_the_cloud(hass: HomeAssistant, home: Home) -> None:
    entry = home.entry()
    account, standing = Account(hass, entry.data), Standing(hass, entry)
    home.cloud.client_secret = SECRET[::-1]
    for _ in range(5):
        with pytest.raises(CloudAuthError), standing.calling(account, Cause.KEY):
            await account.async_roll()
    await until(lambda: any(entry.async_get_active_flows(hass, {SOURCE_REAUTH})))
    assert home.cloud.calls.total() == 1
    renewed = Account(hass, {**entry.data, "client_secret": home.cloud.client_secret})
    with standing.calling(renewed, Cause.KEY):
        assert await renewed.async_roll(), "other credentials begin anew"


async def test_two_clients_of_a_project_share_what_they_know(hass: HomeAssistant, home: Home) -> None:
    one, other = Account(hass, home.credentials), Account(hass, {**home.credentials, "user_id": "eu0000"})
    await one.async_roll()
    assert other.ledger.total == 2
    assert other.calls == 0
