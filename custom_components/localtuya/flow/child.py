"""The step for a device behind a gateway, typed in by hand: it has no key or address of its own."""

import asyncio
from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigSubentryFlow,
    SubentryFlowContext,
    SubentryFlowResult,
)
from homeassistant.const import CONF_DEVICE_ID, CONF_NAME
from homeassistant.core import HomeAssistant

from ..const import CONF_BROUGHT, CONF_CATEGORY, CONF_GATEWAY_ID, CONF_NODE_ID
from ..devices import GATEWAYS, is_child
from ..lan.errors import LanError
from . import schemas
from .choosing import set_up
from .entries import SetUp, inventory
from .findings import subentry
from .keeping import Ending, KeepingFlow


class ChildFlow(KeepingFlow[SubentryFlowContext, SubentryFlowResult, tuple[str, str]], ConfigSubentryFlow):
    """The step `child`."""

    answer_time = 5.0
    """Seconds that a gateway may take to say something of its child."""
    _doubted: Mapping[str, Any] | None = None

    async def async_step_child(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the device and try it; one that does not answer is added when the user insists: it may sleep."""
        errors: dict[str, str] = {}
        if user_input is not None:
            user_input = schemas.stripped(user_input)
            if user_input[CONF_DEVICE_ID] in set_up(self.hass):
                return self.async_abort(reason="already_configured")
            if user_input == self._doubted or await self._async_answers(user_input):
                return await self._async_keep_child(user_input)
            self._doubted = user_input
            errors = {CONF_NODE_ID: "child_silent"}
        options = [(device_id, each.device.title) for device_id, each in gateways(self.hass).items()]
        schema = self.add_suggested_values_to_schema(schemas.child(options), user_input)
        return self.async_show_form(step_id="child", data_schema=schema, errors=errors)

    async def _async_answers(self, typed: Mapping[str, Any]) -> bool:
        """Return whether the gateway says something of a device with this node id."""
        entry = gateways(self.hass)[typed[CONF_GATEWAY_ID]].entry
        if entry.state is not ConfigEntryState.LOADED:
            return False
        link = entry.runtime_data.switchboards[typed[CONF_GATEWAY_ID]].link
        try:
            async with asyncio.timeout(self.answer_time):
                await link.query(typed[CONF_NODE_ID])
        except TimeoutError, LanError:
            return False
        return True

    async def _async_keep_child(self, typed: Mapping[str, Any]) -> SubentryFlowResult:
        device_id: str = typed[CONF_DEVICE_ID]
        device = subentry(
            name=typed.get(CONF_NAME) or f"Tuya {device_id[-4:]}",
            device_id=device_id,
            local_key="",
            announcement=None,
            more={CONF_BROUGHT: True, **{key: typed[key] for key in (CONF_NODE_ID, CONF_GATEWAY_ID)}},
        )
        return await self._async_keep([device], [], Ending("device_added", {"name": device["title"]}))


def gateways(hass: HomeAssistant) -> dict[str, SetUp]:
    """Return the devices of all entries by id that may have children: gateways, and what nobody knows."""
    return {
        device_id: each
        for device_id, each in inventory(hass).items()
        if not is_child(each.device.data) and each.device.data.get(CONF_CATEGORY, "") in GATEWAYS | {""}
    }
