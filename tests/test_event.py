from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from homeassistant.const import ATTR_DEVICE_CLASS, STATE_UNKNOWN
import pytest

from custom_components.localtuya.model.convert.moments import happened, pressed
from custom_components.localtuya.model.datapoint import Bool, Enum, Int, Mode, Raw
from custom_components.localtuya.model.spec import Look

from .house import Install, feature

pytest_plugins = ("tests.install",)

WORDS = ("single_click", "double_click", "long_press")
BUTTON = feature(
    "event",
    (Enum("1", code="switch_type_1", range=WORDS, mode=Mode.READ), pressed),
    look=Look(name="button", device_class="button"),
)
BELL = feature(
    "event",
    (Bool("2", code="doorbell", mode=Mode.READ), happened("ring")),
    look=Look(name="doorbell", device_class="doorbell"),
)
MESSAGE = feature("event", (Raw("3", code="alarm_message", mode=Mode.READ), happened("triggered", detail="message")))
FED = feature(
    "event", (Int("4", code="feed_report", low=0, high=9, mode=Mode.READ), happened("fed", detail="portions"))
)


async def test_what_a_button_can_do(install: Install) -> None:
    device = await install(BUTTON, dps={"1": "single_click"})

    state = device.state("event")
    assert state.state == STATE_UNKNOWN, "what it said before is over"
    assert state.attributes["event_types"] == ["press_end", "multi_press_end", "long_press_end"]
    assert state.attributes[ATTR_DEVICE_CLASS] == "button"


@pytest.mark.parametrize(
    ("raw", "attributes"),
    [
        ("single_click", {"event_type": "press_end"}),
        ("double_click", {"event_type": "multi_press_end", "multi_press_count": 2}),
        ("long_press", {"event_type": "long_press_end"}),
    ],
)
async def test_a_press(install: Install, raw: str, attributes: Mapping[str, Any]) -> None:
    device = await install(BUTTON, dps={"1": "single_click"})

    await device.report({"1": raw})
    first = device.state("event")
    assert attributes.items() <= first.attributes.items()

    await device.report({"1": raw})
    assert device.state("event").state > first.state, "once more"


async def test_what_is_no_press(install: Install) -> None:
    device = await install(BUTTON, dps={"1": "single_click"})

    for raw in ("poem", 7, None, ""):
        await device.report({"1": raw})
    device.coordinator.async_report({"1": "single_click"}, answer=True)
    await device.hass.async_block_till_done()

    assert device.state("event").state == STATE_UNKNOWN


async def test_a_doorbell_rings_and_rests(install: Install) -> None:
    device = await install(BELL, dps={"2": False})

    await device.report({"2": False})
    assert device.state("event", "2").state == STATE_UNKNOWN
    await device.report({"2": True})
    assert device.state("event", "2").attributes["event_type"] == "ring"


async def test_a_message_is_told(install: Install) -> None:
    device = await install(MESSAGE, dps={"3": ""})

    await device.report({"3": b64encode("Zone 3: Küche".encode("utf-16-be")).decode()})

    assert device.state("event", "3").attributes["message"] == "Zone 3: Küche"


async def test_each_meal_is_one(install: Install) -> None:
    device = await install(FED, dps={"4": 2})

    await device.report({"4": 2})
    assert device.state("event", "4").attributes["portions"] == 2
