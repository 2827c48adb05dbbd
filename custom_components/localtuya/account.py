"""The cloud side of one account: the few calls that Home Assistant makes, and what they become."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import batched
import logging
from typing import Any

from homeassistant.const import CONF_CLIENT_ID, CONF_REGION
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .cloud.client import CloudClient
from .cloud.errors import CloudRefused, CloudSetupError
from .cloud.regions import base_url
from .cloud.rows import CloudDevice, Property
from .const import CONF_CLIENT_SECRET, CONF_USER_ID
from .model.record import DeviceRecord, has_gangs

_LOGGER = logging.getLogger(__name__)

type Learned = Callable[[DeviceRecord], None]

_FOREIGN = frozenset({"not_linked", "wrong_user"})
"""Reasons that are about one device only: it belongs to another account."""
_AT_ONCE = 8
_BATCH_TIME = 0.8
"""Seconds that a batch takes at least: a project may make ten calls a second."""


class Account:
    """A Tuya account, seen through a cloud project; every method raises CloudError."""

    def __init__(self, hass: HomeAssistant, data: Mapping[str, Any]) -> None:
        """Take region, client id, client secret and user id; nothing is asked yet."""
        self.user_id: str = data[CONF_USER_ID]
        self._client = CloudClient(
            async_get_clientsession(hass),
            base_url=base_url(data[CONF_REGION]),
            client_id=data[CONF_CLIENT_ID],
            client_secret=data[CONF_CLIENT_SECRET],
        )

    @property
    def calls(self) -> int:
        """The number of requests made so far."""
        return self._client.calls

    async def async_devices(self) -> dict[str, CloudDevice]:
        """Return the devices of the account by id."""
        return {device.id: device for device in await self._client.user_devices(self.user_id)}

    async def async_learn(self, records: Iterable[DeviceRecord], learned: Learned) -> None:
        """Ask what these devices are: `learned` is called with each one, as soon as its thing model is there.

        One question for each product, not for each device, and one for each device of several gangs. A device
        without thing model is learned as it is.
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

        await _in_batches([partial(self._learn_product, family, sort_out) for family in products.values()])
        await _in_batches([partial(self._learn_labels, record, learned) for record in ganged])

    async def _learn_labels(self, record: DeviceRecord, learned: Learned) -> None:
        try:
            rows = await self._client.shadow(record.id)
        except (CloudRefused, CloudSetupError) as error:
            _LOGGER.debug("The gangs of %s have no names: %s", record.product_name, error)
            rows = ()
        labels = {str(row.dp_id): name for row in rows if (name := row.custom_name.strip())}
        learned(replace(record, labels=labels or record.labels))

    async def _learn_product(self, family: list[DeviceRecord], learned: Learned) -> None:
        try:
            properties = rows_of(await self._client.thing_model(family[0].id))
        except (CloudRefused, CloudSetupError) as error:
            if isinstance(error, CloudSetupError) and error.reason not in _FOREIGN:
                raise
            _LOGGER.debug("%s has no thing model: %s", family[0].product_name, error)
            properties = ()
        for record in family:
            learned(replace(record, properties=properties or record.properties))

    async def _with_macs(self, records: list[DeviceRecord]) -> list[DeviceRecord]:
        wanted = [record.id for record in records if record.mac is None and record.node_id is None]
        try:
            infos = await self._client.factory_infos(wanted) if wanted else {}
        except (CloudRefused, CloudSetupError) as error:
            _LOGGER.debug("The MAC addresses are not available: %s", error)
            infos = {}
        return [
            replace(record, mac=infos[record.id].mac) if record.mac is None and record.id in infos else record
            for record in records
        ]


async def _in_batches(questions: Sequence[Callable[[], Coroutine[Any, Any, None]]]) -> None:
    """Ask these, not more at once than the cloud takes; raise what the first one raises."""
    for batch in batched(questions, _AT_ONCE, strict=False):
        try:
            async with asyncio.TaskGroup() as group:
                for question in batch:
                    group.create_task(question())
                if len(questions) > _AT_ONCE:
                    group.create_task(asyncio.sleep(_BATCH_TIME))
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None


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
