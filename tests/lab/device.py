"""A simulated Tuya device on a real socket: what it is, what it does; the wire is in `session`."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
import socket
import time
from typing import Any, override

import orjson

from tests.lab import broadcast
from tests.lab.faults import Faults
from tests.lab.gateway import Hub
from tests.lab.session import LabSession
from tests.lab.wire import NEGOTIATING, VERSIONS, Codec, Command, codec_for

type Dps = dict[str, object]
type OnControl = Callable[[LabDevice, Dps, str | None], Dps | None]

_COUNTED = ("session_key_zero", "lose_controls", "refuse_first_queries")
_UNVALID = "json obj data unvalid"


class LabDevice:
    """One device, or one gateway with children by cid; values, keys, version and faults may change while it runs.

    `on_control(device, dps, cid)` sees what a command would change and may give other values to take and report.
    3.2 always behaves as device22, which answers queries only where it is asked with nulls.
    """

    def __init__(
        self,
        device_id: str,
        *,
        local_key: str,
        version: str = "3.3",
        dps: Mapping[str, object],
        host: str = "127.0.0.1",
        port: int = 0,
        product_id: str = "",
        children: Mapping[str, Mapping[str, object]] | None = None,
        device22: bool = False,
        faults: Faults = Faults(),  # noqa: B008 - frozen
        on_control: OnControl | None = None,
    ) -> None:
        self.device_id = device_id
        self.host = host
        self.port = port
        self.product_id = product_id
        self.dps: Dps = dict(dps)
        self.on_control = on_control
        self.commands: list[tuple[str | None, Dps]] = []
        self.frames: Counter[int] = Counter()
        self.connections = 0
        self.handshakes = 0
        self._device22 = device22
        self._hub = Hub(children or {})
        self._sessions: list[LabSession] = []
        self._watchers: list[tuple[Callable[[LabDevice], bool], asyncio.Future[None]]] = []
        self._timers: set[asyncio.TimerHandle] = set()
        self._sockets: list[socket.socket] = []
        self._server: asyncio.Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self._running = False
        self._serial = 0
        self._faults = Faults()
        self._left = dict.fromkeys(_COUNTED, 0)
        self.faults = faults
        self.set_key(local_key)
        self.set_version(version)

    @override
    def __repr__(self) -> str:
        return f"LabDevice({self.device_id!r}, {self.version}, {self.host}:{self.port})"

    async def start(self) -> None:
        """Listen; an ephemeral port is kept over stop and start, the first queries count anew."""
        self._running = True
        self._left["refuse_first_queries"] = self._faults.refuse_first_queries
        self._listen()
        if self._serving is not None:
            await self._serving

    async def stop(self) -> None:
        """Stop listening, close the clients, forget what was to come."""
        self._running = False
        self._unlisten()
        if self._serving is not None:
            await self._serving
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        for session in self._sessions:
            session.abort()
        await self.wait_for(lambda device: not device.clients, 5)

    @property
    def clients(self) -> int:
        """Count the open connections."""
        return len(self._sessions)

    @property
    def children(self) -> dict[str, Dps]:
        """Give the live values of the sub-devices by cid."""
        return self._hub.dps

    @property
    def faults(self) -> Faults:
        """What goes wrong at present; assign to change it."""
        return self._faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        before, self._faults = self._faults, faults
        for name in _COUNTED:
            if getattr(before, name) != getattr(faults, name):
                self._left[name] = getattr(faults, name)
        if self._running and (before.refuse, before.filtered) != (faults.refuse, faults.filtered):
            self._listen()
        if before.idle_close != faults.idle_close:
            for session in list(self._sessions):
                session.check_idle()

    def push(self, dps: Mapping[str, object], cid: str | None = None) -> None:
        """Change by itself and report to every client; a new cid becomes a child."""
        self._take(dps, cid)
        self._report(dps, cid)

    def online(self, cid: str, present: bool) -> None:  # noqa: FBT001 - the one value
        """Let a child come or go; from 3.4 on the gateway tells every client."""
        (self._hub.offline.discard if present else self._hub.offline.add)(cid)
        if self.version in NEGOTIATING:
            for body in self._hub.presence([cid], 1):
                self._tell(body, Command.EXTENSION)
        self.changed()

    def remove_child(self, cid: str) -> None:
        """Let a child be gone for good."""
        del self._hub.dps[cid]

    def set_key(self, local_key: str) -> None:
        """Take another local key, as after a new pairing; the clients are closed."""
        self.local_key = local_key.encode("latin-1")
        self._codec: Codec | None = None
        self.drop_clients()

    def set_version(self, version: str) -> None:
        """Take another protocol version, as after a new firmware; the clients are closed."""
        if version not in VERSIONS:
            raise ValueError(f"no protocol version {version}")
        self.version = version
        self._codec = None
        self.drop_clients()

    def drop_clients(self, *, reset: bool = False) -> None:
        """Close every connection with FIN, or with RST."""
        for session in list(self._sessions):
            (session.reset if reset else session.close)()

    def announcement(self) -> tuple[int, bytes]:
        """Give the UDP port and the datagram of a broadcast as this version's firmware sends it."""
        address = self._faults.announced_ip or self.host
        return broadcast.announce(self.version, self.device_id, address, self.product_id)

    def after(self, seconds: float, action: Callable[[], object]) -> None:
        """Do something later, unless the device is stopped before."""

        def act() -> None:
            self._timers.discard(timer)
            action()

        timer = asyncio.get_running_loop().call_later(seconds, act)
        self._timers.add(timer)

    async def wait_for(self, predicate: Callable[[LabDevice], bool], timeout: float = 2.0) -> None:  # noqa: ASYNC109
        """Wait until the predicate holds, seen after every event; raises TimeoutError."""
        if predicate(self):
            return
        watcher = predicate, asyncio.get_running_loop().create_future()
        self._watchers.append(watcher)
        try:
            async with asyncio.timeout(timeout):
                await watcher[1]
        finally:
            self._watchers.remove(watcher)

    # What a session asks of its device.

    @property
    def local_codec(self) -> Codec:
        """Give the codec of the local key, shared by all sessions."""
        if self._codec is None:
            self._codec = codec_for(self.version, self.local_key)
        return self._codec

    def admit(self, session: LabSession) -> None:
        """The one place where connections are accepted; the session may be closed afterwards."""
        self.connections += 1
        self._sessions.append(session)
        if self._faults.accept_then_reset:
            session.reset()
        elif len(self._sessions) > self._faults.max_clients:
            (self._sessions[0] if self._faults.evict_first_client else session).close()
        self.changed()

    def dismiss(self, session: LabSession) -> None:
        """Forget a session whose connection is gone."""
        self._sessions.remove(session)
        self.changed()

    def changed(self) -> None:
        """Wake who waits for what has become true."""
        for predicate, future in self._watchers:
            if not future.done() and predicate(self):
                future.set_result(None)

    def take(self, name: str) -> bool:
        """Use up one of the first so many times of a counted fault; False where none is left."""
        if not self._left[name]:
            return False
        self._left[name] -= 1
        return True

    def answer_query(self, request: Mapping[str, Any]) -> tuple[int, bytes]:
        """Give return code and body; a gateway answers about a child from its memory."""
        if self._faults.query_retcode:
            return 1, self._faults.query_retcode.encode()
        if self.take("refuse_first_queries"):
            return 1, _UNVALID.encode()
        cid = request.get("cid")
        if cid is None:
            if self._asked_with_nulls or not self.dps:
                return 1, _UNVALID.encode()
            who = {} if self.version in NEGOTIATING else {"devId": self.device_id}
            return 0, orjson.dumps({**who, "dps": self.dps})
        if not self._knows(cid):
            return 1, b"devid not found"
        return 0, orjson.dumps({"dps": self._hub.remembered(cid), "cid": cid})

    def obey(self, request: Mapping[str, Any]) -> tuple[str | None, Callable[[], None]]:
        """Carry out a command; gives the text of a refusal or None, and what reports the change."""
        data = request.get("data")
        if not isinstance(data, dict):
            data = request if self.version != "3.5" else {}
        dps, cid = data.get("dps"), data.get("cid")
        if self._faults.control_retcode:
            return self._faults.control_retcode, _nothing
        if not isinstance(dps, dict):
            return "data format error", _nothing
        if cid is not None and not self._knows(cid):
            return "devid not found", _nothing
        asked: Dps = {}
        if self._asked_with_nulls:
            present = self.dps if cid is None else self._hub.remembered(cid)
            asked = {dp: present[dp] for dp, value in dps.items() if value is None and dp in present}
            dps = {dp: value for dp, value in dps.items() if value is not None}
        if dps:
            self.commands.append((cid, dps))
        reported = asked | (self._carry_out(dps, cid) if dps and cid not in self._hub.offline else {})
        if not reported or self._faults.no_report:
            return None, _nothing
        return None, lambda: self._report(reported, cid)

    def refresh(self, request: Mapping[str, Any]) -> None:
        """Report the DPs that UPDATEDPS asks for; brings nothing of a gateway's children."""
        asked = request.get("dpId")
        dps = {str(dp): self.dps[str(dp)] for dp in asked if str(dp) in self.dps} if isinstance(asked, list) else {}
        if dps:
            self._report(dps, None)

    def online_list(self) -> list[bytes]:
        """Give the bodies that answer a gateway's online query."""
        return self._hub.presence(self.children, self._faults.online_chunk)

    @property
    def _asked_with_nulls(self) -> bool:
        return self._device22 or self.version == "3.2"

    def _knows(self, cid: object) -> bool:
        return isinstance(cid, str) and cid in self.children

    def _carry_out(self, dps: Dps, cid: str | None) -> Dps:
        """Take what fits the DPs that there are; the hook has the last word."""
        present = self.dps if cid is None else self.children[cid]
        accepted = {
            dp: _blank(present[dp]) if value is None else value
            for dp, value in dps.items()
            if dp in present and _fits(present[dp], value)
        }
        changed = self.on_control(self, accepted, cid) if self.on_control is not None else None
        reported = accepted if changed is None else changed
        self._take(reported, cid)
        return reported

    def _take(self, dps: Mapping[str, object], cid: str | None) -> None:
        if cid is None:
            self.dps.update(dps)
        else:
            if self._faults.memory_lag and self._hub.lag(cid):
                self.after(self._faults.memory_lag, lambda: self._catch_up(cid))
            self.children.setdefault(cid, {}).update(dps)
        self.changed()

    def _catch_up(self, cid: str) -> None:
        """Let the gateway's memory be fresh again; it then reports what it had wrong."""
        if fresh := self._hub.catch_up(cid):
            self._report(fresh, cid, kind="query")

    def _report(self, dps: Mapping[str, object], cid: str | None, *, kind: str = "") -> None:
        inner: dict[str, object] = {"dps": dps} if cid is None else {"cid": cid, "dps": dps}
        if self.version in NEGOTIATING:
            body: dict[str, object] = {"protocol": 4, "t": int(time.time()), "data": inner}
            if kind:
                body["type"] = kind
        else:
            body = {"devId": self.device_id, **inner, "t": int(time.time())}
        self._serial += 1
        self._tell(orjson.dumps(body), Command.STATUS)

    def _tell(self, body: bytes, command: Command) -> None:
        for session in self._sessions:
            session.report(body, command, self._serial)

    def _listen(self) -> None:
        """Be reachable, refuse or be filtered, as the faults say; the port answers from here on."""
        self._unlisten()
        if self._faults.refuse:
            return
        listener = socket.create_server((self.host, self.port), backlog=0 if self._faults.filtered else 100)
        listener.setblocking(False)  # noqa: FBT003
        self.port = listener.getsockname()[1]
        if self._faults.filtered:  # a full backlog lets the kernel drop every further SYN
            self._sockets = [listener, *(socket.socket() for _ in range(2))]
            for filler in self._sockets[1:]:
                filler.setblocking(False)  # noqa: FBT003
                filler.connect_ex((self.host, self.port))
        else:
            self._sockets = [listener]
            self._serving = asyncio.get_running_loop().create_task(self._serve(listener))

    async def _serve(self, listener: socket.socket) -> None:
        if listener.fileno() < 0:  # closed again before its turn came
            return
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: LabSession(self), sock=listener, start_serving=False)
        await self._server.start_serving()

    def _unlisten(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for each in self._sockets:
            each.close()
        self._sockets = []


def _fits(present: object, value: object) -> bool:
    """Real devices pass over values of another kind."""
    if present is None or value is None:
        return True
    return _kind(present) is _kind(value)


def _kind(value: object) -> type:
    match value:
        case bool():
            return bool
        case int() | float():
            return float
    return type(value)


def _blank(present: object) -> object:
    """Give what a plain device takes a null for: off, nothing, stop."""
    match present:
        case bool():
            return False
        case int() | float():
            return 0
        case "open" | "close":
            return "stop"
    return present


def _nothing() -> None:
    pass
