"""Asking Tuya's cloud on behalf of a form: in which data center the account lives, which one it is, what it has."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_CLIENT_ID, CONF_REGION
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from ..account import Account
from ..books import async_ledger
from ..cloud.client import CloudClient
from ..cloud.errors import CloudError, CloudUnreachable
from ..cloud.everywhere import PATIENCE, Accounts, Answer, ask_everywhere
from ..cloud.ledger import Cause
from ..cloud.regions import REGIONS, Region, base_url, region, region_of_user
from ..cloud.roll import Roll
from ..const import CONF_CLIENT_SECRET, CONF_USER_ID
from ..hub import LocalTuyaConfigEntry
from .countries import likely_region
from .entries import titles_of
from .schemas import AUTO

_MAYBE_ELSEWHERE: Final = frozenset(
    (
        *("wrong_region", "wrong_user", "user_id_needed", "relink"),
        *("invalid_client_id", "invalid_client_secret", "cannot_connect"),
    )
)
"""What a data center also says of an account that lives in another one."""


MOST_TIME: Final = 45.0
"""Seconds that the cloud may take for all its answers to a form."""


@dataclass(slots=True)
class Inquiry:
    """What is asked with some credentials, and what comes of it."""

    hass: HomeAssistant
    credentials: dict[str, Any]
    """Region (or `AUTO`: find it), client id, client secret, user id (or none); what is found out is filled in."""
    most_time: float = field(kw_only=True)
    """Seconds after which the cloud counts as one that does not answer, whatever it still promises."""
    occupied_too: bool = field(default=False, kw_only=True)
    """Whether accounts are wanted that have an entry."""
    accounts: Accounts = field(default_factory=dict, init=False)
    """The linked accounts, if no user id was given."""
    occupied: dict[str, str] = field(default_factory=dict, init=False)
    """The titles of the entries of those, by user id."""
    account: Account | None = field(default=None, init=False)
    devices: Roll = field(default_factory=Roll, init=False)
    elsewhere: Region | None = field(default=None, init=False)
    """The data center that has the devices, where the given one has not."""

    async def async_ask(self) -> None:
        """Ask for everything; raise CloudError, in bounded time. Several accounts are left to be chosen from."""
        async with _bounded(self.most_time):
            await self._async_ask()

    async def _async_ask(self) -> None:
        chosen = self.credentials[CONF_REGION]
        try:
            if chosen == AUTO or not self.credentials.get(CONF_USER_ID):
                await self._async_locate(chosen)
            if self.credentials.get(CONF_USER_ID):
                self.account = Account(self.hass, self.credentials)
                self.devices = await self.account.async_devices()
        except CloudError as error:
            if chosen == AUTO or error.key not in _MAYBE_ELSEWHERE:
                raise
            await self._async_look_elsewhere()
            if self.elsewhere is None:
                raise
        else:
            if not self.devices and not self.accounts and chosen != AUTO:
                await self._async_look_elsewhere()

    async def _async_locate(self, chosen: str) -> None:
        """Find out the data center and the linked accounts, as far as they are not given."""
        regions = self._regions() if chosen == AUTO else [region(chosen)]
        answer = await self._async_everywhere(regions)
        if answer.error is not None:
            raise answer.error
        self.credentials[CONF_REGION] = answer.region.code
        if not self.credentials.get(CONF_USER_ID):
            self.accounts = answer.accounts
            if len(self.accounts) == 1:
                (self.credentials[CONF_USER_ID],) = self.accounts

    async def _async_look_elsewhere(self) -> None:
        here = base_url(self.credentials[CONF_REGION])
        if regions := [row for row in self._regions() if base_url(row.code) != here]:
            answer = await self._async_everywhere(regions)
            self.elsewhere = answer.region if answer.accounts else None

    async def _async_everywhere(self, regions: Iterable[Region]) -> Answer:
        return await ask_everywhere(self._async_accounts, regions)

    async def _async_accounts(self, region: Region) -> Accounts:
        """Return the accounts that can be set up in a data center: the given one, or those without an entry."""
        accounts = await _async_accounts(self.hass, self.credentials, region)
        if self.credentials.get(CONF_USER_ID) or self.occupied_too:
            return accounts
        occupied = titles_of(self.hass, accounts)
        self.occupied |= occupied
        return {user_id: names for user_id, names in accounts.items() if user_id not in occupied}

    def _regions(self) -> list[Region]:
        """Return all data centers, the likeliest first, each address once."""
        named = region_of_user(self.credentials.get(CONF_USER_ID, ""))
        likely = (named.code if named else "", likely_region(self.hass.config.country))
        ordered = sorted(REGIONS, key=lambda row: likely.index(row.code) if row.code in likely else len(likely))
        by_url: dict[str, Region] = {}
        for row in ordered:
            by_url.setdefault(base_url(row.code), row)
        return list(by_url.values())


async def async_devices_of(hass: HomeAssistant, entry: LocalTuyaConfigEntry) -> Roll:
    """Return the devices of an entry's account by id; raise CloudError, in bounded time."""
    hub = entry.runtime_data if entry.state is ConfigEntryState.LOADED else None
    async with _bounded(MOST_TIME):
        if hub is None or hub.account is None:
            return await Account(hass, entry.data).async_devices()
        with hub.standing.calling(hub.account, Cause.SET_UP):
            return await hub.account.async_devices()


@asynccontextmanager
async def _bounded(seconds: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise CloudUnreachable(detail=f"no answer within {seconds:.0f} seconds") from None


async def _async_accounts(hass: HomeAssistant, credentials: Mapping[str, Any], region: Region) -> Accounts:
    client = CloudClient(
        async_get_clientsession(hass),
        base_url=base_url(region.code),
        client_id=credentials[CONF_CLIENT_ID],
        client_secret=credentials[CONF_CLIENT_SECRET],
        timeout=PATIENCE,
        ledger=async_ledger(hass, credentials),
    )
    return await client.accounts(credentials.get(CONF_USER_ID, ""))
