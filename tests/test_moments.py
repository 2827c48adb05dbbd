from collections.abc import Mapping

from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceInfo
import pytest

from custom_components.localtuya import moments
from custom_components.localtuya.coordinator import DeviceCoordinator
from custom_components.localtuya.lan.endpoint import LinkState
from custom_components.localtuya.model.record import DeviceRecord

from .house import RecordingChannel
from .model.devices import record, row

KEYS = [row(f"switch_type_{n}", "enum", mode="ro", range=["single_click", "double_click"]) for n in (1, 2)]
BATTERY = row("battery_percentage", "value", mode="ro", min=0, max=100, scale=0, step=1)
PANEL = record(*KEYS, BATTERY, category="kg")
SLEEPER = record(*KEYS, BATTERY, category="wxkg")
ALL = {"1": "single_click", "2": "double_click", "3": 90}


class Ear:
    """A device, and what happened to its two keys."""

    def __init__(self, hass: HomeAssistant, record: DeviceRecord = PANEL, *, direct: bool = True) -> None:
        channel = RecordingChannel()
        channel.direct = direct
        self.device = DeviceCoordinator(hass, record, channel=channel, device_info=DeviceInfo(), subentry_id=None)
        self.heard: list[tuple[str, object]] = []
        for dp in ("1", "2"):
            self.device.async_on_moment(dp, lambda raw, dp=dp: self.heard.append((dp, raw)))  # type: ignore[misc]

    def answer(self, dps: Mapping[str, object]) -> None:
        """Let the device answer a question."""
        self.device.async_report(dps, answer=True)

    def says(self, *reports: Mapping[str, object]) -> list[tuple[str, object]]:
        """Return what happens when the device says this by itself."""
        self.heard.clear()
        for dps in reports:
            self.device.async_report(dps)
        return list(self.heard)

    def reconnect(self) -> None:
        """Let the link go and come back."""
        self.device.async_link(LinkState.CONNECTING, None)
        self.device.async_link(LinkState.LIVE, None)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let devices have recited their state as soon as they are there."""
    monkeypatch.setattr(moments, "_SETTLED", 0)


def test_a_repeated_press_is_a_new_one(hass: HomeAssistant) -> None:
    ear = Ear(hass)
    ear.answer(ALL)
    assert ear.heard == []

    assert ear.says({"1": "single_click"}, {"1": "single_click"}) == [("1", "single_click")] * 2


@pytest.mark.parametrize("changes", [{}, {"1": "double_click"}])
def test_nothing_is_replayed_when_the_link_comes_back(hass: HomeAssistant, changes: dict[str, object]) -> None:
    ear = Ear(hass)
    ear.answer(ALL)

    ear.reconnect()
    assert ear.says(ALL | changes) == []
    assert ear.says({"1": "single_click"}) == [("1", "single_click")]


def test_a_device_of_one_datapoint_recites_it_too(hass: HomeAssistant) -> None:
    ear = Ear(hass)
    ear.answer({"1": "single_click"})

    ear.reconnect()
    assert ear.says({"1": "single_click"}) == []
    ear.reconnect()
    assert ear.says({"1": "double_click"}) == [("1", "double_click")]


def test_a_restart_replays_nothing(hass: HomeAssistant) -> None:
    ear = Ear(hass, DeviceRecord("device", category="kg", properties=PANEL.properties, dps=ALL, seen=1.0))

    assert ear.says({"1": "single_click"}) == []
    assert ear.says(ALL) == []


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ({"1": "double_click", "3": 80}, [("1", "double_click")]),
        ({"1": "single_click", "3": 80}, [("1", "single_click")]),
        ({"1": "single_click", "2": "single_click"}, [("2", "single_click")]),
        (ALL, []),
        (ALL | {"1": "double_click"}, [("1", "double_click")]),
        ({"3": 80}, []),
    ],
)
def test_of_a_recital_only_what_changed_has_happened(
    hass: HomeAssistant, said: dict[str, object], heard: list[tuple[str, object]]
) -> None:
    ear = Ear(hass)
    ear.answer(ALL)

    assert ear.says(said) == heard


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ({"1": "single_click"}, [("1", "single_click")]),
        ({"1": "single_click", "3": 89}, [("1", "single_click")]),
        (ALL, []),
        (ALL | {"2": "single_click"}, [("2", "single_click")]),
    ],
)
def test_a_sleeper_wakes_to_say_one_press(
    hass: HomeAssistant, said: dict[str, object], heard: list[tuple[str, object]]
) -> None:
    ear = Ear(hass, SLEEPER)
    ear.answer(ALL)

    for _ in range(2):
        ear.device.async_report(ALL, answer=True)
        ear.reconnect()
        assert ear.says(said) == heard


def test_a_gateway_that_comes_back_recites_its_sleeping_children(hass: HomeAssistant) -> None:
    ear = Ear(hass, SLEEPER, direct=False)
    ear.answer(ALL)

    ear.reconnect()
    assert ear.says(ALL | {"1": "double_click"}) == []


def test_who_no_longer_listens_is_not_told(hass: HomeAssistant) -> None:
    ear = Ear(hass)
    heard: list[object] = []
    stop = ear.device.async_on_moment("1", heard.append)
    ear.answer(ALL)
    ear.says({"1": "single_click"})
    stop()
    ear.says({"1": "single_click"})

    assert heard == ["single_click"]
