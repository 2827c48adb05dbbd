"""Which gateway reaches which child, and so whose switchboard a device is on: what the gateways say comes first."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .channel import LanChannel, NoChannel, Switchboard
from .const import CONF_GATEWAY_ID, CONF_LOCAL_KEY, CONF_NODE_ID
from .coordinator import DeviceCoordinator
from .devices import async_register, is_child, is_gateway
from .lan.session import Presence
from .roster import Roster


class Child(NamedTuple):
    """A device behind a gateway."""

    device_id: str
    node: str
    """How its gateway calls it."""
    gateway_id: str | None
    """The gateway that it was given to, be it set up or not."""


class Kinship:
    """Gives every device of an entry its place: on a switchboard of its own, or on that of its gateway."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        *,
        roster: Roster,
        coordinators: Mapping[str, DeviceCoordinator],
        switchboards: Mapping[str, Switchboard],
    ) -> None:
        """Take the devices, which come and go."""
        self._hass = hass
        self._entry = entry
        self._roster = roster
        self._coordinators = coordinators
        self._switchboards = switchboards
        self._census = Census()

    @callback
    def async_wire(self) -> None:
        """Connect every device with its place; gateways are asked about the children that nobody has yet."""
        for child in self._children():
            self._adopt(child)
        for switchboard in self._switchboards.values():
            switchboard.outlets.clear()
        orphans: list[str] = []
        for device_id, coordinator in self._coordinators.items():
            data = self._roster.data(device_id)
            node: str | None = data.get(CONF_NODE_ID)
            place = self._switchboards.get(data.get(CONF_GATEWAY_ID, "") if is_child(data) else device_id)
            if place is None or (is_child(data) and node is None):
                coordinator.async_connect(NoChannel())
                orphans += [node] if node else []
            else:
                place.outlets[node] = coordinator
                coordinator.async_connect(LanChannel(place, node))
        for device_id, switchboard in self._switchboards.items():
            asked = orphans if is_gateway(self._coordinators[device_id].record) else []
            switchboard.link.set_nodes((*switchboard.nodes, *asked))

    @callback
    def async_presence(self, gateway_id: str, presence: Presence) -> None:
        """Take what a gateway says of its children: one that it reaches is its own, whatever was known before."""
        if (switchboard := self._switchboards.get(gateway_id)) is None:
            return
        self._census.heard(gateway_id, presence)
        moved = [child.node for child in self._children() if child.node in presence.online and self._adopt(child)]
        if moved:
            # As new nodes they are asked for their status: an answer that came before had no place to go.
            switchboard.link.set_nodes(node for node in switchboard.nodes if node not in moved)
            self.async_wire()

    def facts(self, heard: Container[str]) -> dict[str, object]:
        """Return how many children have no gateway, and of how many it was heard, though nobody has its key."""
        homeless = [child for child in self._children() if child.gateway_id not in self._switchboards]
        foreign = [child for child in homeless if child.gateway_id in heard]
        return {"children_without_gateway": len(homeless), "their_gateway_heard": len(foreign)}

    @callback
    def async_forget(self, gateway_id: str) -> None:
        """Forget what a gateway said."""
        self._census.forget(gateway_id)

    def _children(self) -> Iterator[Child]:
        for device_id in self._roster:
            data = self._roster.data(device_id)
            if node := data.get(CONF_NODE_ID):
                yield Child(device_id, node, data.get(CONF_GATEWAY_ID))

    def _adopt(self, child: Child) -> bool:
        """Give a child to the gateway that reaches it, or that has its key; return whether it has moved."""
        gateway_id = self._census.gateway_of(child.node, child.gateway_id)
        if gateway_id not in self._switchboards:
            keys = ((device_id, self._roster.data(device_id)[CONF_LOCAL_KEY]) for device_id in self._switchboards)
            gateway_id = owner_of(self._roster.data(child.device_id)[CONF_LOCAL_KEY], keys)
        if gateway_id is None or not self._roster.async_store(child.device_id, **{CONF_GATEWAY_ID: gateway_id}):
            return False
        subentry = self._roster.subentry(child.device_id)
        async_register(self._hass, self._entry, subentry, self._coordinators[child.device_id].record)
        return True


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


def owner_of(key: str, owners: Iterable[tuple[str, str]]) -> str | None:
    """Return the one device, of pairs of id and local key, that has this key: a child is given its gateway's."""
    found = [device_id for device_id, owned in owners if key and owned == key]
    return found[0] if len(found) == 1 else None


_MOST_CHILDREN = 1000
