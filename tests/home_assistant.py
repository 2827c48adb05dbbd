"""A small home for Home Assistant: an account in a simulated cloud, and devices on real sockets."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field, replace
import socket
from typing import Any

from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigFlowResult, ConfigSubentryData
from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID, CONF_HOST, CONF_NAME, CONF_PORT, CONF_REGION
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.localtuya.const import (
    CONF_CATEGORY,
    CONF_CLIENT_SECRET,
    CONF_GATEWAY_ID,
    CONF_LOCAL_KEY,
    CONF_NODE_ID,
    CONF_PRODUCT_ID,
    CONF_PROTOCOL_VERSION,
    CONF_USER_ID,
    DOMAIN,
    SUBENTRY_DEVICE,
    WITHOUT_CLOUD,
)
from custom_components.localtuya.hub import Hub
from tests.lab.broadcast import Announcer, Ports
from tests.lab.cloud import LabCloud
from tests.lab.device import LabDevice

CLIENT_ID = "c1aa0bb2cc3dd4ee5ff6"
SECRET = "00112233445566778899aabbccddeeff"
USER = "eu1679928018454AbCdE"
PLUG = "bf0000000000000000plug"
LAMP = "bf0000000000000000lamp"
GATEWAY = "bf0000000000000000gate"
DOOR = "bf0000000000000000door"
SWITCH = "bf00000000000000switch"
KEYLESS = "bf000000000000000nokey"
KEY = "n<Q7}k$2:xR!e9[m"
DOOR_NODE = "a4c138f1e2d3c4b5"
SWITCH_NODE = "a4c138f1e2d3c4b6"
PLUG_MAC = "10:d5:61:00:00:01"

SWITCH_MODEL = ({"id": 1, "code": "switch_1", "mode": "rw", "type": "obj", "property": {"type": "bool"}},)
DOOR_MODEL = ({"id": 1, "code": "doorcontact_state", "mode": "ro", "type": "obj", "property": {"type": "bool"}},)
LAMP_MODEL = (
    {"id": 20, "code": "switch_led", "mode": "rw", "type": "obj", "property": {"type": "bool"}},
    {
        "id": 22,
        "code": "bright_value_v2",
        "mode": "rw",
        "type": "obj",
        "property": {"type": "value", "min": 10, "max": 1000, "scale": 0, "step": 1, "unit": ""},
    },
)


@dataclass
class Home:
    """The home, and what a user does in it."""

    hass: HomeAssistant
    cloud: LabCloud
    devices: dict[str, LabDevice]
    port: int
    ports: Ports
    announcer: Announcer | None = None
    entries: list[ConfigEntry] = field(default_factory=list)

    @property
    def credentials(self) -> dict[str, str]:
        """What a user types in."""
        return {CONF_REGION: "eu", CONF_CLIENT_ID: CLIENT_ID, CONF_CLIENT_SECRET: SECRET, CONF_USER_ID: USER}

    async def announce(self, *device_ids: str) -> None:
        """Let these devices announce themselves all the time; all of them if none is named."""
        wanted = [self.devices[device_id] for device_id in device_ids or self.devices]
        self.announcer = Announcer(wanted, interval=0.05 * len(wanted), ports=self.ports)
        await self.announcer.start()

    def silence(self) -> None:
        """Let no device announce itself; those with 3.5 still answer when they are asked."""
        for device in self.devices.values():
            device.faults = replace(device.faults, never_announce=True)

    def subentry(self, device_id: str, /, **changes: Any) -> ConfigSubentryData:
        """Return the subentry of a device that was set up before."""
        fields = self.cloud.devices[device_id].fields
        data = {
            CONF_DEVICE_ID: device_id,
            CONF_NAME: fields["name"],
            CONF_LOCAL_KEY: fields["local_key"],
            CONF_PORT: self.port,
            CONF_PRODUCT_ID: fields["product_id"],
            CONF_CATEGORY: fields["category"],
        }
        if device := self.devices.get(device_id):
            data |= {CONF_HOST: device.host, CONF_PROTOCOL_VERSION: device.version}
        if fields["sub"]:
            data |= {CONF_GATEWAY_ID: fields["gateway_id"], CONF_NODE_ID: fields["node_id"]}
        data = {key: value for key, value in (data | changes).items() if value is not None}
        return ConfigSubentryData(
            data=data, subentry_type=SUBENTRY_DEVICE, title=fields["name"], unique_id=data[CONF_DEVICE_ID]
        )

    def entry(
        self,
        *devices: ConfigSubentryData,
        cloud: bool = True,
        options: Mapping[str, Any] | None = None,
        account: Mapping[str, str] | None = None,
    ) -> MockConfigEntry:
        """Return an entry, not set up yet; `account` are other credentials."""
        data = self.credentials | dict(account or {}) if cloud else {}
        unique_id = data.get(CONF_USER_ID, WITHOUT_CLOUD)
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Tuya",
            data=data,
            options=options,
            unique_id=unique_id,
            subentries_data=list(devices),
            version=5,
        )
        entry.add_to_hass(self.hass)
        return entry

    async def set_up(
        self,
        *devices: ConfigSubentryData,
        cloud: bool = True,
        options: Mapping[str, Any] | None = None,
        account: Mapping[str, str] | None = None,
    ) -> MockConfigEntry:
        """Return an entry that is set up; devices may still be connecting."""
        entry = self.entry(*devices, cloud=cloud, options=options, account=account)
        assert await self.hass.config_entries.async_setup(entry.entry_id)
        await self.hass.async_block_till_done()
        return entry

    async def start_flow(self, step: str) -> ConfigFlowResult:
        """Choose a way of the menu."""
        manager = self.hass.config_entries.flow
        result = await manager.async_init(DOMAIN, context={"source": SOURCE_USER})
        assert result["type"] is FlowResultType.MENU
        return await manager.async_configure(result["flow_id"], {"next_step_id": step})

    async def submit(self, result: ConfigFlowResult, typed: Mapping[str, Any]) -> ConfigFlowResult:
        """Submit a form and wait for what follows, progress left out."""
        manager = self.hass.config_entries.flow
        result = await manager.async_configure(result["flow_id"], dict(typed))
        flow_id = result["flow_id"]
        if result["type"] is FlowResultType.SHOW_PROGRESS:
            await until(lambda: _step(self.hass, flow_id) != FlowResultType.SHOW_PROGRESS, seconds=10)
            result = await manager.async_configure(flow_id)
        return result


def hub_of(entry: ConfigEntry) -> Hub:
    """Return the hub of an entry."""
    hub = entry.runtime_data
    assert isinstance(hub, Hub)
    return hub


async def until(predicate: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait until something is true; raise TimeoutError if it never is."""
    async with asyncio.timeout(seconds):
        while not predicate():  # noqa: ASYNC110 - what is waited for knows no event
            await asyncio.sleep(0.005)


async def until_available(entry: ConfigEntry, *device_ids: str) -> None:
    """Wait until these devices are available; all of the entry if none is named."""
    devices = hub_of(entry).coordinators
    await until(lambda: all(devices[device_id].available for device_id in device_ids or devices))


def free_ports() -> tuple[int, Ports]:
    """Return a TCP port for all devices, and UDP ports for their announcements."""
    return _free_port(socket.SOCK_STREAM), Ports(*(_free_port(socket.SOCK_DGRAM) for _ in range(4)))


def use_network(monkeypatch: pytest.MonkeyPatch, cloud: LabCloud, port: int, ports: Ports) -> None:
    """Let the integration live in a simulated network."""
    monkeypatch.setenv("LOCALTUYA_OPENAPI_URL", cloud.url)
    monkeypatch.setenv("LOCALTUYA_PORT", str(port))
    monkeypatch.setenv("LOCALTUYA_DISCOVERY_PORTS", f"{ports.plain},{ports.sealed},{ports.answer}")
    monkeypatch.setenv("LOCALTUYA_DISCOVERY_BIND", "127.0.0.1")
    monkeypatch.setenv("LOCALTUYA_PROBE", "")
    monkeypatch.setenv("LOCALTUYA_PROBE_PORT", str(ports.probe))


@pytest.fixture
async def home(hass: HomeAssistant, loopback: None, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Home]:  # noqa: ARG001 - before
    """A plug (3.3), a lamp (3.5), a gateway (3.4) with a door contact and a switch, and a device without key."""
    port, ports = free_ports()
    cloud = LabCloud(client_id=CLIENT_ID, client_secret=SECRET)
    devices = {
        PLUG: _device(PLUG, "127.0.61.1", port, version="3.3", dps={"1": False}),
        LAMP: _device(LAMP, "127.0.61.2", port, version="3.5", dps={"20": True, "22": 500}),
        GATEWAY: _device(
            GATEWAY,
            "127.0.61.3",
            port,
            version="3.4",
            dps={},
            children={DOOR_NODE: {"1": False}, SWITCH_NODE: {"1": True}},
        ),
    }
    _furnish(cloud)
    await cloud.start()
    for device in devices.values():
        await device.start()
    use_network(monkeypatch, cloud, port, ports)
    home = Home(hass, cloud, devices, port, ports)
    yield home
    for flow in hass.config_entries.flow.async_progress():
        hass.config_entries.flow.async_abort(flow["flow_id"])
    for entry in hass.config_entries.async_entries(DOMAIN):
        await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done()
    if home.announcer:
        await home.announcer.stop()
    for device in devices.values():
        await device.stop()
    await cloud.stop()


def _furnish(cloud: LabCloud) -> None:
    cloud.add_user(USER)
    plug = {"id": PLUG, "name": "Kitchen plug", "category": "cz", "local_key": KEY, "product_id": "plugplugplugplug"}
    cloud.add_device(USER, plug, model=SWITCH_MODEL, status={"switch_1": False}, mac=PLUG_MAC)
    lamp = {"id": LAMP, "name": "Desk lamp", "category": "dj", "local_key": KEY, "product_id": "lamplamplamplamp"}
    cloud.add_device(USER, lamp, model=LAMP_MODEL, status={"switch_led": True})
    gateway = {"id": GATEWAY, "name": "Gateway", "category": "wg2", "local_key": KEY, "product_id": "gategategategate"}
    cloud.add_device(USER, gateway, model=(), status={})
    child = {"sub": True, "gateway_id": GATEWAY, "local_key": KEY}
    door = {"id": DOOR, "name": "Front door", "category": "mcs", "product_id": "doordoordoordoor", "node_id": DOOR_NODE}
    cloud.add_device(USER, door | child, model=DOOR_MODEL, status={"doorcontact_state": False})
    switch = {"id": SWITCH, "name": "Hall switch", "category": "kg", "product_id": "swsw", "node_id": SWITCH_NODE}
    cloud.add_device(USER, switch | child, model=SWITCH_MODEL, status={"switch_1": True})
    keyless = {"id": KEYLESS, "name": "Old fan", "category": "fs", "local_key": "", "product_id": "fanfanfanfanfanf"}
    cloud.add_device(USER, keyless, model=SWITCH_MODEL, status={})


def _device(device_id: str, host: str, port: int, **options: Any) -> LabDevice:
    return LabDevice(device_id, local_key=KEY, host=host, port=port, **options)


def _free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _step(hass: HomeAssistant, flow_id: str) -> object:
    flow = hass.config_entries.flow._progress[flow_id]
    return flow.cur_step["type"] if flow.cur_step else None
