"""What was found of each device of an account: on the network, behind a gateway, or why it cannot be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from homeassistant.config_entries import ConfigSubentryData
from homeassistant.const import CONF_DEVICE_ID, CONF_HOST, CONF_NAME, CONF_PORT

from ..cloud.rows import CloudDevice
from ..const import (
    CONF_CATEGORY,
    CONF_GATEWAY_ID,
    CONF_LOCAL_KEY,
    CONF_NODE_ID,
    CONF_PRODUCT_ID,
    CONF_PRODUCT_NAME,
    CONF_PROTOCOL_VERSION,
    SUBENTRY_DEVICE,
    device_port,
)
from ..devices import GATEWAYS
from ..lan.discovery import Announcement

type Devices = Mapping[str, CloudDevice]
type Seen = Mapping[str, Announcement]


class Gateway(NamedTuple):
    """A device of the account, or one that is set up in whichever entry, that children can be behind."""

    name: str
    certain: bool
    """Whether it is one by what the cloud calls it."""
    up: bool
    """Whether it is connected."""


type Gateways = Mapping[str, Gateway]


class Finding(StrEnum):
    """How a device stands; also the translation key of what is said about it. The best ones first."""

    WITHOUT_CLOUD = "found_without_cloud"
    """It is set up here already, but without the account: it moves there."""
    ON_NETWORK = "found_on_network"
    BEHIND_GATEWAY = "found_behind_gateway"
    GATEWAY_NOT_SEEN = "found_gateway_not_seen"
    GATEWAY_UNKNOWN = "found_gateway_unknown"
    """It has a gateway that is not named; the gateways of all entries are asked for it once they are connected."""
    NOT_SEEN = "found_not_seen"
    NO_KEY = "found_no_key"
    GATEWAY_FOREIGN = "found_gateway_foreign"
    """Its gateway announces itself, but is in no account here: without its key nobody can talk to it."""
    NO_GATEWAY = "found_no_gateway"


_REACHABLE = frozenset({Finding.WITHOUT_CLOUD, Finding.ON_NETWORK, Finding.BEHIND_GATEWAY})
_HOPELESS = frozenset({Finding.NO_KEY, Finding.GATEWAY_FOREIGN, Finding.NO_GATEWAY})
_REMOTES = "infrared_"
"""Categories of devices that exist in the cloud only: what a remote control has learned."""


@dataclass(frozen=True, slots=True)
class Found:
    """A device of the account, how it stands, and what its description needs."""

    device: CloudDevice
    finding: Finding = field(kw_only=True)
    placeholders: Mapping[str, str] = field(kw_only=True)

    @property
    def reachable(self) -> bool:
        """Whether it answers, as far as one can know before the first connection."""
        return self.finding in _REACHABLE

    @property
    def hopeless(self) -> bool:
        """Whether it cannot work, whatever happens on the network."""
        return self.finding in _HOPELESS


def find(devices: Devices, seen: Seen, gateways: Gateways | None = None) -> list[Found]:
    """Return how all devices stand, the best ones first and then by name; `gateways` are set up already."""
    own = {device.id: _gateway(device) for device in devices.values() if device.local_key}
    around = _Surroundings(devices, seen, {**own, **(gateways or {})})
    hopeful = any(gateway.certain for gateway in around.gateways.values())
    found = [_find(device, around, hopeful=hopeful) for device in devices.values()]
    order = list(Finding)
    return sorted(found, key=lambda item: (order.index(item.finding), item.device.name.casefold(), item.device.id))


def on_network(devices: Devices) -> set[str]:
    """Return the ids of the devices that should announce themselves on the network."""
    return {device.id for device in devices.values() if not _is_child(device) and device.local_key}


def with_gateways(chosen: list[str], devices: Devices) -> list[CloudDevice]:
    """Return the chosen devices and the gateways that they need, these first."""
    gateways = (devices[device_id].gateway_id for device_id in chosen)
    needed = [gateway_id for gateway_id in gateways if gateway_id is not None and gateway_id in devices]
    return [devices[device_id] for device_id in dict.fromkeys((*needed, *chosen))]


def subentry_of(device: CloudDevice, announcement: Announcement | None) -> ConfigSubentryData:
    """Return the subentry of a device of the account."""
    return subentry(
        name=name_of(device),
        device_id=device.id,
        local_key=device.local_key,
        announcement=announcement,
        more={
            CONF_NODE_ID: node_of(device),
            CONF_GATEWAY_ID: device.gateway_id,
            CONF_PRODUCT_ID: device.product_id,
            CONF_PRODUCT_NAME: device.product_name,
            CONF_CATEGORY: device.category,
        },
    )


def subentry(
    *, name: str, device_id: str, local_key: str, announcement: Announcement | None, more: Mapping[str, Any]
) -> ConfigSubentryData:
    """Return the subentry of any device; what is not known is missing in its data."""
    data = {
        CONF_DEVICE_ID: device_id,
        CONF_NAME: name,
        CONF_LOCAL_KEY: local_key,
        CONF_HOST: announcement.host if announcement else None,
        CONF_PORT: device_port(),
        CONF_PROTOCOL_VERSION: announcement.version if announcement else None,
        **more,
    }
    return ConfigSubentryData(
        data={key: value for key, value in data.items() if value is not None},
        subentry_type=SUBENTRY_DEVICE,
        title=name,
        unique_id=device_id,
    )


def name_of(device: CloudDevice) -> str:
    """Return what to call a device."""
    return device.name or device.product_name or device.id


def node_of(device: CloudDevice) -> str | None:
    """Return how the gateway of a child calls it: most children have their node id for a uuid, too."""
    return (device.node_id or device.uuid or None) if _is_child(device) else None


def _is_child(device: CloudDevice) -> bool:
    return device.sub or device.gateway_id is not None


class _Surroundings(NamedTuple):
    devices: Devices
    seen: Seen
    gateways: Gateways


def _gateway(device: CloudDevice) -> Gateway:
    return Gateway(name_of(device), certain=device.category in GATEWAYS, up=False)


def _find(device: CloudDevice, around: _Surroundings, *, hopeful: bool) -> Found:
    """Return how a device stands; `hopeful`: there are gateways that may be asked for a child of nobody."""
    placeholders = {"name": name_of(device)}
    if _is_child(device):
        gateway = around.gateways.get(device.gateway_id or "")
        if gateway is None or node_of(device) is None:
            return Found(device, finding=_without_gateway(device, around, hopeful=hopeful), placeholders=placeholders)
        near = gateway.up or device.gateway_id in around.seen
        finding = Finding.BEHIND_GATEWAY if near else Finding.GATEWAY_NOT_SEEN
        return Found(device, finding=finding, placeholders={**placeholders, "gateway": gateway.name})
    if not device.local_key:
        return Found(device, finding=Finding.NO_KEY, placeholders=placeholders)
    if (announcement := around.seen.get(device.id)) is None:
        return Found(device, finding=Finding.NOT_SEEN, placeholders=placeholders)
    more = {"host": announcement.host, "version": announcement.version or "?"}
    return Found(device, finding=Finding.ON_NETWORK, placeholders={**placeholders, **more})


def _without_gateway(device: CloudDevice, around: _Surroundings, *, hopeful: bool) -> Finding:
    """Tell what becomes of a child whose gateway is not named, or has no key."""
    known = device.gateway_id in around.devices or device.gateway_id in around.gateways
    if device.gateway_id in around.seen and not known:
        return Finding.GATEWAY_FOREIGN
    if hopeful and not known and node_of(device) and not device.category.startswith(_REMOTES):
        return Finding.GATEWAY_UNKNOWN
    return Finding.NO_GATEWAY
