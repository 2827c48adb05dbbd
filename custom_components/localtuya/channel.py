"""The way from a device's coordinator to the wire: one link, shared by a gateway and its children."""

from collections.abc import Mapping
from typing import Protocol

from homeassistant.core import callback

from .lan.endpoint import LinkState
from .lan.errors import ConnectionLost, LanError
from .lan.link import Link
from .lan.session import Presence, Report

_UP = frozenset({LinkState.LIVE, LinkState.ASLEEP})


class Channel(Protocol):
    """A way to one device; what the device says comes back through its `Outlet`."""

    @property
    def up(self) -> bool:
        """Whether the device is there, be it asleep."""

    async def query(self) -> None:
        """Ask for all datapoints; they arrive as reports. Raise LanError."""

    async def control(self, dps: Mapping[str, object]) -> None:
        """Set datapoints; raise LanError."""


class Outlet(Protocol):
    """Who takes what one device says."""

    @callback
    def async_report(self, dps: Mapping[str, object]) -> None:
        """Take datapoints."""

    @callback
    def async_link(self, *, up: bool) -> None:
        """Take that the link came up or went down."""

    @callback
    def async_presence(self, *, online: bool) -> None:
        """Take that the gateway sees the device or does not."""


class LanChannel:
    """A device on a link: by itself (`node` is None), or as a gateway's child with this node id."""

    def __init__(self, switchboard: Switchboard, node: str | None) -> None:
        """Prepare; the link is looked up at each use."""
        self._switchboard = switchboard
        self._node = node

    @property
    def up(self) -> bool:
        """Whether the device at the other end of the link is there."""
        return self._switchboard.up

    async def query(self) -> None:
        """Ask for all datapoints; raise LanError."""
        await self._switchboard.link.query(self._node)

    async def control(self, dps: Mapping[str, object]) -> None:
        """Set datapoints; raise LanError."""
        await self._switchboard.link.control(dps, self._node)


class NoChannel:
    """A child whose gateway is not set up: never up."""

    up = False

    async def query(self) -> None:
        """Raise ConnectionLost."""
        raise ConnectionLost("its gateway is not set up")

    async def control(self, dps: Mapping[str, object]) -> None:
        """Raise ConnectionLost."""
        raise ConnectionLost(f"its gateway is not set up, {len(dps)} values are not sent")


class Watcher(Protocol):
    """Who wants to know how a link fares."""

    @callback
    def async_link_state(self, device_id: str, state: LinkState) -> None:
        """Take the new state of the link of this device."""

    @callback
    def async_link_located(self, device_id: str, host: str, version: str) -> None:
        """Take that the device proved itself at this address, in this protocol version."""


class Switchboard:
    """The listener of one link: takes every report to the device it is about."""

    link: Link

    def __init__(self, device_id: str, watcher: Watcher) -> None:
        """Prepare; whoever makes the link sets `link`."""
        self.device_id = device_id
        self.outlets: dict[str | None, Outlet] = {}
        self.state = LinkState.LOOKING
        self.error: LanError | None = None
        self._watcher = watcher

    @property
    def up(self) -> bool:
        """Whether the device is there, be it asleep."""
        return self.state in _UP

    @property
    def nodes(self) -> tuple[str, ...]:
        """The node ids of the children."""
        return tuple(node for node in self.outlets if node is not None)

    @callback
    def link_state(self, state: LinkState, error: LanError | None) -> None:
        """Tell all devices on the link, and the watcher."""
        was_up, self.state, self.error = self.up, state, error
        if self.up != was_up:
            for outlet in list(self.outlets.values()):
                outlet.async_link(up=self.up)
        self._watcher.async_link_state(self.device_id, state)

    @callback
    def link_located(self, host: str, version: str) -> None:
        """Tell the watcher."""
        self._watcher.async_link_located(self.device_id, host, version)

    @callback
    def link_report(self, report: Report) -> None:
        """Take a report to its device; a child that is not set up is ignored."""
        if outlet := self.outlets.get(report.node):
            outlet.async_report(report.dps)

    @callback
    def link_presence(self, presence: Presence) -> None:
        """Tell the children that the gateway named."""
        for node in presence.online & self.outlets.keys():
            self.outlets[node].async_presence(online=True)
        for node in presence.offline & self.outlets.keys():
            self.outlets[node].async_presence(online=False)
