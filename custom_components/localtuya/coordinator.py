"""One device as Home Assistant sees it: its state in, its listeners out. Data is pushed; nothing is polled."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
import logging

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.event import async_call_later

from .channel import Channel
from .model.plan import make_plan
from .model.record import DeviceRecord
from .model.spec import Feature
from .model.state import DeviceState

_LOGGER = logging.getLogger(__name__)

type FeaturesListener = Callable[[list[Feature]], None]

_LONGEST_ID = 3
_GRACE = 5.0
"""Seconds that a lost link may take to come back before entities become unavailable."""


class DeviceCoordinator:
    """One device: the record, what it was planned to offer, what it said so far, and the way to it."""

    def __init__(
        self,
        hass: HomeAssistant,
        record: DeviceRecord,
        *,
        channel: Channel,
        device_info: DeviceInfo,
        subentry_id: str | None,
        ready: bool = True,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Plan the device. One that is not `ready` has no features until it is; `changed`: the record did."""
        self.record = record
        self.channel = channel
        self.device_info = device_info
        self.subentry_id = subentry_id
        self.plan = make_plan(record)
        self.ready = ready
        """Whether it is settled what the device is; else the cloud is still asked."""
        self._hass = hass
        self._changed = changed
        self._state = DeviceState()
        self._online = True
        self._linked = channel.up
        self._cancel_grace: CALLBACK_TYPE | None = None
        self._listeners: dict[object, tuple[frozenset[str], Callable[[], None]]] = {}
        self._feature_listeners: list[FeaturesListener] = []
        self._offered = {_key(feature) for feature in self.features}

    @property
    def state(self) -> DeviceState:
        """What the device said so far: an immutable snapshot."""
        return self._state

    @property
    def available(self) -> bool:
        """Whether the state can be trusted: the link is up or was moments ago, and a gateway sees its child."""
        return self._online and (self._linked or self._cancel_grace is not None)

    @property
    def features(self) -> tuple[Feature, ...]:
        """The entities of the device; none while the cloud is still asked what it is."""
        return self.plan.features if self.ready else ()

    @callback
    def async_listen(self, dps: frozenset[str], update: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `update` whenever one of these datapoints is reported, or the availability changes."""
        token = object()
        self._listeners[token] = (dps, update)

        @callback
        def unlisten() -> None:
            self._listeners.pop(token, None)

        return unlisten

    @callback
    def async_on_features(self, listener: FeaturesListener) -> CALLBACK_TYPE:
        """Call the listener with the features there are, at once, and with the new ones later."""
        self._feature_listeners.append(listener)
        if self.features:
            listener(list(self.features))

        @callback
        def unlisten() -> None:
            self._feature_listeners.remove(listener)

        return unlisten

    async def async_send(self, dps: Mapping[str, object]) -> None:
        """Set datapoints; raise LanError."""
        await self.channel.control(dps)

    @callback
    def async_report(self, dps: Mapping[str, object]) -> None:
        """Take what the device said: the one funnel for reports."""
        self._online = True
        if strange := {dp for dp in dps.keys() - self._state.dps.keys() if not _is_id(dp)}:
            _LOGGER.debug("%s names what is no datapoint; that is ignored", self.record.name)
            dps = {dp: value for dp, value in dps.items() if dp not in strange}
        self._state = self._state.merge(dps)
        if unplanned := dps.keys() - self.record.dps.keys() - self.plan.schema.by_id.keys():
            self.record = replace(self.record, dps={**self.record.dps, **{dp: dps[dp] for dp in unplanned}})
            self._changed()
            self._plan_anew()
        for wanted, update in list(self._listeners.values()):
            if wanted & dps.keys():
                update()

    @callback
    def async_link(self, *, up: bool) -> None:
        """Take that the link came up or went down; a short loss is nobody's business."""
        before = self.available
        self._linked = up
        self._stop_grace()
        if not up and before:
            self._cancel_grace = async_call_later(self._hass, _GRACE, self._grace_over)
        self._tell_availability(before)

    @callback
    def async_presence(self, *, online: bool) -> None:
        """Take that the gateway sees the device or does not."""
        before = self.available
        self._online = online
        self._tell_availability(before)

    @callback
    def async_connect(self, channel: Channel) -> None:
        """Take another way to the device."""
        self.channel = channel
        if channel.up != self._linked:
            self.async_link(up=channel.up)

    @callback
    def async_learn(self, record: DeviceRecord) -> None:
        """Take what the cloud says of the device."""
        self.record = replace(record, dps=self.record.dps)
        self.ready = True
        self._plan_anew()

    @callback
    def async_set_ready(self) -> None:
        """Make do with what is known: nobody will say more."""
        if not self.ready:
            self.ready = True
            self._plan_anew()

    @callback
    def async_close(self) -> None:
        """Stop the only timer."""
        self._stop_grace()

    def _plan_anew(self) -> None:
        """Offer the features that are new; those that are there already stay as they are until the next start."""
        self.plan = make_plan(self.record)
        new = [feature for feature in self.features if _key(feature) not in self._offered]
        self._offered.update(map(_key, new))
        if new:
            for listener in list(self._feature_listeners):
                listener(new)

    @callback
    def _grace_over(self, _: datetime) -> None:
        self._cancel_grace = None
        self._tell_availability(before=True)

    def _stop_grace(self) -> None:
        if self._cancel_grace is not None:
            self._cancel_grace()
            self._cancel_grace = None

    def _tell_availability(self, before: bool) -> None:  # noqa: FBT001 - the one argument
        if self.available != before:
            for _, update in list(self._listeners.values()):
                update()


def _is_id(dp: str) -> bool:
    """Tell whether this can be a datapoint: there are 255, so that no device can fill the memory with new ones."""
    return dp.isascii() and dp.isdecimal() and len(dp) <= _LONGEST_ID


def _key(feature: Feature) -> tuple[str, str]:
    return feature.platform, feature.key
