from collections.abc import Mapping

from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.helpers.device_registry import DeviceInfo
import pytest

from custom_components.localtuya import coordinator as module
from custom_components.localtuya.channel import NoChannel
from custom_components.localtuya.coordinator import DeviceCoordinator
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.spec import Feature

from .home_assistant import LAMP_MODEL, SWITCH_MODEL, until

PLUG = DeviceRecord("plug", category="cz", properties=SWITCH_MODEL)


class Wire:
    """A channel that keeps what is sent."""

    up = True

    def __init__(self) -> None:
        self.sent: list[dict[str, object]] = []

    async def query(self) -> None:
        """Do nothing."""

    async def control(self, dps: Mapping[str, object]) -> None:
        self.sent.append(dict(dps))


def _device(
    hass: HomeAssistant, record: DeviceRecord = PLUG, *, ready: bool = True, changed: list[None] | None = None
) -> DeviceCoordinator:
    return DeviceCoordinator(
        hass,
        record,
        channel=Wire(),
        device_info=DeviceInfo(),
        subentry_id=None,
        ready=ready,
        changed=lambda: None if changed is None else changed.append(None),
    )


def _keys(features: list[Feature]) -> list[tuple[str, str]]:
    return [(feature.platform, feature.key) for feature in features]


async def test_listeners_hear_what_they_asked_for(hass: HomeAssistant) -> None:
    device = _device(hass)
    heard: list[str] = []
    stop = device.async_listen(frozenset({"1", "2"}), lambda: heard.append("switch"))
    device.async_listen(frozenset({"9"}), lambda: heard.append("countdown"))

    device.async_report({"1": True})
    assert heard == ["switch"]
    assert device.state.dps == {"1": True}
    assert device.state.reported == {"1"}
    device.async_report({"9": 0, "2": 1})
    assert heard == ["switch", "switch", "countdown"]
    stop()
    stop()
    device.async_report({"1": False})
    assert heard == ["switch", "switch", "countdown"]


async def test_a_listener_may_leave_while_it_is_told(hass: HomeAssistant) -> None:
    device = _device(hass)
    stops: list[CALLBACK_TYPE] = []

    def leave() -> None:
        for stop in stops:
            stop()

    stops += [device.async_listen(frozenset({"1"}), leave) for _ in range(2)]
    device.async_report({"1": True})
    assert device._listeners == {}


async def test_commands_go_through_the_channel(hass: HomeAssistant) -> None:
    device = _device(hass)
    await device.async_send({"1": True})
    assert isinstance(device.channel, Wire)
    assert device.channel.sent == [{"1": True}]


async def test_a_short_loss_is_not_shown(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_GRACE", 0.01)
    device = _device(hass)
    told: list[bool] = []
    device.async_listen(frozenset(), lambda: told.append(device.available))

    device.async_link(up=False)
    device.async_link(up=True)
    assert told == []

    device.async_link(up=False)
    await until(lambda: told == [False])
    device.async_link(up=True)
    assert told == [False, True]


async def test_a_device_that_was_never_there_gets_no_grace(hass: HomeAssistant) -> None:
    device = _device(hass)
    device.async_connect(NoChannel())
    device.async_close()
    assert not device.available
    device.async_link(up=False)
    assert device._cancel_grace is None


async def test_presence(hass: HomeAssistant) -> None:
    device = _device(hass)
    told: list[bool] = []
    device.async_listen(frozenset(), lambda: told.append(device.available))
    device.async_presence(online=False)
    device.async_presence(online=False)
    assert told == [False]
    device.async_report({"1": True})
    assert device.available, "who speaks is there"


async def test_features_are_offered_once(hass: HomeAssistant) -> None:
    device = _device(hass, ready=False)
    offers: list[list[tuple[str, str]]] = []
    stop = device.async_on_features(lambda features: offers.append(_keys(features)))
    assert offers == []
    assert device.features == ()

    device.async_learn(PLUG)
    assert offers == [[("switch", "1")]]
    device.async_learn(PLUG)
    device.async_set_ready()
    assert len(offers) == 1
    late: list[list[tuple[str, str]]] = []
    device.async_on_features(lambda features: late.append(_keys(features)))
    assert late == offers

    stop()
    device.async_learn(DeviceRecord("plug", category="dj", properties=LAMP_MODEL))
    assert len(offers) == 1
    assert late[1:] == [[("light", "20")]]


async def test_what_the_device_says_completes_the_record(hass: HomeAssistant) -> None:
    changed: list[None] = []
    device = _device(hass, DeviceRecord("unknown"), changed=changed)
    offers: list[Feature] = []
    device.async_on_features(offers.extend)

    device.async_report({"1": True})
    device.async_report({"1": False})

    assert [feature.dp for feature in offers] == ["1"]
    assert len(changed) == 1
    assert device.record.dps == {"1": True}


async def test_what_the_cloud_says_later_keeps_what_the_device_said(hass: HomeAssistant) -> None:
    device = _device(hass, DeviceRecord("unknown"), ready=False)
    device.async_report({"1": True, "50": 3})
    assert device.features == ()
    device.async_learn(PLUG)
    assert device.record.dps == {"1": True, "50": 3}
    assert ("switch", "1") in _keys(list(device.features))


async def test_names_that_are_no_datapoints(hass: HomeAssistant) -> None:
    device = _device(hass)
    device.async_report({"": 1, "x" * 10_000: 2, "-1": 3, "99999": 4, "1": True})
    assert device.state.dps == {"1": True}
