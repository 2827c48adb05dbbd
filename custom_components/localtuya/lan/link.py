"""A connection that comes back: finds its way to one device, keeps it, says how things stand."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
import logging
import time

from .approach import Attempt, Situation, Verdict
from .connection import Connection
from .dialect import DIALECTS
from .dialer import Dialer
from .endpoint import Endpoint, LinkListener, LinkState, Stats, Timing
from .errors import Busy, ConnectionLost, KeyRejected, LanError, NoAnswer, Unreachable
from .inquiry import Inquiry
from .metering import Metering
from .outbox import Outbox
from .pace import Backoff, Rhythm, Vigil
from .session import Event, Failed, Presence, Reply, Report, Session
from .whereabouts import Whereabouts

_LOGGER = logging.getLogger(__name__)


class Link:
    """The way to one device (a gateway with all its children is one): start it, listen, ask, command, stop it."""

    __slots__ = (
        "_announced",
        "_attempt",
        "_backoff",
        "_connection",
        "_dialer",
        "_endpoint",
        "_heard",
        "_hoping",
        "_inquiry",
        "_last_error",
        "_listener",
        "_live_since",
        "_located",
        "_lost_told",
        "_metering",
        "_outbox",
        "_rhythm",
        "_sessions",
        "_state",
        "_timer",
        "_timing",
        "_tipped",
        "_version",
        "_vigil",
        "_whereabouts",
    )

    def __init__(
        self, endpoint: Endpoint, listener: LinkListener, *, timing: Timing | None = None, nodes: Iterable[str] = ()
    ) -> None:
        timing = timing or Timing()
        self._endpoint = endpoint
        self._listener = listener
        self._timing = timing
        self._state = LinkState.STOPPED
        self._last_error: LanError | None = None
        self._version: str | None = endpoint.version
        self._announced: str | None = None
        self._whereabouts = Whereabouts(endpoint.host)
        self._dialer = Dialer(endpoint.device_id, self, timing)
        self._outbox = Outbox(answer=timing.answer, merge=timing.merge, memory=timing.memory)
        self._inquiry = Inquiry(endpoint, timing, nodes)
        self._metering = Metering(timing)
        self._backoff = Backoff(timing)
        self._vigil = Vigil(timing.heartbeat)
        self._rhythm = Rhythm()
        self._connection: Connection | None = None
        self._attempt: Attempt | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._sessions = 0
        self._heard: float | None = None
        self._live_since = 0.0
        self._located = self._lost_told = self._tipped = False  # tipped: news came while a round went on
        self._hoping: list[asyncio.Future[None]] = []

    @property
    def endpoint(self) -> Endpoint:
        """What the link was told last."""
        return self._endpoint

    @property
    def state(self) -> LinkState:
        """How things stand."""
        return self._state

    @property
    def version(self) -> str | None:
        """Protocol version in use, or the last one that worked, or the one that was named."""
        return self._version

    @property
    def host(self) -> str | None:
        """Address in use, or the most credible one."""
        return next(iter(self._whereabouts.hosts), None)

    @property
    def local_key(self) -> str | None:
        """The key that the device took last; the endpoint's may be newer or older."""
        return None if self._attempt is None else self._attempt.key.decode()

    @property
    def last_error(self) -> LanError | None:
        """Why the state is a bad one; None while live."""
        return self._last_error

    @property
    def stats(self) -> Stats:
        """What the link has been through."""
        return Stats(
            dialed=self._dialer.dialed,
            sessions=self._sessions,
            last_heard=None if self._heard is None else time.time() - (asyncio.get_running_loop().time() - self._heard),
            wake_interval=self._rhythm.interval,
            query_form=self._inquiry.form,
        )

    def start(self) -> None:
        """Begin to look for the device; returns at once."""
        if self._state is LinkState.STOPPED:
            self._set(LinkState.CONNECTING if self.host else LinkState.LOOKING)
            self._begin()

    async def stop(self) -> None:
        """Hang up (FIN) and forget all timers; pending requests fail."""
        self._set(LinkState.STOPPED)
        self._hang_up(ConnectionLost("the link was stopped"))
        await self._dialer.stop()

    def wake(self, *, host: str | None = None, version: str | None = None) -> None:
        """Take a sign of life: the device may be at `host` and may speak `version`. Ends the wait between attempts."""
        if self._state is LinkState.STOPPED:
            return
        news = version is not None and version not in {self._announced, self._version}
        self._announced = version or self._announced
        if host is not None and not self._endpoint.pinned:
            # The address of a live connection stays the first one until it fails.
            news |= self._whereabouts.propose(host, behind_first=self._connection is not None)
        if self._connection is not None:
            if news:
                self._connection.check()
        elif (news or self._state not in _PATIENT) and self._may_begin():
            self._backoff.hope()
            self._begin()
        else:
            self._tipped |= news

    def update(self, endpoint: Endpoint) -> None:
        """Take a new key, address or version; reconnects if the present connection does not fit it."""
        old, self._endpoint = self._endpoint, endpoint
        if self._state is LinkState.STOPPED or old == endpoint:
            return
        if endpoint.host != old.host:
            if endpoint.pinned:
                self._whereabouts.clear()
            if endpoint.host is not None:
                self._whereabouts.confirm(endpoint.host)
        if endpoint.version != old.version:
            self._version = endpoint.version or self._version
        self._inquiry.configure(endpoint)
        fits = self._attempt is not None and self._attempt.fits(endpoint) and endpoint.port == old.port
        if self._connection is None or not fits:
            self._hang_up(ConnectionLost("the address or key changed"))
            self._backoff.hope()
            self._begin()

    def set_nodes(self, nodes: Iterable[str]) -> None:
        """Take the cids of the gateway's children; new ones are asked for their status."""
        self._inquiry.set_nodes(nodes)

    def meter(self, dp_ids: Iterable[int]) -> None:
        """Keep these DPs fresh, at a pace that follows what the asking brings; none = stop."""
        self._metering.watch(dp_ids)

    async def query(self, node: str | None = None) -> None:
        """Ask for the status of the device or a child; returns when it has arrived as a report.

        Raises ConnectionLost, DeviceRefused or NoAnswer.
        """
        connection = await self._connected()
        await self._outbox.ask(*self._inquiry.query(connection.session, node))

    async def control(self, dps: Mapping[str, object], node: str | None = None, *, exclusive: bool = False) -> None:
        """Write DPs; returns when the device acknowledged or reported them. Raises LanError.

        Commands to the same node that come while one is under way travel together, the latest value of a DP wins. An
        `exclusive` command (a button, a feeder) travels alone and is never sent twice.
        """
        await self._connected()
        await self._outbox.control(dps, node, exclusive=exclusive)

    async def refresh(self, dp_ids: Sequence[int]) -> None:
        """Ask once for fresh values of metered DPs; they come as reports if the device can."""
        connection = await self._connected()
        connection.send(connection.session.refresh(dp_ids), asks=False)

    def dial_accepted(self) -> None:
        """See DialerOwner."""
        if self._last_error is None:
            self._set(LinkState.NEGOTIATING)

    def dial_succeeded(self, connection: Connection, attempt: Attempt, events: list[Event]) -> None:
        """See DialerOwner."""
        now = asyncio.get_running_loop().time()
        self._connection = connection
        connection.owner = self
        self._attempt = attempt
        self._version = attempt.version
        self._sessions += 1
        self._live_since = now
        if self._vigil.seconds != self._timing.heartbeat:
            connection.beat_every(self._vigil.seconds)
        self._rhythm.beat(now)
        self._outbox.open(connection)
        self._inquiry.open(connection)
        self._metering.open(connection)
        hoping, self._hoping = self._hoping, []
        for future in hoping:
            if not future.done():
                future.set_result(None)
        if self._lost_told:
            self._lost_told = False
            _LOGGER.info("%s is back", self._endpoint.name or self._endpoint.device_id)
        self._set(LinkState.LIVE)
        self.connection_heard(connection, events)

    def dial_failed(self, verdict: Verdict) -> None:
        """See DialerOwner."""
        now = asyncio.get_running_loop().time()
        if self._tipped and self._backoff.affords(now):
            self._begin()
            return
        asleep = self._endpoint.sleepy and not verdict.hard
        self._set(LinkState.ASLEEP if asleep else verdict.state, verdict.error)
        reached = not isinstance(verdict.error, Unreachable)
        self._rest(self._backoff.failed(now, self._dialer.take_count(), reached=reached, hard=verdict.hard))

    def first_words(self, session: Session) -> bytes:
        """See DialerOwner."""
        return self._inquiry.first_words(session)

    def connection_made(self, connection: Connection) -> None:
        """See ConnectionOwner."""

    def connection_heard(self, connection: Connection, events: list[Event]) -> None:
        """See ConnectionOwner."""
        self._heard = connection.heard_at
        for event in events:
            if not isinstance(event, Report):
                self._heed(connection, event)
                continue
            if event.node is None:
                self._inquiry.answered = True
            elif event.answer:
                event = self._outbox.fresh(event)  # noqa: PLW2901
            if self._metering.names:
                self._metering.heard(event.dps)
            self._listener.link_report(event)
        if not self._located and connection.session.proved:
            self._located = True
            if self._attempt is not None:
                self._whereabouts.confirm(self._attempt.host)
                self._listener.link_located(self._attempt.host, self._attempt.version)

    def connection_doubted(self, connection: Connection) -> None:
        """See ConnectionOwner: some devices do not answer heartbeats, but questions."""
        connection.send(self._inquiry.query(connection.session, None)[0])

    def connection_lost(self, connection: Connection, error: LanError, *, reset: bool) -> None:
        """See ConnectionOwner."""
        now = asyncio.get_running_loop().time()
        lived = now - self._live_since
        hung_up = isinstance(error, ConnectionLost)
        if hung_up and not reset:
            self._vigil.hung_up(connection.idle)
        self._hang_up(error)
        state = _LOST_AS.get(type(error), LinkState.CONNECTING)
        hard = state is LinkState.KEY_REJECTED
        delay = self._backoff.lost(now, self._dialer.take_count(), lived, hung_up=hung_up, hard=hard)
        if self._endpoint.sleepy:
            state = LinkState.ASLEEP
            delay = max(delay, self._timing.backoff_most / 2)
        elif self._backoff.contested and hung_up:
            state, error = LinkState.HELD, Busy("hangs up on every session: another client may want its only place")
        self._set(state, error)
        self._rest(delay)

    def _heed(self, connection: Connection, event: Event) -> None:
        """Take what is no report."""
        match event:
            case Reply():
                if not self._outbox.settle(event):
                    self._inquiry.settle(event.ticket, event.error)
            case Presence():
                self._inquiry.heard_presence(event)
                self._listener.link_presence(event)
            case Failed(error):
                connection.fail(error)

    def _begin(self) -> None:
        """Start a round of attempts."""
        self._stop_timer()
        self._tipped = False
        keys = self._endpoint.keys
        if not self._whereabouts.hosts:
            self._set(LinkState.LOOKING)
        elif not keys:
            self._set(LinkState.KEY_REJECTED, KeyRejected("a local key has 16 characters"))
        else:
            named = [version for version in (self._announced, self._version) if version is not None]
            versions = tuple(dict.fromkeys(version for version in named if version in DIALECTS))
            situation = Situation(
                self._whereabouts.hosts,
                keys=keys,
                versions=versions,
                announced=self._announced,
                guess=not versions or self._backoff.rebuffs % _GUESS_EVERY == 1,
            )
            self._dialer.begin(situation, self._endpoint.port)

    def _may_begin(self) -> bool:
        """Whether a round could be started now and would be worth it."""
        if self._dialer.busy:
            return self._dialer.stuck
        return self._endpoint.sleepy or self._backoff.affords(asyncio.get_running_loop().time())

    def _rest(self, delay: float) -> None:
        """Wait until the next round."""
        self._stop_timer()
        self._timer = asyncio.get_running_loop().call_later(delay, self._begin)

    async def _connected(self) -> Connection:
        """Return the live connection, waiting a moment for one. Raises why there is none."""
        if self._connection is None:
            if self._state is LinkState.STOPPED:
                raise ConnectionLost("the link is stopped")
            loop = asyncio.get_running_loop()
            if self._may_begin() and (self._dialer.busy or self._backoff.plea(loop.time())):
                self._begin()
            future = loop.create_future()
            self._hoping.append(future)
            try:
                async with asyncio.timeout(self._timing.answer if self._near(loop.time()) else 0):
                    await future
            except TimeoutError:
                raise self._reason() from None
            finally:
                if future in self._hoping:
                    self._hoping.remove(future)
        if self._connection is None:
            raise self._reason()
        return self._connection

    def _near(self, now: float) -> bool:
        """Whether a connection could stand within the time of an answer."""
        timer = self._timer
        return self._dialer.busy or (timer is not None and timer.when() < now + self._timing.answer)

    def _reason(self) -> LanError:
        """Return why there is no connection, as an exception of its own for each who asks."""
        return copy(self._last_error) if self._last_error is not None else ConnectionLost("not connected")

    def _set(self, state: LinkState, error: LanError | None = None) -> None:
        if error is not None and not self._lost_told:
            self._lost_told = True
            _LOGGER.info("%s is lost: %s", self._endpoint.name or self._endpoint.device_id, error)
        if state is not self._state or error is not self._last_error:
            self._state = state
            self._last_error = error
            self._listener.link_state(state, error)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _hang_up(self, error: LanError) -> None:
        self._stop_timer()
        self._dialer.cancel()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        self._located = False
        self._inquiry.close()
        self._metering.close()
        self._outbox.close(error)


_GUESS_EVERY = 4
"""Of the rounds that reach somebody: every which tries versions that nobody named, beginning with the second."""
_LOST_AS = {NoAnswer: LinkState.QUIET, KeyRejected: LinkState.KEY_REJECTED}
_PATIENT = frozenset({LinkState.WEDGED, LinkState.HELD, LinkState.KEY_REJECTED, LinkState.WRONG_VERSION})
"""States in which a broadcast promises nothing: the device is there, but does not want us."""
