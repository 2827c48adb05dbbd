from base64 import b64encode

from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.model.convert import alarm
from custom_components.localtuya.model.errors import ValueRejected

from ..devices import dp


@pytest.mark.parametrize(
    ("words", "states"),
    [
        (["disarmed", "arm", "home", "sos"], ("disarmed", "armed_away", "armed_home", "triggered")),
        (["arm", "home", "sos", "disarmed", "alarm"], ("armed_away", "armed_home", "triggered", "disarmed")),
        (["Disarm_", "Arm_", "HomeArm_", "SOS"], ("disarmed", "armed_away", "armed_home", "triggered")),
        (["disarm", "arm"], ("disarmed", "armed_away")),
    ],
)
def test_panels_of_every_vocabulary(words: list[str], states: tuple[str, ...]) -> None:
    point = alarm.alarm_state(dp("master_mode", "enum", range=words))
    assert point
    assert point.options == states
    for word, state in zip(words, states, strict=False):
        assert point.read({"1": word}) == state
        assert point.write(state) == {"1": word}


def test_what_is_no_panel() -> None:
    assert alarm.alarm_state(dp("zone", "enum", range=["arm", "home", "24h"])) is None
    assert alarm.alarm_state(dp("zone", "value", min=0, max=3)) is None


def test_a_switch_arms() -> None:
    point = alarm.alarm_state(dp("arming_switch", "bool"))
    assert point
    assert [point.read({"1": raw}) for raw in (True, False, "?")] == ["armed_away", "disarmed", None]
    assert point.write("disarmed") == {"1": False}
    with pytest.raises(ValueRejected):
        point.write("armed_home")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b64encode("Küche: 门窗".encode("utf-16-be")).decode(), "Küche: 门窗"),
        (b64encode("Hall\0".encode("utf-16-be")).decode(), "Hall"),
        (b64encode(b"odd").decode(), None),
        (b64encode(b"\xd8\x00\x00\x41").decode(), None),
        ("no base64", None),
        ("", None),
        (7, None),
    ],
)
def test_messages(raw: object, text: str | None) -> None:
    point = alarm.message(dp("alarm_msg", "raw"))
    assert point
    assert point.read({"1": raw}) == text


@given(st.text())
def test_no_message_is_too_odd(raw: str) -> None:
    point = alarm.message(dp("alarm_msg", "raw"))
    assert point
    point.read({"1": raw})


def test_tones() -> None:
    point = alarm.howl(dp("alarm_state", "enum", range=["alarm_sound", "alarm_light", "alarm_sound_light", "normal"]))
    assert point
    assert point.options == ("sound", "light", "sound_and_light", "off")
    assert alarm.howl(dp("alarm_ringtone", "enum", range=["1", "2"])) is None
    assert alarm.tone(dp("alarm_ringtone", "enum", range=["ringtone_0"])) is None
    assert alarm.tone(dp("alarm_ringtone", "bool")) is None


@pytest.mark.parametrize(
    ("words", "level", "sent", "back"),
    [
        (["low", "middle", "high", "mute"], 0.3, "low", 1 / 3),
        (["low", "middle", "high", "mute"], 0, "mute", 0),
        (["mute", "normal", "loud"], 0.6, "normal", 0.5),
        (["high", "low"], 1, "high", 1),
        (["mute", "vol_1", "vol_2", "vol_3", "vol_4"], 0.5, "vol_2", 0.5),
        (["1", "2", "3", "4"], 0.2, "1", 0.25),
    ],
)
def test_loudness_in_words(words: list[str], level: float, sent: str, back: float) -> None:
    point = alarm.volume(dp("alarm_volume", "enum", range=words))
    assert point
    assert point.write(level) == {"1": sent}
    assert point.read({"1": sent}) == pytest.approx(back)
    for outside in (-0.1, 1.1):
        with pytest.raises(ValueRejected):
            point.write(outside)


def test_loudness_in_numbers() -> None:
    point = alarm.volume(dp("ipc_siren_volume", "value", min=10, max=100, step=10, unit="%"))
    assert point
    assert [point.write(level)["1"] for level in (0, 0.42, 1)] == [10, 40, 100]
    assert point.read({"1": 50}) == 0.5


@pytest.mark.parametrize(
    "datapoint",
    [
        dp("alarm_volume", "enum", range=["soft", "fierce"]),
        dp("alarm_volume", "enum", range=["low"]),
        dp("alarm_volume", "value", min=0, max=0),
        dp("alarm_volume", "bool"),
    ],
)
def test_what_is_no_loudness(datapoint: object) -> None:
    assert alarm.volume(datapoint) is None  # type: ignore[arg-type]


def test_a_time_in_minutes_is_long_enough() -> None:
    point = alarm.seconds(dp("alarm_time", "value", min=0, max=30, unit="min"))
    assert point
    assert [point.write(value)["1"] for value in (0, 1, 60, 61, 1800)] == [0, 1, 1, 2, 30]
    assert point.read({"1": 2}) == 120
    for beyond in (1801, -60, float("inf"), float("nan")):
        with pytest.raises(ValueRejected):
            point.write(beyond)


def test_a_time_without_a_unit_is_in_seconds() -> None:
    point = alarm.seconds(dp("alarm_time", "value", min=0, max=180, step=10))
    assert point
    assert point.write(30) == {"1": 30}
    assert alarm.seconds(dp("alarm_time", "value", min=0, max=9, unit="%")) is None
    assert alarm.seconds(dp("alarm_time", "enum", range=["1", "2"])) is None
