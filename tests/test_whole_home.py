"""From four credentials to a living home, through the config flow of a real Home Assistant, over real sockets."""

import asyncio
from collections.abc import AsyncGenerator
import logging

from homeassistant.config_entries import SOURCE_USER
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.localtuya.const import CONF_DEVICES, DOMAIN
from tests.lab.broadcast import Announcer
from tests.lab.home import LabHome
from tests.lab.home_devices import HOME

from .home_assistant import free_ports, hub_of, until, use_network

pytest_plugins = ("tests.home_assistant", "tests.texts")

MOST_SECONDS = 10.0
"""The goal is 3; test machines are slow and run other tests beside."""
MOST_CALLS = 3 + 2 + len(HOME) + 2
"""A token, two device lists, the MAC addresses of 30 devices in two calls, at most a thing model for each device, the
shadows of two with several gangs."""


@pytest.fixture
async def lab(
    hass: HomeAssistant,
    loopback: None,  # noqa: ARG001 - before
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncGenerator[LabHome]:
    port, ports = free_ports()
    async with LabHome(port=port, target="") as home:
        use_network(monkeypatch, home.cloud, port, ports)
        announcer = Announcer(home.devices.values(), interval=1.0, ports=ports)
        await announcer.start()
        yield home
        for entry in hass.config_entries.async_entries(DOMAIN):
            await hass.config_entries.async_unload(entry.entry_id)
        await announcer.stop()


@pytest.mark.usefixtures("texts_complete")
async def test_the_whole_home_comes_alive(hass: HomeAssistant, lab: LabHome, caplog: pytest.LogCaptureFixture) -> None:
    manager = hass.config_entries.flow
    menu = await manager.async_init(DOMAIN, context={"source": SOURCE_USER})
    form = await manager.async_configure(menu["flow_id"], {"next_step_id": "cloud"})
    typed = {name: getattr(lab.credentials, name) for name in ("region", "client_id", "client_secret", "user_id")}
    choice = await manager.async_configure(form["flow_id"], typed)
    assert choice["step_id"] == "devices"
    schema = choice["data_schema"]
    assert schema is not None
    (field,) = schema.schema
    assert set(field.default()) == {appliance.id for appliance in HOME}

    await until(lambda: lab.cloud.calls["shadow"] == 2, MOST_SECONDS)  # the last calls, while the user reads the list
    begin = asyncio.get_running_loop().time()
    done = await manager.async_configure(choice["flow_id"], {CONF_DEVICES: field.default()})
    entry = done["result"]
    hub = hub_of(entry)
    await until(lambda: all(device.available and device.ready for device in hub.coordinators.values()), MOST_SECONDS)
    await until(lambda: _alive(hass, entry.entry_id) == entry.subentries.keys(), MOST_SECONDS)
    seconds = asyncio.get_running_loop().time() - begin

    logging.getLogger(__name__).info("alive after %.2f s, %s cloud calls", seconds, lab.cloud.calls.total())
    assert lab.cloud.calls.total() <= MOST_CALLS
    ours = [record for record in caplog.records if record.name.startswith("custom_components.localtuya")]
    assert [record.getMessage() for record in ours if record.levelno >= logging.WARNING] == []


def _alive(hass: HomeAssistant, entry_id: str) -> set[str | None]:
    """Return the subentries of the devices that have an entity with a state."""
    return {
        entity.config_subentry_id
        for entity in er.async_entries_for_config_entry(er.async_get(hass), entry_id)
        if (state := hass.states.get(entity.entity_id)) and state.state not in {STATE_UNAVAILABLE, STATE_UNKNOWN}
    }
