"""What helps to understand a device from afar; no key, secret, token, user id, address or id of a device."""

import time
from typing import Any

from homeassistant.const import CONF_REGION
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import AnyDeviceEntry
from homeassistant.util import dt as dt_util

from .account import Account
from .channel import Switchboard
from .const import CONF_GATEWAY_ID, CONF_PROTOCOL_VERSION, DOMAIN
from .coordinator import DeviceCoordinator
from .devices import device_id_of
from .hub import LocalTuyaConfigEntry
from .model.codes import is_secret
from .model.spec import Feature

_UNTOLD = frozenset({"id", "dps", "gateway_id", "labels", "mac", "name", "node_id", "seen", "uuid"})
"""What identifies the device or its owner; the values are told beside the record."""
_REDACTED = "**REDACTED**"
_LONGEST = 64
"""Characters of a text value that are told: longer ones are pictures, maps and user data."""


async def async_get_config_entry_diagnostics(hass: HomeAssistant, entry: LocalTuyaConfigEntry) -> dict[str, Any]:
    """Return the account and all its devices."""
    hub = entry.runtime_data
    return {
        "region": entry.data.get(CONF_REGION),
        "cloud": _cloud(hass, hub.account),
        "search": hub.facts,
        "devices": [_device(entry, device_id) for device_id in hub.coordinators],
    }


async def async_get_device_diagnostics(
    _: HomeAssistant, entry: LocalTuyaConfigEntry, device: AnyDeviceEntry
) -> dict[str, Any]:
    """Return one device."""
    device_id = device_id_of(device)
    return _device(entry, device_id) if device_id in entry.runtime_data.coordinators else {}


def _cloud(hass: HomeAssistant, account: Account | None) -> dict[str, Any] | None:
    """Return the calls to the cloud, why each was made, and what the cloud says; no cloud, no answer.

    All accounts of a project are counted together, as the cloud does.
    """
    if account is None:
        return None
    ledger = account.ledger
    entries: list[LocalTuyaConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    accounts = [each for entry in entries if (each := entry.runtime_data.account) is not None]
    return {
        "accounts": len(accounts),
        "accounts_of_the_project": sum(each.ledger is ledger for each in accounts),
        "own_calls": account.calls,
        "calls": ledger.total,
        "today": ledger.today(),
        "refuses": str(ledger.error) if ledger.error else None,
        "rests": round(ledger.rest),
    }


def _device(entry: LocalTuyaConfigEntry, device_id: str) -> dict[str, Any]:
    hub = entry.runtime_data
    coordinator = hub.coordinators[device_id]
    subentry = entry.subentries.get(coordinator.subentry_id or "")
    data = subentry.data if subentry else {}
    return {
        "behind_gateway": CONF_GATEWAY_ID in data,
        "protocol_version": data.get(CONF_PROTOCOL_VERSION),
        "available": coordinator.available,
        "connection": coordinator.connection,
        "last_seen": _moment(coordinator.last_seen),
        "link": _link(hub.switchboards.get(device_id)),
        "record": {key: value for key, value in coordinator.record.to_json().items() if key not in _UNTOLD},
        "schema": [
            f"{datapoint.dp} {datapoint.code} {type(datapoint).__name__.lower()} {datapoint.mode.value}"
            for datapoint in coordinator.plan.schema.by_id.values()
        ],
        "features": [_feature(feature) for feature in coordinator.features],
        "dps": _values(coordinator),
    }


def _link(switchboard: Switchboard | None) -> dict[str, Any] | None:
    """Return how a link fares; the words of an error could name an address, its type does not."""
    if switchboard is None:
        return None
    stats = switchboard.stats
    hours = max((time.time() - switchboard.born) / 3600, 1.0)
    return {
        "state": switchboard.state.value,
        "since": _moment(switchboard.since),
        "error": type(switchboard.error).__name__ if switchboard.error else None,
        "version": switchboard.link.version,
        "children": len(switchboard.nodes),
        "dialed": stats.dialed,
        "sessions": stats.sessions,
        "sessions_per_hour": round(stats.sessions / hours, 1),
        "last_heard": _moment(stats.last_heard),
        "wake_interval": stats.wake_interval,
        "query_form": stats.query_form,
    }


def _moment(at: float | None) -> str | None:
    """Return a Unix time for people, to the second."""
    return None if at is None else dt_util.utc_from_timestamp(int(at)).isoformat()


def _feature(feature: Feature) -> dict[str, Any]:
    return {
        "platform": feature.platform,
        "key": feature.key,
        "name": feature.look.name,
        "source": feature.source.value,
        "roles": {role: point.dp for role, point in feature.points.items()},
    }


def _values(coordinator: DeviceCoordinator) -> dict[str, object]:
    secret = {datapoint.dp for datapoint in coordinator.plan.schema if is_secret(datapoint.code)}
    return {dp: _REDACTED if dp in secret else _short(value) for dp, value in coordinator.state.dps.items()}


def _short(value: object) -> object:
    return f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value
