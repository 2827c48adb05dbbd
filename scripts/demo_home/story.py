"""The stage: simulated home, Home Assistant and visitor together, one line per step."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from time import monotonic
from typing import Final, Self

import aiohttp

from scripts.demo_home.house import House, HouseError
from scripts.demo_home.visitor import PASSWORD, USER, Visitor
from tests.lab.home import LabHome
from tests.lab.home_devices import HOME

FOLDER: Final = Path(__file__).parents[2] / ".demo"
LOOPBACK: Final = "127.255.255.255"
"""Where the devices announce themselves and are asked to: nothing leaves this machine."""


class Story:
    """`async with Story() as story` has everything running, and a first user in the house; the account comes later."""

    def __init__(self, *, verbose: bool = False) -> None:
        self.home = LabHome(target=LOOPBACK)
        self.verbose = verbose
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            with step(f"simulated home: {len(HOME)} devices, protocols 3.1 to 3.5, and their cloud"):
                await stack.enter_async_context(self._switched_on())
            environment = {"LOCALTUYA_OPENAPI_URL": self.home.cloud.url, "LOCALTUYA_PROBE": LOOPBACK}
            self.house = House(FOLDER / "config", environment=environment, verbose=self.verbose)
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
