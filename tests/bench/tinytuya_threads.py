"""tinytuya as it is used most: a persistent socket per device, and a thread that sits on it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
import os
import select
import threading
import time

import tinytuya

from tests.bench.candidate import PATIENCE
from tests.bench.fleet import KEY, SWITCH, Target


class Threads:
    """Devices by index, each with its thread."""

    def __init__(self, beat: float) -> None:
        self._beat = beat
        self._workers: list[Worker] = []
        self._lock = threading.Lock()
        self._missing = 0
        self._heard = threading.Event()

    def connect(self, targets: Sequence[Target]) -> None:
        """See Candidate."""
        self._expect(len(targets))
        self._workers += [Worker(target, self._beat, self._hear) for target in targets]
        self._wait(self._heard)

    def command(self, order: Sequence[int]) -> list[float]:
        """See Candidate."""
        seconds = []
        for index in order:
            start = time.perf_counter()
            self._wait(self._workers[index].command())
            seconds.append(time.perf_counter() - start)
        return seconds

    def scene(self) -> None:
        """See Candidate."""
        for done in [worker.command() for worker in self._workers]:
            self._wait(done)

    def hear(self, count: int, begin: Callable[[], None]) -> None:
        """See Candidate."""
        self._expect(count)
        begin()
        self._wait(self._heard)

    def idle(self, seconds: float) -> None:
        """See Candidate."""
        time.sleep(seconds)

    def close(self) -> None:
        """See Candidate."""
        for worker in self._workers:
            worker.close()
        self._workers = []

    def _expect(self, count: int) -> None:
        self._missing = count
        self._heard.clear()

    def _hear(self) -> None:
        with self._lock:
            self._missing -= 1
            if not self._missing:
                self._heard.set()

    def _wait(self, event: threading.Event) -> None:
        if not event.wait(PATIENCE):
            raise TimeoutError


class Worker(threading.Thread):
    """Sits on the socket of one device; wakes for what it says, for commands and for heartbeats."""

    def __init__(self, target: Target, beat: float, hear: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._target = target
        self._beat = beat
        self._hear = hear
        self._wake, self._waker = os.pipe()
        self._done: threading.Event | None = None
        self._running = True
        self.start()

    def run(self) -> None:
        """Connect, then listen until closed."""
        target = self._target
        version = float(target.version)
        device = tinytuya.Device(target.device_id, target.host, KEY, version=version, persist=True, port=target.port)
        if "dps" in device.status():
            self._hear()
        poller = select.poll()
        poller.register(device.socket, select.POLLIN)
        poller.register(self._wake, select.POLLIN)
        due = time.monotonic() + self._beat
        while self._running:
            ready = {fd for fd, _ in poller.poll(max(0.0, due - time.monotonic()) * 1000)}
            if self._wake in ready:
                os.read(self._wake, 64)
                self._act(device)
            elif ready:
                device.set_retry(False)  # else it sits out its patience behind every answer to a heartbeat
                if device.receive():
                    self._hear()
            else:
                device.heartbeat()
                due = time.monotonic() + self._beat
        device.close()

    def command(self) -> threading.Event:
        """Write one DP; set when the device has answered."""
        self._done = done = threading.Event()
        os.write(self._waker, b"c")
        return done

    def close(self) -> None:
        """Hang up and end."""
        self._running = False
        os.write(self._waker, b"q")
        self.join(PATIENCE)
        for end in (self._wake, self._waker):
            with suppress(OSError):
                os.close(end)

    def _act(self, device: tinytuya.Device) -> None:
        done, self._done = self._done, None
        if done is not None:
            device.set_retry(True)
            device.set_value(SWITCH, True)  # noqa: FBT003 - what the device is told
            done.set()
