"""Real products: product id and the rows of their schema. The data lies beside the checkout, where there is any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
import json
import lzma
from pathlib import Path
from typing import Any

from custom_components.localtuya.model.category import infer
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.schema import Schema

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared"
_RECORDED = ROOT / "tests" / "devices"

type Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Product:
    """A product as the vendor's cloud describes it, without the category."""

    id: str
    rows: Sequence[Row]

    @property
    def record(self) -> DeviceRecord:
        """A device of it, of unknown category."""
        return DeviceRecord("x", name="Thing", product_id=self.id, properties=tuple(self.rows))

    @property
    def record_with_category(self) -> DeviceRecord:
        """A device of it in the category that its codes tell."""
        record = self.record
        return replace(record, category=infer(Schema.of(record)))


def recorded_products() -> list[Product]:
    """Return the products of tests/devices."""
    records = [json.loads(path.read_text()) for path in sorted(_RECORDED.glob("*.json"))]
    return [Product(record["product_id"], record["properties"]) for record in records]


def are_there(shared: Path = SHARED) -> bool:
    """Tell whether the data of all products is there."""
    return _file(shared).exists()


def all_products(shared: Path = SHARED) -> list[Product]:
    """Return all products, in a fixed order."""
    rows = json.loads(lzma.decompress(_file(shared).read_bytes()))
    return [Product(product_id, rows[product_id]) for product_id in sorted(rows)]


def _file(shared: Path) -> Path:
    return shared / "data" / "product_schemas.json.xz"
