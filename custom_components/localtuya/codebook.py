"""Learned codes of one hub, on disk: the work of a person, so they outlive the device's removal."""

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from .const import DOMAIN
from .model.convert.infrared import Code, parse, written

_VERSION = 1
type Commands = dict[str, list[str]]
"""The codes of each command, several where they take turns."""


class Codebook:
    """Codes by appliance and command; an appliance is what the user calls it, empty where there is just one."""

    def __init__(self, hass: HomeAssistant, device_id: str) -> None:
        """Prepare; nothing is read yet."""
        self._store: Store[dict[str, Any]] = Store(hass, _VERSION, f"{DOMAIN}.codes.{device_id}", private=True)
        self._codes: dict[str, Commands] | None = None
        self._turns: dict[tuple[str, str], int] = {}

    async def async_of(self, appliance: str | None) -> Mapping[str, list[str]]:
        """Return the commands of an appliance."""
        return (await self._load()).get(appliance or "", {})

    async def async_next(self, appliance: str | None, command: str) -> Code | None:
        """Return the code of a command whose turn it is; None if there is none."""
        codes = (await self.async_of(appliance)).get(command) or [""]
        place = (appliance or "", command)
        turn = self._turns.get(place, 0)
        self._turns[place] = turn + 1
        return parse(codes[turn % len(codes)])

    async def async_keep(self, appliance: str | None, command: str, codes: Iterable[Code]) -> None:
        """Keep the codes of a command."""
        everything = await self._load()
        everything.setdefault(appliance or "", {})[command] = [written(code) for code in codes]
        await self._store.async_save({"codes": everything})

    async def async_forget(self, appliance: str | None, commands: Iterable[str]) -> None:
        """Forget commands, and an appliance that has none left."""
        everything = await self._load()
        known = everything.get(appliance or "", {})
        for command in commands:
            known.pop(command, None)
        if not known:
            everything.pop(appliance or "", None)
        await self._store.async_save({"codes": everything})

    async def _load(self) -> dict[str, Commands]:
        if self._codes is None:
            self._codes = (await self._store.async_load() or {}).get("codes", {})
        return self._codes
