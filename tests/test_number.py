from homeassistant.const import ATTR_DEVICE_CLASS, ATTR_UNIT_OF_MEASUREMENT
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.localtuya.model.convert.numbers import number
from custom_components.localtuya.model.datapoint import Int
from custom_components.localtuya.model.spec import Look

from .house import Install, feature

pytest_plugins = ("tests.install",)

OFFSET = Int("27", code="temp_correction", low=-90, high=90, increment=5, scale=1, unit="°C")


async def test_a_number_with_its_limits(install: Install) -> None:
    look = Look(name="temperature_correction", device_class="temperature_delta", unit="°C", category="config")
    device = await install(feature("number", (OFFSET, number), look=look), dps={"27": -15})

    state = device.state("number", "27")
    assert state.state == "-1.5"
    attributes = state.attributes
    assert (attributes["min"], attributes["max"], attributes["step"]) == (-9.0, 9.0, 0.5)
    assert attributes[ATTR_UNIT_OF_MEASUREMENT] == "°C"
    assert attributes[ATTR_DEVICE_CLASS] == "temperature_delta"

    await device.call("number", "set_value", "27", value=2.5)
    assert device.sent == [{"27": 25}]

    with pytest.raises(ServiceValidationError):
        await device.call("number", "set_value", "27", value=9.5)
    assert len(device.sent) == 1
