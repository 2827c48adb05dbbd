"""What the benchmark tells: its figures, how they are written, what they have to be."""

from dataclasses import KW_ONLY, dataclass
from typing import Final

US, MS, S = 1e6, 1e3, 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One row; `scale` turns its SI value into the unit."""

    name: str
    label: str
    unit: str
    scale: float = 1.0
    _: KW_ONLY
    ratio: float | None = None
    """Target: at most so many times the floor, or for rates at least."""
    limit: float | None = None
    """Target: at most so many of the unit, whatever the floor is."""
    rate: bool = False
    """More is better."""

    def met(self, ours: float, floor: float | None) -> bool | None:
        """Say whether the target is met; None without target or without a floor to compare with."""
        if self.limit is not None:
            return ours * self.scale <= self.limit
        if self.ratio is None or not floor:
            return None
        return ours / floor >= self.ratio if self.rate else ours / floor <= self.ratio

    @property
    def target(self) -> str:
        """The target in words."""
        if self.limit is not None:
            return f"<= {self.limit:g} {self.unit}".rstrip()
        if self.ratio is None:
            return ""
        return f"{'>=' if self.rate else '<='} {self.ratio:g}x floor"

    def text(self, value: float) -> str:
        """Write a value in this figure's unit."""
        value *= self.scale
        digits = 0 if value >= 1000 else 1 if value >= 100 else 2 if value >= 1 else 3
        return f"{value:,.{digits}f} {self.unit}".rstrip()


def lan(many: int, most: int) -> tuple[Figure, ...]:
    """Give the figures of the LAN engine, measured with so many devices."""
    return (
        Figure("connect_one", "connect, handshake, first status: 1 device", "ms", MS, ratio=3),
        Figure("connect_many", f"the same, {many} devices at once, all done", "ms", MS, ratio=3),
        Figure("connect_most", f"the same, {most} devices at once, all done", "ms", MS, ratio=3),
        Figure("threads", f"threads with {many} devices", "", limit=1),
        Figure("command_p50", "command round trip p50, one connection", "ms", MS, ratio=2),
        Figure("command_p99", "command round trip p99, one connection", "ms", MS),
        Figure("busy_p50", f"command round trip p50, {most} devices busy", "ms", MS),
        Figure("busy_p99", f"command round trip p99, {most} devices busy", "ms", MS),
        Figure("busy_spread", f"p99 / p50, {most} devices busy", "", limit=5),
        Figure("scene", f"a command to each of {most} devices at once, all done", "ms", MS),
        Figure("command_cpu", "CPU per command", "us", US, ratio=2),
        Figure("push_rate", "pushes per second, one connection", "", ratio=0.7, rate=True),
        Figure("push_cpu", "CPU per push", "us", US, ratio=1.5),
        Figure("memory_idle", f"memory per idle device ({many})", "KiB", 1 / 1024, limit=12),
        Figure("cpu_idle", f"CPU of {many} idle devices, per minute", "s", S, ratio=1.5),
    )


def ha(devices: int) -> tuple[Figure, ...]:
    """Give the figures of a whole Home Assistant with so many devices; a section has those of its own."""
    return (
        Figure("setup", "entry set-up", "ms", MS, limit=1000),
        Figure("setup_block", "longest block of the event loop meanwhile, without GC", "ms", MS, limit=20),
        Figure("setup_block_gc", "the same with the garbage collection of the whole process", "ms", MS),
        Figure("setup_lag", "lag of the event loop meanwhile and 2 s later, p99", "ms", MS),
        Figure("alive", "set-up, and every device has given its status", "ms", MS),
        Figure("connect_lag", "lag of the event loop while all connect, p99", "ms", MS, limit=20),
        Figure("connect_block", "longest block of the event loop meanwhile, without GC", "ms", MS),
        Figure("connect_block_gc", "the same with the garbage collection of the whole process", "ms", MS),
        Figure("state_rate", "reports per second that became states", ""),
        Figure("state_p50", "from the wire to the state, p50", "ms", MS, limit=2 if devices == 1 else 3),
        Figure("state_p99", "from the wire to the state, p99", "ms", MS, limit=50),
        Figure("state_cpu", "CPU per report, all of Home Assistant", "us", US),
        Figure("writes", "states written per report", "", limit=1),
        Figure("call_p50", "service call until the device has answered, p50", "ms", MS),
        Figure("call_p99", "service call until the device has answered, p99", "ms", MS),
        Figure("executor", "jobs for threads while devices report and are commanded", "", limit=0),
    )


CLIENTS: Final = {"ours": "lan", "floor": "floor", "threads": "tinytuya, threads", "monitor": "its Monitor"}
"""The columns of the LAN table."""
