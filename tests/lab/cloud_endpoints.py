"""The endpoints of the simulated OpenAPI: pure functions from a call to its result; refusals are raised."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
import json
import re
from typing import Any, Final, Protocol

from .cloud_envelope import Refusal, TokenOffice
from .cloud_store import ListedDevice

_MOST_IDS: Final = 20
_MOST_FACTORY_IDS: Final = 50


class DataCenter(Protocol):
    """What an endpoint sees of the server that it runs in."""

    tokens: TokenOffice

    @property
    def empty_keys(self) -> bool:
        """Whether the plain lists leave the local keys out."""

    @property
    def page_limit(self) -> int:
        """The rows that one answer holds at most, 0 for no limit."""

    @property
    def pages_ignored(self) -> bool:
        """Whether each page of the plain list is the first one again."""

    def devices_of(self, uid: str | None = None) -> list[ListedDevice]:
        """Return the devices of a linked account, or of all; raise Refusal (1106) for a stranger."""

    def shared_with(self, uid: str) -> list[dict[str, Any]]:
        """Return the objects of the devices that others share with a linked account."""

    def report(self, device: ListedDevice, values: Mapping[str, object]) -> None:
        """Let the device take values, by product code."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request that passed signature, token and permission."""

    place: DataCenter
    path: Mapping[str, str] = field(kw_only=True)
    query: Mapping[str, str] = field(kw_only=True)
    body: bytes = field(kw_only=True)

    @property
    def device(self) -> ListedDevice:
        """The device of the path."""
        return self.find(self.path["id"])

    def find(self, device_id: str) -> ListedDevice:
        """Return a device; raise Refusal for an empty or a foreign id."""
        if not device_id:
            raise Refusal(1100)
        for device in self.place.devices_of():
            if device.id == device_id:
                return device
        raise Refusal(1106)

    def named(self, *, most: int) -> list[ListedDevice]:
        """Return the devices of the query's `device_ids`; those beyond the limit and strangers are left out."""
        wanted = self.query.get("device_ids", "").split(",")[:most]
        if not any(wanted):
            raise Refusal(1100)
        return [device for device in self.place.devices_of() if device.id in wanted]

    def json(self) -> dict[str, Any]:
        """Return the body, an object."""
        try:
            body = json.loads(self.body)
        except ValueError:
            raise Refusal(1109) from None
        if not isinstance(body, dict):
            raise Refusal(1109)
        return body


def get_token(call: Call) -> object:
    """Answer GET /v1.0/token."""
    if call.query.get("grant_type") != "1":
        raise Refusal(1003)
    return call.place.tokens.get()


def refresh_token(call: Call) -> object:
    """Answer GET /v1.0/token/{refresh_token}."""
    return call.place.tokens.refresh(call.path["token"])


def user_devices(call: Call) -> object:
    """Answer the plain list, which pages only where it is asked to or has to."""
    devices = call.place.devices_of(call.path["uid"] or _empty())
    if call.query.get("from") == "sharing":
        return call.place.shared_with(call.path["uid"])
    size = max(len(devices), 1)
    size = _size(call, "page_size", usual=size, most=1000 if "page_size" in call.query else size)
    start = 0 if call.place.pages_ignored else (_number(call, "page_no", usual=1) - 1) * size
    return [_plain(call, device) for device in devices[start : start + size]]


def one_device(call: Call) -> object:
    """Answer the object of one device."""
    return _plain(call, call.device)


def several_devices(call: Call) -> object:
    """Answer the objects of up to 20 devices."""
    rows = [_plain(call, device) for device in call.named(most=_MOST_IDS)]
    return {"devices": rows, "last_row_key": "", "total": len(rows)}


def associated_devices(call: Call) -> object:
    """Answer the devices of all linked accounts."""
    page = _page(call, call.place.devices_of(), size=_size(call, "size", usual=20, most=100))
    return {"devices": [_plain(call, device) for device in page.pop("list")], **page}


def industry_devices(call: Call) -> object:
    """Answer the list that knows gateways."""
    if call.query.get("source_type") != "tuyaUser":
        raise Refusal(1109)
    devices = call.place.devices_of(call.query.get("source_id") or _empty())
    wanted = call.query.get("device_ids", "").split(",")
    chosen = [device for device in devices if not any(wanted) or device.id in wanted]
    page = _page(call, chosen, size=_size(call, "page_size", usual=20, most=200))
    return page | {"list": [device.industry_row() for device in page["list"]]}


def sub_devices(call: Call) -> object:
    """Answer the sub-devices of a gateway."""
    gateway = call.device.id
    return [row.sub_device_row() for row in call.place.devices_of() if row.fields.get("gateway_id") == gateway]


def factory_infos(call: Call) -> object:
    """Answer MAC addresses."""
    return [device.factory_row() for device in call.named(most=_MOST_FACTORY_IDS)]


def thing_model(call: Call) -> object:
    """Answer the thing model."""
    return call.device.thing_model()


def shadow(call: Call) -> object:
    """Answer the shadow."""
    return call.device.shadow([code for code in call.query.get("codes", "").split(",") if code])


def issue(call: Call) -> object:
    """Take values in product codes."""
    device = call.device
    values = call.json().get("properties")
    values = json.loads(values) if isinstance(values, str) else None
    known = {row["code"] for row in device.model}
    if not isinstance(values, dict) or not set(values) <= known:
        raise Refusal(1109)
    call.place.report(device, values)
    return {}


def specification(call: Call) -> object:
    """Answer the standard instruction set with datapoint ids."""
    return _standard(call).specification(with_dp=True)


def old_specification(call: Call) -> object:
    """Answer the standard instruction set without datapoint ids."""
    return _standard(call).specification(with_dp=False)


def functions(call: Call) -> object:
    """Answer what a device takes."""
    spec = _standard(call).specification(with_dp=False)
    return {"category": spec["category"], "functions": spec["functions"]}


def status(call: Call) -> object:
    """Answer the status in standard codes."""
    return call.device.standard_status()


def commands(call: Call) -> object:
    """Take commands in standard codes."""
    device = call.device
    known = {row.code: row for row in device.standard if row.mode != "ro"}
    values: dict[str, object] = {}
    for command in call.json().get("commands") or _illegal():
        if not isinstance(command, dict) or (row := known.get(str(command.get("code")))) is None:
            raise Refusal(2008)
        values[row.product_code] = row.product(command.get("value"))
    call.place.report(device, values)
    return True


def unknown(_call: Call) -> object:
    """Answer a path or method that is none."""
    raise Refusal(1108)


@dataclass(frozen=True, slots=True)
class Route:
    """One endpoint: its name in the count of calls, its method, and its path with names in braces."""

    name: str
    method: str
    template: str
    answer: Callable[[Call], object]

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """Return the named parts of the path, None if it is not this endpoint's."""
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]*)", re.escape(self.template))
        found = re.fullmatch(pattern, path) if method == self.method else None
        return found.groupdict() if found else None


def routes_of(versions: Iterable[str], *routes: tuple[str, str, str, Callable[[Call], object]]) -> tuple[Route, ...]:
    """Return the routes under each version."""
    return tuple(
        Route(name, method, f"/{version}{path}", answer)
        for version in versions
        for name, method, path, answer in routes
    )


ROUTES: Final = (
    *routes_of(
        ("v1.0",),
        ("token", "GET", "/token", get_token),
        ("refresh", "GET", "/token/{token}", refresh_token),
        ("user_devices", "GET", "/users/{uid}/devices", user_devices),
        ("devices", "GET", "/devices", several_devices),
        ("factory_infos", "GET", "/devices/factory-infos", factory_infos),
        ("device", "GET", "/devices/{id}", one_device),
        ("sub_devices", "GET", "/devices/{id}/sub-devices", sub_devices),
        ("old_specification", "GET", "/devices/{id}/specifications", old_specification),
        ("status", "GET", "/devices/{id}/status", status),
        ("commands", "POST", "/devices/{id}/commands", commands),
        ("associated_devices", "GET", "/iot-01/associated-users/devices", associated_devices),
    ),
    *routes_of(("v1.1",), ("specification", "GET", "/devices/{id}/specifications", specification)),
    *routes_of(
        ("v1.0", "v1.2", "v1.3"),
        ("iot03_devices", "GET", "/iot-03/devices", industry_devices),
        ("iot03_specification", "GET", "/iot-03/devices/{id}/specification", old_specification),
        ("iot03_functions", "GET", "/iot-03/devices/{id}/functions", functions),
        ("iot03_status", "GET", "/iot-03/devices/{id}/status", status),
        ("iot03_commands", "POST", "/iot-03/devices/{id}/commands", commands),
    ),
    *routes_of(
        ("v2.0/cloud/thing",),
        ("model", "GET", "/{id}/model", thing_model),
        ("shadow", "GET", "/{id}/shadow/properties", shadow),
        ("issue", "POST", "/{id}/shadow/properties/issue", issue),
    ),
)
"""Every endpoint; the first that matches answers."""


UNKNOWN: Final = Route("unknown", "", "", unknown)
"""What answers every other path."""


def _plain(call: Call, device: ListedDevice) -> dict[str, Any]:
    return device.row(with_key=not call.place.empty_keys)


def _standard(call: Call) -> ListedDevice:
    device = call.device
    if not device.standard:
        raise Refusal(2009)
    return device


def _size(call: Call, key: str, *, usual: int, most: int) -> int:
    size = _number(call, key, usual=usual)
    if size > most:
        raise Refusal(1109)
    return min(size, call.place.page_limit or most)


def _number(call: Call, key: str, *, usual: int) -> int:
    text = call.query.get(key, str(usual))
    if not text.isdecimal() or int(text) < 1:
        raise Refusal(1109)
    return int(text)


def _page(call: Call, devices: list[ListedDevice], *, size: int) -> dict[str, Any]:
    """Return one page behind the cursor `last_row_key`, which is the id of a device."""
    key = call.query.get("last_row_key", "")
    start = next((at + 1 for at, device in enumerate(devices) if device.id == key), 0)
    page = devices[start : start + size]
    more = start + size < len(devices)
    return {"list": page, "has_more": more, "last_row_key": page[-1].id if more else "", "total": len(devices)}


def _empty() -> str:
    raise Refusal(1100)


def _illegal() -> list[object]:
    raise Refusal(1109)
