"""The integration's own `lan`, by itself: no Home Assistant is loaded, as `lan` does not know it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
import sys
from types import ModuleType
from typing import override

from tests.bench.candidate import LoopCandidate
from tests.bench.fleet import KEY, SWITCH, Target

if "custom_components.localtuya" not in sys.modules:  # whose own __init__ would load Home Assistant
    import custom_components

    _package = ModuleType("custom_components.localtuya")
    _package.__path__ = [str(Path(custom_components.__path__[0]) / "localtuya")]
    sys.modules[_package.__name__] = _package

from custom_components.localtuya.lan.endpoint import Endpoint, LinkState, Timing
from custom_components.localtuya.lan.errors import LanError
from custom_components.localtuya.lan.link import Link
from custom_components.localtuya.lan.session import Presence, Report


class Ours(LoopCandidate):
    """Devices by index, each a Link; listens to all of them."""

    def __init__(self, beat: float) -> None:
        super().__init__()
        self._timing = Timing(heartbeat=beat)
        self._links: list[Link] = []
        self._missing = 0
        self._heard: asyncio.Future[None] | None = None

    @property
    @override
    def size(self) -> int:
        return len(self._links)

    @override
    async def async_connect(self, targets: Sequence[Target]) -> None:
        heard = self.expect(len(targets))
        links = [self._link(target) for target in targets]
        for link in links:
            link.start()
        self._links += links
        await heard

    @override
    async def async_command(self, index: int) -> None:
        await self._links[index].control({SWITCH: True})

    @override
    async def async_close(self) -> None:
        await asyncio.gather(*(link.stop() for link in self._links))
        self._links = []
        await asyncio.sleep(0.01)

    @override
    def expect(self, count: int) -> asyncio.Future[None]:
        self._missing = count
        self._heard = self._loop.create_future()
        return self._heard

    def link_state(self, state: LinkState, error: LanError | None) -> None:
        """See LinkListener; a device that is lost spoils the measurement."""
        if error is not None:
            raise RuntimeError(f"{state}: {error}")

    def link_report(self, report: Report) -> None:  # noqa: ARG002
        """See LinkListener."""
        self._missing -= 1
        if not self._missing and self._heard is not None:
            self._heard.set_result(None)

    def link_presence(self, presence: Presence) -> None:
        """See LinkListener."""

    def link_located(self, host: str, version: str) -> None:
        """See LinkListener."""

    def _link(self, target: Target) -> Link:
        endpoint = Endpoint(target.device_id, local_key=KEY, host=target.host, port=target.port, version=target.version)
        return Link(endpoint, self, timing=self._timing)
