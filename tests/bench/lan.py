"""`scripts/bench lan`: the LAN engine beside tinytuya and the floor, all in the same run, in turn."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench import figures
from tests.bench.candidate import BEATS, PEERS
from tests.bench.fleet import fleet_of
from tests.bench.measures import BUSY_REPORTS, Sizes
from tests.bench.report import Report, Section
from tests.bench.worker import Idleness, figures_of, started

MANY, MOST = 200, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How thorough a run is."""

    versions: tuple[str, ...]
    repeat: int
    peers: dict[str, int]
    """Version -> repetitions with tinytuya, which takes its time."""
    idle: tuple[str, ...]
    """Versions whose idle connections are measured."""
    haste: float = 1.0
    """How many times as often as in real life idle connections send heartbeats."""
    sizes: Sizes
    peer_sizes: Sizes


def quick() -> Scope:
    """For a first look."""
    return Scope(
        versions=("3.5", "3.3"),
        repeat=3,
        peers={"3.5": 1},
        idle=("3.5",),
        haste=5,
        sizes=Sizes(connects=20, many=MANY, most=MOST, commands=500, pushes=20_000),
        peer_sizes=Sizes(connects=3, many=MANY, most=MOST, commands=50, pushes=5_000),
    )


def full(repeat: int) -> Scope:
    """For the record."""
    return Scope(
        versions=("3.5", "3.4", "3.3", "3.1"),
        repeat=repeat,
        peers={"3.5": repeat, "3.3": repeat},
        idle=("3.5", "3.3"),
        sizes=Sizes(connects=30, many=MANY, most=MOST, commands=1000, pushes=30_000),
        peer_sizes=Sizes(connects=5, many=MANY, most=MOST, commands=100, pushes=20_000),
    )


def run(scope: Scope, *, with_peers: bool = True) -> Report:
    """Measure everything in the scope."""
    report = Report("lan", figures.CLIENTS, notes=_notes(scope))
    for version in scope.versions:
        section = Section(f"protocol {version}", figures.lan(MANY, MOST))
        report.sections.append(section)
        peers = scope.peers.get(version, 0) if with_peers else 0
        with fleet_of(version, MOST) as fleet:
            for repetition in range(scope.repeat):
                for name in _turn(repetition, peers):
                    sizes = scope.peer_sizes if name in PEERS else scope.sizes
                    section.add(name, figures_of(started(name, fleet, sizes)))
        if version in scope.idle:
            _idle(section, version, scope, ("ours", "floor", *(PEERS if peers else ())))
    report.finish()
    return report


def _turn(repetition: int, peers: int) -> Iterable[str]:
    """Give the order of the clients in one repetition: who goes first goes second the next time."""
    yield from ("floor", "ours") if repetition % 2 else ("ours", "floor")
    if repetition < peers:
        yield from PEERS


def _idle(section: Section, version: str, scope: Scope, names: Iterable[str]) -> None:
    """Measure all clients side by side, each with devices of its own: they do next to nothing."""
    with ExitStack() as fleets:
        running = {}
        for name in names:
            fleet = fleets.enter_context(fleet_of(version, MANY))
            task = Idleness(MANY, BEATS[name] / scope.haste, 6 if scope.haste == 1 else 4)
            running[name] = started(name, fleet, task)
        for name, process in running.items():
            cost = figures_of(process)["cpu_beat"]
            section.add(name, {"cpu_idle": cost * MANY * 60 / BEATS[name], "cpu_beat": cost})


def _notes(scope: Scope) -> list[str]:
    pace = "their real pace" if scope.haste == 1 else f"{scope.haste:g} times their real pace and scaled back"
    peers = ", ".join(f"{count} on {version}" for version, count in scope.peers.items())
    return [
        f"Medians of {scope.repeat} repetitions, of tinytuya {peers}; each repetition of each client in a new process.",
        "Devices run in a process of their own; CPU and memory are the client's. Round trips: both on one core, for",
        "waking another would hide the difference; what overlaps: one core each. All clients get the same bytes.",
        f"Busy: {BUSY_REPORTS} reports a second of all devices together; commands to devices at random, in sequence.",
        "Pushes: one device sends as much as the client takes; the best of three volleys per repetition.",
        "Memory: growth of the resident set by connecting the devices, after one was connected and left.",
        f"Idle: CPU per heartbeat times beats per minute ({BEATS['ours']:g} s apart, Monitor {BEATS['monitor']:g}),",
        f"measured at {pace}, all clients at the same time, each with devices of its own.",
    ]
