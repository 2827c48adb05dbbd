"""The cloud side of one account: the few calls that Home Assistant makes, and what they become."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import batched
import logging
from typing import Any

from homeassistant.const import CONF_CLIENT_ID, CONF_REGION
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .books import async_ledger
from .cloud.client import BATCH, MOST_NAMED, CloudClient
from .cloud.errors import (
    OF_ONE_ACCOUNT,
    CloudClockError,
    CloudError,
    CloudRefused,
    CloudSetupError,
    CloudTokenError,
    CloudUnreachable,
)
from .cloud.regions import base_url
from .cloud.roll import Roll
from .cloud.rows import CloudDevice, Property
from .const import CONF_CLIENT_SECRET, CONF_USER_ID
from .model.record import DeviceRecord, has_gangs

_LOGGER = logging.getLogger(__name__)

type Learned = Callable[[DeviceRecord], None]

_AT_ONCE = 8
_PACE = 0.1
"""Seconds between two calls of many: a project may make ten a second."""
_WITNESSES = 2
"""Devices of a product that are asked what it is, should the first one be somebody else's."""
_MOST_LOST = 4
"""Questions without an answer, after which the cloud is away, not a device odd."""


class Account:
    """A Tuya account, seen through a cloud project; every method raises CloudError."""

    def __init__(self, hass: HomeAssistant, data: Mapping[str, Any]) -> None:
        """Take region, client id, client secret and user id; nothing is asked yet."""
        self.user_id: str = data[CONF_USER_ID]
        self.ledger = async_ledger(hass, data)
        self._client = CloudClient(
            async_get_clientsession(hass),
            base_url=base_url(data[CONF_REGION]),
            client_id=data[CONF_CLIENT_ID],
            client_secret=data[CONF_CLIENT_SECRET],
            ledger=self.ledger,
        )

    @property
    def calls(self) -> int:
        """The number of requests made so far."""
        return self._client.calls

    async def async_devices(self, wanted: Collection[str] | None = None) -> Roll:
        """Return the devices of the account, and those that others share with it.

        Where it is said which are wanted, others are asked for only if one of those is not in the account.
        """
        return await self._client.user_devices(self.user_id, wanted)

    async def async_roll(self, wanted: Collection[str] = ()) -> Roll:
        """Return the devices in one call, two if one that is wanted is shared: not who has which gateway."""
        return await self._client.roll(self.user_id, wanted)

    async def async_seen(self, device_ids: Sequence[str]) -> Mapping[str, bool]:
        """Return whether these devices are the account's, asked by their ids; for the first twenty, in one call.

        The project shows those of its other accounts, too.
        """
        device_ids = device_ids[:MOST_NAMED]
        named = await self._client.named_devices(device_ids)
        shown = {device.id for device in named if device.user_id in {"", self.user_id}}
        return {device_id: device_id in shown for device_id in device_ids}

    async def async_model(self, device_id: str) -> tuple[Mapping[str, Any], ...] | None:
        """Return the properties of a device; None where it has no thing model, or belongs to somebody else."""
        try:
            return rows_of(await self._client.thing_model(device_id))
        except (CloudRefused, CloudSetupError) as error:
            if isinstance(error, CloudSetupError) and error.reason not in OF_ONE_ACCOUNT:
                raise
            _LOGGER.debug("A device has no thing model: %s", error)
            return None

    async def async_learn(self, records: Iterable[DeviceRecord], learned: Learned) -> None:
        """Ask what these devices are: `learned` is called with each one, as soon as its thing model is there.

        One question for each product, not for each device, and one for each device of several gangs. A device
        without thing model is learned as it is; one whose question gets no answer keeps nothing from the others.
        """
        products: dict[str, list[DeviceRecord]] = {}
        for record in await self._with_macs(list(records)):
            products.setdefault(record.product_id or record.id, []).append(record)
        ganged: list[DeviceRecord] = []

        def sort_out(record: DeviceRecord) -> None:
            if has_gangs(record.properties):
                ganged.append(record)
            else:
                learned(record)

        lost = await _in_parallel([partial(self._learn_product, family, sort_out) for family in products.values()])
        lost += await _in_parallel([partial(self._learn_labels, record, learned) for record in ganged])
        if lost:
            raise lost[0]

    async def _learn_labels(self, record: DeviceRecord, learned: Learned) -> None:
        try:
            rows = await self._client.shadow(record.id)
        except (CloudRefused, CloudSetupError) as error:
            _LOGGER.debug("The gangs of %s have no names: %s", record.product_name, error)
            rows = ()
        labels = {str(row.dp_id): name for row in rows if (name := row.custom_name.strip())}
        learned(replace(record, labels=labels or record.labels))

    async def _learn_product(self, family: list[DeviceRecord], learned: Learned) -> None:
        properties = None
        for record in family[:_WITNESSES]:
            if (properties := await self.async_model(record.id)) is not None:
                break
        for record in family:
            learned(replace(record, properties=properties or record.properties))

    async def _with_macs(self, records: list[DeviceRecord]) -> list[DeviceRecord]:
        wanted = [record.id for record in records if record.mac is None and record.node_id is None]
        macs: dict[str, str | None] = {}

        async def ask(device_ids: Sequence[str]) -> None:
            infos = await self._client.factory_infos(device_ids)
            macs.update({device_id: info.mac for device_id, info in infos.items()})

        try:
            await _in_parallel([partial(ask, device_ids) for device_ids in batched(wanted, BATCH, strict=False)])
        except (CloudUnreachable, CloudSetupError, CloudRefused, CloudTokenError, CloudClockError) as error:
            _LOGGER.debug("Some MAC addresses are not available: %s", error)
        return [replace(record, mac=record.mac or macs.get(record.id)) for record in records]


def account_of(hass: HomeAssistant, data: Mapping[str, Any]) -> Account | None:
    """Return the account of an entry with these data, None if it has none."""
    return Account(hass, data) if data.get(CONF_CLIENT_ID) else None


async def _in_parallel(questions: Sequence[Callable[[], Coroutine[Any, Any, None]]]) -> list[CloudError]:
    """Ask these, not more at once than the cloud takes; return the errors of the few that got no answer."""
    lost: list[CloudError] = []
    places = asyncio.Semaphore(_AT_ONCE)

    async def ask(question: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await question()
        except (CloudUnreachable, CloudTokenError) as error:
            lost.append(error)
            if len(lost) >= _MOST_LOST:
                raise
        finally:
            places.release()

    try:
        async with asyncio.TaskGroup() as group:
            for question in questions:
                await places.acquire()
                group.create_task(ask(question))
                await asyncio.sleep(_PACE if len(questions) > _AT_ONCE else 0)
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return lost


def record_of(device: CloudDevice) -> DeviceRecord:
    """Return the record of a device in the account's list; it has no datapoints yet."""
    return DeviceRecord(
        device.id,
        name=device.name,
        category=device.category,
        product_id=device.product_id,
        product_name=device.product_name,
        model=device.model,
        uuid=device.uuid,
        node_id=device.node_id,
        gateway_id=device.gateway_id,
    )


def rows_of(model: Iterable[Property]) -> tuple[Mapping[str, Any], ...]:
    """Return the rows of a record for the properties of a thing model."""
    return tuple(
        {
            "id": row.dp_id,
            "code": row.code,
            "name": row.name,
            "mode": row.mode,
            "type": row.type,
            "property": dict(row.spec),
        }
        for row in model
    )
