"""The steps for a file that tinytuya wrote: its devices, and keys for those that are set up already."""

from functools import partial
from typing import Any, override

from homeassistant.components.file_upload import process_uploaded_file
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.const import CONF_DEVICE_ID, CONF_HOST
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowContext, FlowResult

from ..const import CONF_BROUGHT, CONF_DEVICES, CONF_TEXT, CONF_UPLOAD
from ..devices import is_child
from ..keyring import async_hand_out, renewable
from ..model.record import DeviceRecord
from ..siblings import async_models, completed
from ..texts import async_texts
from . import schemas
from .choosing import Choice
from .findings import Finding
from .keeping import Ending, KeepingFlow
from .keyfile import MOST_BYTES, KeyFile, KeyFileError
from .patience import Step

_IN_A_FILE: dict[str, str] = {
    Finding.NO_KEY: "file_no_key",
    Finding.GATEWAY_FOREIGN: "file_gateway_foreign",
    Finding.NO_GATEWAY: "file_no_gateway",
}


class FileChoice(Choice):
    """The devices of a file; none need be chosen where it has keys for those that are set up."""

    def __init__(self, hass: HomeAssistant, file: KeyFile) -> None:
        """Take what a file says."""
        super().__init__(hass, file.devices)
        self._file = file
        self.keys = renewable(hass, file.devices)
        """Devices that are set up and have another key in the file."""

    @override
    def mistake(self, chosen: list[str]) -> dict[str, str]:
        """Return the error, in words for a file, and the name of its device; nothing if the choice is fine."""
        if self.keys and not chosen:
            return {}
        mistake = super().mistake(chosen)
        return mistake and {**mistake, "error": _IN_A_FILE.get(mistake["error"], mistake["error"])}

    @override
    def subentries(self, chosen: list[str]) -> list[ConfigSubentryData]:
        """Return the subentries; a device that was not heard is first looked for where the file says."""
        return [self._brought(device) for device in super().subentries(chosen)]

    @override
    def _movable(self) -> set[str]:
        return set()

    def _brought(self, device: ConfigSubentryData) -> ConfigSubentryData:
        data = device["data"]
        address = self._file.address(data[CONF_DEVICE_ID])
        place = {CONF_HOST: address} if address and CONF_HOST not in data and not is_child(data) else {}
        return {**device, "data": {**data, **place, CONF_BROUGHT: True}}


class ImportFlow[ContextT: FlowContext, ResultT: FlowResult[Any, Any], HandlerT](
    KeepingFlow[ContextT, ResultT, HandlerT]
):
    """The steps `file` and `file_devices`."""

    _file: KeyFile
    _file_choice: FileChoice

    async def async_step_file(self, user_input: dict[str, Any] | None = None) -> ResultT:
        """Ask for the file or its text; meanwhile the devices on the network are heard."""
        await self._async_listen()
        if user_input is None:
            return await self._async_show_file("")
        return await self._async_await(self._async_read(user_input))

    async def async_step_file_devices(self, user_input: dict[str, Any] | None = None) -> ResultT:
        """Show what was found of every device of the file and let the user choose."""
        form = await self._file_choice.async_form(user_input)
        if user_input is not None and not form.errors:
            return await self._async_take(user_input[CONF_DEVICES])
        more = {
            "keys": await self._async_count("file_keys", self._file_choice.keys),
            "skipped": await self._async_count("file_skipped", self._file.skipped),
        }
        placeholders = form.description_placeholders | more
        return self.async_show_form(
            step_id="file_devices", **form._asdict() | {"description_placeholders": placeholders}
        )

    async def _async_show_file(self, error: str) -> ResultT:
        return self.async_show_form(
            step_id="file",
            data_schema=schemas.FILE,
            errors={"base": error} if error else {},
            description_placeholders={"size": str(MOST_BYTES // 2**20)},
        )

    async def _async_read(self, user_input: dict[str, Any]) -> Step[ResultT]:
        """Read the file; return the next step, which may be to ask for another one."""
        upload, text = user_input.get(CONF_UPLOAD, ""), user_input.get(CONF_TEXT, "").strip()
        if not upload and not text:
            return partial(self._async_show_file, "file_missing")
        try:
            self._file = await self.hass.async_add_executor_job(_read, self.hass, upload, text)
        except KeyFileError as error:
            return partial(self._async_show_file, error.key)
        self._file_choice = FileChoice(self.hass, self._file)
        if not self._file_choice.empty:
            await self._async_search(self._file_choice.expected)
            return self.async_step_file_devices
        if self._file_choice.keys:
            return partial(self._async_take, [])
        return partial(self._async_show_file, "file_nothing_new")

    async def _async_take(self, chosen: list[str]) -> ResultT:
        """Hand out the keys, add the chosen devices and end."""
        keys = async_hand_out(self.hass, self._file.devices)
        devices = self._file_choice.subentries(chosen)
        if not devices:
            return self.async_abort(reason="keys_taken", description_placeholders={"keys": str(keys)})
        placeholders = {"count": str(len(devices)), "keys": await self._async_count("file_keys_taken", keys)}
        models = await async_models(self.hass)
        told = await self.hass.async_add_executor_job(_records, self._file, devices)
        records = [completed(record, models) for record in told]
        return await self._async_keep(devices, records, Ending("imported", placeholders))

    async def _async_count(self, key: str, count: int) -> str:
        """Return the text about so many, nothing if there are none."""
        return (await async_texts(self.hass))[key].format(count=count) if count else ""


def _read(hass: HomeAssistant, upload: str, text: str) -> KeyFile:
    """Return what is in the uploaded file, or in the text if there is none; raise KeyFileError."""
    if not upload:
        return KeyFile.read(text.encode(errors="replace"))
    try:
        with process_uploaded_file(hass, upload) as path, path.open("rb") as file:
            return KeyFile.read(file.read(MOST_BYTES + 1))
    except KeyFileError:
        raise
    except OSError, ValueError:
        raise KeyFileError("file_gone") from None


def _records(file: KeyFile, devices: list[ConfigSubentryData]) -> list[DeviceRecord]:
    return [file.record(device["data"][CONF_DEVICE_ID]) for device in devices]
