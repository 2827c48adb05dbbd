"""The steps for an account's other devices: those that are not set up yet are listed and added."""

from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowContext, SubentryFlowResult
import voluptuous as vol

from ..cloud.errors import CloudError
from ..const import CONF_DEVICES
from ..moving import async_bring
from .choosing import Choice
from .inquiry import async_devices_of
from .listening import ListeningFlow
from .patience import PatientFlow, Step
from .trouble import Trouble


class MoreDevicesFlow(
    PatientFlow[SubentryFlowContext, SubentryFlowResult, tuple[str, str]],
    ListeningFlow[SubentryFlowContext, SubentryFlowResult, tuple[str, str]],
    ConfigSubentryFlow,
):
    """The steps `account` and `refused`."""

    _choice: Choice | None = None

    async def async_step_account(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show the devices of the account that are not set up yet."""
        if self._choice is None:
            return await self._async_await(self._async_ask())
        if self._choice.empty:
            placeholders = {"entries": self._choice.entries}
            return self.async_abort(reason="no_new_devices", description_placeholders=placeholders)
        form = await self._choice.async_form(user_input)
        if user_input is None or form.errors:
            return self.async_show_form(step_id="account", **form._asdict())
        entry, chosen = self._get_entry(), user_input[CONF_DEVICES]
        added = self._choice.async_add(entry, chosen)
        added += await async_bring(self.hass, entry, wanted=self._choice.movers(chosen), listed=self._choice.devices)
        return self.async_abort(reason="devices_added", description_placeholders={"count": str(added)})

    async def async_step_refused(self, _: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask again, once the user has done what was said."""
        return await self.async_step_account()

    async def _async_ask(self) -> Step[SubentryFlowResult]:
        await self._async_listen()
        try:
            self._choice = Choice(self.hass, await async_devices_of(self.hass, self._get_entry()))
        except CloudError as error:
            return partial(self._async_refused, Trouble.because(error))
        return self.async_step_account

    async def _async_refused(self, trouble: Trouble) -> SubentryFlowResult:
        placeholders = await trouble.async_placeholders(self.hass)
        return self.async_show_form(
            step_id="refused", data_schema=vol.Schema({}), description_placeholders=placeholders
        )
