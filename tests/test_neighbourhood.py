import logging
import socket

from homeassistant.core import HomeAssistant
import pytest

from custom_components.localtuya import neighbourhood as module
from custom_components.localtuya.const import discovery_ports, probe_addresses
from custom_components.localtuya.lan.discovery import Announcement, Discovery
from custom_components.localtuya.neighbourhood import async_get_neighbourhood

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
    monkeypatch.setattr(Discovery, "probe", lambda _, addresses: asked.append(tuple(addresses)))
    monkeypatch.setenv("LOCALTUYA_PROBE", "127.0.61.255,127.0.62.255")
    leave = await async_get_neighbourhood(hass).async_join(lambda _: None)
    await leave()
    assert asked == [("127.0.61.255", "127.0.62.255")]
    assert home.announcer is None


async def test_the_broadcast_addresses_are_asked_by_default(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(Discovery, "probe", lambda _, addresses: asked.append(tuple(addresses)))
    monkeypatch.delenv("LOCALTUYA_PROBE")
    leave = await async_get_neighbourhood(hass).async_join(lambda _: None)
    await leave()
    assert asked == [("255.255.255.255",)]
    assert home.announcer is None


async def test_a_port_that_is_taken_is_said_and_survived(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        monkeypatch.setenv("LOCALTUYA_DISCOVERY_PORTS", f"{home.ports.sealed},{port}")
        await home.announce(PLUG)
        assert await async_get_neighbourhood(hass).async_wait_for({PLUG}, 5)
    assert f"UDP port {port}" in caplog.text
    assert [record.levelno for record in caplog.records if "UDP port" in record.message] == [logging.WARNING]


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
