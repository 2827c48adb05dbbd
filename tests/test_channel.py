from collections.abc import Mapping

import pytest

from custom_components.localtuya.channel import LanChannel, NoChannel, Switchboard
from custom_components.localtuya.lan.endpoint import LinkState
from custom_components.localtuya.lan.errors import ConnectionLost
from custom_components.localtuya.lan.session import Presence, Report


class Device:
    """An outlet that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def async_report(self, dps: Mapping[str, object]) -> None:
        self.told.append(dict(dps))

    def async_link(self, *, up: bool) -> None:
        self.told.append("up" if up else "down")

    def async_presence(self, *, online: bool) -> None:
        self.told.append("online" if online else "offline")


class Watcher:
    """A watcher that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def async_link_state(self, device_id: str, state: LinkState) -> None:
        self.told.append((device_id, state))

    def async_link_located(self, device_id: str, host: str, version: str) -> None:
        self.told.append((device_id, host, version))


class Link:
    """A link that keeps what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    async def query(self, node: str | None = None) -> None:
        self.asked.append((node,))

    async def control(self, dps: Mapping[str, object], node: str | None = None) -> None:
        self.asked.append((dict(dps), node))


@pytest.fixture
def watcher() -> Watcher:
    return Watcher()


@pytest.fixture
def switchboard(watcher: Watcher) -> Switchboard:
    board = Switchboard("gateway", watcher)
    board.outlets.update({None: Device(), "n1": Device(), "n2": Device()})
    board.link = Link()  # type: ignore[assignment]
    return board


def _told(switchboard: Switchboard, node: str | None) -> list[object]:
    outlet = switchboard.outlets[node]
    assert isinstance(outlet, Device)
    return outlet.told


def test_reports_reach_the_device_they_are_about(switchboard: Switchboard) -> None:
    switchboard.link_report(Report({"1": True}, "n1"))
    switchboard.link_report(Report({"2": 5}, None))
    switchboard.link_report(Report({"3": 5}, "stranger"))
    assert _told(switchboard, "n1") == [{"1": True}]
    assert _told(switchboard, None) == [{"2": 5}]
    assert _told(switchboard, "n2") == []


def test_all_devices_hear_of_the_link_when_that_changes_something(switchboard: Switchboard, watcher: Watcher) -> None:
    lost = ConnectionLost("cable")
    assert not switchboard.up
    switchboard.link_state(LinkState.CONNECTING, None)
    switchboard.link_state(LinkState.LIVE, None)
    switchboard.link_state(LinkState.ASLEEP, None)
    switchboard.link_state(LinkState.GONE, lost)
    for node in (None, "n1", "n2"):
        assert _told(switchboard, node) == ["up", "down"]
    assert watcher.told[-1] == ("gateway", LinkState.GONE)
    assert len(watcher.told) == 4
    assert switchboard.error is lost


def test_presence_reaches_the_children_that_are_named(switchboard: Switchboard) -> None:
    switchboard.link_presence(Presence(frozenset({"n1", "stranger"}), frozenset({"n2"})))
    assert _told(switchboard, "n1") == ["online"]
    assert _told(switchboard, "n2") == ["offline"]
    assert _told(switchboard, None) == []


def test_the_place_is_told_on(switchboard: Switchboard, watcher: Watcher) -> None:
    switchboard.link_located("192.0.2.1", "3.4")
    assert watcher.told == [("gateway", "192.0.2.1", "3.4")]


def test_nodes(switchboard: Switchboard) -> None:
    assert switchboard.nodes == ("n1", "n2")


async def test_a_channel_knows_its_node(switchboard: Switchboard) -> None:
    channel = LanChannel(switchboard, "n1")
    switchboard.link_state(LinkState.LIVE, None)
    assert channel.up
    await channel.query()
    await channel.control({"1": True})
    assert switchboard.link.asked == [("n1",), ({"1": True}, "n1")]  # type: ignore[attr-defined]


async def test_no_channel() -> None:
    channel = NoChannel()
    assert not channel.up
    with pytest.raises(ConnectionLost):
        await channel.query()
    with pytest.raises(ConnectionLost):
        await channel.control({"1": True})
