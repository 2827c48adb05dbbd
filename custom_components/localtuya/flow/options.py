"""The options of an entry: where else to look for devices, how patient to be; a search at once; or no cloud."""

import asyncio
from typing import Any, override

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, OptionsFlow
from homeassistant.const import CONF_CLIENT_ID
from homeassistant.core import callback
import voluptuous as vol

from ..const import CONF_ADDRESS_RANGES, CONF_GRACE, DEFAULT_GRACE
from ..membership import async_leave
from ..search import RangeError, Search, check_ranges
from . import schemas


class LocalTuyaOptionsFlow(OptionsFlow):
    """The steps `settings`, `sweep` and `without_cloud`."""

    _sweep: asyncio.Task[list[str]] | None = None
    _missing = 0

    async def async_step_init(self, _: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask what to do."""
        leave = ["without_cloud"] if CONF_CLIENT_ID in self.config_entry.data else []
        return self.async_show_menu(step_id="init", menu_options=["settings", "sweep", *leave])

    async def async_step_settings(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for address ranges and the grace period."""
        errors: dict[str, str] = {}
        placeholders = {"range": ""}
        if user_input is not None:
            try:
                ranges = check_ranges(user_input.get(CONF_ADDRESS_RANGES, ()))
            except RangeError as error:
                errors[CONF_ADDRESS_RANGES] = error.key
                placeholders["range"] = error.text
            else:
                return self.async_create_entry(data={**user_input, CONF_ADDRESS_RANGES: ranges})
        suggested = user_input or {CONF_GRACE: DEFAULT_GRACE, **self.config_entry.options}
        return self.async_show_form(
            step_id="settings",
            data_schema=self.add_suggested_values_to_schema(schemas.SETTINGS, suggested),
            errors=errors,
            description_placeholders=placeholders,
        )

    async def async_step_sweep(self, _: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Go from address to address now, as long as that takes."""
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        if self._sweep is None:
            search: Search = self.config_entry.runtime_data.search
            self._missing = len(search.missing)
            self._sweep = self.hass.async_create_task(search.async_sweep())
        if not self._sweep.done():
            return self.async_show_progress(step_id="sweep", progress_action="sweep", progress_task=self._sweep)
        return self.async_show_progress_done(next_step_id="swept")

    async def async_step_swept(self, _: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Say what came of it."""
        assert self._sweep is not None  # noqa: S101 - this step is entered with a search only
        found = {"found": str(len(self._sweep.result())), "missing": str(self._missing)}
        return self.async_abort(reason="swept", description_placeholders=found)

    async def async_step_without_cloud(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Say what stays and what is lost; then forget the account."""
        placeholders = {"name": self.config_entry.title}
        if user_input is None:
            return self.async_show_form(
                step_id="without_cloud", data_schema=vol.Schema({}), description_placeholders=placeholders
            )
        await async_leave(self.hass, self.config_entry)
        return self.async_abort(reason="without_cloud", description_placeholders=placeholders)

    @callback
    @override
    def async_remove(self) -> None:
        """Stop the search with the flow."""
        if self._sweep is not None:
            self._sweep.cancel()
