"""The step for a device that is new in the account: one click adds it."""

from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigEntryState, ConfigFlow, ConfigFlowResult
from homeassistant.const import CONF_DEVICE_ID, CONF_NAME
from homeassistant.helpers.typing import DiscoveryInfoType
import voluptuous as vol

from ..account import Account
from ..cloud.errors import CloudError
from .choosing import Choice, set_up


class DiscoveredFlow(ConfigFlow):
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
        errors: dict[str, str] = {}
        placeholders = {"name": self._name, "account": entry.title}
        if user_input is not None:
            try:
                mistake = await self._async_add(entry)
            except CloudError as error:
                errors["base"] = error.key
                placeholders["detail"] = str(error)
            else:
                reason = mistake or "device_added_to_account"
                return self.async_abort(reason=reason, description_placeholders=placeholders)
        self._set_confirm_only()
        return self.async_show_form(
            step_id="discovered",
            data_schema=vol.Schema({}),
            errors=errors,
            description_placeholders=placeholders,
        )

    async def _async_add(self, entry: ConfigEntry) -> str:
        """Add the device; return why it cannot work, if it cannot. Raises CloudError."""
        devices = await Account(self.hass, entry.data).async_devices()
        choice = Choice(self.hass, devices)
        if self._device_id not in devices:
            return "device_gone"
        if mistake := choice.mistake([self._device_id]):
            return mistake["error"]
        choice.async_add(entry, [self._device_id])
        return ""
