"""The rows of the cloud's answers.

Parsing is lenient: a wrong type becomes the default, a row without its key is dropped. Keys come in snake_case or
camelCase, depending on the age of the endpoint.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Final

import orjson

type Row = Mapping[str, object]

TOKEN_LIFE: Final = 3600
"""Seconds that a token lives if the answer does not say."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and when to renew it (seconds, on the clock that was given)."""

    value: str = field(repr=False)
    renew_at: float = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class CloudDevice:
    """What the account says of one device; None or "" where it says nothing."""

    id: str
    name: str = field(default="", kw_only=True)
    local_key: str = field(default="", kw_only=True, repr=False)
    """Changes when the device is paired again. Never trimmed: it may hold any printable character."""
    category: str = field(default="", kw_only=True)
    product_id: str = field(default="", kw_only=True)
    product_name: str = field(default="", kw_only=True)
    model: str = field(default="", kw_only=True)
    uuid: str = field(default="", kw_only=True)
    sub: bool = field(default=False, kw_only=True)
    """Whether it talks through a gateway."""
    node_id: str | None = field(default=None, kw_only=True)
    """How its gateway calls it."""
    gateway_id: str | None = field(default=None, kw_only=True)
    online: bool = field(default=False, kw_only=True)
    """Whether the cloud reaches it, which says little about the local network."""
    owner_id: str = field(default="", kw_only=True, repr=False)
    """The id of the home that it belongs to."""
    user_id: str = field(default="", kw_only=True, repr=False)
    """The app account that it belongs to."""
    paired: float = field(default=0.0, kw_only=True)
    """When it was paired last, in Unix time; 0 where that is not told."""


@dataclass(frozen=True, slots=True)
class Property:
    """A datapoint of the thing model, in product codes; `spec` is what its type needs: min, max, scale, range."""

    dp_id: int
    code: str = field(kw_only=True)
    mode: str = field(kw_only=True)
    """ro, rw or wr."""
    type: str = field(kw_only=True)
    """bool, value, enum, string, raw, bitmap or struct."""
    name: str = field(default="", kw_only=True)
    spec: Row = field(default_factory=dict, kw_only=True)


@dataclass(frozen=True, slots=True)
class Instruction:
    """A datapoint of the specification, in standard codes."""

    code: str
    dp_id: int | None = field(kw_only=True)
    type: str = field(kw_only=True)
    """Boolean, Integer, Enum, String, Json, Raw or Bitmap."""
    values: Row = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Specification:
    """The standard instruction set of a device: what it takes and what it reports."""

    category: str
    functions: tuple[Instruction, ...] = field(kw_only=True)
    status: tuple[Instruction, ...] = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class ShadowValue:
    """The last value that the cloud heard of a datapoint; `time` is in ms since 1970, 0 if never."""

    code: str
    dp_id: int = field(kw_only=True)
    value: object = field(kw_only=True)
    time: int = field(kw_only=True)
    custom_name: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class FactoryInfo:
    """What the factory wrote into a device; `mac` like `10:d5:61:0a:1b:2c`, None for most sub-devices."""

    id: str
    mac: str | None = field(kw_only=True)
    uuid: str = field(kw_only=True)
    serial: str = field(kw_only=True)


def parse_token(result: object, *, now: float) -> Token | None:
    """Return the token of a get-token result, None if there is none.

    It is to be renewed a minute before its end; but as the server hands out the same token until that end, one with
    less than two minutes left is used for half of what is left.
    """
    row = record(result)
    if not (value := _text(row, "access_token", "accessToken")):
        return None
    life = _number(row, "expire_time", "expireTime", "expire") or 0
    life = life if life > 0 else TOKEN_LIFE
    return Token(value, renew_at=now + life - min(60, life / 2))


def parse_device(row: Row) -> CloudDevice | None:
    """Return the device of a row of any of the device lists, None without an id."""
    if not (device_id := _text(row, "id", "device_id", "deviceId")):
        return None
    gateway_id = _text(row, "gateway_id", "gatewayId")
    return CloudDevice(
        device_id,
        name=(_text(row, "custom_name", "customName") or _text(row, "name")).strip(),
        local_key=_text(row, "local_key", "localKey"),
        category=_text(row, "category"),
        product_id=_text(row, "product_id", "productId"),
        product_name=_text(row, "product_name", "productName").strip(),
        model=_text(row, "model").strip(),
        uuid=_text(row, "uuid"),
        sub=_flag(row, "sub"),
        node_id=_text(row, "node_id", "nodeId") or None,
        gateway_id=gateway_id if gateway_id not in {"", device_id} else None,
        online=_flag(row, "online", "is_online", "isOnline"),
        owner_id=_text(row, "owner_id", "ownerId"),
        user_id=_text(row, "uid"),
        paired=float(_number(row, "active_time", "activeTime") or 0),
    )


def parse_model(result: object) -> tuple[Property, ...]:
    """Return the properties of all services of a thing model, which is JSON text inside the result."""
    model = decoded(record(result).get("model"))
    services = records(model.get("services"))
    return collected((row for service in services for row in records(service.get("properties"))), _property)


def parse_specification(result: object) -> Specification:
    """Return the specification; `dp_id` is None where the endpoint is too old to say it."""
    row = record(result)
    return Specification(
        _text(row, "category"),
        functions=collected(records(row.get("functions")), _instruction),
        status=collected(records(row.get("status")), _instruction),
    )


def parse_shadow(result: object) -> tuple[ShadowValue, ...]:
    """Return the values of a shadow."""
    return collected(records(record(result).get("properties")), _shadow_value)


def parse_factory_info(row: Row) -> FactoryInfo | None:
    """Return the factory information of a row, None without an id."""
    if not (device_id := _text(row, "id")):
        return None
    return FactoryInfo(device_id, mac=_mac(_text(row, "mac")), uuid=_text(row, "uuid"), serial=_text(row, "sn"))


def collected[T](rows: Iterable[Row], parse: Callable[[Row], T | None]) -> tuple[T, ...]:
    """Return what could be parsed."""
    return tuple(parsed for row in rows if (parsed := parse(row)) is not None)


def record(value: object) -> Row:
    """Return a JSON object as it is and anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> tuple[Row, ...]:
    """Return the JSON objects of a list."""
    return tuple(row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()


def decoded(text: object) -> Row:
    """Return the JSON object that a text holds; also one that was not wrapped in text; else an empty one."""
    if not isinstance(text, str):
        return record(text)
    try:
        return record(orjson.loads(text))
    except orjson.JSONDecodeError:
        return {}


def _property(row: Row) -> Property | None:
    spec = dict(record(row.get("typeSpec")))
    kind = spec.pop("type", None)
    dp_id, code = _dp_id(row, "abilityId", "ability_id"), _text(row, "code")
    if dp_id is None or not code or not isinstance(kind, str):
        return None
    mode = _text(row, "accessMode", "access_mode")
    mode = mode if mode in {"ro", "rw", "wr"} else "rw"
    return Property(dp_id, code=code, mode=mode, type=kind.lower(), name=_text(row, "name").strip(), spec=spec)


def _instruction(row: Row) -> Instruction | None:
    code, kind = _text(row, "code"), _text(row, "type")
    if not code or not kind:
        return None
    return Instruction(
        code, dp_id=_dp_id(row, "dp_id", "dpId"), type=kind.capitalize(), values=decoded(row.get("values"))
    )


def _shadow_value(row: Row) -> ShadowValue | None:
    code, dp_id = _text(row, "code"), _dp_id(row, "dp_id", "dpId")
    if not code or dp_id is None or (value := row.get("value")) is None:
        return None
    time = int(_number(row, "time") or 0)
    return ShadowValue(code, dp_id=dp_id, value=value, time=time, custom_name=_text(row, "custom_name", "customName"))


def _mac(text: str) -> str | None:
    digits = "".join(char for char in text.lower() if char not in ":-. ")
    if len(digits) != 12 or not set(digits) <= set("0123456789abcdef") or not int(digits, 16):
        return None
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def _dp_id(row: Row, *keys: str) -> int | None:
    number = _number(row, *keys)
    return int(number) if number is not None and 0 < number <= 0xFFFF and number == int(number) else None


def _text(row: Row, *keys: str) -> str:
    return next((value for key in keys if isinstance(value := row.get(key), str) and value), "")


def _flag(row: Row, *keys: str) -> bool:
    return any(row.get(key) is True for key in keys)


def _number(row: Row, *keys: str) -> int | float | None:
    for key in keys:
        match row.get(key):
            case bool():
                continue
            case int() | float() as number if isfinite(number):
                return number
            case str() as digits if digits.isdecimal() and len(digits) < 16:
                return int(digits)
    return None
