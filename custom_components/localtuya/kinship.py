"""Which gateway reaches which child, over all entries: what the gateways say comes first."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.util.hass_dict import HassKey

from .channel import Channel, LanChannel, NoChannel, Outlet, Switchboard
from .const import CONF_GATEWAY_ID, CONF_LOCAL_KEY, CONF_NODE_ID, DOMAIN
from .coordinator import DeviceCoordinator
from .devices import identifier, is_child, is_gateway
from .lan.session import Presence
from .roster import Roster


@dataclass(frozen=True, eq=False, kw_only=True)
class Family:
    """The devices of one entry, which come and go."""

    entry: ConfigEntry
    roster: Roster
    coordinators: Mapping[str, DeviceCoordinator]
    switchboards: Mapping[str, Switchboard]


class Child(NamedTuple):
    """A device behind a gateway."""

    device_id: str
    family: Family
    node: str
    """How its gateway calls it."""
    gateway_id: str | None
    """The gateway that it was given to, be it set up or not."""


class Kinship:
    """Gives every device its place: on a switchboard of its own, or on its gateway's, whichever entry that is in."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Know no device yet."""
        self._hass = hass
        self._families: list[Family] = []
        self._census = Census()

    @callback
    def async_join(self, family: Family) -> None:
        """Take in the devices of an entry."""
        self._families.append(family)
        self.async_wire()

    @callback
    def async_leave(self, family: Family) -> None:
        """Let go of the devices of an entry, once: children of its gateways that are in other entries are lost."""
        if family in self._families:
            self._families.remove(family)
            for gateway_id, switchboard in family.switchboards.items():
                switchboard.outlets = {}
                self._census.forget(gateway_id)
            self.async_wire()

    @callback
    def async_wire(self) -> None:
        """Connect every device with its place; gateways are asked about the children that nobody has yet."""
        self._adopt()
        places: dict[Switchboard, dict[str | None, Outlet]] = {}
        orphans: list[str] = []
        for family in self._families:
            for device_id, coordinator in family.coordinators.items():
                data = family.roster.data(device_id)
                node: str | None = data.get(CONF_NODE_ID)
                gateway_id = data.get(CONF_GATEWAY_ID, "") if is_child(data) else device_id
                host = self._family_with(gateway_id, family)
                if host is None or (is_child(data) and node is None):
                    _connect(coordinator, NoChannel())
                    orphans += [node] if node else []
                    continue
                place = host.switchboards[gateway_id]
                places.setdefault(place, {})[node] = coordinator
                if _connect(coordinator, LanChannel(place, node)) and node is not None:
                    self._relate((device_id, family), (gateway_id, host))
        for family in self._families:
            for device_id, switchboard in family.switchboards.items():
                switchboard.outlets = places.get(switchboard, {})
                asked = orphans if is_gateway(family.coordinators[device_id].record) else ()
                switchboard.link.set_nodes(dict.fromkeys((*switchboard.nodes, *asked)))

    @callback
    def async_presence(self, gateway_id: str, presence: Presence) -> None:
        """Take what a gateway says of its children: one that it reaches is its own, whatever was known before."""
        if (family := self._family_with(gateway_id)) is None:
            return
        self._census.heard(gateway_id, presence)
        if moved := self._adopt(presence.online):
            # As new nodes they are asked for their status: an answer that came before had no place to go.
            switchboard = family.switchboards[gateway_id]
            switchboard.link.set_nodes(node for node in switchboard.nodes if node not in moved)
            self.async_wire()

    def facts(self, family: Family, heard: Container[str]) -> dict[str, object]:
        """Return how many children have no gateway, and of how many it was heard, though nobody has its key."""
        children = list(_children(family))
        homeless = [child for child in children if self._family_with(child.gateway_id) is None]
        elsewhere = sum(self._family_with(child.gateway_id, family) not in {None, family} for child in children)
        foreign = sum(child.gateway_id in heard for child in homeless)
        return {
            "children_without_gateway": len(homeless),
            "their_gateway_heard": foreign,
            "their_gateway_in_another_entry": elsewhere,
        }

    @callback
    def async_forget(self, gateway_id: str) -> None:
        """Forget what a gateway said."""
        self._census.forget(gateway_id)

    def _adopt(self, nodes: Container[str] | None = None) -> set[str]:
        """Give children to the gateways that reach them, or that have their key; return the nodes that have moved.

        With `nodes` it is about these only, and a gateway just said so. A node is one child's at each gateway.
        """
        children = [child for family in self._families for child in _children(family)]
        settled = Counter((child.gateway_id, child.node) for child in children)
        owners = sole_owners(self._keys()) if nodes is None else {}
        moved: set[str] = set()
        for child in children:
            if nodes is not None and child.node not in nodes:
                continue
            roster = child.family.roster
            gateway_id = self._census.gateway_of(child.node, child.gateway_id)
            if self._family_with(gateway_id) is None:
                gateway_id = owners.get(roster.data(child.device_id)[CONF_LOCAL_KEY])
            if gateway_id is None or gateway_id == child.gateway_id or settled[gateway_id, child.node]:
                continue
            if roster.async_store(child.device_id, **{CONF_GATEWAY_ID: gateway_id}):
                settled[gateway_id, child.node] += 1
                moved.add(child.node)
        return moved

    def _keys(self) -> Iterator[tuple[str, str]]:
        for family in self._families:
            for device_id in family.switchboards:
                yield device_id, family.roster.data(device_id)[CONF_LOCAL_KEY]

    def _family_with(self, gateway_id: str | None, first: Family | None = None) -> Family | None:
        """Return the entry where a device has its link, `first` if that is one of several."""
        if first is not None and gateway_id in first.switchboards:
            return first
        return next((family for family in self._families if gateway_id in family.switchboards), None)

    def _relate(self, child: tuple[str, Family], gateway: tuple[str, Family]) -> None:
        """Let the device registry know."""
        registry = dr.async_get(self._hass)
        rows = [
            registry.async_get_device_by_identifier(identifier(device_id), family.entry.entry_id)
            for device_id, family in (child, gateway)
        ]
        if (row := rows[0]) is not None and (via := rows[1]) is not None and row.via_device_id != via.id:
            registry.async_update_device(row.id, via_device_id=via.id)


class Census:
    """Remembers which children each gateway says it reaches."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._reached: dict[str, set[str]] = {}

    def heard(self, gateway_id: str, presence: Presence) -> None:
        """Take what a gateway says; it may say it in several parts."""
        reached = self._reached.setdefault(gateway_id, set())
        reached -= presence.offline
        if len(reached) < _MOST_CHILDREN:
            reached |= presence.online

    def forget(self, gateway_id: str) -> None:
        """Forget a gateway."""
        self._reached.pop(gateway_id, None)

    def gateway_of(self, node: str, named: str | None) -> str | None:
        """Return the gateway that reaches a child: the named one, unless only another one says that it does."""
        claims = [gateway_id for gateway_id, nodes in self._reached.items() if node in nodes]
        return named if named in claims or not claims else claims[-1]


@callback
def async_get_kinship(hass: HomeAssistant) -> Kinship:
    """Return the one of this Home Assistant."""
    return hass.data.setdefault(_KINSHIP, Kinship(hass))


def sole_owners(owners: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the devices by local key, of pairs of id and key, where only one has it: a child has its gateway's."""
    by_key: dict[str, set[str]] = {}
    for device_id, key in owners:
        by_key.setdefault(key, set()).add(device_id)
    return {key: owned.pop() for key, owned in by_key.items() if key and len(owned) == 1}


def _children(family: Family) -> Iterator[Child]:
    for device_id in family.roster:
        data = family.roster.data(device_id)
        if node := data.get(CONF_NODE_ID):
            yield Child(device_id, family, node, data.get(CONF_GATEWAY_ID))


def _connect(coordinator: DeviceCoordinator, channel: Channel) -> bool:
    """Connect a device, unless it is; return whether that is news."""
    if news := coordinator.channel != channel:
        coordinator.async_connect(channel)
    return news


_KINSHIP: HassKey[Kinship] = HassKey(f"{DOMAIN}.kinship")
_MOST_CHILDREN = 1000
