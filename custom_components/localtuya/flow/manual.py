"""The step for one device that is typed in by hand."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from homeassistant.const import CONF_DEVICE_ID, CONF_HOST, CONF_NAME
from homeassistant.data_entry_flow import FlowContext, FlowResult

from ..const import CONF_BROUGHT, CONF_CATEGORY, CONF_LOCAL_KEY, CONF_PRODUCT_ID, CONF_PRODUCT_NAME
from ..model.record import DeviceRecord
from ..neighbourhood import async_get_neighbourhood
from ..siblings import async_models, completed
from . import schemas
from .check import DeviceCheck
from .choosing import set_up
from .findings import subentry
from .keeping import Ending, KeepingFlow
from .patience import Step


class ManualFlow[ContextT: FlowContext, ResultT: FlowResult[Any, Any], HandlerT](
    KeepingFlow[ContextT, ResultT, HandlerT]
):
    """The step `manual`."""

    check = DeviceCheck()

    async def async_step_manual(self, user_input: dict[str, Any] | None = None) -> ResultT:
        """Ask for the device and try it; meanwhile it may say of which product it is."""
        await self._async_listen()
        if user_input is None:
            return await self._async_show_manual({}, {})
        typed = schemas.stripped(user_input)
        if typed[CONF_DEVICE_ID] in set_up(self.hass):
            return self.async_abort(reason="already_configured")
        return await self._async_await(self._async_try_device(typed))

    async def _async_show_manual(self, typed: Mapping[str, Any], errors: dict[str, str]) -> ResultT:
        schema = self.add_suggested_values_to_schema(schemas.MANUAL, typed)
        return self.async_show_form(step_id="manual", data_schema=schema, errors=errors)

    async def _async_try_device(self, typed: Mapping[str, Any]) -> Step[ResultT]:
        if self._another_is_at(typed):
            return partial(self._async_show_manual, typed, {CONF_DEVICE_ID: "other_id"})
        result = await self.check.async_check(self.hass, typed)
        if (announcement := result.announcement) is None:
            return partial(self._async_show_manual, typed, result.errors)
        device_id = announcement.device_id
        record = DeviceRecord(device_id, product_id=announcement.product_id or "")
        record = completed(record, await async_models(self.hass))
        device = subentry(
            name=typed.get(CONF_NAME) or record.product_name or f"Tuya {device_id[-4:]}",
            device_id=device_id,
            local_key=typed[CONF_LOCAL_KEY],
            announcement=announcement,
            more={
                CONF_BROUGHT: True,
                CONF_PRODUCT_ID: announcement.product_id,
                CONF_PRODUCT_NAME: record.product_name or None,
                CONF_CATEGORY: record.category or None,
            },
        )
        ending = Ending("device_added", {"name": device["title"]})
        return partial(self._async_keep, [device], [record], ending)

    def _another_is_at(self, typed: Mapping[str, Any]) -> bool:
        """Return whether only another device was heard from the address: most would not mind what they are called."""
        seen = async_get_neighbourhood(self.hass).seen
        return typed[CONF_DEVICE_ID] not in seen and typed.get(CONF_HOST) in {heard.host for heard in seen.values()}
