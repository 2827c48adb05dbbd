"""The steps for a Tuya account: credentials, the search on the network, the device list."""

import asyncio
from contextlib import suppress
from functools import partial
import logging
from typing import Any, override

from homeassistant.config_entries import ConfigFlow, ConfigFlowContext, ConfigFlowResult
from homeassistant.const import CONF_DEVICE_ID, CONF_REGION
from homeassistant.core import callback
from homeassistant.data_entry_flow import AbortFlow

from ..account import Account, record_of
from ..cache import RecordCache
from ..cloud.errors import CloudError
from ..cloud.everywhere import Accounts
from ..const import CONF_DEVICES, CONF_USER_ID
from ..membership import title_of
from ..model.record import DeviceRecord
from ..moving import async_bring
from . import credentials, schemas
from .asking import Refuse
from .choosing import Choice
from .countries import likely_region
from .entries import free_title
from .joining import JoiningFlow
from .listening import ListeningFlow
from .patience import Step
from .trouble import Trouble, async_labels

_LOGGER = logging.getLogger(__name__)


class AccountFlow(JoiningFlow, ListeningFlow[ConfigFlowContext, ConfigFlowResult, str], ConfigFlow):
    """The steps `cloud`, `account` and `devices`."""

    last_words = 0.5
    """Seconds to wait for what the cloud is just saying of the devices: what is missing then is asked again."""
    _accounts: Accounts
    _choice: Choice
    _credentials: dict[str, Any]

    def __init__(self) -> None:
        """Prepare; nothing is asked or listened to yet."""
        self._records: dict[str, DeviceRecord] = {}
        self._learning: asyncio.Task[None] | None = None
        self._movers: set[str] = set()

    async def async_step_cloud(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the credentials and try them; meanwhile the devices on the network are heard."""
        await self._async_listen()
        if user_input is None:
            return await self._async_show_cloud({CONF_REGION: likely_region(self.hass.config.country)}, Trouble())
        refuse = partial(self._async_show_cloud, user_input)
        return await self._async_await(self._async_try(credentials.cleaned(user_input), refuse))

    async def async_step_account(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask which of the linked app accounts, where there are several."""
        if user_input is None:
            return await self._async_show_accounts(Trouble())
        return await self._async_await(self._async_try({**self._credentials, **user_input}, self._async_show_accounts))

    async def async_step_devices(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show what was found of every device and let the user choose."""
        form = await self._choice.async_form(user_input)
        if user_input is not None and not form.errors:
            return await self._async_finish(user_input[CONF_DEVICES])
        return self.async_show_form(step_id="devices", **form._asdict())

    @override
    async def async_on_create_entry(self, result: ConfigFlowResult) -> ConfigFlowResult:
        """Let the chosen devices come that were set up without the account."""
        if self._movers:
            await async_bring(self.hass, result["result"], wanted=self._movers, listed=self._choice.devices)
        return result

    @callback
    @override
    def async_remove(self) -> None:
        """Stop everything that runs for the flow."""
        super().async_remove()
        if self._learning is not None:
            self._learning.cancel()

    async def _async_show_cloud(self, shown: dict[str, Any], trouble: Trouble) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="cloud",
            data_schema=self.add_suggested_values_to_schema(schemas.CLOUD, shown | trouble.corrected),
            errors=trouble.errors,
            description_placeholders=await trouble.async_placeholders(self.hass),
        )

    async def _async_show_accounts(self, trouble: Trouble) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="account",
            data_schema=schemas.accounts(await async_labels(self.hass, self._accounts)),
            errors=trouble.errors,
            description_placeholders=await trouble.async_placeholders(self.hass),
        )

    async def _async_try(self, typed: dict[str, Any], refuse: Refuse) -> Step[ConfigFlowResult]:
        """Ask the cloud for the devices; return the next step, which may be to refuse."""
        if user_id := typed.get(CONF_USER_ID):
            await self._async_claim(user_id)
        trouble, inquiry = await self._async_inquire(typed)
        if trouble:
            return partial(refuse, trouble)
        self._credentials = inquiry.credentials
        if inquiry.account is None and inquiry.occupied and not inquiry.accounts:
            placeholders = {"entries": ", ".join(inquiry.occupied.values())}
            raise AbortFlow("accounts_set_up", placeholders)
        if inquiry.account is None and inquiry.accounts:
            self._accounts = inquiry.accounts
            return self.async_step_account
        if inquiry.account is None or not inquiry.devices:
            return partial(refuse, Trouble.of("no_devices"))
        await self._async_claim(inquiry.account.user_id)
        if (step := self._reunion(inquiry.account.user_id, inquiry)) is not None:
            return step
        self._choice = Choice(self.hass, inquiry.devices)
        if self._choice.empty:
            return partial(refuse, Trouble.of("no_new_devices", entries=self._choice.entries))
        self._learning = self.hass.async_create_background_task(self._async_learn(inquiry.account), "thing models")
        await self._async_search(self._choice.expected)
        return self.async_step_devices

    async def _async_learn(self, account: Account) -> None:
        """Ask what the devices are, while the user looks at the list; what is missing then is asked after set-up."""

        def learned(record: DeviceRecord) -> None:
            self._records[record.id] = record

        usable = [item.device for item in self._choice.found() if not item.hopeless]
        with suppress(CloudError):
            await account.async_learn(map(record_of, usable), learned)
        _LOGGER.debug("%s calls to the cloud for %s devices", account.calls, len(usable))

    async def _async_finish(self, chosen: list[str]) -> ConfigFlowResult:
        if self._learning is not None:
            await asyncio.wait({self._learning}, timeout=self.last_words)
        self._movers = self._choice.movers(chosen)
        subentries = self._choice.subentries(chosen)
        ids = [subentry["data"][CONF_DEVICE_ID] for subentry in subentries]
        await RecordCache(self.hass, self._credentials[CONF_USER_ID]).async_save(
            self._records[device_id] for device_id in ids if device_id in self._records
        )
        title = free_title(self.hass, title_of(self._credentials))
        return self.async_create_entry(title=title, data=self._credentials, subentries=subentries)
