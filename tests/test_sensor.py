from homeassistant.const import ATTR_DEVICE_CLASS, ATTR_UNIT_OF_MEASUREMENT, STATE_UNKNOWN
from homeassistant.core import State
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import mock_restore_cache_with_extra_data

from custom_components.localtuya.model.convert.bits import faults
from custom_components.localtuya.model.convert.numbers import number
from custom_components.localtuya.model.convert.plain import written
from custom_components.localtuya.model.convert.words import options
from custom_components.localtuya.model.datapoint import Bitmap, Enum, Int, Text
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.spec import Look
from custom_components.localtuya.model.tally import Kind, Tally

from .house import DEVICE_ID, NAME, Install, feature
from .model.devices import row

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


async def test_milliseconds_are_shown_as_seconds(install: Install) -> None:
    time = Int("11", code="time_total", low=0, high=120000, unit="ms")
    look = Look(name="travel_time", device_class="duration")
    device = await install(feature("sensor", (time, number), look=look), dps={"11": 12500})

    shown = device.state("sensor", "11")
    assert (float(shown.state), shown.attributes[ATTR_UNIT_OF_MEASUREMENT]) == (12.5, "s")


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


ENERGY = (row("add_ele", "value", number=17, mode="ro", min=0, max=50000, scale=3, unit="kW·h"),)
PLUG = DeviceRecord(DEVICE_ID, name=NAME, category="cz", properties=ENERGY)


async def test_energy_told_piece_by_piece(install: Install) -> None:
    device = await install(record=PLUG, dps={"17": 40})
    state = device.state("sensor", "17")
    assert state.state == "0.0"
    assert (state.attributes[ATTR_DEVICE_CLASS], state.attributes["state_class"]) == ("energy", "total_increasing")
    assert state.attributes[ATTR_UNIT_OF_MEASUREMENT] == "kWh"

    for raw in (100, 120, 90, 200, 50):
        await device.report({"17": raw})
    assert float(device.state("sensor", "17").state) == 0.56

    await device.report({"17": 50})  # as much again
    assert float(device.state("sensor", "17").state) == 0.61


async def test_what_answers_and_what_is_said_with_all_else_counts_once(install: Install) -> None:
    device = await install(record=PLUG)
    for raw in (100, 90, 80):
        await device.report({"17": raw})
    assert float(device.state("sensor", "17").state) == 0.27

    device.coordinator.async_report({"17": 80}, answer=True)
    device.coordinator.async_report({"17": 500}, answer=True)
    await device.report({"17": 80, "1": True})
    await device.report({"17": "nonsense"})
    assert float(device.state("sensor", "17").state) == 0.27


async def test_energy_survives_a_restart(install: Install, hass_storage: dict[str, object]) -> None:  # noqa: ARG001
    hass = (await install(feature("sensor", (Text("6", code="card"), written)))).hass
    assert hass
    kept = Tally(kind=Kind.INCREMENTS, shown=12.5, last=0.1).to_json()
    mock_restore_cache_with_extra_data(hass, [(State("sensor.thing_energy", "12.5"), kept)])
    device = await install(record=PLUG)
    assert device.state("sensor", "17").state == "12.5"

    await device.report({"17": 100})
    assert device.state("sensor", "17").state == "12.6"


async def test_a_gateways_child_tells_the_total(install: Install) -> None:
    child = DeviceRecord(DEVICE_ID, name=NAME, category="cz", node_id="a1", gateway_id="gw", properties=ENERGY)
    device = await install(record=child, dps={"17": 45000})
    assert device.state("sensor", "17").state == "45.0"
