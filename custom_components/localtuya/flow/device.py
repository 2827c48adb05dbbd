"""What can be added to an entry, device by device or several at once, and how one of them is reached."""

from collections.abc import Iterable
from typing import Any, override

from homeassistant.config_entries import ConfigSubentryData, SubentryFlowContext, SubentryFlowResult
from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID, CONF_HOST, CONF_PORT

from ..const import CONF_LOCAL_KEY, CONF_PINNED, CONF_PROTOCOL_VERSION
from ..devices import is_child
from ..keys import with_key
from ..model.record import DeviceRecord
from . import schemas
from .child import ChildFlow, gateways
from .imported import ImportFlow
from .keeping import Ending, async_add, async_prepare
from .manual import ManualFlow
from .more import MoreDevicesFlow


class DeviceSubentryFlow(
    ManualFlow[SubentryFlowContext, SubentryFlowResult, tuple[str, str]],
    ImportFlow[SubentryFlowContext, SubentryFlowResult, tuple[str, str]],
    ChildFlow,
    MoreDevicesFlow,
):
    """Adds devices of the account, by hand or of a file, or changes how one is reached."""

    async def async_step_user(self, _: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask which way."""
        entry = self._get_entry()
        account = ["account"] if CONF_CLIENT_ID in entry.data else []
        child = ["child"] if gateways(self.hass) else []
        return self.async_show_menu(step_id="user", menu_options=[*account, "manual", "file", *child])

    @override
    async def _async_keep(
        self, devices: list[ConfigSubentryData], records: Iterable[DeviceRecord], ending: Ending
    ) -> SubentryFlowResult:
        """Add the devices to this entry."""
        entry = self._get_entry()
        await async_prepare(self.hass, entry, records)
        match devices:
            case [device]:
                return self.async_create_entry(
                    title=device["title"],
                    data=device["data"],
                    unique_id=device["unique_id"],
                    description=ending.reason,
                    description_placeholders=ending.description_placeholders,
                )
            case _:
                async_add(self.hass, entry, devices)
                return self.async_abort(**ending._asdict())

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
