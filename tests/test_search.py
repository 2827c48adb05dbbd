from collections.abc import Callable
from dataclasses import replace

from homeassistant.components.network.models import Adapter, IPv4ConfiguredAddress
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST
from homeassistant.core import HomeAssistant
import pytest

from custom_components.localtuya.const import CONF_ADDRESS_RANGES, CONF_PINNED
from custom_components.localtuya.lan.discovery import Announcement
from custom_components.localtuya.lan.endpoint import Timing
from custom_components.localtuya.neighbourhood import Neighbourhood, async_get_neighbourhood
from custom_components.localtuya.search import RangeError, Search, _is_local, check_ranges, own_networks

from .home_assistant import GATEWAY, LAMP, PLUG, Home, hub_of, until, until_available

pytest_plugins = ("tests.home_assistant",)

NOBODY = "127.0.61.99"
HERE = {CONF_ADDRESS_RANGES: ["127.0.61.0/29"]}
ELSEWHERE = {CONF_ADDRESS_RANGES: ["127.0.61.40/30"]}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search, "timing", Timing(connect=0.5, answer=0.3, probe=0.03))
    monkeypatch.setattr(Neighbourhood, "pause", 0.05)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def set_pauses(first: float = 0.02, pause: float = 0.02, longest: float = 0.1) -> None:
        monkeypatch.setattr(Search, "first", first)
        monkeypatch.setattr(Search, "pause", pause)
        monkeypatch.setattr(Search, "longest", longest)

    return set_pauses


def _host(entry: ConfigEntry, device_id: str) -> str | None:
    (subentry,) = (each for each in entry.subentries.values() if each.unique_id == device_id)
    return subentry.data.get(CONF_HOST)


async def test_a_device_that_never_announces_itself_is_asked(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.silence()
    await home.announce(LAMP)
    assert home.announcer is not None
    monkeypatch.setenv("LOCALTUYA_PROBE", home.devices[LAMP].host)
    entry = await home.set_up(home.subentry(LAMP, host=None, protocol_version=None))
    await until_available(entry)
    assert _host(entry, LAMP) == home.devices[LAMP].host

    neighbourhood = async_get_neighbourhood(hass)
    await until(lambda: neighbourhood._asking is None or neighbourhood._asking.done())
    probes = home.announcer.probes
    await home.devices[LAMP].stop()
    await until(lambda: home.announcer is not None and home.announcer.probes > probes + 1)


async def test_a_missing_device_is_asked_where_it_was(home: Home) -> None:
    home.silence()
    await home.announce(LAMP)
    assert home.announcer is not None
    home.devices[LAMP].faults = replace(home.devices[LAMP].faults, refuse=True)
    await home.set_up(home.subentry(LAMP))
    await until(lambda: home.announcer is not None and home.announcer.probes > 1)


async def test_who_stays_missing_is_looked_for_from_address_to_address(home: Home, soon: Callable[..., None]) -> None:
    entry = await home.set_up(
        home.subentry(PLUG, host=None), home.subentry(GATEWAY, host=NOBODY), home.subentry(LAMP), options=HERE
    )
    await until_available(entry, LAMP)
    soon()
    hub_of(entry).search.async_begin_anew()
    await until_available(entry)
    for device_id in (PLUG, GATEWAY):
        assert _host(entry, device_id) == home.devices[device_id].host
    assert home.devices[LAMP].connections == 1, "who is connected is left alone"
    tally = hub_of(entry).search.tally
    assert tally.found == 2
    assert tally.asked == 5, "six addresses, but not that of the lamp"


async def test_all_there_and_nobody_is_looked_for(home: Home, soon: Callable[..., None]) -> None:
    soon(first=0.2)
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP), options=HERE)
    await until_available(entry)
    search = hub_of(entry).search
    await until(lambda: search._cancel is None)
    assert search.tally.rounds == 0


async def test_the_pauses_grow_until_somebody_else_is_lost(home: Home, soon: Callable[..., None]) -> None:
    soon(pause=0.01, longest=0.08)
    entry = await home.set_up(home.subentry(PLUG, host=None), home.subentry(LAMP), options=ELSEWHERE)
    search = hub_of(entry).search
    await until(lambda: search._pause == 0.08)
    assert search.tally.rounds >= 3
    assert search.tally.found == 0

    await home.devices[LAMP].stop()
    await until(lambda: search._pause < 0.08)


async def test_a_pinned_device_and_a_stranger_stay_where_they_are(home: Home) -> None:
    entry = await home.set_up(
        home.subentry(PLUG, host=NOBODY, **{CONF_PINNED: True}),
        home.subentry(LAMP, host=NOBODY, local_key="0123456789abcdef"),
        options=HERE,
    )
    assert await hub_of(entry).search.async_sweep() == []
    for device_id in (PLUG, LAMP):
        await home.devices[device_id].wait_for(lambda device: device.clients == 0)
    assert _host(entry, PLUG) == NOBODY


async def test_the_devices_of_other_entries_are_left_alone(home: Home) -> None:
    first = await home.set_up(home.subentry(LAMP))
    second = await home.set_up(home.subentry(PLUG, host=None), cloud=False, options=HERE)
    await until_available(first)
    assert await hub_of(second).search.async_sweep() == [PLUG]
    await until_available(second)
    assert home.devices[LAMP].connections == 1


async def test_facts_for_diagnostics(home: Home) -> None:
    entry = await home.set_up(home.subentry(LAMP), home.subentry(PLUG, host=None), options=ELSEWHERE)
    await until_available(entry, LAMP)
    await hub_of(entry).search.async_sweep()
    assert hub_of(entry).facts == {
        "listening_on": [home.ports.plain, home.ports.sealed, home.ports.answer],
        "deaf_on": {},
        "missing": 1,
        "address_ranges": 1,
        "rounds": 1,
        "asked_in_last_round": 2,
        "found": 0,
        "children_without_gateway": 0,
        "their_gateway_heard": 0,
        "their_gateway_in_another_entry": 0,
    }


async def test_there_is_one_round_at_a_time(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG, host=None), options=ELSEWHERE)
    search = hub_of(entry).search
    async with async_get_neighbourhood(hass).sweeping:
        rounds = [hass.async_create_task(search.async_sweep()) for _ in range(2)]
        await hass.async_add_executor_job(lambda: None)
        assert search.tally.rounds == 0
    for each in rounds:
        assert await each == []
    assert search.tally.rounds == 2


async def test_other_ranges_are_looked_at_soon(hass: HomeAssistant, home: Home, soon: Callable[..., None]) -> None:
    soon(pause=3600, longest=3600)
    entry = await home.set_up(home.subentry(PLUG, host=None), options=ELSEWHERE)
    await until(lambda: hub_of(entry).search.tally.rounds == 1)
    hub = hub_of(entry)
    hass.config_entries.async_update_entry(entry, options=HERE)
    await until_available(entry)
    assert entry.runtime_data is hub, "not reloaded"


async def test_the_sender_may_be_a_container_and_the_address_inside_stale(home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG, host=None), home.subentry(LAMP, host=None))
    search = hub_of(entry).search
    plug, lamp = home.devices[PLUG].host, home.devices[LAMP].host
    search.async_heard(Announcement(PLUG, host="127.0.0.1", announced_host=plug, version="3.3"))
    search.async_heard(Announcement(LAMP, host=lamp, announced_host=NOBODY, version="3.5"))
    search.async_heard(Announcement("stranger", host=NOBODY))
    await until_available(entry)
    assert (_host(entry, PLUG), _host(entry, LAMP)) == (plug, lamp)


@pytest.mark.parametrize("text", [None, "", "x", "8.8.8.8", "239.1.1.1", "0.0.0.0", "::1"])  # noqa: S104
def test_nobody_in_the_network_sends_us_elsewhere(text: str | None) -> None:
    assert not _is_local(text)
    assert _is_local("192.168.1.4")


def test_own_networks() -> None:
    def adapter(*addresses: tuple[str, int], enabled: bool = True) -> Adapter:
        ipv4 = [IPv4ConfiguredAddress(address=address, network_prefix=prefix) for address, prefix in addresses]
        return Adapter(name="eth", index=0, enabled=enabled, auto=True, default=True, ipv6=[], ipv4=ipv4)

    home = adapter(("192.168.1.7", 24), ("192.168.9.1", 22), ("10.20.30.40", 16), ("169.254.1.1", 16), ("127.0.0.1", 8))
    assert own_networks([home, adapter(("172.16.0.1", 24), enabled=False)]) == [
        "192.168.1.0/24",
        "192.168.8.0/22",
        "10.20.30.0/24",
    ]


def test_ranges_as_they_are_stored() -> None:
    typed = [" 192.168.20.7/24 ", "10.0.0.5", "", "192.168.20.0/24"]
    assert check_ranges(typed) == ["192.168.20.0/24", "10.0.0.5/32"]
    assert check_ranges([]) == []


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (["192.168.20"], "range_invalid"),
        (["fd00::/64"], "range_invalid"),
        (["192.168.1.1-9"], "range_invalid"),
        (["8.8.8.0/24"], "range_public"),
        (["239.0.0.0/24"], "range_public"),
        (["0.0.0.0"], "range_public"),  # noqa: S104
        (["10.0.0.0/19"], "range_too_wide"),
        (["10.0.0.0/20", "10.1.0.0/24"], "range_too_wide"),
    ],
)
def test_ranges_that_cannot_be_looked_at(typed: list[str], key: str) -> None:
    with pytest.raises(RangeError) as error:
        check_ranges(typed)
    assert error.value.key == key
    assert error.value.text == typed[-1]
