"""The client of Tuya's OpenAPI: the questions about an account's devices."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
import logging
import time
from typing import Final

import aiohttp

from .errors import CloudBusy, CloudError, CloudRefused, CloudSetupError, CloudUnreachable
from .ledger import Ledger
from .listing import MOST_TIME, Listing, cursor
from .project import ID, Project
from .regions import REGIONS, region_of_user
from .roll import Roll
from .rows import (
    CloudDevice,
    FactoryInfo,
    Property,
    ShadowValue,
    Specification,
    collected,
    parse_device,
    parse_factory_info,
    parse_model,
    parse_shadow,
    parse_specification,
    record,
    records,
)
from .wire import TIMEOUT, Wire

_LOGGER = logging.getLogger(__name__)

BATCH: Final = 50
"""Devices whose factory information fits in one call."""
MOST_NAMED: Final = 20
_UNSEEN: Final = frozenset({1106, 2010})


class CloudClient:
    """The questions of one program to one cloud project; every method raises leafs of `CloudError`.

    `base_url` is the data center's (see `regions`), `clock` gives seconds since 1970, `timeout` is for one request,
    `most_time` for all that only adds to a list; `ledger` is shared with the other clients of the project.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        base_url: str,
        client_id: str,
        client_secret: str,
        clock: Callable[[], float] = time.time,
        timeout: float = TIMEOUT,
        most_time: float = MOST_TIME,
        ledger: Ledger | None = None,
    ) -> None:
        wire = Wire(session, base_url=base_url, client_id=client_id, client_secret=client_secret, timeout=timeout)
        self._project = Project(wire, ledger=ledger or Ledger(clock), clock=clock)
        self._most_time = most_time

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._project.wire.base_url!r}, calls={self.calls})"

    @property
    def calls(self) -> int:
        """Requests made so far: the trial plan gives some 30,000 a month."""
        return self._project.calls

    async def authenticate(self) -> None:
        """Get a token, which proves the client id, the secret and the clock."""
        await self._project.authenticate()

    async def user_devices(self, user_id: str, wanted: Collection[str] | None = None) -> Roll:
        """Return the devices of an app account, sub-devices with their gateway where that can be found out.

        Those that others share with it are among them. Where it is said which devices are wanted, only their gateways
        and keys are found out, and shared ones asked for only if one of them is missing.
        """
        with self._listing(user_id) as listing:
            return await listing.details(wanted)

    async def roll(self, user_id: str, wanted: Collection[str] = ()) -> Roll:
        """Return the devices in as few calls as can be, sub-devices without their gateway; shared ones as above."""
        with self._listing(user_id) as listing:
            return await listing.names(wanted)

    async def accounts(self, user_id: str = "") -> Mapping[str, Sequence[str]]:
        """Return the names of devices by app account: some of a given one, or those of all linked to the project."""
        if user_id:
            with self._listing(user_id) as listing:
                some = await listing.first()
            return {user_id: tuple(device.name for device in some.values())} if some else {}
        try:
            return await self._linked()
        except (CloudSetupError, CloudRefused) as err:
            if err.code != 1106 and isinstance(err, CloudSetupError):
                raise
            raise CloudSetupError(err.code, err.tid, key="user_id_needed") from err

    async def thing_model(self, device_id: str) -> tuple[Property, ...]:
        """Return all datapoints of a device's product, in product codes."""
        return parse_model(await self._project.call(f"/v2.0/cloud/thing/{_checked(device_id)}/model"))

    async def specification(self, device_id: str) -> Specification:
        """Return the standard instruction set of a device; `CloudRefused` (2009) if it has none."""
        return parse_specification(await self._project.call(f"/v1.1/devices/{_checked(device_id)}/specifications"))

    async def shadow(self, device_id: str) -> tuple[ShadowValue, ...]:
        """Return the last values that the cloud heard of a device, in product codes."""
        return parse_shadow(await self._project.call(f"/v2.0/cloud/thing/{_checked(device_id)}/shadow/properties"))

    async def factory_infos(self, device_ids: Iterable[str]) -> Mapping[str, FactoryInfo]:
        """Return the MAC addresses and serials of at most `BATCH` devices; one of which nothing is known is missing."""
        wanted = [device_id for device_id in dict.fromkeys(device_ids) if ID.fullmatch(device_id)][:BATCH]
        if not wanted:
            return {}
        result = await self._project.call("/v1.0/devices/factory-infos", {"device_ids": ",".join(wanted)})
        return {info.id: info for info in collected(records(result), parse_factory_info)}

    async def named_devices(self, device_ids: Iterable[str]) -> tuple[CloudDevice, ...]:
        """Return those of at most `MOST_NAMED` devices that the project may see; it asks for them one and all."""
        wanted = [device_id for device_id in device_ids if ID.fullmatch(device_id)][:MOST_NAMED]
        if not wanted:
            return ()
        try:
            result = await self._project.call("/v1.0/devices", {"device_ids": ",".join(wanted)})
        except (CloudSetupError, CloudRefused) as err:
            if err.code in _UNSEEN:
                return ()
            raise
        return collected(records(record(result).get("devices")), parse_device)

    async def _linked(self) -> dict[str, tuple[str, ...]]:
        """Return the names of the devices of every app account that is linked to the project."""
        names: dict[str, dict[str, str]] = {}
        call = partial(self._project.call, "/v1.0/iot-01/associated-users/devices")
        try:
            async for page in cursor(call, {"size": "100"}):
                for row in records(page.get("devices")):
                    uid, device = row.get("uid"), parse_device(row)
                    if device is not None and isinstance(uid, str) and ID.fullmatch(uid):
                        names.setdefault(uid, {})[device.id] = device.name
        except (CloudUnreachable, CloudBusy) as err:
            if not names:
                raise
            _LOGGER.debug("Not all linked accounts are known: %s", err)
        return {uid: tuple(devices.values()) for uid, devices in names.items()}

    @contextmanager
    def _listing(self, user_id: str) -> Iterator[Listing]:
        """Ask for the list of this user; raise why he is not to be seen."""
        if not ID.fullmatch(user_id):
            raise CloudSetupError(key="wrong_user", reason="wrong_user", detail="no user id looks like this")
        try:
            yield Listing(self._project, user_id, most_time=self._most_time)
        except CloudSetupError as err:
            if err.code == 1106:
                raise self._stranger(user_id, err) from err
            raise

    def _stranger(self, user_id: str, err: CloudError) -> CloudSetupError:
        """Return why this user is not to be seen: his id may name another data center than the one we talk to."""
        home = region_of_user(user_id)
        here = next((region for region in REGIONS if region.url == self._project.wire.base_url), None)
        reason = "wrong_region" if home and here and home.continent != here.continent else "wrong_user"
        return CloudSetupError(err.code, err.tid, key=reason, reason=reason)


def _checked(device_id: str) -> str:
    if not ID.fullmatch(device_id):
        raise CloudRefused(detail="no device id looks like this")
    return device_id
