from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_STATE_CHANGED, EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events, async_fire_time_changed

from custom_components.localtuya.channel import NoChannel
from custom_components.localtuya.const import DOMAIN
from custom_components.localtuya.lan.endpoint import LinkState
from custom_components.localtuya.lan.errors import ConnectionLost
from custom_components.localtuya.model.convert.numbers import number
from custom_components.localtuya.model.datapoint import Int
from custom_components.localtuya.model.spec import Look

from .house import DEVICE_ID, Device, Install, feature

pytest_plugins = ("tests.install",)

SENSOR = feature("sensor", (Int("1", code="temp", low=0, high=600), number), look=Look(name="temperature"))
LAST_SEEN = f"local_{DEVICE_ID}_last_seen"
LOST = ConnectionLost("cable")


@pytest.fixture
def last_seen_enabled(hass: HomeAssistant) -> None:
    """Be a user who turned it on."""
    er.async_get(hass).async_get_or_create("sensor", DOMAIN, LAST_SEEN, suggested_object_id="thing_last_seen")


async def _minutes(device: Device, freezer: FrozenDateTimeFactory, minutes: Sequence[float]) -> None:
    for each in minutes:
        freezer.tick(timedelta(minutes=each))
        async_fire_time_changed(device.hass)
        await device.hass.async_block_till_done()


async def test_every_device_has_them(install: Install, hass: HomeAssistant) -> None:
    device = await install(SENSOR)
    registry = er.async_get(hass)
    connection = registry.async_get(device.entity_id("sensor", "connection"))
    assert connection is not None
    assert connection.entity_id == "sensor.thing_connection"
    assert connection.entity_category is EntityCategory.DIAGNOSTIC
    assert connection.disabled_by is None
    assert connection.config_subentry_id == next(iter(device.entry.subentries))
    last_seen = registry.async_get(device.entity_id("sensor", "last_seen"))
    assert last_seen is not None
    assert last_seen.disabled_by is er.RegistryEntryDisabler.INTEGRATION


async def test_the_connection_is_there_when_the_device_is_not(install: Install) -> None:
    device = await install(SENSOR)
    device.coordinator.grace = 0
    assert device.state("sensor", "connection").state == "live"
    for state in LinkState:
        if state is not LinkState.LIVE:
            device.coordinator.async_link(state, LOST)
            assert device.state("sensor", "connection").state == state.value
    assert device.state("sensor", "1").state == "unavailable"
    device.coordinator.async_link(LinkState.LIVE, None)
    device.coordinator.async_presence(online=False)
    assert device.state("sensor", "connection").state == "offline"
    device.coordinator.async_connect(NoChannel())
    assert device.state("sensor", "connection").state == "no_gateway"


async def test_the_same_state_again_writes_nothing(install: Install, hass: HomeAssistant) -> None:
    device = await install(SENSOR)
    device.coordinator.async_link(LinkState.UNREACHABLE, LOST)
    events = async_capture_events(hass, EVENT_STATE_CHANGED)
    device.coordinator.async_link(LinkState.UNREACHABLE, ConnectionLost("still"))
    await hass.async_block_till_done()
    assert events == []


@pytest.mark.usefixtures("last_seen_enabled")
async def test_last_seen_is_told_once_a_minute_and_when_the_device_comes_back(
    install: Install, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-11-23 08:00:00+00:00")
    device = await install(SENSOR)
    assert device.state("sensor", "last_seen").state == "unknown"

    events = async_capture_events(hass, EVENT_STATE_CHANGED)
    for _ in range(100):
        device.coordinator.async_report({"5": 1})
    assert events == [], "reports do not write it"
    await _minutes(device, freezer, [1.1])
    assert device.state("sensor", "last_seen").state == "2026-11-23T08:00:00+00:00"
    device.channel.last_heard = datetime(2026, 11, 23, 8, 1, 0, 700, tzinfo=UTC).timestamp()
    await _minutes(device, freezer, [0.5, 0.6])
    assert device.state("sensor", "last_seen").state == "2026-11-23T08:01:00+00:00", "what the link heard counts too"
    await _minutes(device, freezer, [1.1] * 10)
    device.coordinator.async_link(LinkState.GONE, LOST)
    count = len(events)
    device.coordinator.async_report({"5": 1})
    device.coordinator.async_link(LinkState.LIVE, None)
    await hass.async_block_till_done()
    assert device.state("sensor", "last_seen").state == "2026-11-23T08:13:12+00:00"
    assert len(events) == count + 2
