"""The steps for one device that is typed in by hand, in an entry of its own or as a subentry."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from homeassistant.config_entries import (
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryData,
    SubentryFlowResult,
)
from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID, CONF_HOST, CONF_NAME, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..const import (
    CONF_LOCAL_KEY,
    CONF_PINNED,
    CONF_PROTOCOL_VERSION,
    DOMAIN,
    WITHOUT_CLOUD,
    device_port,
)
from ..devices import is_child
from ..keys import with_key
from ..lan.discovery import Announcement
from ..lan.endpoint import Endpoint, Timing
from ..lan.errors import Busy, HandshakeCut, KeyRejected, LanError, NoAnswer, Unreachable, VersionMismatch, Wedged
from ..lan.identify import identify
from ..neighbourhood import async_get_neighbourhood
from . import schemas
from .choosing import made, set_up
from .findings import subentry
from .more import MoreDevicesFlow

_KEY_LENGTH = 16
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
        if len(typed[CONF_LOCAL_KEY].encode()) != _KEY_LENGTH:
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
        return await self._async_try(endpoint)

    async def _async_try(self, endpoint: Endpoint) -> Check:
        try:
            async with asyncio.timeout(self.most_time):
                identified = await identify(endpoint, timing=self.timing)
        except TimeoutError:
            return Check({"base": "no_answer"})
        except LanError as error:
            row = next(row for row in _ERRORS if isinstance(error, row[0]))
            return Check({row[1]: row[2]})
        host = endpoint.host or ""
        return Check(announcement=Announcement(endpoint.device_id, host=host, version=identified.version))


class ManualFlow(ConfigFlow):
    """The step `manual`: one device, without an account."""

    check = DeviceCheck()

    async def async_step_manual(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the device and try it; it joins the other devices without cloud."""
        errors: dict[str, str] = {}
        if user_input is not None:
            user_input = schemas.stripped(user_input)
            if user_input[CONF_DEVICE_ID] in set_up(self.hass):
                return self.async_abort(reason="already_configured")
            result = await self.check.async_check(self.hass, user_input)
            errors = result.errors
            if not errors:
                return await self._async_keep(_subentry(user_input, result))
        return self.async_show_form(
            step_id="manual",
            data_schema=self.add_suggested_values_to_schema(schemas.MANUAL, user_input),
            errors=errors,
        )

    async def _async_keep(self, device: ConfigSubentryData) -> ConfigFlowResult:
        entry = await self.async_set_unique_id(WITHOUT_CLOUD)
        if entry is not None:
            self.hass.config_entries.async_add_subentry(entry, made(device))
            return self.async_abort(reason="device_added", description_placeholders={"name": device["title"]})
        texts = await async_get_translations(self.hass, self.hass.config.language, "common", [DOMAIN])
        return self.async_create_entry(
            title=texts[f"component.{DOMAIN}.common.without_cloud"], data={}, subentries=[device]
        )


class DeviceSubentryFlow(MoreDevicesFlow):
    """Adds devices of the account or one by hand, or changes how one is reached."""

    check = DeviceCheck()

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask which way, where there is an account."""
        if CONF_CLIENT_ID not in self._get_entry().data:
            return await self.async_step_manual(user_input)
        return self.async_show_menu(step_id="user", menu_options=["account", "manual"])

    async def async_step_manual(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the device and try it."""
        errors: dict[str, str] = {}
        if user_input is not None:
            user_input = schemas.stripped(user_input)
            if user_input[CONF_DEVICE_ID] in set_up(self.hass):
                return self.async_abort(reason="already_configured")
            result = await self.check.async_check(self.hass, user_input)
            errors = result.errors
            if not errors:
                device = _subentry(user_input, result)
                return self.async_create_entry(
                    title=device["title"], data=device["data"], unique_id=device["unique_id"]
                )
        return self.async_show_form(
            step_id="manual",
            data_schema=self.add_suggested_values_to_schema(schemas.MANUAL, user_input),
            errors=errors,
        )

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for another key, address or version and try them."""
        device = self._get_reconfigure_subentry()
        if is_child(device.data):
            return self.async_abort(reason="behind_gateway")
        errors: dict[str, str] = {}
        if user_input is not None:
            user_input = schemas.stripped(user_input)
            if user_input[CONF_PINNED] and not user_input.get(CONF_HOST):
                errors = {CONF_HOST: "pinned_nowhere"}
            else:
                known = {key: device.data[key] for key in (CONF_DEVICE_ID, CONF_PORT) if key in device.data}
                result = await self.check.async_check(self.hass, {**user_input, **known})
                errors = result.errors
                if result.announcement:
                    updates = {
                        **with_key(device.data, user_input[CONF_LOCAL_KEY]),
                        CONF_HOST: result.announcement.host,
                        CONF_PROTOCOL_VERSION: result.announcement.version,
                        CONF_PINNED: user_input[CONF_PINNED],
                    }
                    return self.async_update_and_abort(self._get_entry(), device, data_updates=updates)
        suggested = user_input or {key: value for key, value in device.data.items() if value}
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=self.add_suggested_values_to_schema(schemas.PLACE, suggested),
            errors=errors,
            description_placeholders={"name": device.title},
        )


def _subentry(typed: Mapping[str, Any], result: Check) -> ConfigSubentryData:
    device_id: str = typed[CONF_DEVICE_ID]
    return subentry(
        name=typed.get(CONF_NAME) or f"Tuya {device_id[-4:]}",
        device_id=device_id,
        local_key=typed[CONF_LOCAL_KEY],
        announcement=result.announcement,
        more={},
    )
