"""How to reach a device: what to try next, and what its failure means. Decisions only, no I/O."""

from collections.abc import Generator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import Enum, auto
from typing import Final, NamedTuple

from .dialect import DIALECTS
from .endpoint import Endpoint, LinkState
from .errors import (
    Busy,
    HandshakeCut,
    KeyRejected,
    LanError,
    NoAnswer,
    Unreachable,
    VersionMismatch,
    Wedged,
)


class End(Enum):
    """How an attempt ended."""

    REFUSED = auto()
    """TCP refused: somebody lives there, without this service."""
    FILTERED = auto()
    """No word to the TCP connection at all."""
    ABSENT = auto()
    """The network says there is nobody."""
    CUT = auto()
    """Accepted, then closed in good order."""
    RESET = auto()
    """Accepted, then reset."""
    SILENT = auto()
    """Accepted, then nothing."""
    KEY = auto()
    """A proof that the key is not the device's."""
    VERSION = auto()
    """A proof that the version is not the device's."""
    SPOILED = auto()
    """What came was damaged, or in another key."""
    STILLBORN = auto()
    """The session key was unusable by chance."""


class Outcome(NamedTuple):
    """The end of an attempt."""

    end: End
    early: bool = False
    """Before the first byte was sent."""
    version: str | None = None
    """The version that the answer betrayed."""


class Attempt(NamedTuple):
    """One connection to try."""

    host: str
    version: str
    key: bytes
    wait: bool = False
    """Connect, but say nothing for a moment: who hangs up then has no place for us."""
    brief: bool = False
    """One of several guesses: half the usual patience for an answer."""

    def fits(self, endpoint: Endpoint) -> bool:
        """Whether a connection made like this is what the endpoint asks for."""
        return (
            self.key == endpoint.local_key.encode()
            and endpoint.host in {None, self.host}
            and endpoint.version in {None, self.version}
        )


class Verdict(NamedTuple):
    """What all attempts together say."""

    state: LinkState
    error: LanError
    hard: bool = False
    """More attempts make it worse, or cannot help: wait long."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known before a round of attempts."""

    hosts: tuple[str, ...]
    """Candidates, best first."""
    _: KW_ONLY
    keys: tuple[bytes, ...] = field(repr=False)
    """Current key first."""
    versions: tuple[str, ...] = ()
    """Versions that somebody named, most credible first."""
    announced: str | None = None
    """What the device's own broadcast says."""
    guess: bool = True
    """Also try versions that nobody named."""


type Approach = Generator[Attempt, Outcome, Verdict]
"""Yields what to try, is sent how it ended; closed from outside when an attempt succeeds."""


def approach(situation: Situation) -> Approach:
    """Try every address until one is live; the verdict is that of the best address where anybody answered."""
    verdict: Verdict | None = None
    for host in situation.hosts:
        found = yield from _at(host, situation)
        if verdict is None or (isinstance(verdict.error, Unreachable) and not isinstance(found.error, Unreachable)):
            verdict = found
    return verdict or Verdict(LinkState.LOOKING, Unreachable("no address"))


def _at(host: str, situation: Situation) -> Approach:
    """Try the versions at one address."""
    versions = list(situation.versions)
    if situation.guess or not versions:
        versions += _unlike(versions)
    tried: list[str] = []
    betrayed = False
    doubt: Verdict | None = None
    while versions:
        version = versions.pop(0)
        tried.append(version)
        brief = version not in situation.versions and not betrayed
        outcome = yield from _with(host, version, situation.keys, brief=brief)
        verdict = _judge(outcome, version, situation)
        proof = outcome.end is End.VERSION or (outcome.end, version) == _LIKE_A_VERSION
        if outcome.early or not (proof or outcome.end in _VAGUE or (outcome.end, version) in _LIKE_DAMAGE):
            return verdict
        if outcome.version in DIALECTS and outcome.version not in tried:
            versions = [str(outcome.version)]
            betrayed = True
        elif proof and not betrayed:
            versions += _unlike([*tried, *versions])
        # Any of these may be another version's way to say no; the first version tried is the most credible one.
        doubt = doubt or verdict
    if situation.announced is not None and situation.announced not in DIALECTS:
        mismatch = VersionMismatch(f"protocol {situation.announced} is not known")
        return Verdict(LinkState.WRONG_VERSION, mismatch, hard=True)
    return doubt or Verdict(LinkState.WRONG_VERSION, VersionMismatch("no version to try"), hard=True)


def _with(host: str, version: str, keys: tuple[bytes, ...], *, brief: bool) -> Generator[Attempt, Outcome, Outcome]:
    """Try the keys with one version; the outcome is that of the current key."""
    first: Outcome | None = None
    for key in keys:
        outcome = yield from _persist(Attempt(host, version, key, brief=brief))
        first = first or outcome
        if outcome.early or not (outcome.end is End.KEY or (outcome.end, version) in _LIKE_A_KEY):
            break
    return first or Outcome(End.KEY)


def _persist(attempt: Attempt) -> Generator[Attempt, Outcome, Outcome]:
    """Repeat what may have been chance, or what waiting tells apart."""
    outcome = yield attempt
    for _ in range(_MOST_REPEATS):
        match outcome.end:
            case End.STILLBORN:
                outcome = yield attempt
            case End.SPOILED:
                outcome = yield attempt
                if outcome.end is End.SPOILED:
                    break
            case End.CUT | End.RESET if not attempt.wait:
                attempt = attempt._replace(wait=True)
                outcome = yield attempt
            case _:
                break
    return outcome


def _judge(outcome: Outcome, version: str, situation: Situation) -> Verdict:
    """Name the state that the end of an attempt is evidence for."""
    match outcome.end:
        case End.RESET if outcome.early:
            found: tuple[LinkState, LanError] = LinkState.WEDGED, Wedged("accepts, then resets")
        case End.CUT if outcome.early:
            found = LinkState.HELD, Busy("hung up at once: other clients hold all places")
        case End.CUT if version == "3.4":
            found = LinkState.KEY_REJECTED, HandshakeCut("hung up on the first step of the key")
        case End.SILENT if _silence_is_about_the_key(version, situation):
            found = LinkState.KEY_REJECTED, KeyRejected("silence where a device with this key would answer")
        case End.SPOILED if DIALECTS[version].negotiates:
            # The check of these versions is made with the key, that of the others is not.
            found = LinkState.KEY_REJECTED, KeyRejected("only damage comes back, or another key")
        case End.VERSION | End.SPOILED:
            mismatch = VersionMismatch(f"the device does not speak {version}", outcome.version)
            found = LinkState.WRONG_VERSION, mismatch
        case end:
            state, kind, text = _MEANINGS[end]
            found = state, kind(text)
    return Verdict(*found, hard=found[0] in _HARD)


def _silence_is_about_the_key(version: str, situation: Situation) -> bool:
    """A 3.5 device says nothing to what it cannot decrypt, and some with 3.4 do the same."""
    if version == situation.announced:
        return version in {"3.4", "3.5"}
    if not situation.versions:
        return True
    return version == "3.5" == situation.versions[0]


_MEANINGS: Final[Mapping[End, tuple[LinkState, type[LanError], str]]] = {
    End.REFUSED: (LinkState.UNREACHABLE, Unreachable, "connection refused"),
    End.FILTERED: (LinkState.UNREACHABLE, Unreachable, "no answer to the connection"),
    End.ABSENT: (LinkState.GONE, Unreachable, "nobody at the address"),
    End.CUT: (LinkState.HELD, Busy, "hung up on the first question"),
    End.RESET: (LinkState.HELD, Busy, "accepts, but resets at the first word"),
    End.SILENT: (LinkState.QUIET, NoAnswer, "accepts connections, but says nothing"),
    End.KEY: (LinkState.KEY_REJECTED, KeyRejected, "the device has another key"),
    End.STILLBORN: (LinkState.WEDGED, Wedged, "no session comes to life"),
}
_HARD = frozenset({LinkState.HELD, LinkState.WEDGED, LinkState.KEY_REJECTED, LinkState.WRONG_VERSION})
_GUESSES = ("3.3", "3.4", "3.5", "3.1")
_LIKE_A_KEY = frozenset(
    {(End.CUT, "3.4"), (End.SILENT, "3.4"), (End.SILENT, "3.5"), (End.SPOILED, "3.4"), (End.SPOILED, "3.5")}
)
"""What a wrong key can look like."""
_LIKE_DAMAGE = frozenset({(End.SPOILED, "3.1"), (End.SPOILED, "3.2"), (End.SPOILED, "3.3")})
"""What another version can look like, or a bad line."""
_VAGUE = frozenset({End.SILENT, End.CUT})
"""What can mean anything."""
_LIKE_A_VERSION = (End.KEY, "3.1")
"""3.1 refuses in the clear: a refusal that cannot be read is another version's."""
_MOST_REPEATS = 8


def _unlike(versions: list[str]) -> list[str]:
    """Return the versions worth guessing beside these; 3.3 looks like 3.2, which is asked otherwise."""
    alike = [*versions, "3.3"] if "3.2" in versions else versions
    return [version for version in _GUESSES if version not in alike]
