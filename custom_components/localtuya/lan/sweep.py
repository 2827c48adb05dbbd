"""Finding devices that do not announce themselves: asking at addresses, gently, with the keys that are known."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from ipaddress import IPv4Network

from .endpoint import PORT, Endpoint, Timing
from .errors import LanError
from .identify import identify

MOST_ADDRESSES = 4096
"""Addresses that one sweep asks at, at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """A device that proved itself at an address."""

    device_id: str
    host: str
    version: str


def addresses(networks: Iterable[str]) -> list[str]:
    """Return the addresses of networks ("192.0.2.0/24") or single hosts; raises ValueError for anything else."""
    found: dict[str, None] = {}
    for text in networks:
        network = IPv4Network(text, strict=False)
        if network.num_addresses > MOST_ADDRESSES:
            raise ValueError(f"{text} has more than {MOST_ADDRESSES} addresses")
        found |= dict.fromkeys(map(str, network.hosts()))
    return list(found)[:MOST_ADDRESSES]


async def sweep(
    hosts: Iterable[str], missing: Iterable[Endpoint], *, timing: Timing | None = None, parallel: int = 16
) -> list[Found]:
    """Ask once at each address which of the missing devices lives there; at most `parallel` connections at a time.

    A device counts as found only when it has proved that it has its key, which 3.1 cannot do: those are left out.
    """
    timing = timing or Timing()
    wanted = {endpoint.device_id: endpoint for endpoint in missing if endpoint.version != "3.1"}
    gate = asyncio.Semaphore(parallel)
    found: list[Found] = []

    async def ask_at(host: str) -> None:
        async with gate:
            ports = {endpoint.port for endpoint in wanted.values()} or {PORT}
            open_ports = [port for port in ports if await _accepts(host, port, timing.connect)]
            for endpoint in list(wanted.values()):
                if endpoint.port not in open_ports or endpoint.device_id not in wanted:
                    continue
                try:
                    identified = await identify(replace(endpoint, host=host), timing=timing)
                except LanError:
                    continue
                if identified.version == "3.1":
                    continue
                del wanted[endpoint.device_id]
                found.append(Found(endpoint.device_id, host, identified.version))
                return

    await asyncio.gather(*(ask_at(host) for host in hosts))
    return found


async def _accepts(host: str, port: int, patience: float) -> bool:
    """Whether anybody accepts a connection."""
    try:
        async with asyncio.timeout(patience):
            _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    return True
