"""A simulated cloud on real sockets with one small home, and clients of it."""

from collections.abc import AsyncGenerator, Callable

import aiohttp
import pytest

from custom_components.localtuya.cloud import CloudClient
from tests.lab.cloud import LabCloud

CLIENT_ID = "c1aa0bb2cc3dd4ee5ff6"
SECRET = "00112233445566778899aabbccddeeff"
USER = "eu1679928018454AbCdE"
PLUG = "52015088c4dd57123456"
HUB = "bf9a8b7c6d5e4f3a2bkqzx"
SENSOR = "bf1f2e3d4c5b6a7988wxyz"
KEY = "n<Q7}k$2:xR!e9[m"

PLUG_MODEL = (
    {"id": 1, "code": "switch_on", "mode": "rw", "type": "obj", "property": {"type": "bool"}},
    {
        "id": 2,
        "code": "countdown",
        "mode": "rw",
        "type": "obj",
        "property": {"unit": "秒", "min": 0, "max": 86400, "scale": 0, "step": 1, "type": "value"},
    },
    {
        "id": 5,
        "code": "cur_power",
        "mode": "ro",
        "type": "obj",
        "property": {"unit": "W", "min": 0, "max": 50000, "scale": 1, "step": 1, "type": "value"},
    },
    {"id": 101, "code": "cycle", "mode": "rw", "type": "raw"},
)
SENSOR_MODEL = (
    {
        "id": 1,
        "code": "temp_current",
        "mode": "ro",
        "type": "obj",
        "property": {"unit": "℃", "min": -200, "max": 600, "scale": 1, "step": 1, "type": "value"},
    },
)

type NewClient = Callable[..., CloudClient]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = 1_760_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def lab(socket_enabled: None, clock: Clock) -> AsyncGenerator[LabCloud]:  # noqa: ARG001 - before
    cloud = LabCloud(client_id=CLIENT_ID, client_secret=SECRET, clock=clock)
    cloud.add_user(USER)
    await cloud.start()
    yield cloud
    await cloud.stop()


@pytest.fixture
def home(lab: LabCloud) -> LabCloud:
    """The simulated cloud with a plug, a hub, and a sensor behind the hub."""
    plug = {"id": PLUG, "name": "Washer ", "category": "cz", "local_key": KEY, "product_id": "37mnhia3pojleqfh"}
    lab.add_device(USER, plug, model=PLUG_MODEL, status={"switch_on": True, "cur_power": 313}, mac="c4:dd:57:12:34:56")
    lab.add_device(USER, {"id": HUB, "category": "wg2", "local_key": "b7e1c3d5f9a08264"}, model=(), status={})
    sensor = {"id": SENSOR, "category": "wsdcg", "sub": True, "node_id": "a4c138f1e2d3c4b5", "gateway_id": HUB}
    lab.add_device(USER, sensor | {"local_key": "b7e1c3d5f9a08264"}, model=SENSOR_MODEL, status={"temp_current": 215})
    return lab


@pytest.fixture
async def session(socket_enabled: None) -> AsyncGenerator[aiohttp.ClientSession]:  # noqa: ARG001 - before
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def new_client(lab: LabCloud, session: aiohttp.ClientSession, clock: Clock) -> NewClient:
    """Return a maker of clients; what is not given is right."""

    def make(**options: object) -> CloudClient:
        right = {"base_url": lab.url, "client_id": CLIENT_ID, "client_secret": SECRET, "clock": clock, "timeout": 5.0}
        return CloudClient(session, **(right | options))  # type: ignore[arg-type]

    return make


@pytest.fixture
def client(new_client: NewClient) -> CloudClient:
    return new_client()
