"""Simulated devices in a process of their own, as seen by who measures: where they are, what they are told to do."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
import json
import os
import socket
import subprocess
import sys
import time
from typing import Self

FLEET_CPU, CLIENT_CPU = min(os.sched_getaffinity(0)), max(os.sched_getaffinity(0))
KEY = "0123456789abcdef"
SWITCH = "1"
"""The DP that commands change; reports by themselves never carry it."""
STAMP = "18"
"""The DP that busy devices report, each time with what `stamp` gives."""
STAMPS = 1 << 30
"""Stamps are below this."""


@dataclass(frozen=True, slots=True)
class Target:
    """One simulated device."""

    device_id: str
    host: str
    port: int
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """All devices of one process, and the port on which it takes orders."""

    targets: tuple[Target, ...]
    orders: int

    def __getitem__(self, count: int) -> tuple[Target, ...]:
        """Give the first `count` devices."""
        return self.targets[:count]

    def to_json(self) -> str:
        """Give what `from_json` takes."""
        targets = [(target.device_id, target.host, target.port, target.version) for target in self.targets]
        return json.dumps({"targets": targets, "orders": self.orders})

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Take what another process wrote."""
        content = json.loads(text)
        return cls(targets=tuple(Target(*row) for row in content["targets"]), orders=content["orders"])


class Orders:
    """Tells the process of the devices what to do."""

    def __init__(self, fleet: Fleet) -> None:
        self._socket = socket.create_connection(("127.0.0.1", fleet.orders))
        self._answers = self._socket.makefile("rb")

    def prepare(self, count: int) -> None:
        """Let the first device prepare so many reports; returns when they lie ready."""
        self._order("prepare", count)

    def fire(self) -> None:
        """Let the first device send what was prepared, as fast as the client takes it."""
        self._socket.sendall(b'["fire", 0]\n')
        # The answer is read with the next order, so that the client loses no time here.

    def busy(self, per_second: float) -> None:
        """Let connected devices report at random from now on, so many times a second in all; 0 ends it."""
        self._order("busy", per_second)

    def near(self) -> None:
        """Move the devices to the core of who measures, for work that alternates: waking a core takes longest."""
        self._order("cpu", CLIENT_CPU)

    def far(self) -> None:
        """Move the devices to another core, if there is one: for work that overlaps."""
        self._order("cpu", FLEET_CPU)

    def heartbeats(self) -> int:
        """Give the number of heartbeats that came so far."""
        return int(self._order("heartbeats", 0))

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _order(self, name: str, value: float) -> float:
        self._socket.sendall(json.dumps([name, value]).encode() + b"\n")
        while (answer := json.loads(self._answers.readline()))[0] != name:
            pass
        return float(answer[1])


def stamp() -> int:
    """Give the microseconds of a clock that all processes of this machine share."""
    return time.monotonic_ns() // 1000 % STAMPS


@contextmanager
def fleet_of(version: str, count: int) -> Iterator[Fleet]:
    """Run so many devices of one protocol version in another process."""
    with launched(["tests.bench.farm", version, str(count)]) as process:
        assert process.stdout is not None
        yield Fleet.from_json(process.stdout.readline())


@contextmanager
def launched(module: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module of this project in a process that ends when its input does."""
    process = subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-m", *module], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.communicate()
