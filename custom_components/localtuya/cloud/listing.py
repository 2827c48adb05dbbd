"""Putting an app account's list together from several answers: the first is necessary, the others only add to it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from functools import partial
import logging
from typing import Final

from .errors import CloudError, CloudRefused, CloudSetupError, CloudUnreachable
from .gateways import adopted, completed, incomplete, matched_by_key, united, worth_asking
from .project import ID, Project
from .roll import Roll
from .rows import CloudDevice, Row, collected, parse_device, record, records

_LOGGER = logging.getLogger(__name__)

MOST_TIME: Final = 25.0
"""Seconds for all that only adds to a list: what has not come until then is a gap."""
MOST_PAGES: Final = 250
_MOST_GATEWAYS: Final = 10
_FULL_PAGES: Final = frozenset({20, 50, 100, 200, 500, 1000})
_INDUSTRY_PAGE: Final = "200"
_SHARED: Final = {"from": "sharing"}


class Listing:
    """One look at an account; its user id is part of paths. Only what the first answer says is raised."""

    def __init__(self, project: Project, user_id: str, *, most_time: float) -> None:
        self._project = project
        self._user_id = user_id
        self._most_time = most_time
        self._own: dict[str, CloudDevice] = {}
        self._shared: dict[str, CloudDevice] = {}
        self._gaps: list[CloudError] = []

    async def first(self) -> Roll:
        """Return some devices, in one call; in two where all that there are belong to others."""
        await self._page(self._own, {})
        if not self._own:
            await self._add(partial(self._whole, self._shared, _SHARED))
        return self._roll()

    async def names(self, wanted: Collection[str]) -> Roll:
        """Return the devices in as few calls as can be; those of others only if one that is wanted is not found."""
        rows = await self._page(self._own, {})
        await self._in_time(self._names(rows, wanted))
        return self._roll()

    async def details(self, wanted: Collection[str] | None) -> Roll:
        """Return the devices with their gateways and all keys; with those of others if None is wanted, or as above."""
        rows = await self._page(self._own, {})
        await self._in_time(self._details(rows, wanted))
        return self._roll()

    async def _names(self, rows: int, wanted: Collection[str]) -> None:
        await self._add(partial(self._whole, self._own, {}, rows), needed=True)
        if not self._own.keys() >= set(wanted):
            await self._add(partial(self._whole, self._shared, _SHARED))

    async def _details(self, rows: int, wanted: Collection[str] | None) -> None:
        await self._add(partial(self._whole, self._own, {}, rows), needed=True)
        others = wanted is None or not self._own.keys() >= set(wanted)
        shared = [self._add(partial(self._whole, self._shared, _SHARED))] if others else []
        await asyncio.gather(*shared, self._families(wanted))

    async def _families(self, wanted: Collection[str] | None) -> None:
        """Find out who talks through which gateway, and the keys that the plain list keeps to itself."""
        if self._lacks(wanted):
            await self._add(partial(self._industry, wanted))
        self._own = matched_by_key(self._own)
        if not self._lacks(wanted):
            return
        gateways = filter(ID.fullmatch, worth_asking(self._own)[:_MOST_GATEWAYS])
        await asyncio.gather(*(self._add(partial(self._children, gateway_id)) for gateway_id in gateways))

    async def _whole(self, devices: dict[str, CloudDevice], query: Mapping[str, str], rows: int | None = None) -> None:
        """Ask for the pages of a plain list: one answer normally holds all; one as long as a page may have a next."""
        rows = await self._page(devices, query) if rows is None else rows
        for number in range(2, MOST_PAGES + 1):
            if rows not in _FULL_PAGES:
                return
            known = len(devices)
            rows = await self._page(devices, {**query, "page_no": str(number), "page_size": str(rows)})
            if len(devices) == known:
                return
        raise CloudUnreachable(detail="the list has no end")

    async def _page(self, devices: dict[str, CloudDevice], query: Mapping[str, str]) -> int:
        """Ask for one page; return its length."""
        rows = records(await self._project.call(f"/v1.0/users/{self._user_id}/devices", query))
        devices |= united(devices, collected(rows, parse_device))
        return len(rows)

    async def _industry(self, wanted: Collection[str] | None) -> None:
        """Ask the list that knows gateways, as long as something is missing."""
        query = {"page_size": _INDUSTRY_PAGE, "source_id": self._user_id, "source_type": "tuyaUser"}
        async for page in cursor(partial(self._project.call, "/v1.3/iot-03/devices"), query):
            self._own = completed(self._own, collected(records(page.get("list")), parse_device))
            if not self._lacks(wanted):
                break

    def _lacks(self, wanted: Collection[str] | None) -> bool:
        """Return whether a key or a gateway is missing, of those that are wanted if that is said."""
        return incomplete({name: device for name, device in self._own.items() if wanted is None or name in wanted})

    async def _children(self, gateway_id: str) -> None:
        rows = records(await self._project.call(f"/v1.0/devices/{gateway_id}/sub-devices"))
        self._own = adopted(self._own, gateway_id, collected(rows, parse_device))

    async def _add(self, question: Callable[[], Awaitable[None]], *, needed: bool = False) -> None:
        """Ask what only adds; what is not needed and the project may not ask leaves no gap."""
        try:
            await question()
        except CloudError as err:
            _LOGGER.debug("A part of a list is not available: %s", err)
            if needed or not isinstance(err, CloudSetupError | CloudRefused):
                self._gaps.append(err)

    async def _in_time(self, questions: Awaitable[None]) -> None:
        try:
            async with asyncio.timeout(self._most_time):
                await questions
        except TimeoutError:
            self._gaps.append(CloudUnreachable(detail=f"no answer within {self._most_time:.0f} seconds"))

    def _roll(self) -> Roll:
        """Return what is known; nothing and no answer is no list."""
        devices = {**self._own, **self._shared, **self._own}
        if self._gaps and not devices:
            raise self._gaps[0]
        return Roll(devices, gaps=tuple(self._gaps))


async def cursor(
    call: Callable[[Mapping[str, str]], Awaitable[object]], query: Mapping[str, str]
) -> AsyncIterator[Row]:
    """Yield the pages of a list, as far as its cursor moves on."""
    seen: set[object] = {""}
    here: dict[str, str] = dict(query)
    for _ in range(MOST_PAGES):
        page = record(await call(here))
        yield page
        key = page.get("last_row_key")
        if page.get("has_more") is not True or not isinstance(key, str) or key in seen:
            break
        seen.add(key)
        here["last_row_key"] = key
