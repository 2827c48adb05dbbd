"""An appliance of the simulated home: a real product (`products/*.json`) with an invented life."""

from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
import json
from pathlib import Path
from typing import Any

PRODUCTS = Path(__file__).parent / "products"
GATEWAY = "Hallway gateway"

type Dps = dict[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """Something that happens to an appliance by itself, and how Home Assistant must show it.

    `state` is the kind of what happened in the domain `event`.
    """

    dps: Dps
    domain: str = field(kw_only=True)
    state: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Appliance:
    """One device of the account; `via` is the name of the gateway that it is a Zigbee child of."""

    name: str
    product: str = field(kw_only=True)
    product_name: str = field(kw_only=True)
    version: str = field(kw_only=True, default="")
    dps: Dps = field(kw_only=True)
    news: News = field(kw_only=True)
    via: str = field(kw_only=True, default="")

    @property
    def category(self) -> str:
        """Tuya's word for the kind of device."""
        return self.product.partition("_")[0]

    @property
    def product_id(self) -> str:
        """The id of the real product whose schema it has."""
        return self.product.partition("_")[2]

    @property
    def id(self) -> str:
        """The device id: 22 characters that begin with `bf`."""
        return f"bf{self._digest[:20]}"

    @property
    def local_key(self) -> str:
        """Its key, that of the gateway for a child: 16 characters."""
        return sha256(f"key of {self.via or self.name}".encode()).hexdigest()[:16]

    @property
    def uuid(self) -> str:
        """The id of the module."""
        return self._digest[20:36]

    @property
    def node_id(self) -> str:
        """The Zigbee address of a child, empty for others."""
        return f"a4c138{self._digest[36:46]}" if self.via else ""

    @property
    def mac(self) -> str:
        """The MAC of a Wi-Fi module, from the block 02:00:00 that belongs to nobody; empty for a child."""
        return "" if self.via else f"02:00:00:{self._digest[46:48]}:{self._digest[48:50]}:{self._digest[50:52]}"

    @property
    def schema(self) -> list[dict[str, Any]]:
        """The rows `{id, code, mode, type, property}` of the product."""
        return _schema(self.product)

    @property
    def _digest(self) -> str:
        return sha256(f"demo {self.name}".encode()).hexdigest()


@cache
def _schema(product: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((PRODUCTS / f"{product}.json").read_text())
    return rows
