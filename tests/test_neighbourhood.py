import logging
import socket

from homeassistant.components.network.models import Adapter, IPv4ConfiguredAddress
from homeassistant.core import HomeAssistant
import pytest

from custom_components.localtuya import neighbourhood as module
from custom_components.localtuya.const import discovery_ports, probe_addresses
from custom_components.localtuya.lan.discovery import Announcement, Discovery
from custom_components.localtuya.neighbourhood import Neighbourhood, async_get_neighbourhood, broadcasts

from .home_assistant import GATEWAY, LAMP, PLUG, Home, until

pytest_plugins = ("tests.home_assistant",)


async def test_all_listeners_hear_and_the_last_one_switches_off(hass: HomeAssistant, home: Home) -> None:
    neighbourhood = async_get_neighbourhood(hass)
    first: list[Announcement] = []
    second: list[Announcement] = []
    leave_first = await neighbourhood.async_join(first.append)
    leave_second = await neighbourhood.async_join(second.append)
    await home.announce()
    await until(lambda: {each.device_id for each in first} == {PLUG, LAMP, GATEWAY})
    await until(lambda: {each.device_id for each in second} == {PLUG, LAMP, GATEWAY})
    assert neighbourhood.seen[PLUG].host == home.devices[PLUG].host

    await leave_first()
    await leave_first()
    heard = len(second)
    await until(lambda: len(second) > heard)
    await leave_second()
    assert neighbourhood._discovery is None
    assert neighbourhood.seen.keys() == {PLUG, LAMP, GATEWAY}, "remembered for who comes next"


async def test_waiting(hass: HomeAssistant, home: Home) -> None:
    neighbourhood = async_get_neighbourhood(hass)
    assert not await neighbourhood.async_wait_for({PLUG}, 0.01)
    await home.announce(PLUG)
    assert await neighbourhood.async_wait_for({PLUG}, 5)
    assert neighbourhood._discovery is None
    assert await neighbourhood.async_wait_for({PLUG}, 0), "heard before"
    assert await neighbourhood.async_wait_for(set(), 0)
    assert not await neighbourhood.async_wait_for({PLUG, LAMP}, 0.01)


async def test_devices_are_asked_to_announce_themselves(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(Discovery, "probe", lambda _, addresses, **_port: asked.append(tuple(addresses)))
    monkeypatch.setenv("LOCALTUYA_PROBE", "127.0.61.255,127.0.62.255")
    leave = await async_get_neighbourhood(hass).async_join(lambda _: None)
    await until(lambda: asked)
    await leave()
    assert asked == [("127.0.61.255", "127.0.62.255")]
    assert home.announcer is None


async def test_the_broadcast_addresses_are_asked_by_default(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(Discovery, "probe", lambda _, addresses, **_port: asked.append(tuple(addresses)))
    monkeypatch.delenv("LOCALTUYA_PROBE")
    leave = await async_get_neighbourhood(hass).async_join(lambda _: None)
    await until(lambda: asked)
    await leave()
    assert asked == [("255.255.255.255", "10.10.10.255")]
    assert home.announcer is None


async def test_a_port_that_is_taken_is_said_and_survived(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        monkeypatch.setenv("LOCALTUYA_DISCOVERY_PORTS", f"{home.ports.sealed},{port}")
        await home.announce(PLUG)
        neighbourhood = async_get_neighbourhood(hass)
        assert await neighbourhood.async_wait_for({PLUG}, 5)
        leave = await neighbourhood.async_join(lambda _: None)
        assert neighbourhood.deaf_on.keys() == {port}
        assert neighbourhood.listening_on == [home.ports.sealed]
        await leave()
    assert neighbourhood.listening_on == []
    assert f"UDP port {port}" in caplog.text, "said once"
    assert [record.levelno for record in caplog.records if "UDP port" in record.message] == [logging.WARNING]


async def test_who_misses_nobody_asks_nobody(hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Neighbourhood, "pause", 0.01)
    home.silence()
    await home.announce(LAMP)
    monkeypatch.setenv("LOCALTUYA_PROBE", home.devices[LAMP].host)
    announcer = home.announcer
    assert announcer is not None
    neighbourhood = async_get_neighbourhood(hass)
    missed: list[str] | None = None
    leave = await neighbourhood.async_join(lambda _: None, missing=lambda: missed)
    await until(lambda: neighbourhood._asking is not None and neighbourhood._asking.done())
    assert announcer.probes == 0

    missed = []
    neighbourhood.async_look()
    assert await neighbourhood.async_wait_for({LAMP}, 5), "it answers, though it never announces itself"
    await until(lambda: announcer.probes > 2)  # again and again
    missed = None
    await until(lambda: neighbourhood._asking is not None and neighbourhood._asking.done())
    await leave()


def test_every_adapter_in_use_is_asked() -> None:
    def adapter(*addresses: tuple[str, int], enabled: bool = True) -> Adapter:
        ipv4 = [IPv4ConfiguredAddress(address=address, network_prefix=prefix) for address, prefix in addresses]
        return Adapter(name="eth", index=0, enabled=enabled, auto=True, default=True, ipv6=[], ipv4=ipv4)

    adapters = [
        adapter(("192.168.1.7", 24), ("10.1.2.3", 16)),
        adapter(("172.16.0.1", 24), enabled=False),
        adapter(),
    ]
    assert broadcasts(adapters) == ["192.168.1.255", "10.1.255.255"]


async def test_a_flood_of_strangers_is_forgotten(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_SEEN", 3)
    neighbourhood = async_get_neighbourhood(hass)
    for number in (1, 2, 3, 1, 4, 5):
        neighbourhood._heard(Announcement(f"device{number}", host="192.0.2.1"))
    assert list(neighbourhood.seen) == ["device1", "device4", "device5"]
    assert home.announcer is None


def test_the_environment_says_where_to_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOCALTUYA_DISCOVERY_PORTS", "LOCALTUYA_PROBE"):
        monkeypatch.delenv(name, raising=False)
    assert discovery_ports() == (6666, 6667, 7000)
    assert probe_addresses() is None
    monkeypatch.setenv("LOCALTUYA_DISCOVERY_PORTS", "1,2")
    monkeypatch.setenv("LOCALTUYA_PROBE", "")
    assert discovery_ports() == (1, 2)
    assert probe_addresses() == ()
