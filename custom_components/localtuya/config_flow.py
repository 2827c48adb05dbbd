"""The config flow: an account with all its devices, or one device by hand. The steps are in `flow`."""

from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult, ConfigSubentryFlow
from homeassistant.core import callback

from .const import DOMAIN, SUBENTRY_DEVICE
from .flow.account import AccountFlow
from .flow.device import DeviceSubentryFlow, ManualFlow


class LocalTuyaConfigFlow(AccountFlow, ManualFlow, domain=DOMAIN):
    """Everything that begins with "Add integration", and what an account needs later."""

    VERSION = 5
    MINOR_VERSION = 1

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(cls, config_entry: ConfigEntry) -> dict[str, type[ConfigSubentryFlow]]:
        """Return what can be added to an entry: devices."""
        return {SUBENTRY_DEVICE: DeviceSubentryFlow}

    async def async_step_user(self, _: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask which way; whoever goes through the cloud is heard by the devices meanwhile."""
        return self.async_show_menu(step_id="user", menu_options=["cloud", "manual"])
