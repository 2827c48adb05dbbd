"""Names that Home Assistant stores, and the few numbers that an installation may change from outside."""

from os import environ
from typing import Final

from homeassistant.const import Platform

from .lan.discovery import PROBE_PORT

DOMAIN: Final = "localtuya"

PLATFORMS: Final = (
    Platform.ALARM_CONTROL_PANEL,
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CLIMATE,
    Platform.COVER,
    Platform.EVENT,
    Platform.FAN,
    Platform.HUMIDIFIER,
    Platform.INFRARED,
    Platform.LAWN_MOWER,
    Platform.LIGHT,
    Platform.LOCK,
    Platform.NUMBER,
    Platform.REMOTE,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SIREN,
    Platform.SWITCH,
    Platform.TEXT,
    Platform.TIME,
    Platform.VACUUM,
    Platform.VALVE,
    Platform.WATER_HEATER,
)

CONF_ADDRESS_RANGES: Final = "address_ranges"
CONF_ADOPT: Final = "adopt"
CONF_BROUGHT: Final = "brought"
CONF_CATEGORY: Final = "category"
CONF_CLIENT_SECRET: Final = "client_secret"  # noqa: S105 - a name
CONF_DEVICES: Final = "devices"
CONF_GATEWAY_ID: Final = "gateway_id"
CONF_GRACE: Final = "grace"
CONF_LOCAL_KEY: Final = "local_key"
CONF_NODE_ID: Final = "node_id"
CONF_OLD_KEYS: Final = "old_keys"
CONF_PINNED: Final = "pinned"
CONF_PRODUCT_ID: Final = "product_id"
CONF_PRODUCT_NAME: Final = "product_name"
CONF_PROTOCOL_VERSION: Final = "protocol_version"
CONF_TEXT: Final = "text"
CONF_UPLOAD: Final = "upload"
CONF_USER_ID: Final = "user_id"

SUBENTRY_DEVICE: Final = "device"

WITHOUT_CLOUD: Final = "without_cloud"
"""Unique id of the entry that holds the devices typed in by hand."""

MANUFACTURER: Final = "Tuya"

GUIDE: Final = "https://github.com/localtuya/localtuya/blob/main/docs/tuya_project.md"
"""How to make a project on Tuya's platform; a paragraph for each error."""

DEFAULT_GRACE: Final = 15.0
"""Seconds that a lost link may take to come back before entities become unavailable."""
MOST_GRACE: Final = 300

DEFAULT_PORT: Final = 6668
"""Where a device listens."""


def device_port() -> int:
    """Return the TCP port of devices that are found by their announcement; `LOCALTUYA_PORT` changes it."""
    return int(environ.get("LOCALTUYA_PORT", DEFAULT_PORT))


def discovery_ports() -> tuple[int, ...]:
    """Return the UDP ports to listen on; `LOCALTUYA_DISCOVERY_PORTS` (comma-separated) changes them."""
    return tuple(int(port) for port in environ.get("LOCALTUYA_DISCOVERY_PORTS", "6666,6667,7000").split(","))


def discovery_bind() -> str:
    """Return the address to listen on; `LOCALTUYA_DISCOVERY_BIND` changes it."""
    return environ.get("LOCALTUYA_DISCOVERY_BIND", "0.0.0.0")  # noqa: S104 - broadcasts arrive on every interface


def probe_addresses() -> tuple[str, ...] | None:
    """Return the addresses to ask for devices, from `LOCALTUYA_PROBE`; None for those that the adapters imply.

    Where they are given, the networks of the adapters are left alone altogether.
    """
    value = environ.get("LOCALTUYA_PROBE")
    return None if value is None else tuple(address for address in value.split(",") if address)


def probe_port() -> int:
    """Return the UDP port at which devices are asked to announce themselves; `LOCALTUYA_PROBE_PORT` changes it."""
    return int(environ.get("LOCALTUYA_PROBE_PORT", PROBE_PORT))
