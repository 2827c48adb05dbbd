from typing import Any

from homeassistant.components.siren import SirenEntityFeature
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNKNOWN
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.localtuya.model.convert import alarm
from custom_components.localtuya.model.convert.bits import boolean
from custom_components.localtuya.model.datapoint import Bool, Datapoint, Enum, Int
from custom_components.localtuya.model.point import Converter
from custom_components.localtuya.model.spec import Feature

from .house import Install, feature

pytest_plugins = ("tests.install",)

type Roles = dict[str, tuple[Datapoint, Converter]]

SWITCH: Roles = {"switch": (Bool("13", code="alarm_switch"), boolean)}
TONE: Roles = {"tone": (Enum("21", code="alarm_ringtone", range=("1", "2", "3")), alarm.tone)}
HOWL: Roles = {"tone": (Enum("1", code="alarm_state", range=("alarm_sound", "alarm_light", "normal")), alarm.howl)}
VOLUME: Roles = {
    "volume_level": (Enum("5", code="alarm_volume", range=("low", "middle", "high", "mute")), alarm.volume)
}
DURATION: Roles = {"duration": (Int("7", code="alarm_time", low=1, high=30, unit="min"), alarm.seconds)}
SWITCHED = feature("siren", SWITCH | TONE | VOLUME | DURATION)
WORDY = feature("siren", HOWL | VOLUME)
BARE = feature("siren", SWITCH)
ON_OFF = SirenEntityFeature.TURN_ON | SirenEntityFeature.TURN_OFF
LOUD = ON_OFF | SirenEntityFeature.VOLUME_SET | SirenEntityFeature.TONES


@pytest.mark.parametrize(
    ("row", "features", "tones"),
    [
        (BARE, ON_OFF, None),
        (SWITCHED, LOUD | SirenEntityFeature.DURATION, [1, 2, 3]),
        (WORDY, LOUD, ["sound", "light"]),
    ],
)
async def test_features(
    install: Install, row: Feature, features: SirenEntityFeature, tones: list[int | str] | None
) -> None:
    device = await install(row)

    state = device.state("siren", row.key)
    assert state.state == STATE_UNKNOWN
    assert state.attributes["supported_features"] == features
    assert state.attributes.get("available_tones") == tones


@pytest.mark.parametrize(
    ("row", "quiet", "loud"),
    [(SWITCHED, {"13": False}, {"13": True}), (WORDY, {"1": "normal"}, {"1": "alarm_light"})],
)
async def test_it_sounds_or_not(
    install: Install, row: Feature, quiet: dict[str, object], loud: dict[str, object]
) -> None:
    device = await install(row, dps=quiet)
    assert device.state("siren", row.key).state == STATE_OFF

    await device.report(loud)
    assert device.state("siren", row.key).state == STATE_ON


@pytest.mark.parametrize(
    ("row", "service", "data", "sent"),
    [
        (SWITCHED, "turn_on", {}, {"13": True}),
        (SWITCHED, "turn_off", {}, {"13": False}),
        (
            SWITCHED,
            "turn_on",
            {"tone": "2", "volume_level": 0.7, "duration": 90},
            {"13": True, "21": "2", "5": "middle", "7": 2},
        ),
        (SWITCHED, "turn_on", {"volume_level": 0}, {"13": True, "5": "mute"}),
        (WORDY, "turn_on", {}, {"1": "alarm_sound"}),
        (WORDY, "turn_on", {"tone": "light", "volume_level": 1}, {"1": "alarm_light", "5": "high"}),
        (WORDY, "turn_off", {}, {"1": "normal"}),
        (BARE, "turn_on", {"tone": "2", "duration": 5}, {"13": True}),
    ],
)
async def test_commands_go_out_in_one_message(
    install: Install, row: Feature, service: str, data: dict[str, Any], sent: dict[str, object]
) -> None:
    device = await install(row)

    await device.call("siren", service, row.key, **data)

    assert device.sent == [sent]


async def test_a_time_beyond_its_range_is_never_sent(install: Install) -> None:
    device = await install(SWITCHED)

    with pytest.raises(ServiceValidationError):
        await device.call("siren", "turn_on", "13", duration=3600)

    assert device.sent == []
