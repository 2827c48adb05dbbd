"""Infrared: whatever Home Assistant knows the code of is sent and heard through a hub."""

import asyncio
from typing import override

from homeassistant.components.infrared import (
    InfraredCommand,
    InfraredEmitterEntity,
    InfraredReceivedSignal,
    InfraredReceiverEntity,
)
from homeassistant.core import callback

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup, told
from .model.convert.infrared import Burst, bursts, learned, sending, timings
from .model.errors import ValueRejected
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other


class LocalTuyaEmitter(LocalTuyaEntity, InfraredEmitterEntity):
    """The diodes of a hub; it sends with the usual carrier of 38 kHz, whichever is asked for."""

    optimistic = False
    exclusive = True

    @override
    async def async_send_command(self, command: InfraredCommand) -> None:
        """Send the timings; what a long dark parts is sent one after the other."""
        with told(self.coordinator):
            try:
                parts = list(bursts(command.get_raw_timings()))
            except ValueError as err:
                raise ValueRejected(self.feature.code, "timings", str(err)) from err
        for data, wait in parts:
            await self.send(**sending(Burst(data), self.points) or {})
            await asyncio.sleep(wait / 1_000_000)


class LocalTuyaReceiver(LocalTuyaEntity, InfraredReceiverEntity):
    """The eye of a hub; it tells what it sees while the hub learns."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the device."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.async_on_moment(self.feature.dp, self._happen))

    @callback
    def _happen(self, raw: object) -> None:
        data = self.points["receive"].decode(raw)
        if data is not None and isinstance(code := learned(data), Burst):
            self._handle_received_signal(InfraredReceivedSignal(timings(code)))


def _entity(coordinator: DeviceCoordinator, feature: Feature) -> LocalTuyaEntity:
    kind = LocalTuyaReceiver if "receive" in feature.points else LocalTuyaEmitter
    return kind(coordinator, feature)


async_setup_entry = platform_setup("infrared", _entity)
