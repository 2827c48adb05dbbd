from homeassistant.const import STATE_UNKNOWN
import pytest

from custom_components.localtuya.model.convert.clock import counted, hms, part
from custom_components.localtuya.model.datapoint import Int, Text
from custom_components.localtuya.model.spec import Feature

from .house import Install, feature

pytest_plugins = ("tests.install",)

SECONDS = feature("time", {"second": (Int("1", code="countdown", low=0, high=86_400, unit="s"), counted("second"))})
MINUTES = feature("time", {"minute": (Int("1", code="timer", low=0, high=1440, unit="min"), counted("minute"))})
PAIR = feature(
    "time",
    {
        "hour": (Int("1", code="hour_on", low=0, high=23), part("hour")),
        "minute": (Int("2", code="minute_on", low=0, high=59), part("minute")),
    },
)
WRITTEN = feature("time", {"hms": (Text("1", code="alarm_clock", maxlen=8), hms)})


@pytest.mark.parametrize(
    ("row", "dps", "shown"),
    [
        (SECONDS, {"1": 3725}, "01:02:05"),
        (SECONDS, {"1": 0}, "00:00:00"),
        (SECONDS, {"1": 86_400}, STATE_UNKNOWN),
        (SECONDS, {"1": -5}, STATE_UNKNOWN),
        (SECONDS, {"1": "poem"}, STATE_UNKNOWN),
        (MINUTES, {"1": 90}, "01:30:00"),
        (PAIR, {"1": 7, "2": 30}, "07:30:00"),
        (PAIR, {"1": 7}, STATE_UNKNOWN),
        (WRITTEN, {"1": "06:45"}, "06:45:00"),
        (WRITTEN, {"1": "25:00"}, STATE_UNKNOWN),
    ],
)
async def test_it_shows_the_time(install: Install, row: Feature, dps: dict[str, object], shown: str) -> None:
    device = await install(row, dps=dps)

    assert device.state("time").state == shown


@pytest.mark.parametrize(
    ("row", "wanted", "sent"),
    [
        (SECONDS, "01:02:05", {"1": 3725}),
        (MINUTES, "01:02:05", {"1": 62}),
        (PAIR, "22:15:40", {"1": 22, "2": 15}),
        (WRITTEN, "22:15:00", {"1": "22:15"}),
        (WRITTEN, "22:15:40", {"1": "22:15:40"}),
    ],
)
async def test_it_is_set(install: Install, row: Feature, wanted: str, sent: dict[str, object]) -> None:
    device = await install(row)

    await device.call("time", "set_value", time=wanted)

    assert device.sent == [sent]
    assert device.state("time").state[:5] == wanted[:5]
