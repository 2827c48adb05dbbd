"""What Home Assistant shows under Settings > System > Repairs > System information."""

from collections import Counter
from typing import Any

from homeassistant.components import system_health
from homeassistant.core import HomeAssistant, callback

from .cloud.ledger import Ledger
from .const import DOMAIN
from .hub import LocalTuyaConfigEntry


@callback
def async_register(_: HomeAssistant, register: system_health.SystemHealthRegistration) -> None:
    """Offer the facts."""
    register.async_register_info(_async_facts)


async def _async_facts(hass: HomeAssistant) -> dict[str, Any]:
    """Return what is counted of all entries; nothing here makes a call."""
    entries: list[LocalTuyaConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    devices = [device for entry in entries for device in entry.runtime_data.coordinators.values()]
    projects: dict[Ledger, list[str]] = {}
    for entry in entries:
        if account := entry.runtime_data.account:
            projects.setdefault(account.ledger, []).append(entry.title)
    names = {ledger: ", ".join(titles) for ledger, titles in projects.items()}
    calls = {
        ledger: Counter({cause: sum(questions.values()) for cause, questions in ledger.today().items()})
        for ledger in projects
    }
    causes = sum(calls.values(), Counter[str]())
    refusals = [f"{name}: {ledger.error}" for ledger, name in names.items() if ledger.error]
    return {
        "devices": len(devices),
        "available": sum(device.available for device in devices),
        "cloud_calls": causes.total(),
        "cloud_projects": "; ".join(f"{name}: {calls[ledger].total()}" for ledger, name in names.items()) or "-",
        "cloud_causes": ", ".join(f"{cause} {count}" for cause, count in causes.most_common()) or "-",
        "cloud_refuses": "; ".join(refusals) or "-",
    }
