"""What the protocol versions do differently, one row each."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from .armour import Armour, Crc, Gcm, Hmac, Plain
from .commands import Command


@dataclass(frozen=True, slots=True)
class Dialect:
    """One protocol version."""

    version: str
    armour: Callable[[bytes, bytes], Armour]
    query: Command
    control: Command
    negotiates: bool = False
    """A session key is negotiated first."""
    wrapped: bool = False
    """DPs travel in `{"protocol": 5, "data": {"dps": …}}`."""
    nulls: bool = False
    """Status is asked for by writing nulls (device22)."""

    @property
    def slot(self) -> bytes:
        """The 15 bytes before the text of commands: version, then what devices do not look at."""
        return self.version.encode() + bytes(12)

    def codec(self, key: bytes) -> Armour:
        """Return what turns frames into packets and back under `key` (16 bytes)."""
        return self.armour(key, self.slot)


DIALECTS: Final = MappingProxyType(
    {
        row.version: row
        for row in (
            Dialect("3.1", Plain, Command.DP_QUERY, Command.CONTROL),
            Dialect("3.2", Crc, Command.DP_QUERY, Command.CONTROL, nulls=True),
            Dialect("3.3", Crc, Command.DP_QUERY, Command.CONTROL),
            Dialect("3.4", Hmac, Command.DP_QUERY_NEW, Command.CONTROL_NEW, negotiates=True, wrapped=True),
            Dialect("3.5", Gcm, Command.DP_QUERY_NEW, Command.CONTROL_NEW, negotiates=True, wrapped=True),
        )
    }
)
