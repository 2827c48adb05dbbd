"""The config flow: an account with all its devices, one device by hand, or a file. The steps are in `flow`."""

from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigEntryState, ConfigFlowResult, ConfigSubentryFlow
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo

from .const import DOMAIN, SUBENTRY_DEVICE
from .devices import device_id_of
from .flow.device import DeviceSubentryFlow
from .flow.discovered import DiscoveredFlow
from .flow.options import LocalTuyaOptionsFlow
from .flow.renewal import RenewalFlow
from .flow.without_cloud import WithoutCloudFlow


class LocalTuyaConfigFlow(RenewalFlow, WithoutCloudFlow, DiscoveredFlow, domain=DOMAIN):
    """Everything that begins with "Add integration", and what an account needs later."""

    VERSION = 5
    MINOR_VERSION = 1

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(cls, config_entry: ConfigEntry) -> dict[str, type[ConfigSubentryFlow]]:
        """Return what can be added to an entry: devices."""
        return {SUBENTRY_DEVICE: DeviceSubentryFlow}

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> LocalTuyaOptionsFlow:
        """Return what can be set at an entry."""
        return LocalTuyaOptionsFlow()

    async def async_step_dhcp(self, discovery_info: DhcpServiceInfo) -> ConfigFlowResult:
        """Tell the link of a known device that it may have another address; the link tries it before it believes it."""
        mac = (dr.CONNECTION_NETWORK_MAC, dr.format_mac(discovery_info.macaddress))
        for device in dr.async_get(self.hass).async_get_devices(connections={mac}):
            entry = self.hass.config_entries.async_get_entry(device.config_entry_id)
            if entry is None or entry.domain != DOMAIN or entry.state is not ConfigEntryState.LOADED:
                continue
            if switchboard := entry.runtime_data.switchboards.get(device_id_of(device)):
                switchboard.link.wake(host=discovery_info.ip)
        return self.async_abort(reason="already_configured")

    async def async_step_user(self, _: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask which way; whoever goes through the cloud is heard by the devices meanwhile."""
        return self.async_show_menu(step_id="user", menu_options=["cloud", "manual", "file"])
