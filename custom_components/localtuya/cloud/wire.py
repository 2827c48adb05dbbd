"""One signed request to Tuya's OpenAPI and its answer. The only place of this package that touches the network."""

from collections.abc import Mapping
import re
from typing import Final

import aiohttp
import orjson
from yarl import URL

from .errors import CloudBusy, CloudClockError, CloudError, CloudUnreachable, error_of
from .rows import Row
from .signing import signature, text_to_sign

TIMEOUT: Final = 15.0
"""Seconds for one request, all in all."""
_MOST_BYTES: Final = 32 * 2**20
"""A list of 5,000 devices takes some eight."""
_SECRETS: Final = re.compile(r"[!-~]{16,}")
_MOST_WORDS: Final = 120
_TRACE: Final = re.compile(r"[0-9a-f]{32}")


class Wire:
    """The way to one data center, with the credentials of one project; raises leafs of `CloudError`."""

    def __init__(
        self, session: aiohttp.ClientSession, *, base_url: str, client_id: str, client_secret: str, timeout: float
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.client_id = client_id
        self._session = session
        self._client_secret = client_secret
        self._timeout = aiohttp.ClientTimeout(total=timeout)

    async def get(self, path: str, query: Mapping[str, str], *, time_ms: int, access_token: str = "") -> object:
        """Sign, send, and return the result of the answer."""
        headers = {
            "client_id": self.client_id,
            "sign": signature(
                self._client_secret,
                client_id=self.client_id,
                time_ms=time_ms,
                text=text_to_sign("GET", path, query),
                access_token=access_token,
            ),
            "sign_method": "HMAC-SHA256",
            "t": str(time_ms),
            "lang": "en",
        }
        if access_token:
            headers["access_token"] = access_token
        return _result(await self._exchange(path, query, headers))

    async def _exchange(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> bytes:
        """Return the body of the answer. Causes are cut off: theirs may quote our headers."""
        try:
            url = URL(self.base_url + path).with_query(query)
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
