from collections.abc import AsyncGenerator

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.localtuya.availability import Availability

from .home_assistant import until


class Told:
    """An availability, and what was told of it."""

    def __init__(self, hass: HomeAssistant, *, up: bool) -> None:
        self.told: list[bool] = []
        self.of = Availability(hass, lambda: self.told.append(self.of.available), up=up)


@pytest.fixture
async def device(hass: HomeAssistant) -> AsyncGenerator[Told]:
    device = Told(hass, up=True)
    yield device
    device.of.async_close()


async def test_a_short_loss_is_nobodys_business(device: Told) -> None:
    device.of.async_lose(60)
    device.of.async_gain()
    assert device.told == []
    assert device.of.available


async def test_a_long_loss_is_told_once(device: Told) -> None:
    device.of.async_lose(0.01)
    await until(lambda: device.told == [False])
    device.of.async_gain()
    assert device.told == [False, True]


@pytest.mark.parametrize("patience", [0, -5])
async def test_without_patience_it_is_told_at_once(device: Told, patience: float) -> None:
    device.of.async_lose(patience)
    assert device.told == [False]


async def test_a_new_patience_takes_the_place_of_the_old_one(hass: HomeAssistant, device: Told) -> None:
    device.of.async_lose(0.01)
    device.of.async_lose(3600)
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    assert device.told == []
    device.of.async_lose(0)
    assert device.told == [False]


async def test_what_a_gateway_says(device: Told) -> None:
    device.of.async_see(online=False)
    device.of.async_see(online=False)
    device.of.async_lose(60)
    assert device.told == [False]
    device.of.async_see(online=True)
    assert device.told == [False, True], "its gateway may be back any moment"


async def test_one_that_was_never_there_becomes_available_when_it_is(hass: HomeAssistant) -> None:
    device = Told(hass, up=False)
    assert not device.of.available
    device.of.async_gain()
    assert device.told == [True]
