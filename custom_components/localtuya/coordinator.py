"""One device as Home Assistant sees it: its state in, its listeners out. Data is pushed; nothing is polled."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
import logging
import time

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.event import async_call_later

from .availability import Availability
from .channel import Channel, NoChannel
from .const import DEFAULT_GRACE
from .devices import is_sleepy
from .expectations import Expectations
from .issues import Complaints
from .lan.endpoint import LinkState
from .lan.errors import LanError
from .listeners import Heard, Listeners, Update
from .model.metering import Metered
from .model.plan import Plan, make_plan
from .model.record import DeviceRecord
from .model.spec import Feature
from .model.state import DeviceState
from .moments import Happened, Moments
from .naming import Name, names

_LOGGER = logging.getLogger(__name__)

type FeaturesListener = Callable[[list[Feature]], None]

NO_GATEWAY = "no_gateway"
OFFLINE = "offline"
"""Beside the states of a link, what a gateway's child may be: its gateway is not set up, or does not reach it."""

_LONGEST_ID = 3
_KEEP_EVERY = 300.0
"""Seconds after which the record takes over what the device said meanwhile."""
_DAY = 86_400.0
_MISSED = 2.5
"""How many of its usual intervals a sleeper may be late."""
_MAY_SLEEP = frozenset(
    {
        LinkState.LOOKING,
        LinkState.CONNECTING,
        LinkState.NEGOTIATING,
        LinkState.ASLEEP,
        LinkState.QUIET,
        LinkState.UNREACHABLE,
        LinkState.GONE,
    }
)
"""States in which a battery device may be as well as ever."""
_UNSAID = object()


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
        grace: float = DEFAULT_GRACE,
    ) -> None:
        """Plan the device. One that is not `ready` has no features until it is; `changed`: the record did.

        A record that was `seen` brings the last state: a sleeper's is shown at once; that of others fills what their
        first answer leaves open, and is not shown before.
        """
        self.record = record
        self._sleepy = is_sleepy(record)
        self.channel = channel
        self.device_info = device_info
        self.subentry_id = subentry_id
        self.plan = make_plan(record)
        self.ready = ready
        """Whether it is settled what the device is; else the cloud is still asked."""
        self.grace = grace
        """Seconds that a lost link may take to come back before entities become unavailable."""
        self.link_state = channel.state
        self._hass = hass
        self.changed = changed
        """Called when the record is another than before."""
        self._listeners = Listeners()
        self._link_listeners = Listeners()
        self._feature_listeners: list[FeaturesListener] = []
        self._heard_by: tuple[Heard, ...] = ()
        self._moments = Moments()
        self._offered = {_key(feature) for feature in self.features}
        self._availability = Availability(hass, self._listeners.tell_all, up=channel.state is LinkState.LIVE)
        self._complaints = Complaints(hass, record.id, str(device_info.get("name") or record.name))
        self._heard = record.seen
        self._kept = 0.0
        self._past = dict(record.dps) if record.seen is not None else {}
        self._said = self._state = DeviceState(self._past) if self._sleepy else DeviceState()
        self._expectations = Expectations()
        self._cancel_wait: CALLBACK_TYPE | None = None
        self._metered = self._find_metered()
        self._follow(channel.state)

    @property
    def state(self) -> DeviceState:
        """What holds for the device, an immutable snapshot: its own word, or what it was told a moment ago."""
        return self._state

    @property
    def available(self) -> bool:
        """Whether the state can be trusted: the link is up or was moments ago, and a gateway sees its child."""
        return self._availability.available

    @property
    def connection(self) -> str:
        """How the way to the device fares: a LinkState, NO_GATEWAY or OFFLINE."""
        if isinstance(self.channel, NoChannel):
            return NO_GATEWAY
        if self.link_state is LinkState.LIVE and not self._availability.online:
            return OFFLINE
        return self.link_state.value

    @property
    def last_seen(self) -> float | None:
        """When the device was heard last, in Unix time; None if never."""
        return max(filter(None, (self._heard, self.channel.last_heard)), default=None)

    @property
    def plan(self) -> Plan:
        """What the device gets."""
        return self._plan

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self._plan = plan
        self.names: dict[str, Name] = dict(
            zip((feature.key for feature in plan.features), names(plan.features), strict=True)
        )
        """What its features are called, by key."""

    @property
    def features(self) -> tuple[Feature, ...]:
        """The entities of the device; none while the cloud is still asked what it is."""
        return self.plan.features if self.ready else ()

    @callback
    def async_listen(self, dps: frozenset[str], update: Update) -> CALLBACK_TYPE:
        """Call `update` whenever one of these datapoints changes, or the availability."""
        return self._listeners.add(dps, update)

    @callback
    def async_on_report(self, heard: Heard) -> CALLBACK_TYPE:
        """Call `heard` with every report that the device makes by itself, never with an answer to a query.

        For what counts each time it is said: a button pressed twice, an amount of energy to be added.
        """
        self._heard_by = (*self._heard_by, heard)

        @callback
        def unlisten() -> None:
            self._heard_by = tuple(each for each in self._heard_by if each != heard)

        return unlisten

    @callback
    def async_on_moment(self, dp: str, happened: Happened) -> CALLBACK_TYPE:
        """Call `happened` with the raw value each time the datapoint is said because something happened."""
        return self._moments.add(dp, happened)

    @callback
    def async_on_link(self, update: Update) -> CALLBACK_TYPE:
        """Call `update` whenever the way to the device fares differently."""
        return self._link_listeners.add(frozenset(), update)

    @callback
    def async_on_features(self, listener: FeaturesListener) -> CALLBACK_TYPE:
        """Call the listener with the features there are, at once, and with the new ones later."""
        self._feature_listeners.append(listener)
        if self.features:
            listener(list(self.features))

        @callback
        def unlisten() -> None:
            self._feature_listeners = [each for each in self._feature_listeners if each != listener]

        return unlisten

    async def async_send(self, dps: Mapping[str, object], *, exclusive: bool = False, optimistic: bool = False) -> None:
        """Set datapoints, alone and once if `exclusive`; they count from now on if `optimistic`. Raise LanError."""
        if not optimistic:
            await self.channel.control(dps, exclusive=exclusive)
            return
        serial = self._expectations.send(dps, self._said.dps)
        self._show(dps)
        try:
            await self.channel.control(dps, exclusive=exclusive)
        except BaseException as error:
            reason = str(error) or type(error).__name__
            _LOGGER.debug("%s is shown as before the command: %s", self.record.name, reason)
            self._show(self._expectations.fail(serial))
            raise
        self._expectations.answer(serial, time.monotonic())
        self._wait()

    @callback
    def async_report(self, dps: Mapping[str, object], *, answer: bool = False) -> None:
        """Take what the device said, by itself or as the `answer` to a query: the one funnel for reports."""
        self._heard = now = time.time()
        if not answer:  # which a gateway gives from memory, also of a child that is gone
            self.async_presence(online=True)
        known = self._said.dps
        if not dps.keys() <= known.keys():
            dps = self._admit(dps)
        before = {**self._past, **known} if self._past else known
        news: Collection[str] = dps.keys()
        if answer and self._past:
            news = self._past.keys() | dps.keys()
            self._said = DeviceState({**self._past, **known})
            self._past = {}
        self._said = self._said.merge(dps)
        if self._expectations:
            self._expectations.hear(dps, time.monotonic())
            self._wait()
        self._show(news)
        if answer:
            self._moments.async_answer()
        else:
            for heard in self._heard_by:
                heard(dps)
            self._moments.async_hear(dps, before, sleeper=self.channel.direct and self._sleepy)
        if not self._metered.deciding.isdisjoint(dps):
            self._meter()
        if now - self._kept >= _KEEP_EVERY:
            self._keep()

    @callback
    def async_link(self, state: LinkState, error: LanError | None) -> None:  # noqa: ARG002 - as Outlet
        """Take how the link fares; a short loss is nobody's business."""
        self.link_state = state
        self._follow(state)
        self._link_listeners.tell_all()

    @callback
    def async_presence(self, *, online: bool) -> None:
        """Take that the gateway sees the device or does not."""
        if online != self._availability.online:
            self._availability.async_see(online=online)
            self._link_listeners.tell_all()

    @callback
    def async_connect(self, channel: Channel) -> None:
        """Take another way to the device."""
        self.channel = channel
        self._meter()
        self.async_link(channel.state, channel.error)

    @callback
    def async_learn(self, record: DeviceRecord) -> None:
        """Take what the cloud says of the device."""
        self.record = replace(record, dps=self.record.dps, seen=self.record.seen, interval=self.record.interval)
        self._sleepy = is_sleepy(record)
        self.ready = True
        self._plan_anew()

    @callback
    def async_set_ready(self) -> None:
        """Make do with what is known: nobody will say more."""
        if not self.ready:
            self.ready = True
            self._plan_anew()

    @callback
    def async_depart(self) -> None:
        """Take that the device goes to another entry: the platforms of this one hear of no feature any more."""
        self._feature_listeners = []

    @callback
    def async_close(self) -> None:
        """Stop the timers, take complaints back, leave the last state in the record."""
        self._availability.async_close()
        self._complaints.async_close()
        self._stop_waiting()
        if self._kept:
            self._keep()

    def _follow(self, state: LinkState) -> None:
        """Judge what the state of the link means for the device."""
        if state is LinkState.LIVE:
            self._moments.async_rise()
        self._complaints.async_take(state if self.channel.direct else LinkState.STOPPED)
        if state is LinkState.LIVE:
            self._availability.async_gain()
        elif state is LinkState.ASLEEP or (state in _MAY_SLEEP and self._sleepy):
            self._availability.async_lose(self._patience())
        elif self._availability.up:
            self._availability.async_lose(self.grace)
        elif self._sleepy:
            self._availability.async_lose(0)

    def _patience(self) -> float:
        """Return for how many seconds more a sleeper need not be heard."""
        if (seen := self.last_seen) is None:
            return 0.0
        return seen + max(_MISSED * (self._interval() or 0), _DAY) - time.time()

    def _interval(self) -> float | None:
        return max(filter(None, (self.channel.wake_interval, self.record.interval)), default=None)

    def _admit(self, dps: Mapping[str, object]) -> Mapping[str, object]:
        """Return what can be datapoints; those that nobody planned complete the record and the plan."""
        if any(not _is_id(dp) for dp in dps):
            _LOGGER.debug("%s names what is no datapoint; that is ignored", self.record.name)
            dps = {dp: value for dp, value in dps.items() if _is_id(dp)}
        unplanned = dps.keys() - self.record.dps.keys() - self.plan.schema.by_id.keys()
        if unplanned:
            self.record = replace(self.record, dps={**self.record.dps, **{dp: dps[dp] for dp in unplanned}})
            self.changed()
            self._plan_anew()
        return dps

    def _show(self, dps: Collection[str]) -> None:
        """Show what holds now, and tell those whose datapoint, one of these, is another than before."""
        before, said = self._state.dps, self._said
        self._state = replace(said, dps=self._expectations.over(said.dps)) if self._expectations else said
        after = self._state.dps
        self._listeners.tell([dp for dp in dps if after.get(dp, _UNSAID) != before.get(dp, _UNSAID)])

    def _wait(self) -> None:
        """Wait for the next moment at which a value that was sent no longer counts."""
        self._stop_waiting()
        if (deadline := self._expectations.deadline) is None:
            return

        @callback
        def end(_: datetime) -> None:
            self._cancel_wait = None
            ended, silent = self._expectations.end(deadline)
            if silent:
                _LOGGER.debug("%s took a command and did not report it; shown as before", self.record.name)
            self._show(ended)
            self._wait()

        self._cancel_wait = async_call_later(self._hass, max(0.0, deadline - time.monotonic()), end)

    def _stop_waiting(self) -> None:
        if self._cancel_wait is not None:
            self._cancel_wait()
            self._cancel_wait = None

    def _keep(self) -> None:
        """Let the record have the state."""
        self._kept = time.time()
        dps = {**self.record.dps, **self._said.dps}
        self.record = replace(self.record, dps=dps, seen=self.last_seen, interval=self._interval())
        self.changed()

    def _plan_anew(self) -> None:
        """Offer the features that are new; those that are there already stay as they are until the next start."""
        self.plan = make_plan(self.record)
        self._metered = self._find_metered()
        self._meter()
        new = [feature for feature in self.features if _key(feature) not in self._offered]
        self._offered.update(map(_key, new))
        if new:
            for listener in list(self._feature_listeners):
                listener(new)

    def _find_metered(self) -> Metered:
        return Metered() if self._sleepy else Metered.of(self.plan)

    def _meter(self) -> None:
        """Have the power asked for while a load is on."""
        self.channel.meter(self._metered.due(self._said.dps))


def _is_id(dp: str) -> bool:
    """Tell whether this can be a datapoint: there are 255, so that no device can fill the memory with new ones."""
    return dp.isascii() and dp.isdecimal() and len(dp) <= _LONGEST_ID


def _key(feature: Feature) -> tuple[str, str]:
    return feature.platform, feature.key
