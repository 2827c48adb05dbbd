"""A configured device: how it is reached, and how it stands in the device registry."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_DEVICE_ID, CONF_HOST, CONF_NAME, CONF_PORT
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceInfo

from .const import (
    CONF_CATEGORY,
    CONF_GATEWAY_ID,
    CONF_LOCAL_KEY,
    CONF_NODE_ID,
    CONF_OLD_KEYS,
    CONF_PINNED,
    CONF_PRODUCT_ID,
    CONF_PRODUCT_NAME,
    CONF_PROTOCOL_VERSION,
    DEFAULT_PORT,
    DOMAIN,
    MANUFACTURER,
    SUBENTRY_DEVICE,
)
from .lan.endpoint import Endpoint
from .model.record import DeviceRecord

GATEWAYS = frozenset({"dgnzk", "wfcon", "wg", "wg2", "wnykq"})
"""Categories of devices that may have children."""
_SLEEPING_CATEGORIES = frozenset({"cobj", "jqbj", "mcs", "pir", "rqbj", "sj", "sos", "wsdcg", "wxkg", "ywbj", "zd"})


def parents_first(entry: ConfigEntry) -> list[ConfigSubentry]:
    """Return the device subentries of an entry, gateways before their children."""
    devices = entry.get_subentries_of_type(SUBENTRY_DEVICE)
    return sorted(devices, key=lambda device: is_child(device.data))


def is_child(data: Mapping[str, Any]) -> bool:
    """Return whether a device talks through a gateway, be it known through which one or not."""
    return bool(data.get(CONF_GATEWAY_ID) or data.get(CONF_NODE_ID))


def is_gateway(record: DeviceRecord) -> bool:
    """Return whether a device may have children, by what the cloud calls it."""
    return record.category in GATEWAYS


def endpoint_of(data: Mapping[str, Any], record: DeviceRecord) -> Endpoint:
    """Return where a device is, from the data of its subentry."""
    return Endpoint(
        data[CONF_DEVICE_ID],
        local_key=data[CONF_LOCAL_KEY],
        host=data.get(CONF_HOST) or None,
        port=data.get(CONF_PORT) or DEFAULT_PORT,
        version=data.get(CONF_PROTOCOL_VERSION) or None,
        dp_ids=tuple(int(row["id"]) for row in record.properties if str(row.get("id", "")).isdecimal()),
        sleepy=is_sleepy(record),
        name=data.get(CONF_NAME) or record.name,
        pinned=bool(data.get(CONF_PINNED) and data.get(CONF_HOST)),
        old_keys=tuple(data.get(CONF_OLD_KEYS, ())),
    )


def record_for(data: Mapping[str, Any], cached: DeviceRecord | None) -> DeviceRecord:
    """Return the cached record, or as much of one as the subentry knows."""
    if cached is not None:
        return cached
    return DeviceRecord(
        data[CONF_DEVICE_ID],
        name=data.get(CONF_NAME) or "",
        category=data.get(CONF_CATEGORY) or "",
        product_id=data.get(CONF_PRODUCT_ID) or "",
        product_name=data.get(CONF_PRODUCT_NAME) or "",
        node_id=data.get(CONF_NODE_ID),
        gateway_id=data.get(CONF_GATEWAY_ID),
    )


def is_sleepy(record: DeviceRecord) -> bool:
    """Return whether a device runs on a battery and connects only when something happens."""
    battery = any("battery" in str(row.get("code")) for row in record.properties)
    return battery and record.node_id is None and record.category in _SLEEPING_CATEGORIES


def identifier(device_id: str) -> tuple[str, str]:
    """Return how a device is called in the device registry."""
    return DOMAIN, f"local_{device_id}"


def device_id_of(device: dr.AnyDeviceEntry) -> str | None:
    """Return the Tuya id of a device of the registry, None if it is not ours."""
    names = (name for domain, name in device.identifiers if domain == DOMAIN)
    return next((name.removeprefix("local_") for name in names), None)


@callback
def async_register(
    hass: HomeAssistant, entry: ConfigEntry, subentry: ConfigSubentry, record: DeviceRecord
) -> DeviceInfo:
    """Put a device into the device registry; return the same for its entities."""
    info = DeviceInfo(
        identifiers={identifier(record.id)},
        name=subentry.title or record.name or record.product_name,
        manufacturer=MANUFACTURER,
        model=record.product_name or record.model or None,
        model_id=record.product_id or None,
        serial_number=record.uuid or None,
    )
    if record.mac:
        info["connections"] = {(dr.CONNECTION_NETWORK_MAC, dr.format_mac(record.mac))}
    dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, config_subentry_id=subentry.subentry_id, **info
    )
    return info
