"""The devices to measure with: they do the least that a device can do, so that the client's work is what is measured.

Frames come from the laboratory's wire code and are sealed before they are needed, wherever that is possible; there is
no asyncio here, and proofs are given but not asked for. Run as `python -m tests.bench.farm VERSION COUNT`; prints where
the devices are, obeys the lines that come to its order port, ends with its input.
"""

from collections.abc import Callable
from contextlib import suppress
import gc
import json
import os
import random
import resource
import select
import socket
import sys
import time

import orjson

from tests.bench.fleet import KEY, STAMP, Fleet, Target, stamp
from tests.lab.wire import NEGOTIATING, Codec, Command, Frame, codec_for, peek, prove, session_key, slot, split

_LOCAL_KEY = KEY.encode()
_STATUS = {
    "1": True,
    "9": 0,
    "18": 150,
    "19": 345,
    "20": 2301,
    "21": "white",
    "22": 500,
    "23": 250,
    "26": 0,
    "38": "memory",
}
_CHUNK = 1 << 18


class Farm:
    """All devices and their sessions on one poller."""

    def __init__(self, version: str, count: int) -> None:
        self.version = version
        self.local_codec = codec_for(version, _LOCAL_KEY)
        self.heartbeats = 0
        self.sessions: list[Session] = []
        self._poller = select.epoll()
        self._handlers: dict[int, Callable[[int], object]] = {}
        self._pace = 0.0
        self._next_report = 0.0
        self._targets = tuple(self._settle(number) for number in range(count))
        listener = socket.create_server(("127.0.0.1", 0))
        self._port: int = listener.getsockname()[1]
        self.watch(listener.fileno(), lambda _: Foreman(self, listener.accept()[0]))

    @property
    def fleet(self) -> Fleet:
        """Where the devices are."""
        return Fleet(targets=self._targets, orders=self._port)

    def watch(self, fd: int, handler: Callable[[int], object], events: int = select.EPOLLIN) -> None:
        """Call the handler when something happens; watching again changes the events."""
        (self._poller.modify if fd in self._handlers else self._poller.register)(fd, events)
        self._handlers[fd] = handler

    def forget(self, fd: int) -> None:
        """Watch no more."""
        self._poller.unregister(fd)
        del self._handlers[fd]

    def busy(self, per_second: float) -> None:
        """Report at random from now on; 0 ends it."""
        self._pace = per_second
        self._next_report = time.perf_counter()

    def run(self) -> None:
        """Serve until the input ends."""
        running = True

        def end(_: int) -> None:
            nonlocal running
            running = False

        self.watch(sys.stdin.fileno(), end)
        while running:
            for fd, events in self._poller.poll(self._report() if self._pace else -1):
                if (handler := self._handlers.get(fd)) is not None:
                    handler(events)

    def _report(self) -> float:
        """Send the reports that are due; gives the seconds to the next one."""
        while (wait := self._next_report - time.perf_counter()) <= 0:
            self._next_report += random.expovariate(self._pace)
            if self.sessions:
                random.choice(self.sessions).report()  # noqa: S311 - no secret
        return wait

    def _settle(self, number: int) -> Target:
        """Let one device listen at an address of its own."""
        listener = socket.create_server((f"127.0.{100 + number // 250}.{1 + number % 250}", 0), backlog=128)
        self.watch(listener.fileno(), lambda _: Session(self, listener.accept()[0]))
        host, port = listener.getsockname()
        return Target(f"bf{number:020d}", host, port, self.version)


class Session:
    """One client's connection to one device."""

    def __init__(self, farm: Farm, connection: socket.socket) -> None:
        self._farm = farm
        self._socket = connection
        connection.setblocking(False)  # noqa: FBT003
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray()
        self._codec = farm.local_codec
        self._number = 1
        self._later: list[Callable[[], None]] = []
        self._prepared = b""
        if farm.version not in NEGOTIATING:
            self._rehearse()
        farm.watch(connection.fileno(), self._ready)
        farm.sessions.append(self)

    def report(self) -> None:
        """Say one thing unasked: when it was said."""
        self._send(self._told({STAMP: stamp()}))

    def prepare(self, count: int) -> None:
        """Make so many reports, all different."""
        self._prepared = b"".join(self._unasked() for _ in range(count))

    def fire(self) -> None:
        """Send what was prepared, as fast as the client takes it."""
        rest = memoryview(self._prepared)

        def pump(events: int) -> None:
            nonlocal rest
            if events & select.EPOLLIN:
                self._ready(events)
            try:
                rest = rest[self._socket.send(rest[:_CHUNK]) :]
            except BlockingIOError:
                return
            except OSError:
                rest = rest[:0]
            if not rest and self._socket.fileno() >= 0:
                self._farm.watch(self._socket.fileno(), self._ready)

        self._farm.watch(self._socket.fileno(), pump, select.EPOLLIN | select.EPOLLOUT)

    def _ready(self, _: int) -> None:
        try:
            data = self._socket.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._farm.forget(self._socket.fileno())
            self._farm.sessions.remove(self)
            self._socket.close()
            return
        self._buffer += data
        for raw in split(self._buffer, self._farm.version):
            self._hear(peek(raw)[0], raw)
        later, self._later = self._later, []
        for prepare in later:
            prepare()

    def _hear(self, command: int, raw: bytes) -> None:
        match command:
            case Command.START:
                self._negotiate(raw)
            case Command.DP_QUERY | Command.DP_QUERY_NEW:
                self._send(self._status)
            case Command.CONTROL | Command.CONTROL_NEW:
                self._send(self._done)
                self._later.append(self._rehearse_control)
            case Command.HEART_BEAT:
                self._farm.heartbeats += 1
                self._send(self._beat)
            case _:
                pass

    def _negotiate(self, raw: bytes) -> None:
        codec = self._farm.local_codec
        ours = codec.open(raw).body
        number = 0
        while (key := session_key(self._farm.version, _LOCAL_KEY, ours, theirs := b"%-16d" % number))[0] == 0:
            number += 1
        self._send(self._seal(Command.RESPONSE, theirs + prove(_LOCAL_KEY, ours), codec=codec))
        self._codec = codec_for(self._farm.version, key)
        self._rehearse()

    def _rehearse(self) -> None:
        """Make all answers that do not depend on the question."""
        newer = self._farm.version in NEGOTIATING
        self._query = Command.DP_QUERY_NEW if newer else Command.DP_QUERY
        self._control = Command.CONTROL_NEW if newer else Command.CONTROL
        self._status = self._seal(self._query, orjson.dumps({"dps": _STATUS}))
        self._beat = self._seal(Command.HEART_BEAT, b"")
        self._rehearse_control()

    def _rehearse_control(self) -> None:
        self._done = self._seal(self._control, b"") + self._told({"1": bool(self._number & 2)})

    def _unasked(self) -> bytes:
        number = self._number
        return self._told({"9": number % 60, "18": number % 1000, "19": number % 3600, "20": 2200 + number % 200})

    def _told(self, dps: dict[str, object]) -> bytes:
        now = int(time.time())
        if self._farm.version in NEGOTIATING:
            body = orjson.dumps({"protocol": 4, "t": now, "data": {"dps": dps}})
        else:
            body = orjson.dumps({"devId": "bf0123456789abcdefghij", "dps": dps, "t": now})
        head = b"" if self._farm.version == "3.1" else slot(self._farm.version, body, self._number)
        return self._seal(Command.STATUS, body, head=head)

    def _seal(self, command: int, body: bytes, *, head: bytes = b"", codec: Codec | None = None) -> bytes:
        self._number += 1
        return (codec or self._codec).seal(Frame(command, self._number, body, 0, head))

    def _send(self, data: bytes) -> None:
        with suppress(OSError):  # a client that is gone, or does not read
            self._socket.send(data)


class Foreman:
    """Takes the orders of one process that measures: lines of JSON, `[name, value]`."""

    def __init__(self, farm: Farm, connection: socket.socket) -> None:
        self._farm = farm
        self._socket = connection
        farm.watch(connection.fileno(), self._ready)

    def _ready(self, _: int) -> None:
        try:
            orders = self._socket.recv(4096)
        except ConnectionResetError:
            orders = b""
        if not orders:
            self._farm.forget(self._socket.fileno())
            self._socket.close()
        for order in orders.splitlines():
            name, value = json.loads(order)
            self._socket.sendall(json.dumps([name, self._obey(name, value)]).encode() + b"\n")

    def _obey(self, name: str, value: float) -> float:
        match name:
            case "prepare":
                self._farm.sessions[-1].prepare(int(value))
            case "fire":
                self._farm.sessions[-1].fire()
            case "cpu":
                os.sched_setaffinity(0, {int(value)})
            case "busy":
                self._farm.busy(value)
            case "heartbeats":
                return self._farm.heartbeats
        return 0


def allow_many_sockets() -> None:
    """Raise this process's limit of open files to what it may be."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    allow_many_sockets()
    gc.disable()
    farm = Farm(sys.argv[1], int(sys.argv[2]))
    print(farm.fleet.to_json(), flush=True)  # noqa: T201 - the answer
    farm.run()
