from collections.abc import Iterable, Mapping

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.localtuya.channel import LanChannel, NoChannel, Switchboard
from custom_components.localtuya.lan.endpoint import LinkState, Stats
from custom_components.localtuya.lan.errors import ConnectionLost, LanError
from custom_components.localtuya.lan.session import Presence, Report


class Device:
    """An outlet that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def async_report(self, dps: Mapping[str, object], *, answer: bool = False) -> None:
        self.told.append((dict(dps), "answer") if answer else dict(dps))

    def async_link(self, state: LinkState, error: LanError | None) -> None:
        self.told.append((state, error))

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

    def async_presence(self, device_id: str, presence: Presence) -> None:
        self.told.append((device_id, presence))


class Link:
    """A link that keeps what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    async def query(self, node: str | None = None) -> None:
        self.asked.append((node,))

    async def control(self, dps: Mapping[str, object], node: str | None = None, *, exclusive: bool = False) -> None:
        self.asked.append((dict(dps), node, exclusive))

    def meter(self, dp_ids: Iterable[int]) -> None:
        self.asked.append(tuple(dp_ids))

    @property
    def stats(self) -> Stats:
        return Stats(dialed=2, sessions=1, last_heard=1234.5, wake_interval=60.0, query_form="usual")


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


def test_all_devices_hear_how_the_link_fares(switchboard: Switchboard, watcher: Watcher) -> None:
    lost = ConnectionLost("cable")
    ups = []
    for state, error in ((LinkState.LIVE, None), (LinkState.GONE, lost)):
        switchboard.link_state(state, error)
        ups.append(switchboard.up)
    assert ups == [True, False]
    for node in (None, "n1", "n2"):
        assert _told(switchboard, node) == [(LinkState.LIVE, None), (LinkState.GONE, lost)]
    assert watcher.told == [("gateway", LinkState.LIVE), ("gateway", LinkState.GONE)]
    assert switchboard.error is lost


def test_since_when(switchboard: Switchboard, freezer: FrozenDateTimeFactory) -> None:
    switchboard.link_state(LinkState.HELD, ConnectionLost("full"))
    since = switchboard.since
    freezer.tick(60)
    switchboard.link_state(LinkState.HELD, ConnectionLost("still full"))
    assert switchboard.since == since
    switchboard.link_state(LinkState.LIVE, None)
    assert switchboard.since == since + 60


def test_answers_are_told_from_reports(switchboard: Switchboard) -> None:
    switchboard.link_report(Report({"1": True}, "n1", answer=True))
    assert _told(switchboard, "n1") == [({"1": True}, "answer")]


def test_presence_reaches_the_children_that_are_named(switchboard: Switchboard, watcher: Watcher) -> None:
    presence = Presence(frozenset({"n1", "stranger"}), frozenset({"n2"}))
    switchboard.link_presence(presence)
    assert watcher.told == [("gateway", presence)]
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
    await channel.control({"3": 1}, exclusive=True)
    channel.meter((18, 19))
    assert switchboard.link.asked == [("n1",), ({"1": True}, "n1", False), ({"3": 1}, "n1", True)]  # type: ignore[attr-defined]
    assert not channel.direct
    assert (channel.last_heard, channel.wake_interval) == (None, None), "what is known of the gateway says nothing"


def test_a_channel_of_the_device_itself(switchboard: Switchboard) -> None:
    channel = LanChannel(switchboard, None)
    switchboard.link_state(LinkState.HELD, ConnectionLost("full"))
    channel.meter((18, 19))
    assert switchboard.link.asked == [(18, 19)]  # type: ignore[attr-defined]
    assert channel.direct
    assert channel.state is LinkState.HELD
    assert str(channel.error) == "full"
    assert (channel.last_heard, channel.wake_interval) == (1234.5, 60.0)


async def test_no_channel() -> None:
    channel = NoChannel()
    channel.meter((18,))
    assert not channel.up
    assert not channel.direct
    with pytest.raises(ConnectionLost):
        await channel.query()
    with pytest.raises(ConnectionLost):
        await channel.control({"1": True})
