"""What all entities share: values up, commands down, and the one place where LAN errors meet Home Assistant."""

from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
import logging
from typing import Any, ClassVar, override

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.typing import UNDEFINED

from .const import DOMAIN
from .coordinator import DeviceCoordinator
from .hub import LocalTuyaConfigEntry
from .lan.errors import (
    Busy,
    DeviceRefused,
    FrameError,
    KeyRejected,
    LanError,
    NoAnswer,
    VersionMismatch,
    Wedged,
)
from .model.errors import Unreported, ValueRejected
from .model.spec import EXCLUSIVE, MAIN, Feature
from .naming import translation_key, unique_id

_LOGGER = logging.getLogger(__name__)

type SetupEntry = Callable[
    [HomeAssistant, LocalTuyaConfigEntry, AddConfigEntryEntitiesCallback], Coroutine[Any, Any, None]
]
type MakeEntity = Callable[[DeviceCoordinator, Feature], LocalTuyaEntity]
type Beside = Callable[[DeviceCoordinator], Sequence[Entity]]

_TRANSLATIONS: tuple[tuple[type[LanError], str], ...] = (
    (DeviceRefused, "refused"),
    (NoAnswer, "no_answer"),
    (KeyRejected, "key_rejected"),
    (VersionMismatch, "version_mismatch"),
    (FrameError, "garbled"),
    (Busy, "busy"),
    (Wedged, "wedged"),
    (LanError, "unreachable"),
)
"""The translation key of each error; the first row that fits counts."""


@contextmanager
def told(coordinator: DeviceCoordinator) -> Iterator[None]:
    """Tell what goes wrong with a command in the user's words: raise HomeAssistantError."""
    try:
        yield
    except ValueRejected as err:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="not_reported" if isinstance(err, Unreported) else "value_rejected",
            translation_placeholders={"value": str(err.value), "allowed": err.allowed, "code": err.code},
        ) from err
    except LanError as err:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key=next(key for kind, key in _TRANSLATIONS if isinstance(err, kind)),
            translation_placeholders={"device": coordinator.record.name, "reason": str(err)},
        ) from err


def platform_setup(platform: str, entity: MakeEntity, beside: Beside = lambda _: ()) -> SetupEntry:
    """Return the `async_setup_entry` of a platform: adds what all devices offer of it, now and later.

    `entity` makes one of a feature; `beside` gives what a device has without a feature of its own.
    """

    async def async_setup_entry(
        _hass: HomeAssistant, entry: LocalTuyaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
    ) -> None:
        @callback
        def on_device(coordinator: DeviceCoordinator) -> None:
            @callback
            def on_features(features: list[Feature]) -> None:
                if entities := [entity(coordinator, feature) for feature in features if feature.platform == platform]:
                    async_add_entities(entities, config_subentry_id=coordinator.subentry_id)

            if others := beside(coordinator):
                async_add_entities(others, config_subentry_id=coordinator.subentry_id)
            entry.async_on_unload(coordinator.async_on_features(on_features))

        entry.async_on_unload(entry.runtime_data.async_on_device(on_device))

    return async_setup_entry


class LocalTuyaEntity(Entity):
    """One feature of one device; a subclass translates between its points and the platform's words."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    optimistic: ClassVar[bool] = True
    """Whether a value counts as the state from when it is sent until the device reports; not for what moves."""
    exclusive: ClassVar[bool] = False
    """Whether a command is one act: never merged with another, never sent twice."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        look = feature.look
        self.coordinator = coordinator
        self.feature = feature
        self.points = feature.points
        self._attr_unique_id = unique_id(coordinator.record.id, feature.key)
        self._attr_device_info = coordinator.device_info
        self._attr_entity_category = EntityCategory(look.category) if look.category else None
        self._attr_entity_registry_enabled_default = look.enabled
        self._attr_translation_key = translation_key(feature)
        self._attr_translation_placeholders = {} if look.number is None else {"number": str(look.number)}
        if (given := coordinator.names[feature.key]) is not UNDEFINED:
            self._attr_name = given
        self._exclusive = self.exclusive or bool(feature.options.get(EXCLUSIVE))
        self._values: dict[str, object] | None = None

    def refresh(self) -> None:
        """Set the attributes from what `read` gives; called when one of the feature's datapoints changed."""

    def read(self, role: str = MAIN) -> Any:
        """Return the value of a role, None where the device has no such thing or has not said it."""
        point = self.points.get(role)
        return None if point is None else point.read(self._values or {})

    def words(self, role: str = MAIN) -> list[str]:
        """Return the words that a role knows, none where the device has no such thing."""
        point = self.points.get(role)
        return [] if point is None else list(point.options)

    async def send(self, **values: object) -> None:
        """Set values by role, in one message; raise HomeAssistantError in the user's words."""
        with told(self.coordinator):
            dps = self._write(values)
            await self.coordinator.async_send(dps, exclusive=self._exclusive, optimistic=self.optimistic)

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the device."""
        self.async_on_remove(self.coordinator.async_listen(self.feature.dps, self._on_update))
        self._take()

    def _write(self, values: Mapping[str, object]) -> dict[str, object]:
        dps: dict[str, object] = {}
        for role, value in values.items():
            if (point := self.points.get(role)) is None:
                raise ValueRejected(role, value, "nothing: it is missing here")
            dps |= point.write(value, {**(self._values or {}), **dps})
        return dps

    @callback
    def _on_update(self) -> None:
        if self._take():
            self.async_write_ha_state()

    def _take(self) -> bool:
        """Take over what concerns this entity; return whether any of it is new."""
        dps = self.coordinator.state.dps
        values = {dp: dps[dp] for dp in self.feature.dps if dp in dps}
        available = self.coordinator.available
        if values == self._values and available == self._attr_available:
            return False
        self._values, self._attr_available = values, available
        self.refresh()
        return True
