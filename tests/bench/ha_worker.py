"""The process of one Home Assistant: `python -m tests.bench.ha_worker`; takes an order on its input, prints JSON."""

import asyncio
from dataclasses import astuple, dataclass, replace
import gc
import json
import os
from statistics import quantiles
import subprocess
import sys
import time

from tests.bench.farm import allow_many_sockets
from tests.bench.fleet import CLIENT_CPU, Fleet, Orders
from tests.bench.measures import Figures

_COMMANDS = 200


@dataclass(frozen=True, slots=True)
class Task:
    """How many devices, reports a second of all together, and for how many seconds; 0: nobody is reachable."""

    devices: int
    pace: float
    seconds: float


def started(fleet: Fleet, task: Task) -> subprocess.Popen[str]:
    """Let a new process measure."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.ha_worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps({"fleet": fleet.to_json(), "task": astuple(task)}) + "\n")
    process.stdin.flush()
    return process


async def alone(fleet: Fleet, task: Task) -> Figures:
    """Set up devices of which none can be reached."""
    from tests.bench.household import Lag, household  # noqa: PLC0415 - takes seconds, and the farm needs none of it

    nobody = [replace(target, port=1) for target in fleet[task.devices]]
    async with household(nobody) as home:
        lag = Lag()
        lag.start()
        start = time.perf_counter()
        await home.set_up()
        seconds = time.perf_counter() - start
        await asyncio.sleep(2)
        late = lag.stop()
        return {
            "setup": seconds,
            "setup_block": late.longest_but_gc,
            "setup_block_gc": late.longest,
            "setup_lag": late.p99,
        }


async def together(fleet: Fleet, task: Task) -> Figures:
    """Set up devices, let them report, command one."""
    from tests.bench.household import Lag, household  # noqa: PLC0415

    orders = Orders(fleet)
    orders.far()
    async with household(fleet[task.devices]) as home:
        lag = Lag()
        lag.start()
        start = time.perf_counter()
        await home.set_up()
        await home.alive()
        alive = time.perf_counter() - start
        late = lag.stop()
        await home.hass.async_block_till_done()
        gc.collect()  # what the set-up left behind: devices report in a house that has been running for a while
        delays: list[float] = []
        unlisten = home.watch_stamps(delays)
        before = home.counted()
        cpu, start = time.process_time(), time.perf_counter()
        orders.busy(task.pace)
        await asyncio.sleep(task.seconds)
        orders.busy(0)
        cpu, seconds = time.process_time() - cpu, time.perf_counter() - start
        unlisten()
        writes = home.counted().writes - before.writes
        calls = await home.command(_COMMANDS)
        jobs = home.counted().jobs - before.jobs
    orders.close()
    parts, call_parts = quantiles(delays, n=100), quantiles(calls, n=100)
    return {
        "alive": alive,
        "connect_lag": late.p99,
        "connect_block": late.longest_but_gc,
        "connect_block_gc": late.longest,
        "state_p50": parts[49],
        "state_p99": parts[98],
        "state_rate": len(delays) / seconds,
        "state_cpu": cpu / len(delays),
        "writes": writes / len(delays),
        "executor": jobs,
        "call_p50": call_parts[49],
        "call_p99": call_parts[98],
    }


def main() -> None:
    """Measure as ordered."""
    allow_many_sockets()
    os.sched_setaffinity(0, {CLIENT_CPU})
    order = json.loads(sys.stdin.readline())
    fleet, task = Fleet.from_json(order["fleet"]), Task(*order["task"])
    figures = asyncio.run((together if task.seconds else alone)(fleet, task))
    print(json.dumps(figures))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
