from homeassistant.const import ATTR_DEVICE_CLASS, STATE_OFF, STATE_ON
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.localtuya.model.convert.bits import boolean, inverse
from custom_components.localtuya.model.datapoint import Bool, Enum
from custom_components.localtuya.model.spec import Look

from .house import Install, feature

pytest_plugins = ("tests.install",)


@pytest.mark.parametrize(
    ("pair", "on", "off"),
    [
        ((Bool("1", code="switch"), boolean), True, False),
        ((Bool("1", code="mute"), inverse), False, True),
        ((Enum("1", code="power", range=("off", "on")), boolean), "on", "off"),
    ],
)
async def test_on_and_off(install: Install, pair: tuple, on: object, off: object) -> None:  # type: ignore[type-arg]
    device = await install(feature("switch", pair, look=Look(device_class="outlet")), dps={"1": off})
    assert device.state("switch").state == STATE_OFF
    assert device.state("switch").attributes[ATTR_DEVICE_CLASS] == "outlet"

    await device.call("switch", "turn_on")
    await device.call("switch", "turn_off")
    await device.call("switch", "toggle")
    assert device.sent == [{"1": on}, {"1": off}, {"1": on}]

    await device.report({"1": on})
    assert device.state("switch").state == STATE_ON


async def test_gangs_are_numbered(install: Install) -> None:
    gangs = [feature("switch", (Bool(n, code=f"switch_{n}"), boolean), look=Look(number=int(n))) for n in ("1", "2")]

    device = await install(*gangs)

    assert [device.state("switch", n).name for n in ("1", "2")] == ["Thing Switch 1", "Thing Switch 2"]
    assert er.async_get(device.hass).async_get("switch.thing_switch_2")
