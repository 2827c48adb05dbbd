from homeassistant.const import STATE_UNKNOWN
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.localtuya.model.convert.plain import content
from custom_components.localtuya.model.datapoint import Mode, Raw, Text

from .house import Install, feature

pytest_plugins = ("tests.install",)


async def test_a_text(install: Install) -> None:
    device = await install(feature("text", (Text("5", code="display_text", maxlen=12), content)), dps={"5": "Hello"})
    state = device.state("text", "5")
    assert state.state == "Hello"
    assert (state.attributes["min"], state.attributes["max"], state.attributes["mode"]) == (0, 12, "text")

    await device.call("text", "set_value", "5", value="Good day")
    assert device.sent == [{"5": "Good day"}]

    with pytest.raises(ValueError, match="too long"):
        await device.call("text", "set_value", "5", value="x" * 13)


async def test_bytes_are_base64(install: Install) -> None:
    device = await install(feature("text", (Raw("6", code="schedule", maxlen=6), content)), dps={"6": "AQID"})
    assert device.state("text", "6").state == "AQID"
    assert device.state("text", "6").attributes["max"] == 8

    await device.call("text", "set_value", "6", value="BAUG")
    assert device.sent == [{"6": "BAUG"}]
    with pytest.raises(ValueError, match="pattern"):
        await device.call("text", "set_value", "6", value="~~~~")

    await device.report({"6": "no base64"})
    assert device.state("text", "6").state == STATE_UNKNOWN


async def test_what_is_too_long_for_a_state_is_unknown(install: Install) -> None:
    device = await install(feature("text", (Text("5", code="plan", maxlen=1024), content)), dps={"5": "x" * 256})
    assert device.state("text", "5").state == STATE_UNKNOWN
    assert device.state("text", "5").attributes["max"] == 255

    await device.report({"5": "x" * 255})
    assert device.state("text", "5").state == "x" * 255


async def test_a_secret_is_set_and_never_shown(install: Install) -> None:
    device = await install(feature("text", (Text("7", code="onvif_change_pwd"), content)), dps={"7": "open sesame"})
    assert device.state("text", "7").state == STATE_UNKNOWN
    assert device.state("text", "7").attributes["mode"] == "password"

    await device.call("text", "set_value", "7", value="other")
    assert device.sent == [{"7": "other"}]
    assert device.state("text", "7").state == STATE_UNKNOWN


async def test_one_that_is_never_told(install: Install) -> None:
    device = await install(feature("text", (Text("8", code="control_data", mode=Mode.WRITE, maxlen=4), content)))
    await device.call("text", "set_value", "8", value="1")
    assert device.sent == [{"8": "1"}]


async def test_the_schema_has_the_last_word(install: Install) -> None:
    device = await install(feature("text", (Raw("6", code="schedule", maxlen=1), content)), dps={"6": "AQ=="})
    with pytest.raises(ServiceValidationError):
        await device.call("text", "set_value", "6", value="AQID")
    assert device.sent == []
