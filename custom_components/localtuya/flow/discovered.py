"""The step for a device that is new in the account: one click adds it."""

from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntryState, ConfigFlow, ConfigFlowContext, ConfigFlowResult
from homeassistant.const import CONF_DEVICE_ID, CONF_NAME
from homeassistant.helpers.typing import DiscoveryInfoType
import voluptuous as vol

from ..cloud.errors import CloudError
from ..hub import LocalTuyaConfigEntry
from .choosing import Choice, set_up
from .inquiry import async_devices_of
from .patience import PatientFlow, Step
from .trouble import Trouble


class DiscoveredFlow(PatientFlow[ConfigFlowContext, ConfigFlowResult, str], ConfigFlow):
    """The steps `integration_discovery` and `discovered`."""

    _entry_id = ""
    _device_id = ""
    _name = ""

    async def async_step_integration_discovery(self, discovery_info: DiscoveryInfoType) -> ConfigFlowResult:
        """Show the device, once; one that is ignored stays so."""
        self._entry_id = discovery_info["entry_id"]
        self._device_id = discovery_info[CONF_DEVICE_ID]
        self._name = discovery_info[CONF_NAME]
        await self.async_set_unique_id(self._device_id)
        self._abort_if_unique_id_configured()
        self.context["title_placeholders"] = {"name": self._name}
        return await self.async_step_discovered()

    async def async_step_discovered(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask whether the device shall be added, then ask the cloud how it is reached, and add it."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        if entry is None or entry.state is not ConfigEntryState.LOADED or self._device_id in set_up(self.hass):
            return self.async_abort(reason="already_configured")
        if user_input is not None:
            return await self._async_await(self._async_add(entry))
        return await self._async_show(entry, Trouble())

    async def _async_show(self, entry: LocalTuyaConfigEntry, trouble: Trouble) -> ConfigFlowResult:
        self._set_confirm_only()
        return self.async_show_form(
            step_id="discovered",
            data_schema=vol.Schema({}),
            errors=trouble.errors_in(vol.Schema({})),
            description_placeholders={
                **await trouble.async_placeholders(self.hass),
                "name": self._name,
                "account": entry.title,
            },
        )

    async def _async_add(self, entry: LocalTuyaConfigEntry) -> Step[ConfigFlowResult]:
        """Ask the cloud for the device and add it; return what is said then."""
        try:
            devices = await async_devices_of(self.hass, entry)
        except CloudError as error:
            return partial(self._async_show, entry, Trouble.because(error))
        choice = Choice(self.hass, devices)
        if self._device_id not in devices:
            return partial(self._async_end, "device_gone")
        if mistake := choice.mistake([self._device_id]):
            return partial(self._async_end, mistake["error"])
        choice.async_add(entry, [self._device_id])
        return partial(self._async_end, "device_added_to_account")

    async def _async_end(self, reason: str) -> ConfigFlowResult:
        return self.async_abort(reason=reason, description_placeholders={"name": self._name})
