"""Finding out what is at an address, once."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from .endpoint import Endpoint, LinkState, Timing
from .errors import LanError, Unreachable
from .link import Link
from .session import Presence, Report


@dataclass(frozen=True, slots=True)
class Identified:
    """A device that proved itself: the version it speaks, the values it told."""

    version: str
    dps: Mapping[str, object]


async def identify(endpoint: Endpoint, *, timing: Timing | None = None) -> Identified:
    """Connect once, find the version, ask for the status.

    Raises Unreachable (nobody there), KeyRejected or HandshakeCut (other key), VersionMismatch, Busy (no free place),
    Wedged, NoAnswer (accepts, but says nothing). A device that refuses to tell its status is identified without values.
    """
    if endpoint.host is None:
        raise Unreachable("no address")
    witness = _Witness()
    link = Link(endpoint, witness, timing=timing)
    link.start()
    try:
        await witness.decided
        try:
            await link.query()
        except LanError:
            if not witness.located:
                raise
        return Identified(link.version or "", witness.dps)
    finally:
        await link.stop()


class _Witness:
    """Waits until the link is live or has an opinion."""

    def __init__(self) -> None:
        self.decided: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.dps: dict[str, object] = {}
        self.located = False

    def link_state(self, state: LinkState, error: LanError | None) -> None:
        if self.decided.done():
            return
        if state is LinkState.LIVE:
            self.decided.set_result(None)
        elif error is not None:
            self.decided.set_exception(error)

    def link_report(self, report: Report) -> None:
        if report.node is None:
            self.dps |= report.dps

    def link_presence(self, presence: Presence) -> None: ...

    def link_located(self, host: str, version: str) -> None:  # noqa: ARG002
        self.located = True
