from homeassistant.components.lawn_mower import LawnMowerActivity, LawnMowerEntityFeature
import pytest

from custom_components.localtuya.model.convert import robots
from custom_components.localtuya.model.datapoint import Enum, Mode

from .house import Install, feature

pytest_plugins = ("tests.install",)

STATUS = Enum("101", code="MachineStatus", range=("STANDBY", "MOWING", "PAUSED", "PARK", "EMERGENCY"), mode=Mode.READ)
ORDERS = Enum(
    "115",
    code="MachineControlCmd",
    range=("PauseWork", "CancelWork", "ContinueWork", "StartMowing", "StartReturnStation"),
    mode=Mode.WRITE,
)
MOWER = feature("lawn_mower", {"activity": (STATUS, robots.mowing), "command": (ORDERS, robots.errand)})
SIMPLE = feature(
    "lawn_mower",
    {
        "activity": (STATUS, robots.mowing),
        "command": (Enum("4", code="mode", range=("smart", "goto_charge")), robots.errand),
    },
)


@pytest.mark.parametrize(
    ("said", "activity"),
    [
        ("STANDBY", LawnMowerActivity.DOCKED),
        ("MOWING", LawnMowerActivity.MOWING),
        ("PAUSED", LawnMowerActivity.PAUSED),
        ("PARK", LawnMowerActivity.RETURNING),
        ("EMERGENCY", LawnMowerActivity.ERROR),
    ],
)
async def test_it_does_what_it_says(install: Install, said: str, activity: LawnMowerActivity) -> None:
    device = await install(MOWER, dps={"101": said})

    assert device.state("lawn_mower", "101").state == activity
    assert device.state("lawn_mower", "101").attributes["supported_features"] == 15


async def test_it_offers_what_its_words_can(install: Install) -> None:
    device = await install(SIMPLE)

    assert device.state("lawn_mower", "101").attributes["supported_features"] == (
        LawnMowerEntityFeature.START_MOWING | LawnMowerEntityFeature.DOCK
    )


@pytest.mark.parametrize(
    ("service", "before", "sent"),
    [
        ("start_mowing", "STANDBY", "StartMowing"),
        ("start_mowing", "PAUSED", "ContinueWork"),
        ("pause", "MOWING", "PauseWork"),
        ("dock", "MOWING", "StartReturnStation"),
        ("stop", "MOWING", "CancelWork"),
    ],
)
async def test_commands(install: Install, service: str, before: str, sent: str) -> None:
    device = await install(MOWER, dps={"101": before})
    if not device.hass.services.has_service("lawn_mower", service):
        pytest.skip("a service of a newer Home Assistant")

    await device.call("lawn_mower", service, "101")

    assert device.sent == [{"115": sent}]
