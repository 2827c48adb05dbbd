from dataclasses import replace
import json

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.localtuya.devices import identifier

from .home_assistant import (
    CLIENT_ID,
    DOOR,
    DOOR_NODE,
    GATEWAY,
    KEY,
    LAMP,
    PLUG,
    PLUG_MAC,
    SECRET,
    USER,
    Home,
    hub_of,
    until,
    until_available,
)

pytest_plugins = ("tests.home_assistant",)


@pytest.fixture
async def _diagnostics(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, "diagnostics", {})


@pytest.mark.usefixtures("_diagnostics")
async def test_an_entry_tells_all_but_secrets(
    hass: HomeAssistant, home: Home, hass_client: ClientSessionGenerator
) -> None:
    entry = await home.set_up(*(home.subentry(device_id) for device_id in (PLUG, LAMP, GATEWAY, DOOR)))
    await until_available(entry)
    await until(lambda: all(device.ready for device in hub_of(entry).coordinators.values()))
    model = ({"id": 102, "code": "wifi_password", "mode": "rw", "type": "obj", "property": {"type": "string"}},)
    plug_device = hub_of(entry).coordinators[PLUG]
    plug_device.async_learn(replace(plug_device.record, properties=(*plug_device.record.properties, *model)))
    home.devices[PLUG].push({"1": True, "101": "x" * 1000, "102": "hunter2"})
    await until(lambda: hub_of(entry).coordinators[PLUG].state.dps.get("101"))

    told = await get_diagnostics_for_config_entry(hass, hass_client, entry)

    text = json.dumps(told)
    hosts = [device.host for device in home.devices.values()]
    for secret in (
        "hunter2",
        KEY,
        SECRET,
        CLIENT_ID,
        USER,
        PLUG,
        GATEWAY,
        DOOR,
        DOOR_NODE,
        PLUG_MAC,
        "Kitchen",
        *hosts,
    ):
        assert json.dumps(secret)[1:-1] not in text, secret
    assert told["region"] == "eu"
    assert told["cloud"] == {
        "accounts": 1,
        "accounts_of_the_project": 1,
        "own_calls": 8,
        "calls": 8,
        "today": {"learn": {"token": 1, "devices": 2, "addresses": 1, "models": 4}},
        "refuses": None,
        "rests": 0,
    }
    plug, _, door = (
        next(device for device in told["devices"] if device["record"]["category"] == kind)
        for kind in ("cz", "wg2", "mcs")
    )
    link = plug["link"]
    assert [link[key] for key in ("state", "error", "version", "children")] == ["live", None, "3.3", 0]
    assert [link[key] for key in ("dialed", "sessions", "sessions_per_hour", "query_form")] == [1, 1, 1.0, "usual"]
    assert link["since"] == link["last_heard"] == plug["last_seen"] or link["since"] < plug["last_seen"]
    assert link["wake_interval"] is None
    assert plug["connection"] == "live"
    assert plug["protocol_version"] == "3.3"
    assert plug["available"] is True
    assert plug["schema"][0] == "1 switch_1 bool rw"
    assert plug["features"][0] == {
        "platform": "switch",
        "key": "1",
        "name": plug["features"][0]["name"],
        "source": plug["features"][0]["source"],
        "roles": {"main": "1"},
    }
    assert plug["dps"]["1"] is True
    assert len(plug["dps"]["101"]) < 100, "long texts are cut"
    assert plug["dps"]["102"] == "**REDACTED**"
    assert door["behind_gateway"] is True
    assert door["link"] is None
    assert door["connection"] == "live"


@pytest.mark.usefixtures("_diagnostics")
async def test_a_device_tells_why_it_is_away(
    hass: HomeAssistant, home: Home, hass_client: ClientSessionGenerator, device_registry: dr.DeviceRegistry
) -> None:
    await home.devices[PLUG].stop()
    entry = await home.set_up(home.subentry(PLUG))
    await until(lambda: hub_of(entry).switchboards[PLUG].error)
    device = device_registry.async_get_device_by_identifier(identifier(PLUG), entry.entry_id)
    stale = device_registry.async_get_or_create(config_entry_id=entry.entry_id, identifiers={identifier("gone")})
    assert device is not None

    told = await get_diagnostics_for_device(hass, hass_client, entry, device)

    assert told["available"] is False
    assert told["link"]["state"] == "unreachable"
    assert told["link"]["error"] == "Unreachable"
    assert await get_diagnostics_for_device(hass, hass_client, entry, stale) == {}
