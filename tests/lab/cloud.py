"""A simulated Tuya OpenAPI on real sockets: seven data centers, each on its own port; one project and its accounts."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
import time
from typing import Any, Literal

from aiohttp import web

from .cloud_endpoints import ROUTES, UNKNOWN, Call, Route
from .cloud_envelope import TOKEN_PATH, Refusal, TokenOffice, check_signature, failure, success
from .cloud_standard import SchemaRow
from .cloud_store import LinkedUser, ListedDevice, new_device

DATA_CENTERS = ("cn", "us", "ue", "eu", "we", "in", "sg")

type Plan = Literal["ok", "expired", "not_subscribed", "quota", "not_authorised"]

_PLAN_CODES: Mapping[str, int] = {
    "expired": 28841002,
    "not_subscribed": 28841106,
    "quota": 28841004,
    "not_authorised": 28841105,
}


@dataclass(slots=True)
class Gate:
    """Holds the calls of one endpoint: `reached` says that one stands there, `opened` lets it pass."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    opened: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Faults:
    """What goes wrong; may be changed at any time."""

    plan: Plan = "ok"
    clock_skew: float = 0.0
    """Seconds that the server's clock is ahead."""
    ip_blocked: bool = False
    rate_limited: bool = False
    http_429: bool = False
    http_502: bool = False
    garbage: bool = False
    """Answer something that is no JSON."""
    raw: bytes | None = None
    """Answer exactly this."""
    answers: dict[str, bytes] = field(default_factory=dict)
    """What is answered exactly, by endpoint name."""
    responses: dict[str, Callable[[], web.Response]] = field(default_factory=dict)
    """What is answered, HTTP and all, by endpoint name."""
    hang_up: set[str] = field(default_factory=set)
    """Endpoints by name at which the connection is reset in place of an answer."""
    slow: float = 0.0
    """Seconds before each answer."""
    timeouts: bool = False
    """Never answer."""
    empty_keys: bool = False
    """The plain lists leave the local keys out."""
    iot03_denied: bool = False
    page_limit: int = 0
    """Rows that one answer of a list holds at most."""
    pages_ignored: bool = False
    """Each page of the plain list is the first one again."""
    token_calls: int = 0
    """Calls after which a token holds no more, 0 for no limit."""
    token_taken: int = 1011
    """The code of such a refusal."""
    timeless: bool = False
    """Answers do not say the server's time."""
    silent: set[str] = field(default_factory=set)
    """Data centers that never answer."""
    suspended: set[str] = field(default_factory=lambda: {"in", "sg"})
    """Data centers that the project does not have; unless an account lives there."""
    foreign: set[str] = field(default_factory=lambda: {"cn"})
    """Data centers that refuse calls from abroad; unless an account lives there."""
    refuse: dict[str, int] = field(default_factory=dict)
    """Codes by endpoint name, answered instead of a result."""
    spare: dict[str, int] = field(default_factory=dict)
    """How many calls of an endpoint, counted from the start, are not refused."""
    gates: dict[str, Gate] = field(default_factory=dict)
    """Gates by endpoint name."""


class LabCloud:
    """The server. `clock` gives seconds since 1970; `data_center` is where accounts live that say nothing else."""

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str,
        clock: Callable[[], float] = time.time,
        data_center: str = "eu",
    ) -> None:
        self.client_id = client_id
        self.client_secret = client_secret
        self.home = data_center
        self.faults = Faults()
        self.calls: Counter[str] = Counter()
        """Calls by endpoint name (see ROUTES), whatever was answered; "unknown" for other paths.

        The plain list of what others share counts as "shared_devices".
        """
        self.refusals: Counter[int] = Counter()
        """Errors answered, by code."""
        self.users: dict[str, LinkedUser] = {}
        self.devices: dict[str, ListedDevice] = {}
        self.shares: dict[str, dict[str, bool]] = {}
        """The ids of devices by the account that others share them with, and whether it is given their keys."""
        self._clock = clock
        self._places = {code: _Place(self, code) for code in DATA_CENTERS}

    @property
    def now(self) -> float:
        """The server's time."""
        return self._clock() + self.faults.clock_skew

    @property
    def url(self) -> str:
        """The URL of the home data center."""
        return self.url_of(self.home)

    def url_of(self, data_center: str) -> str:
        """Return the URL of a data center (cn us ue eu we in sg); raise RuntimeError before the first start."""
        return self._places[data_center].url

    def add_user(self, uid: str, *, data_center: str = "") -> LinkedUser:
        """Link an app account to the project."""
        user = self.users[uid] = LinkedUser(uid, data_center or self.home)
        return user

    def add_device(
        self,
        uid: str,
        fields: Mapping[str, Any],
        *,
        model: Sequence[SchemaRow],
        status: Mapping[str, Any],
        standard: Mapping[str, Any] | None = None,
        mac: str = "",
        data_center: str = "",
    ) -> ListedDevice:
        """Give an account a device. `fields` needs an `id`; `status` is by product code or datapoint id.

        Without `standard` (a specification) the standard instruction set is derived; an empty one makes the device
        answer 2009. A `data_center` moves the account there.
        """
        user = self.users.get(uid) or self.add_user(uid)
        user.data_center = data_center or user.data_center
        device = new_device(uid, fields, model=model, status=status, standard=standard, mac=mac, now=self.now)
        self.devices[device.id] = device
        return device

    def share(self, device_id: str, uid: str, *, with_key: bool = True) -> None:
        """Share a device with an account; its owner is no account of the project from now on."""
        self.users.pop(self.devices[device_id].uid, None)
        self.shares.setdefault(uid, {})[device_id] = with_key

    def remove_device(self, device_id: str) -> None:
        """Remove a device from its account."""
        del self.devices[device_id]

    def set_local_key(self, device_id: str, local_key: str) -> None:
        """Do what pairing a device again does."""
        self.devices[device_id].fields["local_key"] = local_key

    def report(self, device: ListedDevice, values: Mapping[str, object]) -> None:
        """Let a device report values, by product code."""
        device.status.update(values)
        device.reported |= dict.fromkeys(values, int(self.now * 1000))

    def expire_tokens(self) -> None:
        """End the life of every token now: 1010."""
        for place in self._places.values():
            place.tokens.expire()

    def refresh_by_another_client(self) -> None:
        """Replace every token, as another client of the project does: 1011."""
        for place in self._places.values():
            place.tokens.replace()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; `port` is the home data center's, the others get free ones. After a stop, all get theirs again."""
        for code, place in self._places.items():
            await place.start(host, port if code == self.home else 0)

    async def stop(self) -> None:
        """Listen no more; calls that wait are let go."""
        for place in self._places.values():
            await place.stop()


class _Place:
    """One data center."""

    def __init__(self, cloud: LabCloud, code: str) -> None:
        self.tokens = TokenOffice(lambda: cloud.now)
        self._cloud = cloud
        self._code = code
        self._runner: web.AppRunner | None = None
        self._address: tuple[str, int] | None = None
        self._stopping = asyncio.Event()

    @property
    def url(self) -> str:
        if self._address is None:
            raise RuntimeError("the simulated cloud was not started")
        host, port = self._address
        return f"http://{host}:{port}"

    @property
    def empty_keys(self) -> bool:
        return self._cloud.faults.empty_keys

    @property
    def page_limit(self) -> int:
        return self._cloud.faults.page_limit

    def devices_of(self, uid: str | None = None) -> list[ListedDevice]:
        residents = self._residents()
        if uid is not None and uid not in residents:
            raise Refusal(1106)
        wanted = residents if uid is None else {uid}
        return [device for device in self._cloud.devices.values() if device.uid in wanted]

    @property
    def pages_ignored(self) -> bool:
        return self._cloud.faults.pages_ignored

    def shared_with(self, uid: str) -> list[dict[str, Any]]:
        shares = self._cloud.shares.get(uid, {})
        return [self._cloud.devices[device_id].row(with_key=with_key) for device_id, with_key in shares.items()]

    def report(self, device: ListedDevice, values: Mapping[str, object]) -> None:
        self._cloud.report(device, values)

    async def start(self, host: str, port: int) -> None:
        self._stopping.clear()
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        known = self._address[1] if self._address else 0
        await web.TCPSite(self._runner, host, port or known).start()
        self._address = (host, self._runner.addresses[0][1])

    async def stop(self) -> None:
        self._stopping.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _residents(self) -> set[str]:
        return {user.uid for user in self._cloud.users.values() if user.data_center == self._code}

    async def _handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        route, parts = _find(request)
        shared = route.name == "user_devices" and request.query.get("from") == "sharing"
        name = "shared_devices" if shared else route.name
        self._cloud.calls[name] += 1
        if name in self._cloud.faults.hang_up and request.transport is not None:
            request.transport.abort()
        if (accident := await self._accident(name)) is not None:
            return accident
        faults = self._cloud.faults
        try:
            self._admit(request, body, name)
            call = Call(self, path=parts, query=dict(request.query), body=body)
            return web.json_response(success(route.answer(call), self._cloud.now))
        except Refusal as refusal:
            self._cloud.refusals[refusal.code] += 1
            answer = failure(refusal.code, self._cloud.now)
            return web.json_response({key: answer[key] for key in answer if key != "t" or not faults.timeless})

    async def _accident(self, name: str) -> web.Response | None:
        """Wait as long as it shall, then return what is answered instead of an answer."""
        faults = self._cloud.faults
        if (gate := faults.gates.get(name)) is not None:
            gate.reached.set()
            await gate.opened.wait()
        never = faults.timeouts or self._code in faults.silent
        if faults.slow or never:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), None if never else faults.slow)
        if (response := faults.responses.get(name)) is not None:
            return response()
        if faults.http_429:
            return web.Response(status=429, text="Too Many Requests")
        if faults.http_502:
            return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
        if (body := faults.answers.get(name, faults.raw)) is not None or faults.garbage:
            return web.Response(body=body or b"\x00\xffnot JSON at all {")
        return None

    def _admit(self, request: web.Request, body: bytes, name: str) -> None:
        """Raise Refusal unless the call may pass, in the real server's order: signature, token, permission."""
        cloud, faults = self._cloud, self._cloud.faults
        check_signature(request, body, client_id=cloud.client_id, client_secret=cloud.client_secret, now=cloud.now)
        lived_in = bool(self._residents())
        if faults.ip_blocked:
            raise Refusal(1114)
        if self._code in faults.foreign and not lived_in:
            raise Refusal(2007)
        if not request.path.startswith(TOKEN_PATH):
            if faults.token_calls and self.tokens.uses >= faults.token_calls:
                self.tokens.replace()
                raise Refusal(faults.token_taken)
            self.tokens.check(request.headers.get("access_token", ""))
            if self._code in faults.suspended and not lived_in:
                raise Refusal(28841107)
            if faults.plan != "ok":
                raise Refusal(_PLAN_CODES[faults.plan])
        if faults.rate_limited:
            raise Refusal(1110)
        if name in faults.refuse and cloud.calls[name] > faults.spare.get(name, 0):
            raise Refusal(faults.refuse[name])
        if faults.iot03_denied and "/iot-03/" in request.path:
            raise Refusal(1106)


def _find(request: web.Request) -> tuple[Route, dict[str, str]]:
    for route in ROUTES:
        if (parts := route.match(request.method, request.path)) is not None:
            return route, parts
    return UNKNOWN, {}
