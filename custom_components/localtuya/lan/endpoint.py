"""What a link is told and what it tells: where a device is, how long to wait, how things stand."""

from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from .armour import KEY_BYTES
from .errors import LanError
from .session import Presence, Report

PORT: Final = 6668
"""Where devices listen."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a device is and how to talk to it."""

    device_id: str
    _: KW_ONLY
    local_key: str = field(repr=False)
    host: str | None = None
    port: int = PORT
    version: str | None = None
    """Protocol version, "3.1" to "3.5"; None = find out."""
    device22: bool = False
    """Status is asked for by writing nulls. Only for devices known to want that: to others nulls are values."""
    dp_ids: tuple[int, ...] = ()
    """DPs to ask a device22 for; none = the usual ranges."""
    sleepy: bool = False
    """Runs on a battery and is awake only now and then."""
    name: str = ""
    """What the user calls the device: for the log."""
    pinned: bool = False
    """The address is the user's word: other candidates are not tried."""
    old_keys: tuple[str, ...] = field(default=(), repr=False)
    """Keys to try when `local_key` is rejected."""

    @property
    def keys(self) -> tuple[bytes, ...]:
        """All keys to try, the present one first, without those that cannot be any."""
        keys = (key.encode() for key in (self.local_key, *self.old_keys))
        return tuple(key for key in keys if len(key) == KEY_BYTES)


class LinkState(StrEnum):
    """How things stand, judged by what was seen on the wire."""

    LOOKING = "looking"
    """No address yet: waiting for a broadcast."""
    CONNECTING = "connecting"
    NEGOTIATING = "negotiating"
    """Connected; session key or first answer pending."""
    LIVE = "live"
    ASLEEP = "asleep"
    """A battery device, between two wake-ups."""
    QUIET = "quiet"
    """The connection was or is open, but nothing comes back."""
    HELD = "held"
    """Other clients hold all places of the device."""
    KEY_REJECTED = "key_rejected"
    WRONG_VERSION = "wrong_version"
    WEDGED = "wedged"
    """Accepts connections, then resets them; wants a power cycle."""
    UNREACHABLE = "unreachable"
    """The address exists, but nobody accepts connections there."""
    GONE = "gone"
    """Nothing at the address any more."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """All waits of a link, in seconds."""

    connect: float = 5.0
    """TCP connection, and then again session key."""
    answer: float = 3.0
    """Answer to a request; also how long a command waits for the connection."""
    heartbeat: float = 10.0
    """After the last request sent. Devices hang up after 30 s without any."""
    backoff_first: float = 1.0
    backoff_most: float = 60.0
    backoff_hard: float = 30.0
    """First wait after signs that every connection makes it worse."""
    merge: float = 0.0
    """How long a command waits for others to travel with; 0 = those of the same turn of the event loop."""
    memory: float = 5.0
    """How long a gateway's memory of a child may lag behind a command."""
    retry: float = 2.0
    """Before a refused first query is repeated; doubles."""
    device22: float = 30.0
    """How long queries must have been refused before nulls are tried."""
    presence: float = 60.0
    """Between two questions to a gateway who is there."""
    refresh_fastest: float = 10.0
    refresh_slowest: float = 300.0
    """Between two refreshes of metered DPs: while they bring values, and while they do not."""
    connections_per_hour: float = 120.0
    probe: float = 0.5
    """How long to wait before the first byte, to see who hangs up unasked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What a link has been through."""

    dialed: int
    """TCP connections tried."""
    sessions: int
    """Of these, how many came to life."""
    last_heard: float | None
    """Unix time of the last sound frame."""
    wake_interval: float | None
    """Seconds between the wake-ups of a sleeper, as far as known."""
    query_form: str
    """How the device wants to be asked for its status."""


class LinkListener(Protocol):
    """Who wants to know what a device says. Called in the event loop; must not raise."""

    def link_state(self, state: LinkState, error: LanError | None) -> None:
        """The state changed; `error` is why, if it is a bad one."""

    def link_report(self, report: Report) -> None:
        """The device, or a child of the gateway, reported values."""

    def link_presence(self, presence: Presence) -> None:
        """The gateway told which children it reaches."""

    def link_located(self, host: str, version: str) -> None:
        """The device proved itself at this address in this version (worth storing)."""
