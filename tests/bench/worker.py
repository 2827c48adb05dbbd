"""The process of one candidate: `python -m tests.bench.worker`; takes an order on its input, prints JSON."""

from dataclasses import astuple, dataclass
import json
import os
import subprocess
import sys

from tests.bench.candidate import BEATS, make
from tests.bench.farm import allow_many_sockets
from tests.bench.fleet import CLIENT_CPU, Fleet
from tests.bench.measures import Figures, Sizes, idle, measure


@dataclass(frozen=True, slots=True)
class Idleness:
    """How to measure it: how many devices, seconds between heartbeats, how many such spans."""

    devices: int
    beat: float
    windows: int


def started(name: str, fleet: Fleet, task: Sizes | Idleness, *, crowds: bool = True) -> subprocess.Popen[str]:
    """Let a new process measure one candidate."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    kind = "idle" if isinstance(task, Idleness) else "measure"
    order = {"name": name, "fleet": fleet.to_json(), "kind": kind, "sizes": astuple(task), "crowds": crowds}
    assert process.stdin is not None
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    return process


def figures_of(process: subprocess.Popen[str]) -> Figures:
    """Wait for what it found; raises RuntimeError if it broke."""
    output, _ = process.communicate()
    if process.returncode:
        raise RuntimeError("a candidate broke, see above")
    figures: Figures = json.loads(output)
    return figures


def main() -> None:
    """Measure as ordered."""
    allow_many_sockets()
    os.sched_setaffinity(0, {CLIENT_CPU})
    order = json.loads(sys.stdin.readline())
    fleet = Fleet.from_json(order["fleet"])
    if order["kind"] == "idle":
        task = Idleness(*order["sizes"])
        candidate = make(order["name"], task.beat)
        figures = idle(candidate, fleet, task.devices, beat=task.beat, windows=task.windows)
    else:
        candidate = make(order["name"], BEATS[order["name"]])
        figures = measure(candidate, fleet, Sizes(*order["sizes"]), crowds=order["crowds"])
    print(json.dumps(figures))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
