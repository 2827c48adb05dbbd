from homeassistant.const import ATTR_DEVICE_CLASS, STATE_UNKNOWN
import pytest

from custom_components.localtuya.model.convert.bits import press
from custom_components.localtuya.model.convert.words import options
from custom_components.localtuya.model.datapoint import Bool, Enum
from custom_components.localtuya.model.spec import Feature, Look

from .house import Install, feature

pytest_plugins = ("tests.install",)

RESET = Look(name="filter_reset", device_class="restart")


@pytest.mark.parametrize(
    ("row", "sent"),
    [
        (feature("button", (Bool("11", code="filter_reset"), press), look=RESET), True),
        (feature("button", (Enum("11", code="reset", range=("reset",)), press), look=RESET), "reset"),
        (
            feature(
                "button",
                (Enum("11", code="ptz", range=("left", "right")), options),
                look=RESET,
                options={"press": "right"},
            ),
            "right",
        ),
    ],
)
async def test_press(install: Install, row: Feature, sent: object) -> None:
    device = await install(row)
    assert device.state("button", "11").state == STATE_UNKNOWN
    assert device.state("button", "11").attributes[ATTR_DEVICE_CLASS] == "restart"

    await device.call("button", "press", "11")

    assert device.sent == [{"11": sent}]
    assert device.state("button", "11").state != STATE_UNKNOWN
