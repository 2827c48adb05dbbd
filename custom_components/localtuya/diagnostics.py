"""What helps to understand a device from afar; no key, secret, token, user id, address or id of a device."""

from typing import Any

from homeassistant.const import CONF_REGION
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import AnyDeviceEntry

from .channel import Switchboard
from .const import CONF_GATEWAY_ID, CONF_PROTOCOL_VERSION
from .coordinator import DeviceCoordinator
from .devices import device_id_of
from .hub import LocalTuyaConfigEntry
from .model.spec import Feature

_UNTOLD = frozenset({"id", "dps", "gateway_id", "mac", "name", "node_id", "uuid"})
"""What identifies the device or its owner; the values are told beside the record."""
_LONGEST = 64
"""Characters of a text value that are told: longer ones are pictures, maps and user data."""


async def async_get_config_entry_diagnostics(_: HomeAssistant, entry: LocalTuyaConfigEntry) -> dict[str, Any]:
    """Return the account and all its devices."""
    hub = entry.runtime_data
    return {
        "region": entry.data.get(CONF_REGION),
        "cloud_calls": hub.account.calls if hub.account else None,
        "devices": [_device(entry, device_id) for device_id in hub.coordinators],
    }


async def async_get_device_diagnostics(
    _: HomeAssistant, entry: LocalTuyaConfigEntry, device: AnyDeviceEntry
) -> dict[str, Any]:
    """Return one device."""
    device_id = device_id_of(device)
    return _device(entry, device_id) if device_id in entry.runtime_data.coordinators else {}


def _device(entry: LocalTuyaConfigEntry, device_id: str) -> dict[str, Any]:
    hub = entry.runtime_data
    coordinator = hub.coordinators[device_id]
    subentry = entry.subentries.get(coordinator.subentry_id or "")
    data = subentry.data if subentry else {}
    return {
        "behind_gateway": CONF_GATEWAY_ID in data,
        "protocol_version": data.get(CONF_PROTOCOL_VERSION),
        "available": coordinator.available,
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
    return {
        "state": switchboard.state.value,
        "error": type(switchboard.error).__name__ if switchboard.error else None,
        "version": switchboard.link.version,
        "children": len(switchboard.nodes),
    }


def _feature(feature: Feature) -> dict[str, Any]:
    return {
        "platform": feature.platform,
        "key": feature.key,
        "name": feature.look.name,
        "source": feature.source.value,
        "roles": {role: point.dp for role, point in feature.points.items()},
    }


def _values(coordinator: DeviceCoordinator) -> dict[str, object]:
    return {
        dp: f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value
        for dp, value in coordinator.state.dps.items()
    }
