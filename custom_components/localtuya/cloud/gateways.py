"""Which gateway a sub-device talks through: the plain device list does not say, other answers let it be known."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .rows import CloudDevice

type Family = Mapping[str, CloudDevice]
"""The devices of an account by id."""

_GATEWAYS = frozenset({"wg", "wg2", "wfcon", "wnykq", "dgnzk"})
_REMOTES = "infrared_"


def incomplete(devices: Family) -> bool:
    """Whether another device list could add a key or a gateway."""
    return any(not device.local_key or _orphan(device) for device in devices.values())


def completed(devices: Family, rows: Iterable[CloudDevice]) -> dict[str, CloudDevice]:
    """Return the devices, with what they lack taken from the rows of another list; it adds no devices."""
    return united(devices, (row for row in rows if row.id in devices))


def united(devices: Family, rows: Iterable[CloudDevice]) -> dict[str, CloudDevice]:
    """Return the devices and those of the rows, each once: what was known first counts, what it lacked is filled in."""
    family = dict(devices)
    for row in rows:
        device = family.get(row.id, row)
        family[row.id] = replace(
            device,
            local_key=device.local_key or row.local_key,
            category=device.category or row.category,
            product_id=device.product_id or row.product_id,
            node_id=device.node_id or row.node_id,
            gateway_id=device.gateway_id or row.gateway_id,
        )
    return family


def matched_by_key(devices: Family) -> dict[str, CloudDevice]:
    """Return the devices; a sub-device belongs to the gateway whose local key it shares, if that is one device only."""
    owners: dict[str, list[str]] = {}
    for device in devices.values():
        if device.local_key and not device.sub:
            owners.setdefault(device.local_key, []).append(device.id)
    return {
        device.id: replace(device, gateway_id=owner[0])
        if _orphan(device) and len(owner := owners.get(device.local_key, [])) == 1
        else device
        for device in devices.values()
    }


def adopted(devices: Family, gateway_id: str, children: Iterable[CloudDevice]) -> dict[str, CloudDevice]:
    """Return the devices, with the sub-devices that a gateway names given to it."""
    return completed(devices, (replace(child, gateway_id=gateway_id) for child in children))


def worth_asking(devices: Family) -> tuple[str, ...]:
    """Return the ids of the gateways to ask for the sub-devices whose gateway is unknown; remotes are not worth it."""
    if not any(_orphan(device) and not device.category.startswith(_REMOTES) for device in devices.values()):
        return ()
    return tuple(device.id for device in devices.values() if not device.sub and device.category in _GATEWAYS)


def _orphan(device: CloudDevice) -> bool:
    return device.sub and device.gateway_id is None
