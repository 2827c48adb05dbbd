"""What Home Assistant shows under Settings > System > Repairs > System information."""

from collections import Counter
from typing import Any

from homeassistant.components import system_health
from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN
from .hub import Hub


@callback
def async_register(_: HomeAssistant, register: system_health.SystemHealthRegistration) -> None:
    """Offer the facts."""
    register.async_register_info(_async_facts)


async def _async_facts(hass: HomeAssistant) -> dict[str, Any]:
    """Return what is counted of all entries; nothing here makes a call."""
    hubs: list[Hub] = [entry.runtime_data for entry in hass.config_entries.async_loaded_entries(DOMAIN)]
    devices = [device for hub in hubs for device in hub.coordinators.values()]
    ledgers = list({id(hub.account.ledger): hub.account.ledger for hub in hubs if hub.account}.values())
    causes: Counter[str] = Counter()
    for ledger in ledgers:
        causes.update({cause: sum(questions.values()) for cause, questions in ledger.today().items()})
    refusals = [str(ledger.error) for ledger in ledgers if ledger.error]
    return {
        "devices": len(devices),
        "available": sum(device.available for device in devices),
        "cloud_calls": causes.total(),
        "cloud_causes": ", ".join(f"{cause} {count}" for cause, count in causes.most_common()) or "-",
        "cloud_refuses": "; ".join(refusals) or "-",
    }
