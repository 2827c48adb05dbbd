"""Figures of the plans of many products."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import process_time

from custom_components.localtuya.model.datapoint import Datapoint
from custom_components.localtuya.model.errors import ValueRejected
from custom_components.localtuya.model.plan import Plan, make_plan
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.spec import Feature, Source
from custom_components.localtuya.services import value_of, wire_of

from .products import Product, Row
from .values import plausible

type Unknown = tuple[str, str, str, str]
"""Code, kind, mode and unit of a datapoint."""


@dataclass
class Figures:
    """What the plans of these products come to."""

    products: int = 0
    raised: list[str] = field(default_factory=list)
    useless: list[str] = field(default_factory=list)
    """Products without an enabled, useful entity, though they say something."""
    mute: list[str] = field(default_factory=list)
    """Products that say nothing: without datapoints, or with channels only through which bytes pass."""
    datapoints: int = 0
    known: int = 0
    guessed: int = 0
    """Known by the words inside their code only."""
    reached: int = 0
    writable: int = 0
    settable: int = 0
    """Set by an entity or the action for one datapoint."""
    by_entity: int = 0
    leftovers: Counter[Unknown] = field(default_factory=Counter)
    unreached: Counter[Unknown] = field(default_factory=Counter)
    unset: Counter[Unknown] = field(default_factory=Counter)
    enabled: dict[str, int] = field(default_factory=dict)
    """Entities enabled by default, by product."""
    seconds: list[float] = field(default_factory=list)
    platforms: Counter[str] = field(default_factory=Counter)
    enabled_platforms: Counter[str] = field(default_factory=Counter)

    @property
    def useful_share(self) -> float:
        """The share of products with an enabled, useful entity, among those that say something."""
        return 1 - len(self.useless) / max(self.products - len(self.mute), 1)

    @property
    def useful_share_of_all(self) -> float:
        """The same among all."""
        return 1 - (len(self.useless) + len(self.mute)) / self.products

    @property
    def median_enabled(self) -> float:
        """Entities enabled by default of the product in the middle."""
        return median(self.enabled.values())

    @property
    def p95_enabled(self) -> float:
        """Entities enabled by default of the product that 95 % have no more than."""
        return quantiles(self.enabled.values(), n=20)[-1]

    @property
    def median_seconds(self) -> float:
        """Planning time of the device in the middle."""
        return median(self.seconds)


def measure(products: Iterable[Product], *, with_category: bool = False) -> Figures:
    """Plan all of these products; without category unless wanted."""
    figures = Figures()
    for product in products:
        record = product.record_with_category if with_category else product.record
        figures.products += 1
        begin = process_time()
        try:
            plan = make_plan(record)
        except Exception as error:  # noqa: BLE001 - to be counted
            figures.raised.append(f"{product.id}: {error!r}")
            continue
        figures.seconds.append(process_time() - begin)
        _count(figures, product, record, plan)
    return figures


def useful(features: Sequence[Feature]) -> bool:
    """Tell whether any is enabled and a main one: of no category, or of the only kind that there is."""
    main = [feature for feature in features if feature.look.category is None] or features
    return any(feature.look.enabled for feature in main)


def ignored(plan: Plan) -> frozenset[str]:
    """Return the datapoints that are left alone for a reason."""
    return frozenset(getattr(plan, "ignored", ()))


def described(row: Row) -> Unknown:
    """Return what tells a datapoint from others."""
    facts = row.get("property") or {}
    kind = row["type"] if row["type"] != "obj" else facts.get("type", "")
    return row["code"], kind, row.get("mode", ""), facts.get("unit", "")


def _count(figures: Figures, product: Product, record: DeviceRecord, plan: Plan) -> None:
    features = plan.features
    for feature in features:
        figures.platforms[feature.platform] += 1
        figures.enabled_platforms[feature.platform] += feature.look.enabled
    figures.enabled[product.id] = sum(feature.look.enabled for feature in features)
    if not useful(features):
        (figures.useless if any(map(_says_something, record.properties)) else figures.mute).append(product.id)
    apart = ignored(plan)
    sources = {source: apart.union(*(each.dps for each in features if each.source is source)) for source in Source}
    guessed, left = sources.pop(Source.PHRASE), sources.pop(Source.LEFTOVERS)
    known = apart.union(*sources.values())
    settable = apart.union(point.dp for feature in features for point in feature.points.values() if point.writable)
    for row in record.properties:
        dp, writable = str(row["id"]), row.get("mode") != "ro"
        figures.datapoints += 1
        figures.writable += writable
        figures.known += dp in known | guessed
        figures.guessed += dp in guessed - known
        if dp in known | guessed | left:
            figures.reached += 1
            if dp not in known | guessed:
                figures.leftovers[described(row)] += 1
        else:
            figures.unreached[described(row)] += 1
        if not writable:
            continue
        figures.by_entity += dp in settable
        if dp in settable or _acts(plan.schema.by_id.get(dp), row):
            figures.settable += 1
        if dp not in settable:
            figures.unset[described(row)] += 1


def _says_something(row: Row) -> bool:
    return row["type"] != "raw" and (row.get("property") or {}).get("type") not in {"raw", "string"}


def _acts(datapoint: Datapoint | None, row: Row) -> bool:
    """Tell whether the action sends what it reads of a value that the datapoint may have."""
    if datapoint is None:
        return False
    for raw in plausible(row):
        with suppress(ValueRejected):
            if wire_of(datapoint, value_of(datapoint, raw), raw) == {datapoint.dp: raw}:
                return True
    return False
