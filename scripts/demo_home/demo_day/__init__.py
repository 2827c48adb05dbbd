"""An action of the demo's Home Assistant that lets a day pass: accounts are looked at now, not within a day."""

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers.typing import ConfigType

DOMAIN = "demo_day"


async def async_setup(hass: HomeAssistant, _: ConfigType) -> bool:
    """Register the action."""

    async def let_pass(_: ServiceCall) -> None:
        for entry in hass.config_entries.async_loaded_entries("localtuya"):
            await entry.runtime_data.follower.async_look()

    hass.services.async_register(DOMAIN, "pass", let_pass)
    return True
