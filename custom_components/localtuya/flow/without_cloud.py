"""The ways in that need no account: what they add joins the other devices without cloud."""

from collections.abc import Iterable
from typing import override

from homeassistant.config_entries import ConfigFlow, ConfigFlowContext, ConfigFlowResult, ConfigSubentryData
from homeassistant.const import CONF_CLIENT_ID

from ..cache import RecordCache
from ..const import DOMAIN, WITHOUT_CLOUD
from ..membership import async_title
from ..model.record import DeviceRecord
from .imported import ImportFlow
from .keeping import Ending, async_add, async_prepare
from .manual import ManualFlow


class WithoutCloudFlow(
    ManualFlow[ConfigFlowContext, ConfigFlowResult, str],
    ImportFlow[ConfigFlowContext, ConfigFlowResult, str],
    ConfigFlow,
):
    """The steps `manual`, `file` and `file_devices`."""

    @override
    async def _async_keep(
        self, devices: list[ConfigSubentryData], records: Iterable[DeviceRecord], ending: Ending
    ) -> ConfigFlowResult:
        """Add the devices to an entry without cloud, be it one that left its account; it is made if there is none."""
        await self.async_set_unique_id(WITHOUT_CLOUD)
        entries = self.hass.config_entries.async_entries(DOMAIN, include_ignore=False)
        if entry := next((entry for entry in entries if CONF_CLIENT_ID not in entry.data), None):
            await async_prepare(self.hass, entry, records)
            async_add(self.hass, entry, devices)
            return self.async_abort(**ending._asdict())
        await RecordCache(self.hass, WITHOUT_CLOUD).async_save(records)
        return self.async_create_entry(
            title=await async_title(self.hass),
            data={},
            subentries=devices,
            description=ending.reason,
            description_placeholders=ending.description_placeholders,
        )
