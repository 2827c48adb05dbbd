from homeassistant.const import ATTR_DEVICE_CLASS, STATE_OFF, STATE_ON
import pytest

from custom_components.localtuya.model.convert.bits import any_bit, bit, on_when
from custom_components.localtuya.model.datapoint import Bitmap, Bool, Datapoint, Enum, Int
from custom_components.localtuya.model.point import Converter
from custom_components.localtuya.model.spec import Look

from .house import Install, feature

pytest_plugins = ("tests.install",)

FAULTS = Bitmap("1", code="fault", labels=("low_battery", "jam"))


@pytest.mark.parametrize(
    ("datapoint", "convert", "yes", "no"),
    [
        (Bool("1", code="doorcontact_state"), on_when(), True, False),
        (Enum("1", code="pir", range=("pir", "none")), on_when("pir"), "pir", "none"),
        (FAULTS, any_bit, 2, 0),
        (FAULTS, bit("jam"), 3, 1),
    ],
)
async def test_yes_and_no(install: Install, datapoint: Datapoint, convert: Converter, yes: object, no: object) -> None:
    row = feature("binary_sensor", (datapoint, convert), look=Look(device_class="problem", category="diagnostic"))
    device = await install(row, dps={"1": yes})
    assert device.state("binary_sensor").state == STATE_ON
    assert device.state("binary_sensor").attributes[ATTR_DEVICE_CLASS] == "problem"

    await device.report({"1": no})
    assert device.state("binary_sensor").state == STATE_OFF


@pytest.mark.parametrize(
    ("datapoint", "raw", "faults"),
    [
        (FAULTS, 3, ["Low battery", "Jam"]),
        (FAULTS, 0, []),
        (FAULTS, 4, ["2"]),
        (Bitmap("1", code="fault", labels=("ov_cr", "")), 3, ["Overcurrent", "1"]),
        (Enum("1", code="fault", range=("no_fault", "no_water")), "no_water", ["No water"]),
        (Enum("1", code="fault", range=("no_fault", "no_water")), "no_fault", []),
        (Int("1", code="error", low=0, high=99), 17, ["17"]),
    ],
)
async def test_a_problem_names_its_faults(
    install: Install, datapoint: Datapoint, raw: object, faults: list[str]
) -> None:
    device = await install(feature("binary_sensor", (datapoint, any_bit), look=Look(device_class="problem")))
    assert device.state("binary_sensor").attributes["faults"] == []

    await device.report({"1": raw})

    assert device.state("binary_sensor").state == (STATE_ON if faults else STATE_OFF)
    assert device.state("binary_sensor").attributes["faults"] == faults
