from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import (
    EVENT_STATE_CHANGED,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    EntityCategory,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events, async_fire_time_changed

from custom_components.localtuya.const import DOMAIN
from custom_components.localtuya.expectations import ECHO_WINDOW, STALE_WINDOW
from custom_components.localtuya.lan.errors import (
    Busy,
    ConnectionLost,
    DeviceRefused,
    FrameError,
    HandshakeCut,
    KeyRejected,
    LanError,
    NoAnswer,
    Unreachable,
    VersionMismatch,
    Wedged,
)
from custom_components.localtuya.model.convert.bits import boolean
from custom_components.localtuya.model.convert.numbers import number
from custom_components.localtuya.model.datapoint import Bool, Int
from custom_components.localtuya.model.plan import Plan
from custom_components.localtuya.model.spec import EXCLUSIVE, Look, Source

from .house import DEVICE_ID, Device, Install, feature

pytest_plugins = ("tests.install",)

SWITCH = feature("switch", (Bool("1", code="switch"), boolean))
LOCK = feature("switch", (Bool("7", code="child_lock"), boolean), look=Look(name="child_lock", category="config"))
DELAY = feature(
    "number",
    (Int("9", code="delay", low=0, high=600), number),
    look=Look(name="delay", enabled=False, category="config"),
)


async def tick(device: Device, freezer: FrozenDateTimeFactory, seconds: float) -> None:
    freezer.tick(timedelta(seconds=seconds))
    async_fire_time_changed(device.hass)
    await device.hass.async_block_till_done()


async def test_entities_stand_in_the_registries(install: Install, hass: HomeAssistant) -> None:
    device = await install(SWITCH, LOCK, DELAY)

    registry = er.async_get(hass)
    main, lock, delay = (
        registry.async_get(device.entity_id(platform, key))
        for platform, key in (("switch", "1"), ("switch", "7"), ("number", "9"))
    )
    assert main
    assert lock
    assert delay
    subentry_id = next(iter(device.entry.subentries))
    assert {entry.config_subentry_id for entry in (main, lock, delay)} == {subentry_id}
    found = dr.async_get(hass).async_get_device_by_identifier((DOMAIN, f"local_{DEVICE_ID}"), device.entry.entry_id)
    assert found
    assert main.device_id == lock.device_id == found.id
    assert main.entity_id == "switch.thing"
    assert main.original_name is None
    assert main.entity_category is None
    assert lock.entity_category is EntityCategory.CONFIG
    assert delay.disabled_by is er.RegistryEntryDisabler.INTEGRATION


async def test_a_leftover_and_a_choice_bear_readable_names(install: Install) -> None:
    leftover = feature(
        "switch", (Bool("101", code="led_on"), boolean), look=Look(name="led_on"), source=Source.LEFTOVERS
    )
    chosen = feature("switch", (Bool("102", code="x"), boolean), look=Look(name="x", label="Pump"), source=Source.USER)

    device = await install(leftover, chosen)

    assert device.state("switch", "101").name == "Thing LED on"
    assert device.state("switch", "102").name == "Thing Pump"


async def test_states_follow_the_reports_of_their_own_datapoints(install: Install, hass: HomeAssistant) -> None:
    device = await install(SWITCH, LOCK)
    assert device.state("switch").state == STATE_UNKNOWN

    events = async_capture_events(hass, EVENT_STATE_CHANGED)
    await device.report({"1": True})
    assert device.state("switch").state == STATE_ON
    assert device.state("switch", "7").state == STATE_UNKNOWN
    assert len(events) == 1


async def test_a_report_of_nothing_new_writes_nothing(install: Install) -> None:
    device = await install(SWITCH, LOCK, dps={"1": True, "7": False})
    before = device.state("switch")

    await device.report({"1": True})
    await device.report({"7": True})

    assert device.state("switch") is before
    assert device.state("switch").last_reported == before.last_reported
    assert device.state("switch", "7").state == STATE_ON


async def test_nonsense_is_unknown(install: Install) -> None:
    device = await install(SWITCH, dps={"1": True})

    await device.report({"1": "perhaps"})

    assert device.state("switch").state == STATE_UNKNOWN


async def test_availability_is_the_devices(install: Install) -> None:
    device = await install(SWITCH, LOCK, dps={"1": True, "7": True})

    device.coordinator.async_presence(online=False)
    assert device.state("switch").state == STATE_UNAVAILABLE
    assert device.state("switch", "7").state == STATE_UNAVAILABLE

    device.coordinator.async_presence(online=True)
    assert device.state("switch").state == STATE_ON
    assert device.state("switch", "7").state == STATE_ON


async def test_features_that_appear_later_become_entities(install: Install) -> None:
    device = await install(SWITCH, dps={"1": True})
    coordinator = device.coordinator

    new = [feature("switch", (Bool("8", code="backlight"), boolean), look=Look(name="backlight"))]
    coordinator.plan = Plan(coordinator.plan.schema, (*coordinator.plan.features, *new))
    for listener in list(coordinator._feature_listeners):
        listener(new)
    await device.hass.async_block_till_done()
    await device.report({"8": True})

    assert device.state("switch", "8").state == STATE_ON


async def test_what_was_sent_shows_until_the_device_reports(install: Install, freezer: FrozenDateTimeFactory) -> None:
    device = await install(SWITCH, dps={"1": False})

    await device.call("switch", "turn_on")
    assert device.sent == [{"1": True}]
    assert device.state("switch").state == STATE_ON

    await device.report({"1": True})
    await tick(device, freezer, ECHO_WINDOW + 1)
    assert device.state("switch").state == STATE_ON


async def test_what_was_sent_shows_before_the_device_answers(install: Install) -> None:
    device = await install(SWITCH, LOCK, dps={"1": False, "7": False})
    shown: list[str] = []
    device.channel.reply = lambda _: shown.append(device.state("switch").state)

    await device.call("switch", "turn_on")

    assert shown == [STATE_ON]
    assert device.state("switch", "7").state == STATE_OFF


async def test_a_stale_echo_does_not_flip_the_state_back(
    install: Install, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    device = await install(SWITCH, dps={"1": False})
    events = async_capture_events(hass, EVENT_STATE_CHANGED)
    device.channel.reply = lambda _: device.coordinator.async_report({"1": False})

    await device.call("switch", "turn_on")
    await device.report({"1": False})
    assert device.state("switch").state == STATE_ON
    assert len(events) == 1

    await tick(device, freezer, STALE_WINDOW + 0.1)
    await device.report({"1": False})
    assert device.state("switch").state == STATE_OFF, "the device's later word is the truth"


async def test_a_command_that_fails_is_taken_back_with_a_reason(
    install: Install, caplog: pytest.LogCaptureFixture
) -> None:
    device = await install(SWITCH, dps={"1": False})
    shown: list[str] = []
    device.channel.reply = lambda _: shown.append(device.state("switch").state)
    device.channel.failure = DeviceRefused(1, "child lock")

    with pytest.raises(HomeAssistantError):
        await device.call("switch", "turn_on")

    assert shown == [STATE_ON]
    assert device.state("switch").state == STATE_OFF
    assert "shown as before the command: refused with code 1: child lock" in caplog.text


async def test_what_moves_is_where_it_says_it_is(install: Install) -> None:
    curtain = feature(
        "cover", {"position": (Int("2", code="percent_control", low=0, high=100, unit="%"), number)}, look=Look()
    )
    device = await install(curtain, dps={"2": 0})
    await device.call("cover", "set_cover_position", "2", position=50)
    assert device.sent == [{"2": 50}]
    assert device.state("cover", "2").attributes["current_position"] == 0
    await device.report({"2": 10})
    assert device.state("cover", "2").attributes["current_position"] == 10


async def test_one_act_travels_alone(install: Install) -> None:
    button = feature("button", (Bool("3", code="quick_feed"), boolean), look=Look(name="quick_feed"))
    feeder = feature(
        "number",
        (Int("4", code="manual_feed", low=1, high=12), number),
        look=Look(name="manual_feed"),
        options={EXCLUSIVE: True},
    )
    device = await install(SWITCH, button, feeder, dps={"1": False})
    await device.call("button", "press", "3")
    await device.call("number", "set_value", "4", value=2)
    await device.call("switch", "turn_on")
    assert device.sent == [{"3": True}, {"4": 2}, {"1": True}]
    assert device.channel.alone == [True, True, False]


async def test_a_report_that_comes_before_the_reply_wins(install: Install) -> None:
    device = await install(feature("number", (Int("2", code="level", low=0, high=50), number)), dps={"2": 10})
    device.channel.reply = lambda _: device.coordinator.async_report({"2": 24})

    await device.call("number", "set_value", "2", value=25)

    assert device.state("number", "2").state == "24"


async def test_without_a_report_the_state_goes_back(install: Install, freezer: FrozenDateTimeFactory) -> None:
    device = await install(SWITCH, LOCK, dps={"1": False, "7": False})

    await device.call("switch", "turn_on")
    await device.report({"7": True})
    await tick(device, freezer, ECHO_WINDOW - 1)
    assert device.state("switch").state == STATE_ON

    await tick(device, freezer, 2)
    assert device.state("switch").state == STATE_OFF


async def test_a_second_command_gets_a_window_of_its_own(install: Install, freezer: FrozenDateTimeFactory) -> None:
    device = await install(SWITCH, dps={"1": False})

    await device.call("switch", "turn_on")
    await tick(device, freezer, ECHO_WINDOW - 1)
    await device.call("switch", "turn_on")
    await tick(device, freezer, ECHO_WINDOW - 1)
    assert device.state("switch").state == STATE_ON

    await tick(device, freezer, 2)
    assert device.state("switch").state == STATE_OFF


async def test_a_short_loss_does_not_end_the_wait_for_a_report(install: Install) -> None:
    device = await install(SWITCH, dps={"1": False})

    await device.call("switch", "turn_on")
    device.coordinator.async_presence(online=False)
    device.coordinator.async_presence(online=True)

    assert device.state("switch").state == STATE_ON


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (ConnectionLost("gone"), "unreachable"),
        (Unreachable("nobody"), "unreachable"),
        (HandshakeCut("cut"), "unreachable"),
        (Busy("full"), "busy"),
        (Wedged("reset"), "wedged"),
        (KeyRejected("no"), "key_rejected"),
        (VersionMismatch("3.3"), "version_mismatch"),
        (FrameError("crc"), "garbled"),
        (DeviceRefused(1, "data format error"), "refused"),
        (NoAnswer("silence"), "no_answer"),
        (LanError("other"), "unreachable"),
    ],
)
async def test_errors_are_told_in_the_users_words(install: Install, error: LanError, key: str) -> None:
    device = await install(SWITCH, dps={"1": False})
    device.channel.failure = error

    with pytest.raises(HomeAssistantError) as raised:
        await device.call("switch", "turn_on")

    assert raised.value.translation_domain == DOMAIN
    assert raised.value.translation_key == key
    assert raised.value.translation_placeholders == {"device": "Thing", "reason": str(error)}
    assert str(raised.value) != key  # there is a translation
    assert device.state("switch").state == STATE_OFF


async def test_a_value_that_does_not_fit_is_refused_before_it_is_sent(install: Install) -> None:
    device = await install(SWITCH, dps={"1": False})
    entity = device.hass.data["switch"].get_entity(device.entity_id("switch", "1"))

    with pytest.raises(ServiceValidationError) as raised:
        await entity.send(main="perhaps")
    assert raised.value.translation_key == "value_rejected"
    assert raised.value.translation_placeholders == {"value": "perhaps", "allowed": "true or false", "code": "switch"}

    with pytest.raises(ServiceValidationError):
        await entity.send(brightness=3)
    assert device.sent == []


async def test_unloading_leaves_no_timer(install: Install) -> None:
    device = await install(SWITCH, dps={"1": False})

    await device.call("switch", "turn_on")
    await device.hass.config_entries.async_unload(device.entry.entry_id)

    assert device.state("switch").state == STATE_UNAVAILABLE
