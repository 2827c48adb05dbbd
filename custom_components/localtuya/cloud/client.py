"""The client of Tuya's OpenAPI: reads an account's devices. The only place of this package that touches the network."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
import logging
import re
import time
from typing import Final

import aiohttp
import orjson
from yarl import URL

from .errors import (
    CloudAuthError,
    CloudBusy,
    CloudClockError,
    CloudError,
    CloudRefused,
    CloudSetupError,
    CloudTokenError,
    CloudUnreachable,
    error_of,
)
from .gateways import adopted, completed, incomplete, matched_by_key, worth_asking
from .ledger import Ledger
from .regions import REGIONS, region_of_user
from .rows import (
    CloudDevice,
    FactoryInfo,
    Property,
    Row,
    ShadowValue,
    Specification,
    Token,
    collected,
    parse_device,
    parse_factory_info,
    parse_model,
    parse_shadow,
    parse_specification,
    parse_token,
    record,
    records,
)
from .signing import signature, text_to_sign

_LOGGER = logging.getLogger(__name__)

TIMEOUT: Final = 15.0
"""Seconds for one request, all in all."""
_MOST_BYTES: Final = 8 * 2**20
_MOST_PAGES: Final = 40
_MOST_GATEWAYS: Final = 10
_FULL_PAGES: Final = frozenset({20, 50, 100, 200, 500})
_BATCH: Final = 50
_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
_SECRETS: Final = re.compile(r"[!-~]{16,}")
_MOST_WORDS: Final = 120
_TRACE: Final = re.compile(r"[0-9a-f]{32}")
MOST_NAMED: Final = 20
_UNSEEN: Final = frozenset({1106, 2010})
_PROJECT_QUOTA: Final = 28841004


class CloudClient:
    """The calls of one cloud project, signed and with a valid token; every method raises leafs of `CloudError`.

    `base_url` is the data center's (see `regions`), `clock` gives seconds since 1970, `timeout` is for one request,
    `ledger` is shared with the other clients of the project.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        base_url: str,
        client_id: str,
        client_secret: str,
        clock: Callable[[], float] = time.time,
        timeout: float = TIMEOUT,
        ledger: Ledger | None = None,
    ) -> None:
        self.calls = 0
        """Requests made so far: the trial plan gives some 30,000 a month."""
        self._ledger = ledger or Ledger(clock)
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._client_id = client_id
        self._client_secret = client_secret
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._offset = 0.0
        self._token: Token | None = None
        self._renewing = asyncio.Lock()
        self._failures = 0
        self._failure: CloudError | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._base_url!r}, calls={self.calls})"

    async def authenticate(self) -> None:
        """Get a token, which proves the client id, the secret and the clock."""
        async with self._renewing:
            await self._renew()

    async def user_devices(self, user_id: str) -> tuple[CloudDevice, ...]:
        """Return the devices of an app account, sub-devices with their gateway where that can be found out."""
        family = await self._plain_list(user_id)
        if incomplete(family):
            family = completed(family, await self._industry_list(user_id))
        family = matched_by_key(family)
        gateways = worth_asking(family)[:_MOST_GATEWAYS]
        for gateway_id, children in zip(gateways, await asyncio.gather(*map(self._sub_devices, gateways)), strict=True):
            family = adopted(family, gateway_id, children)
        return tuple(family.values())

    async def accounts(self, user_id: str = "") -> Mapping[str, Sequence[str]]:
        """Return the names of the devices by app account: of one, or of all that are linked to the project."""
        if user_id:
            family = await self._plain_list(user_id)
            return {user_id: tuple(device.name for device in family.values())} if family else {}
        try:
            return await self._linked()
        except (CloudSetupError, CloudRefused) as err:
            if err.code != 1106 and isinstance(err, CloudSetupError):
                raise
            raise CloudSetupError(err.code, err.tid, key="user_id_needed") from err

    async def thing_model(self, device_id: str) -> tuple[Property, ...]:
        """Return all datapoints of a device's product, in product codes."""
        return parse_model(await self._call(f"/v2.0/cloud/thing/{_checked(device_id)}/model"))

    async def specification(self, device_id: str) -> Specification:
        """Return the standard instruction set of a device; `CloudRefused` (2009) if it has none."""
        return parse_specification(await self._call(f"/v1.1/devices/{_checked(device_id)}/specifications"))

    async def shadow(self, device_id: str) -> tuple[ShadowValue, ...]:
        """Return the last values that the cloud heard of a device, in product codes."""
        return parse_shadow(await self._call(f"/v2.0/cloud/thing/{_checked(device_id)}/shadow/properties"))

    async def factory_infos(self, device_ids: Iterable[str]) -> Mapping[str, FactoryInfo]:
        """Return the MAC addresses and serials by device id; a device of which nothing is known is missing."""
        wanted = [device_id for device_id in dict.fromkeys(device_ids) if _ID.fullmatch(device_id)]
        infos: dict[str, FactoryInfo] = {}
        for start in range(0, len(wanted), _BATCH):
            query = {"device_ids": ",".join(wanted[start : start + _BATCH])}
            result = await self._call("/v1.0/devices/factory-infos", query)
            infos |= {info.id: info for info in collected(records(result), parse_factory_info)}
        return infos

    async def roll(self, user_id: str) -> dict[str, CloudDevice]:
        """Return the devices of an app account by id, as one call tells them: which gateway a child has is missing."""
        return await self._plain_list(user_id)

    async def named_devices(self, device_ids: Iterable[str]) -> tuple[CloudDevice, ...]:
        """Return those of at most `MOST_NAMED` devices that the project may see; it asks for them one and all."""
        wanted = [device_id for device_id in device_ids if _ID.fullmatch(device_id)][:MOST_NAMED]
        if not wanted:
            return ()
        try:
            result = await self._call("/v1.0/devices", {"device_ids": ",".join(wanted)})
        except (CloudSetupError, CloudRefused) as err:
            if err.code in _UNSEEN:
                return ()
            raise
        return collected(records(record(result).get("devices")), parse_device)

    async def _plain_list(self, user_id: str) -> dict[str, CloudDevice]:
        """Return the devices by id; raise why this user is not to be seen."""
        if not _ID.fullmatch(user_id):
            raise CloudSetupError(key="wrong_user", reason="wrong_user", detail="no user id looks like this")
        try:
            return await self._pages(user_id)
        except CloudSetupError as err:
            if err.code == 1106:
                raise self._stranger(user_id, err) from err
            raise

    async def _pages(self, user_id: str) -> dict[str, CloudDevice]:
        """Return the devices by id. One answer normally holds all; one as long as a page may have a next one."""
        family: dict[str, CloudDevice] = {}
        query: dict[str, str] = {}
        for page in range(1, _MOST_PAGES + 1):
            rows = records(await self._call(f"/v1.0/users/{user_id}/devices", query))
            fresh = {device.id: device for device in collected(rows, parse_device) if device.id not in family}
            family |= fresh
            if not fresh or len(rows) not in _FULL_PAGES:
                break
            query = {"page_no": str(page + 1), "page_size": str(len(rows))}
        return family

    async def _industry_list(self, user_id: str) -> list[CloudDevice]:
        """Return the rows of the list that knows gateways; what is there so far if the project may not read it."""
        query = {"page_size": "75", "source_id": user_id, "source_type": "tuyaUser"}
        pages = _cursor(self._call_if_allowed, "/v1.3/iot-03/devices", query)
        return [device async for page in pages for device in collected(records(page.get("list")), parse_device)]

    async def _linked(self) -> dict[str, tuple[str, ...]]:
        """Return the names of the devices of every app account that is linked to the project."""
        names: dict[str, dict[str, str]] = {}
        async for page in _cursor(self._call, "/v1.0/iot-01/associated-users/devices", {"size": "100"}):
            for row in records(page.get("devices")):
                uid, device = row.get("uid"), parse_device(row)
                if device is not None and isinstance(uid, str) and _ID.fullmatch(uid):
                    names.setdefault(uid, {})[device.id] = device.name
        return {uid: tuple(devices.values()) for uid, devices in names.items()}

    async def _sub_devices(self, gateway_id: str) -> tuple[CloudDevice, ...]:
        if not _ID.fullmatch(gateway_id):
            return ()
        return collected(records(await self._call_if_allowed(f"/v1.0/devices/{gateway_id}/sub-devices")), parse_device)

    def _stranger(self, user_id: str, err: CloudError) -> CloudSetupError:
        """Return why this user is not to be seen: his id may name another data center than the one we talk to."""
        home = region_of_user(user_id)
        here = next((region for region in REGIONS if region.url == self._base_url), None)
        reason = "wrong_region" if home and here and home.continent != here.continent else "wrong_user"
        return CloudSetupError(err.code, err.tid, key=reason, reason=reason)

    async def _call_if_allowed(self, path: str, query: Mapping[str, str] | None = None) -> object:
        """Call what only adds to what is known already: None if the project may not."""
        try:
            return await self._call(path, query)
        except (CloudSetupError, CloudRefused) as err:
            _LOGGER.debug("%s is not available: %s", path, err)
            return None

    async def _call(self, path: str, query: Mapping[str, str] | None = None) -> object:
        """Return the result of a call; the ledger hears what holds for all calls."""
        try:
            result = await self._call_with_token(path, query)
        except CloudBusy as err:
            self._ledger.refused(err)
            raise
        except CloudSetupError as err:
            if err.code == _PROJECT_QUOTA:
                self._ledger.refused(err)
            raise
        self._ledger.served()
        return result

    async def _call_with_token(self, path: str, query: Mapping[str, str] | None) -> object:
        """Return the result of a call; a token that no longer holds is replaced once."""
        token = await self._valid_token()
        try:
            try:
                return await self._timely(path, query or {}, token)
            except CloudTokenError:
                if self._token is token:
                    self._token = None
                return await self._timely(path, query or {}, await self._valid_token())
        except CloudAuthError as err:
            await self.authenticate()  # raises if the secret was changed meanwhile
            raise CloudRefused(err.code, err.tid, detail="the signature of this call is not accepted") from err

    async def _valid_token(self) -> Token:
        """Return the token. However many calls wait for a new one, one asks for it, and all share what comes of it."""
        failures = self._failures
        async with self._renewing:
            if self._token is not None and self._clock() < self._token.renew_at:
                return self._token
            if self._failure is not None and self._failures != failures:
                raise self._failure
            return await self._renew()

    async def _renew(self) -> Token:
        self._token = self._failure = None
        try:
            self._token = await self._get_token()
        except CloudError as err:
            self._failure = err
            self._failures += 1
            raise
        return self._token

    async def _get_token(self) -> Token:
        """Ask for a token. Never refreshes one: that would take it away from the project's other clients."""
        if not _ID.fullmatch(self._client_id):
            raise CloudAuthError(key="invalid_client_id", detail="no Client ID looks like this")
        result = await self._timely("/v1.0/token", {"grant_type": "1"}, None)
        if (token := parse_token(result, now=self._clock())) is None:
            raise CloudUnreachable(key="garbage_answer", detail="the answer holds no token")
        return token

    async def _timely(self, path: str, query: Mapping[str, str], token: Token | None) -> object:
        """Request; where our clock is off, learn the server's time and request once more."""
        try:
            return await self._request(path, query, token)
        except CloudClockError as err:
            if err.server_time is None:
                raise
            self._offset = err.server_time - self._clock()
            _LOGGER.warning("The clock of this machine differs by %.0f seconds from Tuya's", abs(self._offset))
        return await self._request(path, query, token)

    async def _request(self, path: str, query: Mapping[str, str], token: Token | None) -> object:
        """Sign, send, and return the result of the answer."""
        self._ledger.enter(path)
        self.calls += 1
        access_token = token.value if token else ""
        now = round((self._clock() + self._offset) * 1000)
        headers = {
            "client_id": self._client_id,
            "sign": signature(
                self._client_secret,
                client_id=self._client_id,
                time_ms=now,
                text=text_to_sign("GET", path, query),
                access_token=access_token,
            ),
            "sign_method": "HMAC-SHA256",
            "t": str(now),
            "lang": "en",
        }
        if access_token:
            headers["access_token"] = access_token
        return _result(await self._exchange(path, query, headers))

    async def _exchange(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> bytes:
        """Return the body of the answer. Causes are cut off: theirs may quote our headers."""
        try:
            url = URL(self._base_url + path).with_query(query)
            async with self._session.get(
                url, headers=headers, timeout=self._timeout, allow_redirects=False
            ) as response:
                if response.status == 429:
                    raise CloudBusy(detail="too many calls")
                if response.status != 200:
                    raise CloudUnreachable(detail=f"HTTP status {response.status}")
                body = bytearray()
                async for chunk in response.content.iter_any():
                    body += chunk
                    if len(body) > _MOST_BYTES:
                        raise CloudUnreachable(key="garbage_answer", detail="the answer is too long")
                return bytes(body)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as err:
            raise CloudUnreachable(detail=f"no answer: {type(err).__name__}") from None


async def _cursor(
    call: Callable[[str, Mapping[str, str]], Awaitable[object]], path: str, query: Mapping[str, str]
) -> AsyncIterator[Row]:
    """Yield the pages of a list, as far as its cursor moves on."""
    seen: set[object] = {""}
    here: dict[str, str] = dict(query)
    for _ in range(_MOST_PAGES):
        page = record(await call(path, here))
        yield page
        key = page.get("last_row_key")
        if page.get("has_more") is not True or not isinstance(key, str) or key in seen:
            break
        seen.add(key)
        here["last_row_key"] = key


def _checked(device_id: str) -> str:
    if not _ID.fullmatch(device_id):
        raise CloudRefused(detail="no device id looks like this")
    return device_id


def _result(body: bytes) -> object:
    """Return the result inside the envelope; raise what its code stands for."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        answer = None
    match answer:
        case {"success": True, **rest}:
            return rest.get("result")
        case {"code": int(code)}:
            raise _refusal(code, answer)
        case {"result": result} if "success" not in answer:
            return result
    raise CloudUnreachable(key="garbage_answer", detail="the answer is not one of Tuya's")


def _refusal(code: int, answer: Row) -> CloudError:
    tid = answer.get("tid")
    err = error_of(code, tid if isinstance(tid, str) and _TRACE.fullmatch(tid) else "", _told(answer.get("msg")))
    match err, answer.get("t"):
        case CloudClockError(), int(ms) if 10**12 <= ms < 10**13:
            err.server_time = ms / 1000
    return err


def _told(message: object) -> str:
    """Return what Tuya says, as one short line without anything that could be an id, a key or a token."""
    text = " ".join(message.split()) if isinstance(message, str) else ""
    return _SECRETS.sub("…", "".join(filter(str.isprintable, text)))[:_MOST_WORDS]
