"""What surrounds every call of the simulated OpenAPI: signature, token and envelope, in the real server's order."""

from collections.abc import Callable, Mapping
from hashlib import sha256
import hmac
from uuid import uuid4

from aiohttp import web

MESSAGES: Mapping[int, str] = {
    500: "system error",
    1002: "access_token is null",
    1004: "sign invalid",
    1005: "clientId invalid",
    1010: "token expired",
    1011: "token invalid",
    1012: "token status invalid",
    1013: "request time is invalid",
    1100: "param is empty",
    1105: "header is missing",
    1106: "permission deny",
    1108: "uri path invalid",
    1109: "param is illegal, please check it",
    1110: "concurrent request over limit",
    1114: "your ip(203.0.113.7) don't have access to this API",
    1400: "token invalid",
    2007: "your ip(203.0.113.7) cross-region access is not allowed",
    2008: "command or value not support",
    2009: "not support this device",
    28841002: "No permissions. Your subscription to cloud development plan has expired.",
    28841004: "Your quota of Trial Edition is used up.",
    28841105: "No permissions. This project is not authorized to call this API.",
    28841106: "No permissions. This API is not subscribed.",
    28841107: "No permission. The data center is suspended. Please go to the cloud development platform to enable it.",
}
"""What the server says with a code; a code without words here says "error"."""

TOKEN_PATH = "/v1.0/token"
TOKEN_LIFE = 7200
CLOCK_TOLERANCE = 300


class Refusal(Exception):  # noqa: N818 - named for what happened
    """The simulated server answers with an error code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def success(result: object, now: float) -> dict[str, object]:
    """Return the envelope of a result."""
    return {"result": result, "success": True, "t": int(now * 1000), "tid": uuid4().hex}


def failure(code: int, now: float) -> dict[str, object]:
    """Return the envelope of an error."""
    message = MESSAGES.get(code, "error")
    return {"code": code, "msg": message, "success": False, "t": int(now * 1000), "tid": uuid4().hex}


def check_signature(request: web.Request, body: bytes, *, client_id: str, client_secret: str, now: float) -> None:
    """Raise Refusal unless client, time and signature are right; the query is taken decoded and sorted."""
    headers = request.headers
    if any(not headers.get(name) for name in ("client_id", "sign", "t", "sign_method")):
        raise Refusal(1105)
    if headers["client_id"] != client_id:
        raise Refusal(1005)
    if not headers["t"].isdecimal() or abs(int(headers["t"]) / 1000 - now) > CLOCK_TOLERANCE:
        raise Refusal(1013)
    expected = expected_signature(request, body, client_secret)
    if headers["sign_method"] != "HMAC-SHA256" or not hmac.compare_digest(expected, headers["sign"]):
        raise Refusal(1004)


def expected_signature(request: web.Request, body: bytes, client_secret: str) -> str:
    """Return what the header `sign` has to be."""
    headers = request.headers
    token = "" if request.path.startswith(TOKEN_PATH) else headers.get("access_token", "")
    names = [name for name in headers.get("Signature-Headers", "").split(":") if name in headers]
    query = "&".join(f"{key}={value}" for key, value in sorted(request.query.items()))
    lines = [
        request.method,
        sha256(body).hexdigest(),
        "".join(f"{name}:{headers[name]}\n" for name in names),
        f"{request.path}?{query}" if query else request.path,
    ]
    message = headers["client_id"] + token + headers["t"] + headers.get("nonce", "") + "\n".join(lines)
    return hmac.new(client_secret.encode(), message.encode(), sha256).hexdigest().upper()


class TokenOffice:
    """The tokens of the project at one data center: one pair at a time, handed out to everybody who asks."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._access = ""
        self._refresh = ""
        self._ends = 0.0
        self._outlived: set[str] = set()
        self.uses = 0
        """Calls that the token has served."""

    def get(self) -> dict[str, object]:
        """Return the pair with the seconds that are left; a new one where none are."""
        if self._ends - self._clock() < 1:
            self._renew()
        return self._result()

    def refresh(self, refresh_token: str) -> dict[str, object]:
        """Replace the pair at once; the old one holds no more."""
        if not self._refresh or refresh_token != self._refresh:
            raise Refusal(1011)
        self._renew()
        return self._result()

    def replace(self) -> None:
        """Do what another client's refresh does."""
        self._renew()

    def expire(self) -> None:
        """End the life of the token now."""
        self._ends = 0.0

    def check(self, access_token: str) -> None:
        """Raise Refusal unless this token holds."""
        if not access_token:
            raise Refusal(1002)
        if access_token in self._outlived:
            raise Refusal(1010)
        if access_token != self._access:
            raise Refusal(1011)
        if self._ends <= self._clock():
            raise Refusal(1010)
        self.uses += 1

    def _renew(self) -> None:
        if self._access and self._ends <= self._clock():
            self._outlived.add(self._access)
        self._access, self._refresh = uuid4().hex, uuid4().hex
        self._ends = self._clock() + TOKEN_LIFE
        self.uses = 0

    def _result(self) -> dict[str, object]:
        left = int(self._ends - self._clock())
        pair = {"access_token": self._access, "refresh_token": self._refresh}
        return pair | {"expire_time": left, "uid": "bay1671210199361PrJ1"}
