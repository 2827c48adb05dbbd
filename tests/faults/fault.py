"""What a row of the matrix says, and what a cell holds."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import TYPE_CHECKING

from custom_components.localtuya.lan import LinkState
from tests.lab.faults import Faults
from tests.lab.wire import VERSIONS

if TYPE_CHECKING:
    from tests.faults.scene import Scene

type Act = Callable[[Scene], Awaitable[None] | None]
"""Something that happens to the devices, or that the link is told."""
type Shows = LinkState | tuple[LinkState, ...] | Mapping[str, LinkState]
"""The states that a fault may be detected as, perhaps by protocol version."""

ALL = tuple(VERSIONS)
NEGOTIATING = ("3.4", "3.5")
WITH_KEY = ("3.2", "3.3", "3.4", "3.5")
MOST_CONNECTIONS = 16
GATEWAYS = ("3.3", "3.4", "3.5")


def nothing(_: Scene) -> None:
    """Let things be: the fault passes by itself, or is to be lived with."""


def healed(scene: Scene) -> None:
    """The device behaves again."""
    scene.device.faults = Faults()


@dataclass(frozen=True, slots=True)
class Fault:
    """One row: what goes wrong, what the link must call it, how it ends."""

    name: str
    _: KW_ONLY
    breaks: Act
    shows: Shows = LinkState.LIVE
    """LIVE alone means that the fault must not be seen: the link stays live and obeys all the while."""
    mends: Act = healed
    versions: tuple[str, ...] = ALL
    from_start: bool = False
    """It is broken before the link begins."""
    device: Mapping[str, object] = field(default_factory=dict)
    """What the device is like: arguments of LabDevice."""
    endpoint: Mapping[str, object] = field(default_factory=dict)
    """What the link is told wrongly, or in addition."""
    node: str | None = None
    """The child that is commanded, on a gateway."""
    commands: bool = True
    """Commands are sent, one after the other, before, while and after it is broken."""
    pushes: bool = True
    """The device reports by itself all the while."""
    obeys: bool = True
    """Where the fault must not be seen: commands succeed although it is there."""
    lasts: float = 1.5
    """Seconds for which it stays broken, from the beginning where it must not be seen, else from its detection."""
    most_connections: int = MOST_CONNECTIONS
    """More connections than this would be a loop."""
    proof: Callable[[Scene], bool] | None = None
    """What must have become true before the fault ends, beside the state."""
    back: Callable[[Scene], bool] | None = None
    """What belongs to the recovery, beside the state and an obeyed command."""
    alone: bool = False
    """Too loud to run beside other rows."""

    @property
    def passes(self) -> bool:
        """The fault ends by itself, or has to be lived with."""
        return self.mends is nothing

    def states(self, version: str) -> frozenset[LinkState]:
        """Return what the fault may be called in this version."""
        match self.shows:
            case LinkState() as state:
                return frozenset({state})
            case tuple() as states:
                return frozenset(states)
            case by_version:
                return frozenset({by_version[version]})


@dataclass(frozen=True, slots=True)
class Cell:
    """What happened to one fault in one version; times in seconds, None where there was nothing to wait for."""

    fault: str
    version: str
    _: KW_ONLY
    detected: str = ""
    detect_time: float | None = None
    recovered: bool = False
    recover_time: float | None = None
    lost: int = 0
    """Commands reported as done that never reached the device."""
    refused: int = 0
    """Commands that failed with an error, as they should."""
    obeyed: int = 0
    affected: int = 0
    """Commands to healthy neighbours that failed or came late meanwhile."""
    connections: int = 0
    wrong: str = ""
    """What the row forbids and yet happened."""

    @property
    def good(self) -> bool:
        """Whether everything was as it should."""
        return self.recovered and not self.lost and not self.affected and not self.wrong

    def among(self, affected: int) -> Cell:
        """Return the cell with what happened to the neighbours."""
        return replace(self, affected=affected)


def faulty(*, drop: bool = False, reset: bool = False, **faults: object) -> Act:
    """Return what gives the device these faults, and may hang up on everybody first."""

    def act(scene: Scene) -> None:
        scene.device.faults = Faults(**faults)  # type: ignore[arg-type]
        if drop:
            scene.device.drop_clients(reset=reset)

    return act


def by_version(usual: LinkState, **others: LinkState) -> Mapping[str, LinkState]:
    """Return states by version; the exceptions are named v31, v32, …"""
    return {version: others.get(f"v{version.replace('.', '')}", usual) for version in ALL}


def each(names: Iterable[str], value: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Return children with these names and the same values."""
    return {name: dict(value) for name in names}
