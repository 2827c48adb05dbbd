"""A device that was typed in is tried before it is kept."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from homeassistant.const import CONF_DEVICE_ID, CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant

from ..const import CONF_LOCAL_KEY, CONF_PROTOCOL_VERSION, device_port
from ..lan.armour import KEY_BYTES
from ..lan.discovery import Announcement
from ..lan.endpoint import Endpoint, Timing
from ..lan.errors import Busy, HandshakeCut, KeyRejected, LanError, NoAnswer, Unreachable, VersionMismatch, Wedged
from ..lan.identify import identify
from ..neighbourhood import async_get_neighbourhood
from . import schemas

_ERRORS: tuple[tuple[type[LanError], str, str], ...] = (
    (KeyRejected, CONF_LOCAL_KEY, "key_rejected"),
    (HandshakeCut, CONF_LOCAL_KEY, "key_rejected"),
    (VersionMismatch, CONF_PROTOCOL_VERSION, "version_mismatch"),
    (Busy, "base", "device_busy"),
    (Wedged, "base", "device_wedged"),
    (Unreachable, CONF_HOST, "nobody_there"),
    (NoAnswer, "base", "no_answer"),
    (LanError, "base", "nobody_there"),
)
"""The field and the text of each error; the first row that fits counts."""


@dataclass(slots=True)
class Check:
    """What came of trying a device: where and how it answered, or the errors of the form."""

    errors: dict[str, str] = field(default_factory=dict)
    announcement: Announcement | None = None


class DeviceCheck:
    """Finds a device and tries its key."""

    search_time = 6.0
    """Seconds to wait for the announcement of a device whose address was left empty."""
    most_time = 25.0
    """Seconds that the check of an address takes at most."""
    timing: Timing | None = None

    async def async_check(self, hass: HomeAssistant, typed: Mapping[str, Any]) -> Check:
        """Return where and how the device answered, or what is wrong."""
        device_id: str = typed[CONF_DEVICE_ID]
        if len(typed[CONF_LOCAL_KEY].encode()) != KEY_BYTES:
            return Check({CONF_LOCAL_KEY: "key_length"})
        neighbourhood = async_get_neighbourhood(hass)
        host: str | None = typed.get(CONF_HOST) or None
        if host is None:
            await neighbourhood.async_wait_for([device_id], self.search_time)
        heard = neighbourhood.seen.get(device_id)
        if host is None and heard is None:
            return Check({CONF_HOST: "not_heard"})
        version = typed[CONF_PROTOCOL_VERSION]
        if version == schemas.AUTO:
            version = heard.version if heard else None
        endpoint = Endpoint(
            device_id,
            local_key=typed[CONF_LOCAL_KEY],
            host=host or (heard.host if heard else None),
            port=typed.get(CONF_PORT) or device_port(),
            version=version,
        )
        return await self._async_try(endpoint, heard.product_id if heard else None)

    async def _async_try(self, endpoint: Endpoint, product_id: str | None) -> Check:
        try:
            async with asyncio.timeout(self.most_time):
                identified = await identify(endpoint, timing=self.timing)
        except TimeoutError:
            return Check({"base": "no_answer"})
        except LanError as error:
            row = next(row for row in _ERRORS if isinstance(error, row[0]))
            return Check({row[1]: row[2]})
        return Check(
            announcement=Announcement(
                endpoint.device_id, host=endpoint.host or "", version=identified.version, product_id=product_id
            )
        )
