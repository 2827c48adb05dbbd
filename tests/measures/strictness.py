"""Tries to have values sent that no schema allows: at every writable point, and by every service of every entity."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import voluptuous as vol

from custom_components.localtuya.model.datapoint import Bitmap, Datapoint, Enum, Int
from custom_components.localtuya.model.errors import ValueRejected
from custom_components.localtuya.model.plan import make_plan
from custom_components.localtuya.model.point import Point
from custom_components.localtuya.services import wire_of

from . import values
from .products import Product
from .referee import violations
from .services import acts_of
from .workshop import Bench, Workshop, ours, told

_ALWAYS: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2**31, 2**63, 10**400, -(10**30), 0.5, 1e308, -1e308),
    *(float("nan"), float("inf"), float("-inf")),
    *("", "0", "-1", "true", "no such word", "x" * 100_000, "\N{GRINNING FACE}\0", "NaN", "{}", "ff" * 9),
    *(b"", b"\xff", bytes(100_000), bytearray(3)),
    *((), [], {}, set(), (0, 0, 0), (360, 100, 255), (-1, 101, 256), (720.5, 1e9, 1e9), (float("nan"),) * 3),
    *((0, 0), ("x", "y", "z"), [1, 2, 3], [{"hour": 25}], {"h": 1e9}, {"no such field": 1}, {0: None}, object()),
    *(time(23, 59, 59, 999999), date(9999, 12, 31), datetime(1970, 1, 1)),  # noqa: DTZ001
)

_TURNS = 30
"""Of the event loop, within which a call acts that waits for nothing."""


@dataclass
class Strictness:
    """What was tried, and what got through."""

    tried: int = 0
    sent: int = 0
    """Datapoints that went out."""
    violations: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """What failed otherwise than by telling the user that this cannot be."""
    reached: Counter[str] = field(default_factory=Counter)
    """Datapoints that went out at least once, by product."""


def try_points(products: Iterable[Product]) -> Strictness:
    """Write everything conceivable to every writable point of these products, and by the action for one datapoint."""
    result = Strictness()
    for product in products:
        plan = make_plan(product.record)
        for feature in plan.features:
            for role, point in feature.points.items():
                if point.writable:
                    _try(result, product, f"{product.id} {feature.platform}.{role}", point.write, _limits(point))
        for datapoint in plan.schema:
            write = partial(_by_action, datapoint)
            _try(result, product, f"{product.id} set_datapoint {datapoint.code}", write, _ends(datapoint))
    return result


async def try_services(hass: HomeAssistant, products: Iterable[Product], *, states: int = 2) -> Strictness:
    """Call every service of every entity of these products with extreme arguments, in so many states and in none."""
    result = Strictness()
    async with Workshop(hass) as workshop:
        for product in products:
            reached: set[str] = set()
            for report in ({}, *values.reports(product, rounds=states)):
                bench = await workshop.build(product.record)
                if report:
                    bench.report(report)
                await _try_bench(hass, result, product, bench, reached)
                await bench.clear()
            result.reached[product.id] = len(reached)
    return result


def _try(
    result: Strictness,
    product: Product,
    place: str,
    write: Callable[[Any], Mapping[str, object]],
    some: Iterable[object],
) -> None:
    for value in (*some, *_ALWAYS):
        result.tried += 1
        try:
            dps = write(value)
        except ValueRejected:
            continue
        except Exception as error:  # noqa: BLE001 - to be counted
            result.failures.append(f"{place} {value!r:.40}: {told(error)}")
            continue
        result.sent += len(dps)
        result.violations += [f"{place} {value!r:.40}: {each}" for each in violations(product.rows, dps)]


def _by_action(datapoint: Datapoint, value: object) -> Mapping[str, object]:
    return wire_of(datapoint, value, None)


def _ends(datapoint: Datapoint) -> Iterator[object]:
    match datapoint:
        case Int():
            yield from (datapoint.minimum, datapoint.minimum - datapoint.step, datapoint.maximum + datapoint.step)
        case Enum():
            yield from (*datapoint.range, *map(str.upper, datapoint.range))
        case Bitmap():
            yield from (1, 1 << len(datapoint.labels), -1)


def _limits(point: Point[Any]) -> Iterator[object]:
    low, high, step = point.minimum, point.maximum, point.step or 1
    if low is not None and high is not None:
        yield from (low, low - step, low + step * 0.4, low - 1e-9, high, high + step, high - step * 0.4, high + 1e-9)
        yield from ((low + high) / 2, str(low), int(high), float(high), -high)
    for word in point.options:
        yield from (word, word.upper(), f" {word}")


async def _begin(call: Coroutine[Any, Any, None]) -> None:
    """Let a call do what it does at once; one that waits for something is given up."""
    task = asyncio.create_task(call)
    for _ in range(_TURNS):
        await asyncio.sleep(0)
        if task.done():
            break
    else:
        task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _try_bench(
    hass: HomeAssistant, result: Strictness, product: Product, bench: Bench, reached: set[str]
) -> None:
    for entity in bench.featured:
        for act in acts_of(hass, entity):
            cases = act.cases(entity)
            for arguments in (*cases.usual, *cases.wild):
                result.tried += 1
                place = f"{product.id} {entity.entity_id} {act.name} {arguments!r:.80}"
                try:
                    with suppress(HomeAssistantError, vol.Invalid):
                        await _begin(act.call(hass, entity, arguments))
                except Exception as error:  # noqa: BLE001 - to be counted
                    if ours(error):
                        result.failures.append(f"{place}: {told(error)}")
                for dps in bench.channel.sent:
                    result.sent += len(dps)
                    reached.update(dps)
                    result.violations += [f"{place}: {each}" for each in violations(product.rows, dps)]
                    result.violations += [
                        f"{place}: {dp} is of another entity" for dp in dps.keys() - entity.feature.dps
                    ]
                bench.channel.sent.clear()
