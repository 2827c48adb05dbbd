"""tinytuya's Monitor: one thread for all devices; connections are made one after the other, by who adds a device."""

from collections.abc import Callable, Sequence
import threading
import time
from typing import Any

import tinytuya

from tests.bench.candidate import PATIENCE
from tests.bench.fleet import KEY, SWITCH, Target


class Watched:
    """Devices by index, all in one Monitor."""

    def __init__(self, beat: float) -> None:
        self._beat = beat
        self._monitor = self._new_monitor()
        self._handles: list[Any] = []
        self._missing = 0
        self._answering = False
        self._heard = threading.Event()

    def connect(self, targets: Sequence[Target]) -> None:
        """See Candidate."""
        self._expect(len(targets))
        handles = [self._monitor.add(self._device(target)) for target in targets]
        self._monitor.start()
        for handle in handles:
            handle.status()
        self._handles += handles
        self._wait()

    def command(self, order: Sequence[int]) -> list[float]:
        """See Candidate."""
        seconds = []
        for index in order:
            start = time.perf_counter()
            self._expect(1, answers=True)
            self._handles[index].set_value(SWITCH, True)  # noqa: FBT003 - what the device is told
            self._wait()
            seconds.append(time.perf_counter() - start)
        return seconds

    def scene(self) -> None:
        """See Candidate."""
        self._expect(len(self._handles), answers=True)
        for handle in self._handles:
            handle.set_value(SWITCH, True)  # noqa: FBT003 - what the device is told
        self._wait()

    def hear(self, count: int, begin: Callable[[], None]) -> None:
        """See Candidate."""
        self._expect(count)
        begin()
        self._wait()

    def idle(self, seconds: float) -> None:
        """See Candidate."""
        time.sleep(seconds)

    def close(self) -> None:
        """See Candidate."""
        self._monitor.stop()
        self._monitor = self._new_monitor()
        self._handles = []

    def _new_monitor(self) -> tinytuya.Monitor:
        return tinytuya.Monitor(on_status=self._hear, heartbeat_interval=self._beat)

    def _device(self, target: Target) -> tinytuya.Device:
        version = float(target.version)
        return tinytuya.Device(target.device_id, target.host, KEY, version=version, persist=True, port=target.port)

    def _expect(self, count: int, *, answers: bool = False) -> None:
        """Wait for so many reports; `answers`: of those only that tell what was commanded."""
        self._missing = count
        self._answering = answers
        self._heard.clear()

    def _hear(self, _: tinytuya.Device, result: dict[str, Any]) -> None:
        if self._answering and SWITCH not in result["dps"]:
            return
        self._missing -= 1
        if not self._missing:
            self._heard.set()

    def _wait(self) -> None:
        if not self._heard.wait(PATIENCE):
            raise TimeoutError
