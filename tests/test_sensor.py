from homeassistant.const import ATTR_DEVICE_CLASS, ATTR_UNIT_OF_MEASUREMENT, STATE_UNKNOWN
from homeassistant.helpers import entity_registry as er

from custom_components.localtuya.model.convert.bits import faults
from custom_components.localtuya.model.convert.numbers import number
from custom_components.localtuya.model.convert.plain import written
from custom_components.localtuya.model.convert.words import options
from custom_components.localtuya.model.datapoint import Bitmap, Enum, Int, Text
from custom_components.localtuya.model.spec import Look

from .house import Install, feature

pytest_plugins = ("tests.install",)


async def test_a_measurement(install: Install) -> None:
    power = Int("19", code="cur_power", low=0, high=50000, scale=1, unit="W")
    look = Look(name="power", device_class="power", state_class="measurement", unit="W", precision=1)
    device = await install(feature("sensor", (power, number), look=look), dps={"19": 313})

    state = device.state("sensor", "19")
    assert state.state == "31.3"
    assert state.attributes[ATTR_DEVICE_CLASS] == "power"
    assert state.attributes["state_class"] == "measurement"
    assert state.attributes[ATTR_UNIT_OF_MEASUREMENT] == "W"
    entry = er.async_get(device.hass).async_get(device.entity_id("sensor", "19"))
    assert entry
    assert entry.options["sensor"]["suggested_display_precision"] == 1

    await device.report({"19": "nonsense"})
    assert device.state("sensor", "19").state == STATE_UNKNOWN


async def test_a_unit_of_the_point_alone(install: Install) -> None:
    device = await install(
        feature("sensor", (Int("3", code="depth", low=0, high=100, unit="cm"), number)), dps={"3": 7}
    )

    assert device.state("sensor", "3").attributes[ATTR_UNIT_OF_MEASUREMENT] == "cm"


async def test_a_word(install: Install) -> None:
    state = Enum("4", code="work_state", range=("Standby", "Cleaning"))
    device = await install(feature("sensor", (state, options), look=Look(name="status")), dps={"4": "Cleaning"})

    shown = device.state("sensor", "4")
    assert shown.state == "cleaning"
    assert shown.attributes[ATTR_DEVICE_CLASS] == "enum"
    assert shown.attributes["options"] == ["standby", "cleaning"]

    await device.report({"4": "flying"})
    assert device.state("sensor", "4").state == STATE_UNKNOWN


async def test_a_fault(install: Install) -> None:
    row = feature("sensor", (Bitmap("5", code="fault", labels=("E1", "jam")), faults), look=Look(name="fault"))
    device = await install(row, dps={"5": 2})
    assert device.state("sensor", "5").state == "jam"

    await device.report({"5": 0})
    assert device.state("sensor", "5").state == "ok"


async def test_a_text(install: Install) -> None:
    device = await install(feature("sensor", (Text("6", code="card"), written)), dps={"6": "A-17"})
    assert device.state("sensor", "6").state == "A-17"

    await device.report({"6": "x" * 300})
    assert device.state("sensor", "6").state == STATE_UNKNOWN
