"""A real Home Assistant with nothing in it but this integration and the devices to measure with."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
import gc
import os
import tempfile
import time
from typing import NamedTuple, override

from homeassistant import loader
from homeassistant.config_entries import ConfigEntryState, ConfigSubentryData
from homeassistant.const import (
    CONF_DEVICE_ID,
    CONF_HOST,
    CONF_NAME,
    CONF_PORT,
    EVENT_STATE_CHANGED,
    EVENT_STATE_REPORTED,
)
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_test_home_assistant

from custom_components.localtuya.cache import RecordCache
from custom_components.localtuya.const import (
    CONF_CATEGORY,
    CONF_LOCAL_KEY,
    CONF_PRODUCT_ID,
    CONF_PROTOCOL_VERSION,
    DOMAIN,
    SUBENTRY_DEVICE,
    WITHOUT_CLOUD,
)
from custom_components.localtuya.model.record import DeviceRecord
from tests.bench.fleet import KEY, STAMP, STAMPS, SWITCH, Target, stamp

_CATEGORY, _PRODUCT = "cz", "bench0000plug001"
_VALUE = {"type": "value", "min": 0, "scale": 0, "step": 1}
PROPERTIES: tuple[dict[str, object], ...] = (
    {"id": 1, "code": "switch_1", "mode": "rw", "property": {"type": "bool"}},
    {"id": 9, "code": "countdown_1", "mode": "rw", "property": {**_VALUE, "max": 86400, "unit": "s"}},
    {"id": 18, "code": "cur_current", "mode": "ro", "property": {**_VALUE, "max": STAMPS, "unit": "mA"}},
    {"id": 19, "code": "cur_power", "mode": "ro", "property": {**_VALUE, "max": 50000, "scale": 1, "unit": "W"}},
    {"id": 20, "code": "cur_voltage", "mode": "ro", "property": {**_VALUE, "max": 5000, "scale": 1, "unit": "V"}},
    {"id": 21, "code": "test_bit", "mode": "ro", "property": {"type": "enum", "range": ["white", "colour"]}},
    {"id": 22, "code": "voltage_coe", "mode": "ro", "property": {**_VALUE, "max": 1000000, "unit": ""}},
    {"id": 23, "code": "electric_coe", "mode": "ro", "property": {**_VALUE, "max": 1000000, "unit": ""}},
    {
        "id": 26,
        "code": "fault",
        "mode": "ro",
        "property": {"type": "bitmap", "label": ["ov_cr", "ov_vol"], "maxlen": 2},
    },
    {"id": 38, "code": "relay_status", "mode": "rw", "property": {"type": "enum", "range": ["off", "on", "memory"]}},
)
"""Ten DPs, which are what the devices report."""
_PATIENCE = 60.0
_TICK = 0.002


class Late(NamedTuple):
    """How late the event loop came to what was due, in seconds."""

    p99: float
    longest: float
    longest_but_gc: float
    """The same without the pauses in which Python collected garbage of the whole process."""


class Lag:
    """Watches how late the event loop is: a timer of two milliseconds, again and again."""

    def __init__(self) -> None:
        self._values: list[float] = []
        self._ours: list[float] = []
        self._collecting = 0.0
        self._collected = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0

    def start(self) -> None:
        """Begin to watch."""
        gc.callbacks.append(self._on_gc)
        self._wait(asyncio.get_running_loop())

    def stop(self) -> Late:
        """Give what was seen."""
        if self._timer is not None:
            self._timer.cancel()
        self._take(asyncio.get_running_loop())
        gc.callbacks.remove(self._on_gc)
        values = sorted(self._values)
        return Late(values[int(0.99 * (len(values) - 1))], values[-1], max(self._ours))

    def _wait(self, loop: asyncio.AbstractEventLoop) -> None:
        self._collected = 0.0
        self._due = loop.time() + _TICK
        self._timer = loop.call_at(self._due, self._tick, loop)

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        self._take(loop)
        self._wait(loop)

    def _take(self, loop: asyncio.AbstractEventLoop) -> None:
        late = max(0.0, loop.time() - self._due)
        self._values.append(late)
        self._ours.append(max(0.0, late - self._collected))

    def _on_gc(self, phase: str, _: object) -> None:
        if phase == "start":
            self._collecting = time.perf_counter()
        else:
            self._collected += time.perf_counter() - self._collecting


class Counts(NamedTuple):
    """How often something was done so far."""

    writes: int
    """States written, changed or not."""
    jobs: int
    """Jobs given to threads."""


class CountingExecutor(ThreadPoolExecutor):
    """Home Assistant's executor, counted."""

    jobs = 0

    @override
    def submit[**P, T](self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        self.jobs += 1
        return super().submit(fn, *args, **kwargs)


@dataclass(slots=True)
class Household:
    """One config entry with devices."""

    hass: HomeAssistant
    entry: MockConfigEntry
    executor: CountingExecutor
    _writes: int = 0

    def __post_init__(self) -> None:
        """Count from now on."""

        @callback
        def written(_: object) -> None:
            self._writes += 1

        self.hass.bus.async_listen(EVENT_STATE_CHANGED, written)
        self.hass.bus.async_listen(EVENT_STATE_REPORTED, written, event_filter=callback(lambda _: True))

    def counted(self) -> Counts:
        """Give what was counted so far."""
        return Counts(self._writes, self.executor.jobs)

    async def set_up(self) -> None:
        """Set the entry up; returns when Home Assistant says that it is."""
        if not await self.hass.config_entries.async_setup(self.entry.entry_id):
            raise RuntimeError("the entry could not be set up")

    async def alive(self) -> None:
        """Wait until every device has given its status to its entities."""
        async with asyncio.timeout(_PATIENCE):
            while not all(  # noqa: ASYNC110 - seen from outside
                device.available and device.state.dps for device in self.entry.runtime_data.coordinators.values()
            ):
                await asyncio.sleep(0.001)

    def entities(self, dp: str) -> list[str]:
        """Give the ids of the entities of one DP, by device."""
        registry = er.async_get(self.hass)
        entries = er.async_entries_for_config_entry(registry, self.entry.entry_id)
        return [entry.entity_id for entry in entries if entry.unique_id.endswith(f"_{dp}")]

    def watch_stamps(self, delays: list[float]) -> Callable[[], None]:
        """Take down for each stamp how many seconds after it was sent it had become a state."""
        stamped = set(self.entities(STAMP))

        @callback
        def written(event: Event[EventStateChangedData]) -> None:
            state = event.data["new_state"]
            if event.data["entity_id"] in stamped and state is not None:
                delays.append((stamp() - round(float(state.state) * _stamp_scale(state.attributes))) % STAMPS / 1e6)

        return self.hass.bus.async_listen(EVENT_STATE_CHANGED, written)

    async def command(self, times: int) -> list[float]:
        """Call a service on one switch; give the seconds until it returned: the device has answered."""
        switch = next(entity for entity in self.entities(SWITCH) if entity.startswith("switch."))
        loop = asyncio.get_running_loop()
        seconds = []
        for _ in range(times):
            start = loop.time()
            await self.hass.services.async_call("switch", "turn_on", {"entity_id": switch}, blocking=True)
            seconds.append(loop.time() - start)
        return seconds


@asynccontextmanager
async def household(targets: Sequence[Target]) -> AsyncIterator[Household]:
    """Start Home Assistant with an entry for these devices, which is not set up yet; the cache says what they are."""
    os.environ |= {"LOCALTUYA_DISCOVERY_PORTS": "0", "LOCALTUYA_DISCOVERY_BIND": "127.0.0.1", "LOCALTUYA_PROBE": ""}
    executor = CountingExecutor(max_workers=64)
    asyncio.get_running_loop().set_default_executor(executor)
    with tempfile.TemporaryDirectory() as folder:
        async with async_test_home_assistant(config_dir=folder) as hass:
            hass.data.pop(loader.DATA_CUSTOM_COMPONENTS)
            entry = MockConfigEntry(
                domain=DOMAIN,
                title="Tuya",
                unique_id=WITHOUT_CLOUD,
                version=5,
                subentries_data=[*map(_subentry, targets)],
            )
            entry.add_to_hass(hass)
            await RecordCache.of(hass, entry).async_save(_records(targets))
            yield Household(hass, entry, executor)
            if entry.state is ConfigEntryState.LOADED:
                await hass.config_entries.async_unload(entry.entry_id)
            await hass.async_stop(force=True)


def _subentry(target: Target) -> ConfigSubentryData:
    name = f"Plug {target.device_id[-3:]}"
    data = {
        CONF_DEVICE_ID: target.device_id,
        CONF_NAME: name,
        CONF_LOCAL_KEY: KEY,
        CONF_HOST: target.host,
        CONF_PORT: target.port,
        CONF_PROTOCOL_VERSION: target.version,
        CONF_CATEGORY: _CATEGORY,
        CONF_PRODUCT_ID: _PRODUCT,
    }
    return ConfigSubentryData(data=data, subentry_type=SUBENTRY_DEVICE, title=name, unique_id=target.device_id)


def _records(targets: Iterable[Target]) -> list[DeviceRecord]:
    return [
        DeviceRecord(target.device_id, category=_CATEGORY, product_id=_PRODUCT, properties=PROPERTIES)
        for target in targets
    ]


def _stamp_scale(attributes: object) -> float:
    return 1000.0 if isinstance(attributes, dict) and attributes.get("unit_of_measurement") == "A" else 1.0
