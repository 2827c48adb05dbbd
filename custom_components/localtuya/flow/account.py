"""The steps for a Tuya account: credentials, the search on the network, the device list; new credentials later."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
import logging
from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigFlow, ConfigFlowResult
from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID, CONF_REGION
from homeassistant.core import callback

from ..account import Account, record_of
from ..cache import RecordCache
from ..cloud.errors import CloudError
from ..cloud.everywhere import Accounts
from ..cloud.regions import region
from ..const import CONF_CLIENT_SECRET, CONF_DEVICES, CONF_USER_ID
from ..lan.discovery import Announcement
from ..model.record import DeviceRecord
from ..neighbourhood import Leave, async_get_neighbourhood
from . import credentials, schemas
from .choosing import Choice
from .countries import likely_region
from .inquiry import Inquiry
from .trouble import Trouble, async_labels

_LOGGER = logging.getLogger(__name__)


class AccountFlow(ConfigFlow):
    """The steps `cloud`, `account` and `devices`, `reauth` and `reconfigure`."""

    search_time = 6.0
    """Seconds after which devices that announce themselves were heard, counted from the beginning of the flow."""
    last_words = 0.5
    """Seconds to wait for what the cloud is just saying of the devices: what is missing then is asked again."""
    most_time = 45.0
    """Seconds that the cloud may take for all its answers to a form."""
    _accounts: Accounts
    _choice: Choice
    _credentials: dict[str, Any]

    def __init__(self) -> None:
        """Prepare; nothing is asked or listened to yet."""
        self._records: dict[str, DeviceRecord] = {}
        self._leave: Leave | None = None
        self._listening_since = 0.0
        self._learning: asyncio.Task[None] | None = None

    async def async_step_cloud(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the credentials and try them; meanwhile the devices on the network are heard."""
        await self._async_listen()
        trouble = Trouble()
        if user_input is not None:
            trouble, result = await self._async_try(credentials.cleaned(user_input))
            if result is not None:
                return result
        shown = user_input or {CONF_REGION: likely_region(self.hass.config.country)}
        return self.async_show_form(
            step_id="cloud",
            data_schema=self.add_suggested_values_to_schema(schemas.CLOUD, shown | trouble.corrected),
            errors=trouble.errors,
            description_placeholders=await trouble.async_placeholders(self.hass),
        )

    async def async_step_account(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask which of the linked app accounts, where there are several."""
        trouble = Trouble()
        if user_input is not None:
            trouble, result = await self._async_try({**self._credentials, **user_input})
            if result is not None:
                return result
        return self.async_show_form(
            step_id="account",
            data_schema=schemas.accounts(await async_labels(self.hass, self._accounts)),
            errors=trouble.errors,
            description_placeholders=await trouble.async_placeholders(self.hass),
        )

    async def async_step_devices(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show what was found of every device and let the user choose."""
        form = await self._choice.async_form(user_input)
        if user_input is not None and not form.errors:
            return await self._async_finish(user_input[CONF_DEVICES])
        return self.async_show_form(step_id="devices", **form._asdict())

    async def async_step_reauth(self, _: Mapping[str, Any]) -> ConfigFlowResult:
        """Begin to ask for new credentials: the cloud refused the old ones."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the client id and secret."""
        entry = self._get_reauth_entry()
        return await self._async_renew(entry, "reauth_confirm", schemas.REAUTH, user_input)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for another data center, client id or secret."""
        entry = self._get_reconfigure_entry()
        if CONF_CLIENT_ID not in entry.data:
            return self.async_abort(reason="no_account")
        return await self._async_renew(entry, "reconfigure", schemas.RECONFIGURE, user_input)

    @callback
    @override
    def async_remove(self) -> None:
        """Stop everything that runs for the flow."""
        if self._learning is not None:
            self._learning.cancel()
        if self._leave is not None:
            self.hass.async_create_task(self._leave())
            self._leave = None

    async def _async_listen(self) -> None:
        if self._leave is None:
            self._listening_since = self.hass.loop.time()
            self._leave = await async_get_neighbourhood(self.hass).async_join(_ignore)

    async def _async_try(self, typed: dict[str, Any]) -> tuple[Trouble, ConfigFlowResult | None]:
        """Ask the cloud for the devices; return what is wrong, or the next step."""
        if user_id := typed.get(CONF_USER_ID):
            await self._async_claim(user_id)
        trouble, inquiry = await self._async_inquire(typed)
        if trouble:
            return trouble, None
        self._credentials = inquiry.credentials
        if inquiry.account is None and inquiry.accounts:
            self._accounts = inquiry.accounts
            return trouble, await self.async_step_account()
        if inquiry.account is None or not inquiry.devices:
            return Trouble.of("no_devices"), None
        await self._async_claim(inquiry.account.user_id)
        self._choice = Choice(self.hass, inquiry.devices)
        if self._choice.empty:
            return Trouble.of("no_new_devices"), None
        self._learning = self.hass.async_create_background_task(self._async_learn(inquiry.account), "thing models")
        await self._async_search()
        return trouble, await self.async_step_devices()

    async def _async_inquire(self, typed: dict[str, Any]) -> tuple[Trouble, Inquiry]:
        """Ask the cloud, unless it cannot be right what was typed."""
        inquiry = Inquiry(self.hass, dict(typed), most_time=self.most_time)
        if mistakes := credentials.mistakes(typed):
            corrected = credentials.exchanged(typed) if "swapped" in mistakes.values() else {}
            return Trouble(mistakes, corrected=corrected), inquiry
        try:
            await inquiry.async_ask()
        except CloudError as error:
            _LOGGER.info("The form of the account is refused: %s", error)
            return Trouble.because(error), inquiry
        if inquiry.elsewhere is not None:
            return Trouble.elsewhere(inquiry.elsewhere), inquiry
        return Trouble(), inquiry

    async def _async_claim(self, user_id: str) -> None:
        await self.async_set_unique_id(user_id)
        self._abort_if_unique_id_configured()

    async def _async_learn(self, account: Account) -> None:
        """Ask what the devices are, while the user looks at the list; what is missing then is asked after set-up."""

        def learned(record: DeviceRecord) -> None:
            self._records[record.id] = record

        usable = [item.device for item in self._choice.found() if not item.hopeless]
        with suppress(CloudError):
            await account.async_learn(map(record_of, usable), learned)
        _LOGGER.debug("%s calls to the cloud for %s devices", account.calls, len(usable))

    async def _async_search(self) -> None:
        """Wait until all devices were heard that announce themselves, as long as those take who are there."""
        time_left = self._listening_since + self.search_time - self.hass.loop.time()
        await async_get_neighbourhood(self.hass).async_wait_for(self._choice.expected, max(time_left, 0))

    async def _async_finish(self, chosen: list[str]) -> ConfigFlowResult:
        if self._learning is not None:
            await asyncio.wait({self._learning}, timeout=self.last_words)
        subentries = self._choice.subentries(chosen)
        ids = [subentry["data"][CONF_DEVICE_ID] for subentry in subentries]
        await RecordCache(self.hass, self._credentials[CONF_USER_ID]).async_save(
            self._records[device_id] for device_id in ids if device_id in self._records
        )
        return self.async_create_entry(
            title=f"Tuya {region(self._credentials[CONF_REGION]).name}", data=self._credentials, subentries=subentries
        )

    async def _async_renew(
        self, entry: ConfigEntry, step_id: str, schema: Any, user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        """Show the form of new credentials, or try them and keep them."""
        trouble = Trouble()
        if user_input is not None:
            typed = credentials.cleaned(user_input)
            trouble, inquiry = await self._async_inquire({**entry.data, **typed})
            if inquiry.elsewhere is not None and CONF_REGION not in typed:
                trouble, inquiry.credentials[CONF_REGION] = Trouble(), inquiry.elsewhere.code
            if not trouble:
                return self.async_update_and_abort(entry, data_updates=inquiry.credentials)
        shown = user_input or {key: value for key, value in entry.data.items() if key != CONF_CLIENT_SECRET}
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, shown | trouble.corrected),
            errors=trouble.errors_in(schema),
            description_placeholders={"name": entry.title, **await trouble.async_placeholders(self.hass)},
        )


def _ignore(_: Announcement) -> None:
    """The neighbourhood remembers for us."""
