"""A device in a real Home Assistant, with features made to measure; only what lies behind its channel is missing."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentryData
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.localtuya.channel import UP
from custom_components.localtuya.config_flow import LocalTuyaConfigFlow
from custom_components.localtuya.const import DOMAIN, SUBENTRY_DEVICE
from custom_components.localtuya.coordinator import DeviceCoordinator
from custom_components.localtuya.lan.endpoint import LinkState
from custom_components.localtuya.lan.errors import LanError
from custom_components.localtuya.model.datapoint import Datapoint
from custom_components.localtuya.model.plan import Plan
from custom_components.localtuya.model.point import Converter, Point
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.schema import Schema
from custom_components.localtuya.model.spec import MAIN, Feature, Look, Source

DEVICE_ID = "bf0123456789abcdefghij"
NAME = "Thing"


class RecordingChannel:
    """A channel that keeps what is sent; `reply` is called after each command, then `failure` is raised."""

    def __init__(self, state: LinkState = LinkState.LIVE) -> None:
        self.state = state
        self.error: LanError | None = None
        self.direct = True
        self.last_heard: float | None = None
        self.wake_interval: float | None = None
        self.sent: list[dict[str, object]] = []
        self.alone: list[bool] = []
        self.metered: list[tuple[int, ...]] = []
        self.failure: LanError | None = None
        self.reply: Callable[[Mapping[str, object]], None] = lambda _: None

    @property
    def up(self) -> bool:
        """Whether the device is there."""
        return self.state in UP

    async def query(self) -> None:
        """Do nothing: the test says what the device reports."""

    async def control(self, dps: Mapping[str, object], *, exclusive: bool = False) -> None:
        """Keep the command."""
        self.sent.append(dict(dps))
        self.alone.append(exclusive)
        self.reply(dps)
        if self.failure:
            raise self.failure

    def meter(self, dp_ids: Iterable[int]) -> None:
        """Keep what is to be asked for."""
        self.metered.append(tuple(dp_ids))


@dataclass
class Device:
    """The device that a test talks to, from both sides."""

    hass: HomeAssistant
    coordinator: DeviceCoordinator
    entry: ConfigEntry
    channel: RecordingChannel = field(default_factory=RecordingChannel)

    @property
    def sent(self) -> list[dict[str, object]]:
        """The commands that reached the device."""
        return self.channel.sent

    async def report(self, dps: Mapping[str, object]) -> None:
        """Let the device report."""
        self.coordinator.async_report(dps)
        await self.hass.async_block_till_done()

    def entity_id(self, platform: str, key: str) -> str:
        """Return the entity of a feature."""
        found = er.async_get(self.hass).async_get_entity_id(platform, DOMAIN, f"local_{DEVICE_ID}_{key}")
        assert found, f"no {platform} for {key}"
        return found

    def state(self, platform: str, key: str = "1") -> State:
        """Return the state of a feature's entity."""
        state = self.hass.states.get(self.entity_id(platform, key))
        assert state, f"no state for {platform} {key}"
        return state

    async def call(self, platform: str, service: str, key: str = "1", **data: Any) -> None:
        """Call a service on a feature's entity."""
        target = {ATTR_ENTITY_ID: self.entity_id(platform, key)}
        await self.hass.services.async_call(platform, service, data, target=target, blocking=True)


class House:
    """What the platforms need of a hub."""

    def __init__(self) -> None:
        self.coordinators: dict[str, DeviceCoordinator] = {}
        self._listeners: list[Callable[[DeviceCoordinator], None]] = []

    def async_on_device(self, listener: Callable[[DeviceCoordinator], None]) -> CALLBACK_TYPE:
        """Tell of the devices there are and of later ones."""
        self._listeners.append(listener)
        for coordinator in self.coordinators.values():
            listener(coordinator)
        return lambda: self._listeners.remove(listener)


type Install = Callable[..., Awaitable[Device]]


def feature(
    platform: str,
    roles: Mapping[str, tuple[Datapoint, Converter]] | tuple[Datapoint, Converter],
    *,
    look: Look | None = None,
    source: Source = Source.CARD,
    options: Mapping[str, object] | None = None,
) -> Feature:
    """Return a feature of these datapoints and converters; a lone pair is the main role."""
    if isinstance(roles, tuple):
        roles = {MAIN: roles}
    points = {role: _bound(datapoint, convert) for role, (datapoint, convert) in roles.items()}
    first = next(iter(points.values())).datapoint
    return Feature(
        platform, points=points, dp=first.dp, code=first.code, source=source, look=look or Look(), options=options or {}
    )


def new_entry() -> MockConfigEntry:
    """Return an account with one device."""
    data = {"device_id": DEVICE_ID}
    subentry = ConfigSubentryData(data=data, subentry_type=SUBENTRY_DEVICE, title=NAME, unique_id=DEVICE_ID)
    return MockConfigEntry(
        domain=DOMAIN,
        title="Account",
        version=LocalTuyaConfigFlow.VERSION,
        minor_version=LocalTuyaConfigFlow.MINOR_VERSION,
        subentries_data=[subentry],
    )


def new_device(
    hass: HomeAssistant, entry: ConfigEntry, features: tuple[Feature, ...], record: DeviceRecord | None
) -> Device:
    """Return the device of the account, with these features or those that its record gives."""
    channel = RecordingChannel()
    coordinator = DeviceCoordinator(
        hass,
        record or DeviceRecord(DEVICE_ID, name=NAME),
        channel=channel,
        device_info=dr.DeviceInfo(identifiers={(DOMAIN, f"local_{DEVICE_ID}")}, name=NAME),
        subentry_id=next(iter(entry.subentries)),
    )
    if record is None:
        datapoints = {point.dp: point.datapoint for each in features for point in each.points.values()}
        coordinator.plan = Plan(Schema(tuple(datapoints.values())), features)
    return Device(hass, coordinator, entry, channel)


def _bound(datapoint: Datapoint, convert: Converter) -> Point[Any]:
    point = convert(datapoint)
    assert point, f"{datapoint.code} does not fit"
    return point
