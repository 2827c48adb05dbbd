"""Builds the entities of many products and lets them hear everything."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from homeassistant.core import HomeAssistant

from . import values
from .products import Product
from .workshop import Workshop


@dataclass
class Buildings:
    """What came of it."""

    products: int = 0
    entities: int = 0
    complaints: dict[str, list[str]] = field(default_factory=dict)
    """What went wrong, by product."""


async def build_all(hass: HomeAssistant, products: Iterable[Product], *, rounds: int = values.ROUNDS) -> Buildings:
    """Build each of these products, with nothing said, then plausible values, then nonsense, then plausible again."""
    done = Buildings()
    async with Workshop(hass) as workshop:
        for product in products:
            bench = await workshop.build(product.record)
            sensible = list(values.reports(product, rounds=4))
            for report in (*sensible, *values.nonsense(product, rounds), sensible[0]):
                bench.report(report)
            await bench.clear()
            done.products += 1
            done.entities += len(bench.entities)
            if bench.complaints:
                done.complaints[product.id] = bench.complaints
    return done
