"""The goals of the catalogue, held over the recorded products, and over all where their data is beside the checkout."""

from collections.abc import Sequence
from functools import cache

from homeassistant.core import HomeAssistant
import pytest

from . import figures, strictness
from .building import build_all
from .figures import Figures
from .products import Product, all_products, are_there, recorded_products
from .targets import SPEED, TARGETS, Target, figures_of

HELD = [target for target in TARGETS if target.name != SPEED]
"""What must hold; how long planning takes depends on the machine, the script tells."""
BUILT, CALLED = 10, 100
"""Of so many products one is built, or called, here; the script takes all."""


@cache
def _all() -> Sequence[Product]:
    return all_products() if are_there() else ()


@cache
def _measured(*, with_category: bool) -> Figures:
    return figures.measure(_all(), with_category=with_category)


needs_data = pytest.mark.skipif(not are_there(), reason="the data of all products is not beside the checkout")


@needs_data
@pytest.mark.parametrize("target", HELD, ids=lambda target: target.name)
@pytest.mark.parametrize("with_category", [False, True], ids=["nameless", "category"])
def test_a_goal_is_reached_over_all_products(target: Target, *, with_category: bool) -> None:
    figure = figures_of(_measured(with_category=with_category)).get(target.name)
    assert target.met(figure), f"{target.name}: {target.shown(figure)}, wanted {target.bound}"


def test_no_recorded_product_raises() -> None:
    measured = figures.measure(recorded_products())
    assert measured.raised == []
    assert measured.useless == []


@pytest.mark.parametrize("part", ["recorded", pytest.param("some of all", marks=needs_data)])
async def test_entities_bear_whatever_they_are_told(hass: HomeAssistant, part: str) -> None:
    products = recorded_products() if part == "recorded" else _all()[::BUILT]
    built = await build_all(hass, products)
    assert built.entities > len(products)
    assert built.complaints == {}


@pytest.mark.parametrize("part", ["recorded", pytest.param("some of all", marks=needs_data)])
def test_no_point_writes_what_the_schema_does_not_allow(part: str) -> None:
    products = recorded_products() if part == "recorded" else _all()[::BUILT]
    result = strictness.try_points(products)
    assert result.sent > len(products)
    assert result.violations == []
    assert result.failures == []


@pytest.mark.parametrize("part", ["recorded", pytest.param("some of all", marks=needs_data)])
async def test_no_service_sends_what_the_schema_does_not_allow(hass: HomeAssistant, part: str) -> None:
    products = recorded_products() if part == "recorded" else _all()[::CALLED]
    result = await strictness.try_services(hass, products, states=1)
    assert result.sent > len(products)
    assert result.violations == []
    assert result.failures == []
