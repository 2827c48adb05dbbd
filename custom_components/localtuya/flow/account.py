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
from ..cloud.regions import region
from ..const import CONF_CLIENT_SECRET, CONF_DEVICES, CONF_USER_ID
from ..lan.discovery import Announcement
from ..model.record import DeviceRecord
from ..neighbourhood import Leave, async_get_neighbourhood
from . import schemas
from .choosing import Choice
from .countries import likely_region

_LOGGER = logging.getLogger(__name__)

_FIELDS = {
    "invalid_client_id": CONF_CLIENT_ID,
    "invalid_client_secret": CONF_CLIENT_SECRET,
    "wrong_region": CONF_REGION,
    "wrong_user": CONF_USER_ID,
}
"""The field that an error is shown at; the others are shown above the form."""


class AccountFlow(ConfigFlow):
    """The steps `cloud` and `devices`, `reauth` and `reconfigure`."""

    search_time = 6.0
    """Seconds after which devices that announce themselves were heard, counted from the beginning of the flow."""
    last_words = 0.5
    """Seconds to wait for what the cloud is just saying of the devices: what is missing then is asked again."""
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
        errors: dict[str, str] = {}
        placeholders: dict[str, str] = {}
        if user_input is not None:
            self._credentials = user_input = schemas.stripped(user_input)
            await self.async_set_unique_id(user_input[CONF_USER_ID])
            self._abort_if_unique_id_configured()
            errors = await self._async_ask(user_input, placeholders)
            if not errors:
                await self._async_search()
                return await self.async_step_devices()
        suggested = user_input or {CONF_REGION: likely_region(self.hass.config.country)}
        return self.async_show_form(
            step_id="cloud",
            data_schema=self.add_suggested_values_to_schema(schemas.CLOUD, suggested),
            errors=errors,
            description_placeholders=placeholders,
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

    async def _async_ask(self, credentials: Mapping[str, Any], placeholders: dict[str, str]) -> dict[str, str]:
        """Ask the cloud for the devices; return the errors of the form."""
        account = Account(self.hass, credentials)
        try:
            devices = await account.async_devices()
        except CloudError as error:
            placeholders["detail"] = str(error)
            return {_FIELDS.get(error.key, "base"): error.key}
        if not devices:
            return {"base": "no_devices"}
        self._choice = Choice(self.hass, devices)
        if self._choice.empty:
            return {"base": "no_new_devices"}
        self._learning = self.hass.async_create_background_task(self._async_learn(account), "thing models")
        return {}

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
        errors: dict[str, str] = {}
        placeholders = {"name": entry.title}
        if user_input is not None:
            user_input = schemas.stripped(user_input)
            try:
                await Account(self.hass, {**entry.data, **user_input}).async_devices()
            except CloudError as error:
                placeholders["detail"] = str(error)
                field = _FIELDS.get(error.key, "base")
                errors[field if field in user_input else "base"] = error.key
            else:
                return self.async_update_and_abort(entry, data_updates=user_input)
        suggested = user_input or {key: value for key, value in entry.data.items() if key != CONF_CLIENT_SECRET}
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, suggested),
            errors=errors,
            description_placeholders=placeholders,
        )


def _ignore(_: Announcement) -> None:
    """The neighbourhood remembers for us."""
