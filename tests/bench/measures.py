"""What is measured of one candidate, in a process that holds nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
import gc
from itertools import pairwise
import os
from pathlib import Path
import random
from statistics import median, quantiles
import threading
import time

from tests.bench.candidate import Candidate
from tests.bench.fleet import Fleet, Orders

type Figures = dict[str, float]
"""Name -> seconds, bytes or counts; the names are those of `figures`."""

BUSY_REPORTS = 1000
"""Reports a second of all devices together while commands are timed."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything one repetition measures."""

    connects: int
    many: int
    most: int
    commands: int
    pushes: int


def measure(candidate: Candidate, fleet: Fleet, sizes: Sizes, *, crowds: bool) -> Figures:
    """Measure everything but idleness; `crowds`: also with many devices."""
    orders = Orders(fleet)
    orders.far()
    candidate.connect(fleet[1])
    candidate.command([0] * 5)
    candidate.close()
    figures: Figures = {}
    if crowds:
        figures |= _many(candidate, fleet, sizes.many)
        figures |= _busy(candidate, fleet, sizes, orders)
    orders.near()
    figures |= _one(candidate, fleet, sizes.connects)
    candidate.connect(fleet[1])
    figures |= _commands(candidate, sizes.commands)
    orders.far()
    figures |= _pushes(candidate, sizes.pushes, orders)
    candidate.close()
    orders.close()
    return figures


def idle(candidate: Candidate, fleet: Fleet, count: int, *, beat: float, windows: int) -> Figures:
    """Measure the CPU of a heartbeat, in windows of as many seconds as two heartbeats are apart."""
    orders = Orders(fleet)
    candidate.connect(fleet[count])
    candidate.idle(beat * 1.5)  # all connected at once, so all heartbeats come in the middle of a window
    marks = [(time.process_time(), orders.heartbeats())]
    for _ in range(windows):
        candidate.idle(beat)
        marks.append((time.process_time(), orders.heartbeats()))
    candidate.close()
    orders.close()
    seen = marks[-1][1] - marks[0][1]
    if seen < count * (windows - 1) / 2:
        raise RuntimeError(f"only {seen} heartbeats in {windows} windows of {beat} s")
    costs = [(cpu - before) / (beats - sent) for (before, sent), (cpu, beats) in pairwise(marks) if beats > sent]
    return {"cpu_beat": median(costs), "beats": seen}


def _many(candidate: Candidate, fleet: Fleet, count: int) -> Figures:
    """Connect to many devices at once, in a process that had one before."""
    before = _resident()
    seconds = _timed(lambda: candidate.connect(fleet[count]))
    threads = threading.active_count()
    held = _resident() - before
    candidate.close()
    return {"connect_many": seconds, "memory_idle": held / count, "threads": threads}


def _one(candidate: Candidate, fleet: Fleet, times: int) -> Figures:
    """Connect to one device after the other."""
    seconds = [_timed(lambda: candidate.connect([target])) for target in fleet[times]]  # noqa: B023 - called at once
    candidate.close()
    return {"connect_one": median(seconds)}


def _busy(candidate: Candidate, fleet: Fleet, sizes: Sizes, orders: Orders) -> Figures:
    """Connect to the most devices; command them at random while they report at random; command all at once."""
    seconds = _timed(lambda: candidate.connect(fleet[sizes.most]))
    orders.near()
    orders.busy(BUSY_REPORTS)
    times = candidate.command(random.choices(range(sizes.most), k=sizes.commands))  # noqa: S311
    orders.busy(0)
    orders.far()
    scene = min(_timed(candidate.scene) for _ in range(2))
    candidate.close()
    p50, p99 = _percentiles(times)
    return {"connect_most": seconds, "busy_p50": p50, "busy_p99": p99, "busy_spread": p99 / p50, "scene": scene}


def _commands(candidate: Candidate, count: int) -> Figures:
    cpu = time.process_time()
    times = candidate.command([0] * count)
    cpu = time.process_time() - cpu
    p50, p99 = _percentiles(times)
    return {"command_p50": p50, "command_p99": p99, "command_cpu": cpu / count}


def _pushes(candidate: Candidate, count: int, orders: Orders) -> Figures:
    """Let one device say as much as it can; the best of three, for the farm may be the one that was disturbed."""
    rates, costs = [], []
    for _ in range(3):
        orders.prepare(count)
        cpu, start = time.process_time(), time.perf_counter()
        candidate.hear(count, orders.fire)
        rates.append(count / (time.perf_counter() - start))
        costs.append((time.process_time() - cpu) / count)
    return {"push_rate": max(rates), "push_cpu": min(costs)}


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _percentiles(times: list[float]) -> tuple[float, float]:
    parts = quantiles(times, n=100)
    return parts[49], parts[98]


def _resident() -> int:
    """Give the bytes of memory that this process has in use."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
