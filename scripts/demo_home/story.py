"""The stage: simulated home, Home Assistant and visitor together, one line per step."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from socket import SOCK_DGRAM
from time import monotonic
from typing import Final, Self

import aiohttp

from scripts.demo_home.house import House, HouseError, free_port
from scripts.demo_home.visitor import PASSWORD, USER, Visitor
from tests.lab.broadcast import PLAIN_PORT, PROBE_PORT, SEALED_PORT, Ports
from tests.lab.cloud import DATA_CENTERS
from tests.lab.home import PORT, LabHome
from tests.lab.home_devices import HOME

FOLDER: Final = Path(__file__).parents[2] / ".demo"
LOOPBACK: Final = "127.255.255.255"
"""Where the devices announce themselves and are asked to: nothing leaves this machine."""


class Story:
    """`async with Story() as story` has everything running, and a first user in the house; the account comes later."""

    def __init__(self, *, verbose: bool = False) -> None:
        self.ports = Ports(*(free_port(port, SOCK_DGRAM) for port in (PLAIN_PORT, SEALED_PORT, PROBE_PORT, PROBE_PORT)))
        self.home = LabHome(port=free_port(PORT), target=LOOPBACK, ports=self.ports)
        self.verbose = verbose
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            with step(f"simulated home: {len(HOME)} devices, protocols 3.1 to 3.5, and their cloud"):
                await stack.enter_async_context(self._switched_on())
            self.house = House(FOLDER / "config", environment=self._environment(), verbose=self.verbose)
            self.house.furnish()
            with step(f"Home Assistant, configuration in {FOLDER.name}/config"):
                stack.push_async_callback(self.house.stop)  # also if it is interrupted while it starts
                await self.house.start()
            session = await stack.enter_async_context(aiohttp.ClientSession())
            self.visitor = Visitor(session, self.house.url)
            with step("a first user"):
                await self.visitor.onboard()
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        with step("everything stopped"):
            await self._stack.aclose()

    def _environment(self) -> dict[str, str]:
        """Return what leads the integration to the simulated home and the seven data centers of its cloud."""
        ports = self.ports
        return {
            "LOCALTUYA_OPENAPI_URL": ",".join(f"{code}={self.home.cloud.url_of(code)}" for code in DATA_CENTERS),
            "LOCALTUYA_PORT": str(self.home.port),
            "LOCALTUYA_DISCOVERY_PORTS": f"{ports.plain},{ports.sealed},{ports.answer}",
            "LOCALTUYA_PROBE": LOOPBACK,
            "LOCALTUYA_PROBE_PORT": str(ports.probe),
        }

    @asynccontextmanager
    async def _switched_on(self) -> AsyncIterator[None]:
        try:
            await self.home.start()
        except OSError as error:
            raise HouseError(f"The simulated home cannot start. Is another demo running? ({error})") from error
        try:
            yield
        finally:
            await self.home.stop()

    def invitation(self) -> str:
        """Return what a new user needs."""
        credentials = self.home.credentials
        return "\n".join(
            (
                "",
                f"  Home Assistant   {self.house.url}",
                f"  user, password   {USER}, {PASSWORD}",
                "",
                f"  region           {credentials.region} (Central Europe)",
                f"  Client ID        {credentials.client_id}",
                f"  Client Secret    {credentials.client_secret}",
                f"  User ID          {credentials.user_id}",
                "",
            )
        )


@contextmanager
def step(what: str) -> Iterator[None]:
    """Print what was done and how long it took, when it is done."""
    begun = monotonic()
    try:
        yield
    except BaseException:
        print(f"✗ {what}", flush=True)
        raise
    print(f"✓ {what} ({monotonic() - begun:.1f} s)", flush=True)
