"""The repairs that Home Assistant can make itself once its user has done his part."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components.repairs import ConfirmRepairFlow, RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID, CONF_HOST, CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import voluptuous as vol

from .cloud.errors import CloudError
from .cloud.ledger import Cause
from .const import CONF_BROUGHT, CONF_LOCAL_KEY, CONF_PROTOCOL_VERSION, DOMAIN
from .flow import schemas
from .flow.check import DeviceCheck
from .flow.findings import Devices
from .hub import Hub, LocalTuyaConfigEntry
from .issues import GONE, KEY_REJECTED, REFUSED, RENAMED
from .keys import with_key
from .membership import async_leave
from .moving import async_holder, async_move

type Data = Mapping[str, str | int | float | None]


async def async_create_fix_flow(_: HomeAssistant, issue_id: str, data: Data | None) -> RepairsFlow:
    """Return the flow that repairs an issue."""
    for kind, flow in _FLOWS.items():
        if data is not None and issue_id.startswith(f"{kind}_"):
            return flow(data)
    return ConfirmRepairFlow()


class _Repair(RepairsFlow):
    """What all repairs need."""

    def __init__(self, data: Data) -> None:
        """Take what the issue belongs to."""
        self._entry_id = str(data["entry_id"])
        self._device_id = str(data.get("device_id") or "")

    @property
    def _entry(self) -> LocalTuyaConfigEntry | None:
        """The entry, None if it does not run."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        return entry if entry is not None and entry.state is ConfigEntryState.LOADED else None

    @property
    def _hub(self) -> Hub | None:
        return self._entry.runtime_data if self._entry else None

    @property
    def _subentry(self) -> ConfigSubentry | None:
        """The device, None if it is gone."""
        devices = self._entry.subentries.values() if self._entry else ()
        return next((device for device in devices if device.data.get(CONF_DEVICE_ID) == self._device_id), None)

    @property
    def _placeholders(self) -> dict[str, str]:
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        return dict(issue.translation_placeholders or {}) if issue else {}

    def _menu(self, *options: str, **more: str) -> RepairsFlowResult:
        placeholders = {**self._placeholders, **more}
        return self.async_show_menu(step_id="init", menu_options=list(options), description_placeholders=placeholders)

    def _form(
        self, step_id: str, schema: vol.Schema | None = None, errors: dict[str, str] | None = None, **more: str
    ) -> RepairsFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=schema or vol.Schema({}),
            errors=errors,
            description_placeholders={**self._placeholders, **more},
        )


class RefusalRepair(_Repair):
    """Asks the cloud again, once its user has put right on Tuya's pages what it complained of; or asks no more."""

    async def async_step_init(self, _: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask which way."""
        if (hub := self._hub) is None or hub.account is None:
            return self.async_abort(reason="not_loaded")
        return self._menu("confirm", "without_cloud")

    async def async_step_without_cloud(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Say what stays and what is lost; then forget the account."""
        if (entry := self._entry) is None:
            return self.async_abort(reason="not_loaded")
        if user_input is None:
            return self._form("without_cloud", name=entry.title)
        await async_leave(self.hass, entry)
        return self.async_create_entry(data={})

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Say what to do; then ask the cloud."""
        if (hub := self._hub) is None or hub.account is None:
            return self.async_abort(reason="not_loaded")
        if user_input is None:
            return self._form("confirm")
        try:
            with hub.standing.calling(hub.account, Cause.SET_UP):
                await hub.account.async_roll()
        except CloudError as error:
            return self._form("confirm", errors={"base": "still_refused"}, detail=error.answer)
        hub.async_ask_anew()
        return self.async_create_entry(data={})


class KeyRepair(_Repair):
    """Takes the key that a device has now: from the cloud, or from its user."""

    check = DeviceCheck()

    async def async_step_init(self, _: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask which way, where there is an account."""
        if self._entry is None or self._subentry is None:
            return self.async_abort(reason="not_loaded")
        if CONF_CLIENT_ID not in self._entry.data:
            return await self.async_step_enter()
        return self._menu("ask", "enter")

    async def async_step_ask(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask the cloud, after the device was paired again."""
        if (hub := self._hub) is None or hub.account is None:
            return self.async_abort(reason="not_loaded")
        if user_input is None:
            return self._form("ask")
        try:
            if await hub.keys.async_ask(self._device_id):
                return self.async_create_entry(data={})
        except CloudError as error:
            return self._form("ask", errors={"base": "cloud_refuses"}, detail=error.answer)
        return self._form("ask", errors={"base": "same_key"})

    async def async_step_enter(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask for the key, and try it at the device before it is kept."""
        entry, device = self._entry, self._subentry
        if entry is None or device is None:
            return self.async_abort(reason="not_loaded")
        errors: dict[str, str] = {}
        if user_input is not None:
            user_input = schemas.stripped(user_input)
            known = {CONF_PROTOCOL_VERSION: schemas.AUTO, **device.data}
            result = await self.check.async_check(self.hass, {**known, **user_input})
            errors = {
                CONF_LOCAL_KEY if field == CONF_LOCAL_KEY else "base": key for field, key in result.errors.items()
            }
            if result.announcement:
                data = {
                    **device.data,
                    **with_key(device.data, user_input[CONF_LOCAL_KEY]),
                    CONF_HOST: result.announcement.host,
                    CONF_PROTOCOL_VERSION: result.announcement.version,
                }
                self.hass.config_entries.async_update_subentry(entry, device, data=data)
                return self.async_create_entry(data={})
        return self._form("enter", self.add_suggested_values_to_schema(schemas.KEY, user_input), errors)


class NameRepair(_Repair):
    """Takes the name that a device has in the app."""

    def __init__(self, data: Data) -> None:
        """Take the new name, too."""
        super().__init__(data)
        self._name = str(data["name"])

    async def async_step_init(self, _: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Begin."""
        if self._subentry is None:
            return self.async_abort(reason="not_loaded")
        return self._menu("take", "keep")

    async def async_step_take(self, _: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Call the device as in the app; the ids of its entities stay."""
        return self._store(title=self._name)

    async def async_step_keep(self, _: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Remember the name in the app, so that it is not offered again."""
        return self._store()

    def _store(self, **more: str) -> RepairsFlowResult:
        entry, device = self._entry, self._subentry
        if entry is None or device is None:
            return self.async_abort(reason="not_loaded")
        data = {**device.data, CONF_NAME: self._name}
        self.hass.config_entries.async_update_subentry(entry, device, data=data, **more)
        return self.async_create_entry(data={})


class GoneRepair(_Repair):
    """Removes a device that left the account, or keeps it: with its key it works on; or moves it to its new account."""

    _found: tuple[LocalTuyaConfigEntry, Devices] | None = None
    """The account that has the device now, with its devices."""

    async def async_step_init(self, _: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Look into the other accounts, and ask what to do."""
        if self._subentry is None:
            return self.async_abort(reason="not_loaded")
        self._found = await async_holder(self.hass, self._device_id)
        if self._found is None:
            return self._menu("remove", "keep")
        return self._menu("move", "remove", "keep", account=self._found[0].title)

    async def async_step_move(self, _: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Move the device to the account that it went to."""
        source, found = self._entry, self._found
        if source is None or found is None or found[0].state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        await async_move(self.hass, source, found[0], wanted=[self._device_id], listed=found[1])
        return self.async_create_entry(data={})

    async def async_step_remove(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask once more, then remove the device with its entities."""
        entry, device = self._entry, self._subentry
        if entry is None or device is None:
            return self.async_abort(reason="not_loaded")
        if user_input is None:
            return self._form("remove")
        self.hass.config_entries.async_remove_subentry(entry, device.subentry_id)
        return self.async_create_entry(data={})

    async def async_step_keep(self, _: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Keep the device and do not mind any more: as one that the user brought."""
        entry, device = self._entry, self._subentry
        if entry is None or device is None:
            return self.async_abort(reason="not_loaded")
        self.hass.config_entries.async_update_subentry(entry, device, data={**device.data, CONF_BROUGHT: True})
        return self.async_create_entry(data={})


_FLOWS: dict[str, type[RefusalRepair | KeyRepair | NameRepair | GoneRepair]] = {
    GONE: GoneRepair,
    KEY_REJECTED: KeyRepair,
    REFUSED: RefusalRepair,
    RENAMED: NameRepair,
}
