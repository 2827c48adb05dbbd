"""The simulated home: an account in a simulated cloud, and its devices, each on its own loopback address."""

from dataclasses import dataclass, field
from typing import Any, Self

from tests.lab.appliance import GATEWAY, Appliance
from tests.lab.broadcast import Announcer, Ports
from tests.lab.cloud import LabCloud
from tests.lab.device import LabDevice
from tests.lab.home_devices import HOME
from tests.lab.home_life import react

REGION = "eu"
CLIENT_ID = "demo4home7access9key"
CLIENT_SECRET = "0123456789abcdef0123456789abcdef"
USER_ID = "eu1700000000000demo1"
NETWORK = "127.0.20"
PORT = 6668
INTERVAL = 5.0  # seconds between two announcements of one device


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a new user types in."""

    region: str
    client_id: str
    client_secret: str = field(repr=False)
    user_id: str


class LabHome:
    """35 devices, a gateway with five children among them; `async with LabHome() as home` starts and stops all.

    `port` 0 gives each device a port of its own; announcements go to `target`, nowhere if it is empty.
    """

    def __init__(
        self,
        *,
        port: int = PORT,
        target: str = "127.0.0.1",
        interval: float = INTERVAL,
        ports: Ports = Ports(),  # noqa: B008 - frozen
    ) -> None:
        self.credentials = Credentials(REGION, CLIENT_ID, CLIENT_SECRET, USER_ID)
        self.cloud = LabCloud(client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
        self.port = port
        self.devices = {device.device_id: device for device in _devices(port)}
        self.announcer = Announcer(self.devices.values() if target else (), target, interval, ports)
        self.cloud.add_user(USER_ID)
        for appliance in HOME:
            self.cloud.add_device(
                USER_ID, _row(appliance), model=appliance.schema, status=_status(appliance), mac=appliance.mac
            )

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Switch everything on; raises OSError where an address is in use."""
        await self.cloud.start()
        for device in self.devices.values():
            await device.start()
        await self.announcer.start()

    async def stop(self) -> None:
        """Switch everything off."""
        await self.announcer.stop()
        for device in self.devices.values():
            await device.stop()
        await self.cloud.stop()

    def gateway(self, appliance: Appliance) -> Appliance:
        """Return what an appliance is reached through: its gateway, or itself."""
        return _GATEWAYS.get(appliance.via, appliance)

    def reach(self, appliance: Appliance) -> tuple[LabDevice, str | None]:
        """Return the device on the network that an appliance is reached through, and the cid there."""
        return self.devices[self.gateway(appliance).id], appliance.node_id or None

    def dps(self, appliance: Appliance) -> dict[str, object]:
        """Return a copy of its live values."""
        device, cid = self.reach(appliance)
        return dict(device.dps if cid is None else device.children[cid])


_GATEWAYS = {appliance.name: appliance for appliance in HOME if appliance.name == GATEWAY}


def _devices(port: int) -> list[LabDevice]:
    wired = [appliance for appliance in HOME if not appliance.via]
    return [_device(appliance, f"{NETWORK}.{number}", port) for number, appliance in enumerate(wired, 11)]


def _device(appliance: Appliance, host: str, port: int) -> LabDevice:
    children = {child.node_id: child for child in HOME if child.via == appliance.name}

    def obey(device: LabDevice, dps: dict[str, object], cid: str | None) -> dict[str, object]:
        return react(appliance.product if cid is None else children[cid].product, device, dps, cid)

    return LabDevice(
        appliance.id,
        local_key=appliance.local_key,
        version=appliance.version,
        dps=appliance.dps,
        host=host,
        port=port,
        product_id=appliance.product_id,
        children={cid: child.dps for cid, child in children.items()},
        on_control=obey,
    )


def _row(appliance: Appliance) -> dict[str, Any]:
    """Return what the account says of an appliance."""
    gateway = {"gateway_id": _GATEWAYS[appliance.via].id, "node_id": appliance.node_id} if appliance.via else {}
    return {
        "id": appliance.id,
        "name": appliance.name,
        "local_key": appliance.local_key,
        "category": appliance.category,
        "product_id": appliance.product_id,
        "product_name": appliance.product_name,
        "uuid": appliance.uuid,
        "sub": bool(appliance.via),
        "online": True,
        **gateway,
    }


def _status(appliance: Appliance) -> dict[str, object]:
    """Return its values by product code."""
    codes = {str(row["id"]): str(row["code"]) for row in appliance.schema}
    return {codes[dp]: value for dp, value in appliance.dps.items()}
