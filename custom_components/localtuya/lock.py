"""Locks that can be unlocked over the LAN; others only report, and are binary sensors.

Most locks open to a key of eight digits. Where the lock lets us register one, each unlocking uses a new key, valid once
and for minutes; where it does not, whoever unlocks must know the key.
"""

import asyncio
from collections.abc import Mapping
import secrets
import time
from typing import Any, ClassVar, override

from homeassistant.components.lock import LockEntity
from homeassistant.const import ATTR_CODE
from homeassistant.core import callback
from homeassistant.exceptions import HomeAssistantError

from .const import DOMAIN
from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.convert.lock import Operation, Registration
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_KEY = r"^\d{8}$"
_KEYS = 10**8
_TOLERANCE = 300  # seconds that a lock's clock may go wrong
_WAYS = "unlock_"


class LocalTuyaLock(LocalTuyaEntity, LockEntity):
    """A lock; it is as it says it is, never as it was told."""

    optimistic = False
    exclusive = True
    patience: ClassVar[float] = 5
    """Seconds to wait for what a lock answers to a key."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._by_key = "code_unlock" in self.points
        self._ways = {point.dp: role for role, point in self.points.items() if role.startswith(_WAYS)}
        self._answers: dict[str, asyncio.Future[str]] = {}
        if self._by_key and "register_key" not in self.points:
            self._attr_code_format = _KEY

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to who opens, and to what the lock answers."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.async_on_report(self._on_report))

    @override
    def refresh(self) -> None:
        """Take over whether it is locked."""
        self._attr_is_locked = self.read("lock_state" if "lock_state" in self.points else "lock")

    @override
    async def async_lock(self, **kwargs: Any) -> None:
        """Lock it."""
        if "lock" in self.points:
            await self.send(lock=True)
        else:
            await self._show_key(kwargs.get(ATTR_CODE), unlock=False)

    @override
    async def async_unlock(self, **kwargs: Any) -> None:
        """Unlock it: as somebody at the door asks for it, or as the lock wants it."""
        if self.read("request_unlock") and "approve_unlock" in self.points:
            await self.send(approve_unlock=True)
        elif self._by_key:
            await self._show_key(kwargs.get(ATTR_CODE), unlock=True)
        elif "unlock" in self.points:
            await self.send(unlock=True)
        else:
            await self.send(lock=False)

    async def _show_key(self, code: str | None, *, unlock: bool) -> None:
        if "register_key" in self.points:
            code = f"{secrets.randbelow(_KEYS):08d}"
            now = int(time.time())
            await self._ask("register_key", Registration(code, now - _TOLERANCE, now + _TOLERANCE))
        await self._ask("code_unlock", Operation(code or "", unlock))

    async def _ask(self, role: str, value: object) -> None:
        """Send a value and wait for the answer; a lock that says nothing may have done it all the same."""
        answer = self._answers[role] = self.hass.loop.create_future()
        try:
            await self.send(**{role: value})
            async with asyncio.timeout(self.patience):
                said = await answer
        except TimeoutError:
            return
        finally:
            del self._answers[role]
        if said != "done":
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key=f"lock_{said}")

    @callback
    def _on_report(self, dps: Mapping[str, object]) -> None:
        for role, answer in self._answers.items():
            said = self.points[role].read(dps)
            if said is not None and not answer.done():
                answer.set_result(said)
        match [dp for dp in self._ways if dp in dps]:
            case [opened]:  # several at once are what the lock remembers
                role = self._ways[opened]
                self._attr_changed_by = f"{role.removeprefix(_WAYS)} {self.points[role].read(dps)}"
                self.async_write_ha_state()


async_setup_entry = platform_setup("lock", LocalTuyaLock)
