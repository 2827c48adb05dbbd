from base64 import b64encode

from homeassistant.components.alarm_control_panel import AlarmControlPanelEntityFeature, AlarmControlPanelState
from homeassistant.const import STATE_UNKNOWN
import pytest

from custom_components.localtuya.model.convert import alarm
from custom_components.localtuya.model.convert.bits import on_when
from custom_components.localtuya.model.datapoint import Bool, Enum, Raw
from custom_components.localtuya.model.spec import Feature

from .house import Install, feature

pytest_plugins = ("tests.install",)

MODES = Enum("1", code="master_mode", range=("disarmed", "arm", "home", "sos"))
ALARM = (Enum("32", code="master_state", range=("normal", "alarm")), on_when("alarm"))
MESSAGE = (Raw("26", code="alarm_msg"), alarm.message)
PANEL = feature("alarm_control_panel", {"alarm_state": (MODES, alarm.alarm_state), "alarm": ALARM, "message": MESSAGE})
DOOR = feature("alarm_control_panel", {"alarm_state": (Bool("1", code="arming_switch"), alarm.alarm_state)})
AWAY = AlarmControlPanelEntityFeature.ARM_AWAY


def said(text: str) -> str:
    return b64encode(text.encode("utf-16-be")).decode()


@pytest.mark.parametrize(
    ("row", "features"),
    [
        (PANEL, AWAY | AlarmControlPanelEntityFeature.ARM_HOME | AlarmControlPanelEntityFeature.TRIGGER),
        (DOOR, AWAY),
    ],
)
async def test_features(install: Install, row: Feature, features: AlarmControlPanelEntityFeature) -> None:
    device = await install(row)

    state = device.state("alarm_control_panel")
    assert state.state == STATE_UNKNOWN
    assert state.attributes["supported_features"] == features
    assert state.attributes["code_arm_required"] is False


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ("disarmed", AlarmControlPanelState.DISARMED),
        ("arm", AlarmControlPanelState.ARMED_AWAY),
        ("home", AlarmControlPanelState.ARMED_HOME),
        ("sos", AlarmControlPanelState.TRIGGERED),
    ],
)
async def test_it_says_how_it_is_armed(install: Install, raw: str, state: AlarmControlPanelState) -> None:
    device = await install(PANEL, dps={"1": raw})

    assert device.state("alarm_control_panel").state == state


async def test_it_says_who_set_it_off(install: Install) -> None:
    device = await install(PANEL, dps={"1": "arm", "26": said("Hall window")})
    assert device.state("alarm_control_panel").attributes["changed_by"] is None

    await device.report({"32": "alarm"})
    assert device.state("alarm_control_panel").state == AlarmControlPanelState.TRIGGERED
    assert device.state("alarm_control_panel").attributes["changed_by"] == "Hall window"

    await device.report({"32": "normal"})
    assert device.state("alarm_control_panel").state == AlarmControlPanelState.ARMED_AWAY
    assert device.state("alarm_control_panel").attributes["changed_by"] is None


async def test_an_empty_battery_is_no_burglar(install: Install) -> None:
    device = await install(PANEL, dps={"1": "home", "32": "alarm", "26": said("Hall window: Low Battery")})

    assert device.state("alarm_control_panel").state == AlarmControlPanelState.ARMED_HOME


@pytest.mark.parametrize(
    ("row", "service", "sent"),
    [
        (PANEL, "alarm_disarm", "disarmed"),
        (PANEL, "alarm_arm_away", "arm"),
        (PANEL, "alarm_arm_home", "home"),
        (PANEL, "alarm_trigger", "sos"),
        (DOOR, "alarm_arm_away", True),
        (DOOR, "alarm_disarm", False),
    ],
)
async def test_commands_need_no_code(install: Install, row: Feature, service: str, sent: object) -> None:
    device = await install(row)

    await device.call("alarm_control_panel", service)

    assert device.sent == [{"1": sent}]


async def test_the_night(install: Install) -> None:
    words = Enum("1", code="master_mode", range=("disarm", "arm", "night"))
    device = await install(feature("alarm_control_panel", {"alarm_state": (words, alarm.alarm_state)}))

    await device.call("alarm_control_panel", "alarm_arm_night")

    assert device.sent == [{"1": "night"}]
