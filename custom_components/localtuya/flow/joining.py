"""The steps by which an entry without cloud becomes an account, or gives its devices to the one that is there."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigEntryState, ConfigFlowResult
from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID
import voluptuous as vol

from ..const import DOMAIN
from ..hub import LocalTuyaConfigEntry
from ..membership import async_join
from ..moving import async_move
from .asking import AskingFlow
from .findings import Devices
from .inquiry import Inquiry
from .patience import Step


class JoiningFlow(AskingFlow):
    """The step `move`, and what the steps for an account need where there is an entry already."""

    _target: LocalTuyaConfigEntry
    _listed: Devices

    async def async_step_move(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask whether the devices shall go to the entry of their account, and let them go."""
        source: LocalTuyaConfigEntry = self._get_reconfigure_entry()
        target = self._target
        here = {device.data[CONF_DEVICE_ID]: device.title for device in source.subentries.values()}
        wanted = {device_id: title for device_id, title in here.items() if device_id in self._listed}
        placeholders = {"account": target.title, "names": ", ".join(wanted.values())}
        if not wanted:
            return self.async_abort(reason="nothing_to_move", description_placeholders=placeholders)
        if not _run(source, target):
            return self.async_abort(reason="not_running")
        if user_input is None:
            return self.async_show_form(
                step_id="move", data_schema=vol.Schema({}), description_placeholders=placeholders
            )
        moved = await async_move(self.hass, source, target, wanted=wanted, listed=self._listed)
        return self.async_abort(reason="moved", description_placeholders={**placeholders, "count": str(moved)})

    async def _async_claim(self, user_id: str) -> None:
        """End the flow if an entry has this account; one that has none any more may have it back."""
        if self.source == SOURCE_RECONFIGURE:
            return
        # a page that was reloaded leaves a flow behind, which must not lock the account
        entry = await self.async_set_unique_id(user_id, raise_on_progress=False)
        if entry is None or CONF_CLIENT_ID in entry.data:
            self._abort_if_unique_id_configured()

    def _reunion(self, user_id: str, inquiry: Inquiry) -> Step[ConfigFlowResult] | None:
        """Return what follows where an entry has this account, or is to have it; None where the account is new."""
        owner = self.hass.config_entries.async_entry_for_domain_unique_id(DOMAIN, user_id)
        entry = owner or (self._get_reconfigure_entry() if self.source == SOURCE_RECONFIGURE else None)
        if entry is None:
            return None
        self._target, self._listed = entry, inquiry.devices
        if CONF_CLIENT_ID in entry.data:
            return self.async_step_move
        return partial(self._async_join, inquiry.credentials)

    async def _async_join(self, credentials: Mapping[str, Any]) -> ConfigFlowResult:
        target = self._target
        if not _run(target):
            return self.async_abort(reason="not_running")
        await async_join(self.hass, target, credentials, self._listed)
        if self.source == SOURCE_RECONFIGURE and target is not self._get_reconfigure_entry():
            return await self.async_step_move()
        return self.async_abort(reason="joined", description_placeholders={"name": target.title})


def _run(*entries: LocalTuyaConfigEntry) -> bool:
    return all(entry.state is ConfigEntryState.LOADED for entry in entries)
