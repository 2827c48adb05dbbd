"""The fixture that puts a device into Home Assistant; a test module asks for it with `pytest_plugins`."""

from collections.abc import AsyncGenerator, Mapping
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
import pytest

from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.spec import Feature

from .house import DEVICE_ID, Device, House, Install, new_device, new_entry


@pytest.fixture
async def install(hass: HomeAssistant) -> AsyncGenerator[Install]:
    """Put a device with these features, or of this record, into Home Assistant; `dps` is what it reported."""
    used: dict[str, list[Platform]] = {}

    async def set_up(hass: HomeAssistant, entry: ConfigEntry[House]) -> bool:
        features = entry.runtime_data.coordinators[DEVICE_ID].features
        used[entry.entry_id] = list({Platform(feature.platform) for feature in features})
        await hass.config_entries.async_forward_entry_setups(entry, used[entry.entry_id])
        return True

    async def unload(hass: HomeAssistant, entry: ConfigEntry[House]) -> bool:
        entry.runtime_data.coordinators[DEVICE_ID].async_close()
        return await hass.config_entries.async_unload_platforms(entry, used[entry.entry_id])

    async def install_device(
        *features: Feature, record: DeviceRecord | None = None, dps: Mapping[str, object] | None = None
    ) -> Device:
        entry = new_entry()
        entry.add_to_hass(hass)
        device = new_device(hass, entry, features, record)
        coordinator = device.coordinator
        if dps:
            known = coordinator.plan.schema.by_id  # another datapoint would have the device planned anew
            coordinator.async_report({dp: raw for dp, raw in dps.items() if dp in known})
        entry.runtime_data = House()
        entry.runtime_data.coordinators[DEVICE_ID] = coordinator
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        return device

    package = "custom_components.localtuya"
    with patch(f"{package}.async_setup_entry", set_up), patch(f"{package}.async_unload_entry", unload):
        yield install_device
        for entry_id in used:
            await hass.config_entries.async_unload(entry_id)
