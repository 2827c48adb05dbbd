"""Builds the entities of any device in a bare Home Assistant: by the platforms' own set-up, but without registries."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
import importlib
import logging
from types import TracebackType
from typing import Any, Self, cast

from homeassistant.core import HomeAssistant
from homeassistant.helpers import restore_state
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import EntityPlatform
from homeassistant.setup import async_setup_component

from custom_components.localtuya.const import DOMAIN, PLATFORMS
from custom_components.localtuya.coordinator import DeviceCoordinator
from custom_components.localtuya.entity import LocalTuyaEntity
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.naming import unique_id
from tests.house import House, RecordingChannel

_OURS = ("homeassistant.components", "homeassistant.helpers", "custom_components")
_TOLD_OF = 3


@dataclass
class _Entry:
    """What the platforms ask of a config entry."""

    runtime_data: House
    entry_id: str = "entry"
    on_unload: list[Callable[[], object]] = field(default_factory=list)

    def async_on_unload(self, undo: Callable[[], object]) -> None:
        self.on_unload.append(undo)


@dataclass
class Bench:
    """One device and its entities, as they stand in Home Assistant."""

    coordinator: DeviceCoordinator
    channel: RecordingChannel
    entities: list[Entity]
    complaints: list[str]
    """What went wrong so far, exceptions and warnings in the log alike."""
    _entry: _Entry

    @property
    def featured(self) -> list[LocalTuyaEntity]:
        """The entities that stand for features, without those that tell how the device fares."""
        return [entity for entity in self.entities if isinstance(entity, LocalTuyaEntity)]

    def report(self, dps: Mapping[str, object]) -> None:
        """Let the device report; what the entities make of it ends up in the state machine."""
        try:
            self.coordinator.async_report(dps)
        except Exception as error:  # noqa: BLE001 - to be counted
            self.complaints.append(told(error))

    async def clear(self) -> None:
        """Take all of it away."""
        for entity in self.entities:
            await _try(entity.async_remove(force_remove=True), self.complaints)
        for undo in self._entry.on_unload:
            undo()
        self.coordinator.async_close()


class Workshop:
    """Where benches stand, one after the other; meanwhile warnings are complaints, and nothing less is logged."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare nothing yet."""
        self.hass = hass
        self.platforms: dict[str, EntityPlatform] = {}
        self._complaints: list[str] = []
        self._ear = _Ear(self._complaints)

    async def __aenter__(self) -> Self:
        """Set the domains of all our platforms up, with their services."""
        self.hass.data[restore_state.DATA_RESTORE_STATE] = restore_state.RestoreStateData(self.hass)
        for domain in map(str, PLATFORMS):
            assert await async_setup_component(self.hass, domain, {}), domain
            self.platforms[domain] = EntityPlatform(
                hass=self.hass,
                logger=logging.getLogger(__name__),
                domain=domain,
                platform_name=DOMAIN,
                platform=None,
                scan_interval=timedelta(minutes=1),
                entity_namespace=None,
            )
        integration = importlib.import_module("custom_components.localtuya")
        if hasattr(integration, "async_setup"):
            assert await integration.async_setup(self.hass, {})
        logging.getLogger().addHandler(self._ear)
        logging.disable(logging.INFO)  # and Home Assistant's own debug lines fail for infinity
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Listen to the log no longer."""
        logging.disable(logging.NOTSET)
        logging.getLogger().removeHandler(self._ear)

    async def build(self, record: DeviceRecord) -> Bench:
        """Return the device with all its entities, disabled ones too; nothing is said yet."""
        channel = RecordingChannel()
        self._complaints = self._ear.complaints = []
        coordinator = DeviceCoordinator(
            self.hass,
            record,
            channel=channel,
            device_info=DeviceInfo(identifiers={(DOMAIN, record.id)}, name=record.name),
            subentry_id=None,
        )
        house = House()
        house.coordinators[record.id] = coordinator
        bench = Bench(coordinator, channel, [], self._complaints, _Entry(house))
        for domain in map(str, PLATFORMS):
            await _try(self._set_up(bench, domain), bench.complaints)
        built = {entity.unique_id for entity in bench.featured}
        wanted = {unique_id(record.id, feature.key) for feature in coordinator.features}
        bench.complaints += [f"no entity for {missing}" for missing in sorted(wanted - built)]
        return bench

    async def _set_up(self, bench: Bench, domain: str) -> None:
        made: list[Entity] = []

        def add(entities: Iterable[Entity], update_before_add: bool = False, **_: Any) -> None:  # noqa: FBT001, FBT002
            assert not update_before_add
            made.extend(entities)

        platform = importlib.import_module(f"custom_components.localtuya.{domain}")
        await cast(Any, platform).async_setup_entry(self.hass, bench._entry, add)
        for entity in made:
            entity.entity_id = f"{domain}.{entity.unique_id}".lower()
            entity.add_to_platform_start(self.hass, self.platforms[domain], None)
            bench.entities.append(entity)
            await _try(entity.add_to_platform_finish(), bench.complaints)


class _Ear(logging.Handler):
    """Hears what entities and their base classes warn of."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.complaints = complaints

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(_OURS):
            self.complaints.append(f"{record.name}: {record.getMessage()[:200]}")


async def _try(act: Awaitable[object], complaints: list[str]) -> None:
    try:
        await act
    except Exception as error:  # noqa: BLE001 - to be counted
        complaints.append(told(error))


def told(error: Exception) -> str:
    """Return the error and the last of our lines that it went through."""
    return f"{error!r:.200} at {' '.join(ours(error)[-_TOLD_OF:])}"


def ours(error: Exception) -> list[str]:
    """Return the lines of the integration that an error went through; none where Home Assistant refuses by itself."""
    places = []
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if "custom_components" in code.co_filename:
            places.append(f"{code.co_filename.rpartition('/')[2]}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return places
