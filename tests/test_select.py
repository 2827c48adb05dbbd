from homeassistant.const import STATE_UNKNOWN
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.localtuya.model.convert.words import options
from custom_components.localtuya.model.datapoint import Enum
from custom_components.localtuya.model.spec import Look

from .house import Install, feature

pytest_plugins = ("tests.install",)


async def test_a_choice_of_words(install: Install) -> None:
    status = Enum("38", code="relay_status", range=("power_off", "powerOn", "Last"))
    row = feature("select", (status, options), look=Look(name="relay_status", category="config"))
    device = await install(row, dps={"38": "powerOn"})
    assert device.state("select", "38").state == "power_on"
    assert device.state("select", "38").attributes["options"] == ["power_off", "power_on", "last"]

    await device.call("select", "select_option", "38", option="last")
    assert device.sent == [{"38": "Last"}]
    assert device.state("select", "38").state == "last"

    with pytest.raises(ServiceValidationError):
        await device.call("select", "select_option", "38", option="never")

    await device.report({"38": "never"})
    assert device.state("select", "38").state == STATE_UNKNOWN
