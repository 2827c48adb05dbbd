"""The steps for an account that is set up: other credentials, another data center."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult
from homeassistant.const import CONF_CLIENT_ID, CONF_REGION
import voluptuous as vol

from ..const import CONF_CLIENT_SECRET, CONF_USER_ID, WITHOUT_CLOUD
from . import credentials, schemas
from .account import AccountFlow
from .asking import Refuse
from .countries import likely_region
from .patience import Step
from .trouble import Trouble

type Typed = dict[str, Any]


class RenewalFlow(AccountFlow):
    """The steps `reauth` and `reconfigure`; an entry without account is asked for one like a new entry."""

    async def async_step_reauth(self, _: Mapping[str, Any]) -> ConfigFlowResult:
        """Begin to ask for new credentials: the cloud refused the old ones."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(self, user_input: Typed | None = None) -> ConfigFlowResult:
        """Ask for the client id and secret."""
        return await self._async_renew(self._get_reauth_entry(), "reauth_confirm", schemas.REAUTH, user_input)

    async def async_step_reconfigure(self, user_input: Typed | None = None) -> ConfigFlowResult:
        """Ask for another data center, client id or secret."""
        entry = self._get_reconfigure_entry()
        if CONF_CLIENT_ID not in entry.data:
            known = {} if entry.unique_id == WITHOUT_CLOUD else {CONF_USER_ID: entry.unique_id}
            shown = {CONF_REGION: likely_region(self.hass.config.country), **known}
            return await self._async_show_cloud(shown, Trouble())
        return await self._async_renew(entry, "reconfigure", schemas.RECONFIGURE, user_input)

    async def _async_renew(
        self, entry: ConfigEntry, step_id: str, schema: vol.Schema, user_input: Typed | None
    ) -> ConfigFlowResult:
        """Show the form of new credentials, or try them and keep them."""
        show = partial(self._async_show_renewal, entry, step_id, schema)
        if user_input is None:
            return await show({key: value for key, value in entry.data.items() if key != CONF_CLIENT_SECRET}, Trouble())
        return await self._async_await(
            self._async_try_renewal(entry, credentials.cleaned(user_input), partial(show, user_input))
        )

    async def _async_try_renewal(self, entry: ConfigEntry, typed: Typed, refuse: Refuse) -> Step[ConfigFlowResult]:
        trouble, inquiry = await self._async_inquire({**entry.data, **typed})
        if inquiry.elsewhere is not None and CONF_REGION not in typed:
            trouble, inquiry.credentials[CONF_REGION] = Trouble(), inquiry.elsewhere.code
        if trouble:
            return partial(refuse, trouble)
        return partial(self._async_keep_renewal, entry, inquiry.credentials)

    async def _async_keep_renewal(self, entry: ConfigEntry, news: Typed) -> ConfigFlowResult:
        return self.async_update_and_abort(entry, data_updates=news)

    async def _async_show_renewal(
        self, entry: ConfigEntry, step_id: str, schema: vol.Schema, shown: Typed, trouble: Trouble
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, shown | trouble.corrected),
            errors=trouble.errors_in(schema),
            description_placeholders={"name": entry.title, **await trouble.async_placeholders(self.hass)},
        )
