"""Remotes: infrared and radio codes are learned, kept under a name and sent."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, override

from homeassistant.components import persistent_notification
from homeassistant.components.remote import (
    ATTR_ALTERNATIVE,
    ATTR_COMMAND,
    ATTR_COMMAND_TYPE,
    ATTR_DELAY_SECS,
    ATTR_DEVICE,
    ATTR_NUM_REPEATS,
    ATTR_TIMEOUT,
    DEFAULT_DELAY_SECS,
    RemoteEntity,
    RemoteEntityFeature,
)
from homeassistant.core import callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .codebook import Codebook
from .const import DOMAIN
from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.convert.infrared import Code, learned, parse, sending, studying
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_PATIENCE = 30
"""Seconds in which a key is to be pressed, where nobody says otherwise."""
_RADIO = frozenset({"rf", "radio"})


class LocalTuyaRemote(LocalTuyaEntity, RemoteEntity):
    """A hub that stands in for remotes; it is always ready."""

    optimistic = False
    exclusive = True
    _attr_is_on = True
    _codes: Codebook

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._learning = asyncio.Lock()
        if "receive" in self.points:
            self._attr_supported_features = RemoteEntityFeature.LEARN_COMMAND | RemoteEntityFeature.DELETE_COMMAND

    @override
    async def async_added_to_hass(self) -> None:
        """Open the codebook and listen to the device."""
        self._codes = Codebook(self.hass, self.coordinator.record.id)
        await super().async_added_to_hass()

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Do nothing: it is on."""

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Do nothing: it stays on."""

    @override
    async def async_send_command(self, command: Iterable[str], **kwargs: Any) -> None:
        """Send codes, given as such or by the name under which they were learned."""
        names, device = list(command), kwargs.get(ATTR_DEVICE)
        delay = kwargs.get(ATTR_DELAY_SECS, DEFAULT_DELAY_SECS)
        known = await self._codes.async_of(device)
        for name in names:
            if parse(name) is None and name not in known:
                raise _mistake("unknown_command", command=name)
        for turn in range(kwargs.get(ATTR_NUM_REPEATS, 1)):
            for place, name in enumerate(names):
                if turn or place:
                    await asyncio.sleep(delay)
                await self._send_code(parse(name) or await self._codes.async_next(device, name), name)

    @override
    async def async_learn_command(self, **kwargs: Any) -> None:
        """Learn a code for each command, waiting for its key to be pressed."""
        names: list[str] = kwargs.get(ATTR_COMMAND) or []
        radio = str(kwargs.get(ATTR_COMMAND_TYPE, "")).lower() in _RADIO
        if not names:
            raise _mistake("command_needed")
        if studying(self.points, on=True, radio=radio) is None:
            raise _mistake("cannot_learn", device=self.coordinator.record.name)
        async with self._learning:
            for name in names:
                patience = kwargs.get(ATTR_TIMEOUT) or _PATIENCE
                turns = range(2 if kwargs.get(ATTR_ALTERNATIVE) else 1)
                codes = [await self._learn(name, patience, radio=radio) for _ in turns]
                await self._codes.async_keep(kwargs.get(ATTR_DEVICE), name, codes)

    @override
    async def async_delete_command(self, **kwargs: Any) -> None:
        """Forget commands."""
        device = kwargs.get(ATTR_DEVICE)
        known = await self._codes.async_of(device)
        for name in kwargs[ATTR_COMMAND]:
            if name not in known:
                raise _mistake("unknown_command", command=name)
        await self._codes.async_forget(device, kwargs[ATTR_COMMAND])

    async def _send_code(self, code: Code | None, name: str) -> None:
        values = None if code is None else sending(code, self.points)
        if values is None:
            raise _mistake("cannot_send", command=name, device=self.coordinator.record.name)
        await self.send(**values)

    async def _learn(self, name: str, seconds: float, *, radio: bool) -> Code:
        """Return the code of the key that is pressed; raise HomeAssistantError if none is."""
        heard: asyncio.Future[Code] = self.hass.loop.create_future()

        @callback
        def happen(raw: object) -> None:
            data = self.points["receive"].decode(raw)
            code = None if data is None else learned(data)
            if code is not None and not heard.done():
                heard.set_result(code)

        device = self.coordinator.record.name
        notice = f"{DOMAIN}_learn_{self.unique_id}"
        stop = self.coordinator.async_on_moment(self.points["receive"].dp, happen)
        try:
            await self.send(**studying(self.points, on=True, radio=radio) or {})
            persistent_notification.async_create(
                self.hass, f'Press the key for "{name}" on the remote, close to {device}.', device, notice
            )
            async with asyncio.timeout(seconds):
                return await heard
        except TimeoutError as err:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="nothing_learned",
                translation_placeholders={"command": name, "device": device},
            ) from err
        finally:
            stop()
            persistent_notification.async_dismiss(self.hass, notice)
            with suppress(HomeAssistantError):
                await self.send(**studying(self.points, on=False, radio=radio) or {})


def _mistake(key: str, **placeholders: str) -> ServiceValidationError:
    return ServiceValidationError(translation_domain=DOMAIN, translation_key=key, translation_placeholders=placeholders)


async_setup_entry = platform_setup("remote", LocalTuyaRemote)
