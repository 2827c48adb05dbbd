from typing import Any

from homeassistant.const import ATTR_DEVICE_CLASS, STATE_OFF, STATE_ON
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.localtuya.model.convert.bits import boolean
from custom_components.localtuya.model.convert.climate import action as doing
from custom_components.localtuya.model.convert.numbers import humidity, number
from custom_components.localtuya.model.convert.words import options
from custom_components.localtuya.model.datapoint import Bool, Enum, Int, Mode
from custom_components.localtuya.model.spec import Look

from .house import Install, feature

pytest_plugins = ("tests.install",)

SWITCH = (Bool("1", code="switch"), boolean)
ROLES = {
    "switch": SWITCH,
    "humidity": (Int("2", code="humidity_set", low=30, high=80, increment=5, unit="%"), number),
    "current_humidity": (Int("3", code="humidity_indoor", low=0, high=100, unit="%", mode=Mode.READ), number),
    "mode": (Enum("4", code="mode", range=("auto", "drying")), options),
    "action": (Enum("5", code="state", range=("drying", "idle"), mode=Mode.READ), options),
}
DRYER = feature("humidifier", ROLES, look=Look(device_class="dehumidifier"))
DRYING = {"1": True, "2": 45, "3": 61, "4": "auto", "5": "drying"}


async def test_everything_that_a_dehumidifier_tells(install: Install) -> None:
    device = await install(DRYER, dps=DRYING)

    state = device.state("humidifier")
    assert state.state == STATE_ON
    wanted = {
        ATTR_DEVICE_CLASS: "dehumidifier",
        "min_humidity": 30,
        "max_humidity": 80,
        "target_humidity_step": 5,
        "humidity": 45,
        "current_humidity": 61,
        "available_modes": ["auto", "drying"],
        "mode": "auto",
        "action": "drying",
    }
    assert {name: state.attributes.get(name) for name in wanted} == wanted

    await device.report({"1": False})
    assert device.state("humidifier").state == STATE_OFF


@pytest.mark.parametrize(
    ("service", "data", "sent"),
    [
        ("turn_on", {}, {"1": True}),
        ("turn_off", {}, {"1": False}),
        ("set_humidity", {"humidity": 50}, {"2": 50}),
        ("set_mode", {"mode": "drying"}, {"4": "drying"}),
    ],
)
async def test_every_service_is_one_message(
    install: Install, service: str, data: dict[str, Any], sent: dict[str, object]
) -> None:
    device = await install(DRYER, dps=DRYING)

    await device.call("humidifier", service, **data)

    assert device.sent == [sent]


async def test_a_bare_humidifier(install: Install) -> None:
    row = feature("humidifier", {"switch": SWITCH}, look=Look(device_class="humidifier"))
    device = await install(row, dps={"1": True})

    assert device.state("humidifier").state == STATE_ON
    assert device.state("humidifier").attributes["supported_features"] == 0


@pytest.mark.parametrize(("device_class", "action"), [("humidifier", "humidifying"), ("dehumidifier", "drying")])
async def test_what_a_device_does_that_only_says_that_it_works(
    install: Install, device_class: str, action: str
) -> None:
    working = (Enum("5", code="work_state", range=("working", "standby"), mode=Mode.READ), doing)
    row = feature("humidifier", {"switch": SWITCH, "action": working}, look=Look(device_class=device_class))
    device = await install(row, dps={"1": True, "5": "working"})
    assert device.state("humidifier").attributes["action"] == action

    await device.report({"5": "standby"})
    assert device.state("humidifier").attributes["action"] == "idle"


async def test_a_target_in_words(install: Install) -> None:
    target = (Enum("2", code="dehumidify_set_enum", range=("30", "40", "50", "CO")), humidity)
    device = await install(feature("humidifier", {"switch": SWITCH, "humidity": target}), dps={"1": True, "2": "40"})
    assert device.state("humidifier").attributes["humidity"] == 40

    await device.call("humidifier", "set_humidity", humidity=48)
    with pytest.raises(ServiceValidationError):
        await device.call("humidifier", "set_humidity", humidity=60)

    assert device.sent == [{"2": "50"}]


async def test_no_target_that_the_device_does_not_have(install: Install) -> None:
    device = await install(feature("humidifier", {"switch": SWITCH}), dps={"1": True})

    with pytest.raises(ServiceValidationError):
        await device.call("humidifier", "set_humidity", humidity=60)
    assert device.sent == []
