"""The way from a device's coordinator to the wire: one link, shared by a gateway and its children."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import time
from typing import ClassVar, Protocol

from homeassistant.core import callback

from .lan.endpoint import LinkState, Stats
from .lan.errors import ConnectionLost, LanError
from .lan.link import Link
from .lan.session import Presence, Report

UP = frozenset({LinkState.LIVE, LinkState.ASLEEP})
"""States in which the device is there, be it asleep."""


class Channel(Protocol):
    """A way to one device; what the device says comes back through its `Outlet`."""

    @property
    def up(self) -> bool:
        """Whether the device is there, be it asleep."""

    @property
    def state(self) -> LinkState:
        """How the link fares."""

    @property
    def error(self) -> LanError | None:
        """Why it fares badly."""

    @property
    def direct(self) -> bool:
        """Whether the link is the device's own, not its gateway's."""

    @property
    def last_heard(self) -> float | None:
        """When the link heard the device itself, in Unix time; None if never or not told apart from its gateway."""

    @property
    def wake_interval(self) -> float | None:
        """Seconds between the wake-ups of a sleeper, as far as the link has learned them."""

    async def query(self) -> None:
        """Ask for all datapoints; they arrive as reports. Raise LanError."""

    async def control(self, dps: Mapping[str, object], *, exclusive: bool = False) -> None:
        """Set datapoints; raise LanError. What is `exclusive` travels alone and is never sent twice."""

    @callback
    def meter(self, dp_ids: Iterable[int]) -> None:
        """Keep the values of these datapoints fresh by asking for them; none = stop."""


class Outlet(Protocol):
    """Who takes what one device says."""

    @callback
    def async_report(self, dps: Mapping[str, object], *, answer: bool = False) -> None:
        """Take datapoints; `answer`: to a query."""

    @callback
    def async_link(self, state: LinkState, error: LanError | None) -> None:
        """Take how the link fares now; `error` is why, if it fares badly."""

    @callback
    def async_presence(self, *, online: bool) -> None:
        """Take that the gateway sees the device or does not."""


@dataclass(frozen=True, slots=True)
class LanChannel:
    """A device on a link: by itself (`node` is None), or as a gateway's child with this node id."""

    _switchboard: Switchboard
    """The link is looked up there at each use."""
    _node: str | None

    @property
    def up(self) -> bool:
        """Whether the device at the other end of the link is there."""
        return self._switchboard.up

    @property
    def state(self) -> LinkState:
        """How the link fares."""
        return self._switchboard.state

    @property
    def error(self) -> LanError | None:
        """Why it fares badly."""
        return self._switchboard.error

    @property
    def direct(self) -> bool:
        """Whether the link is the device's own."""
        return self._node is None

    @property
    def last_heard(self) -> float | None:
        """When the device was heard; its gateway tells nothing about a child."""
        return self._switchboard.stats.last_heard if self.direct else None

    @property
    def wake_interval(self) -> float | None:
        """Seconds between the wake-ups of a sleeper."""
        return self._switchboard.stats.wake_interval if self.direct else None

    async def query(self) -> None:
        """Ask for all datapoints; raise LanError."""
        await self._switchboard.link.query(self._node)

    async def control(self, dps: Mapping[str, object], *, exclusive: bool = False) -> None:
        """Set datapoints; raise LanError."""
        await self._switchboard.link.control(dps, self._node, exclusive=exclusive)

    @callback
    def meter(self, dp_ids: Iterable[int]) -> None:
        """Keep these fresh; a gateway is not asked for its children's: that brings nothing."""
        if self.direct:
            self._switchboard.link.meter(dp_ids)


@dataclass(frozen=True)
class NoChannel:
    """A child whose gateway is not set up: never up."""

    up = False
    state = LinkState.LOOKING
    direct = False
    error: ClassVar[LanError | None] = None
    last_heard: ClassVar[float | None] = None
    wake_interval: ClassVar[float | None] = None

    async def query(self) -> None:
        """Raise ConnectionLost."""
        raise ConnectionLost("its gateway is not set up")

    async def control(self, dps: Mapping[str, object], *, exclusive: bool = False) -> None:  # noqa: ARG002 - as Channel
        """Raise ConnectionLost."""
        raise ConnectionLost(f"its gateway is not set up, {len(dps)} values are not sent")

    @callback
    def meter(self, dp_ids: Iterable[int]) -> None:
        """Do nothing: there is nobody to ask."""


class Watcher(Protocol):
    """Who wants to know how a link fares."""

    @callback
    def async_link_state(self, device_id: str, state: LinkState) -> None:
        """Take the new state of the link of this device."""

    @callback
    def async_link_located(self, device_id: str, host: str, version: str) -> None:
        """Take that the device proved itself at this address, in this protocol version."""

    @callback
    def async_presence(self, device_id: str, presence: Presence) -> None:
        """Take which children this gateway reaches and which it does not, those that are not set up included."""


class Switchboard:
    """The listener of one link: takes every report to the device it is about."""

    link: Link

    def __init__(self, device_id: str, watcher: Watcher) -> None:
        """Prepare; whoever makes the link sets `link`."""
        self.device_id = device_id
        self.outlets: dict[str | None, Outlet] = {}
        self.state = LinkState.LOOKING
        self.error: LanError | None = None
        self.since = self.born = time.time()
        """Unix time of the last change of the state, and of the first."""
        self.watcher = watcher
        """Who looks after the device: another hub, once it is moved to another entry."""

    @property
    def up(self) -> bool:
        """Whether the device is there, be it asleep."""
        return self.state in UP

    @property
    def nodes(self) -> tuple[str, ...]:
        """The node ids of the children."""
        return tuple(node for node in self.outlets if node is not None)

    @property
    def stats(self) -> Stats:
        """What the link has been through."""
        return self.link.stats

    @callback
    def link_state(self, state: LinkState, error: LanError | None) -> None:
        """Tell all devices on the link, and the watcher."""
        if state is not self.state:
            self.since = time.time()
        self.state, self.error = state, error
        for outlet in list(self.outlets.values()):
            outlet.async_link(state, error)
        self.watcher.async_link_state(self.device_id, state)

    @callback
    def link_located(self, host: str, version: str) -> None:
        """Tell the watcher."""
        self.watcher.async_link_located(self.device_id, host, version)

    @callback
    def link_report(self, report: Report) -> None:
        """Take a report to its device; a child that is not set up is ignored."""
        if outlet := self.outlets.get(report.node):
            outlet.async_report(report.dps, answer=report.answer)

    @callback
    def link_presence(self, presence: Presence) -> None:
        """Tell the children that the gateway named."""
        for node in presence.online & self.outlets.keys():
            self.outlets[node].async_presence(online=True)
        for node in presence.offline & self.outlets.keys():
            self.outlets[node].async_presence(online=False)
        self.watcher.async_presence(self.device_id, presence)
