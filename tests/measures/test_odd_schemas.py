"""Schemas as no vendor should write them: whatever they say, planning and building go on, and nothing wrong is sent."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import Any

from homeassistant.core import HomeAssistant
from hypothesis import given, settings, strategies as st
import pytest

from custom_components.localtuya.model.errors import ValueRejected
from custom_components.localtuya.model.plan import make_plan
from custom_components.localtuya.model.record import DeviceRecord

from .products import Product, all_products, are_there, recorded_products
from .values import nonsense, plausible
from .workshop import Workshop

type Rows = list[dict[str, Any]]
type Mutation = Callable[[Random, Rows], None]

_KINDS = ("bool", "value", "enum", "bitmap", "string", "raw", "struct", "", None, 7, "Integer", "Json")
_ODD: tuple[Any, ...] = (
    None,
    "",
    "x",
    "5",
    -1,
    0,
    1,
    2.5,
    10**20,
    [],
    {},
    [None],
    ["a", "a"],
    {"min": 1},
    True,
    "\N{GRINNING FACE}",
)
_VALUES = (None, True, -1, 0.5, float("nan"), 10**400, "x" * 70_000, b"\xff" * 3, (1e9, -1, None), {"h": "x"})
_BUILT = 150
"""How many odd devices are built."""


def _other_kind(random: Random, rows: Rows) -> None:
    row = random.choice(rows)
    row["type"] = random.choice(("obj", *_KINDS))
    row.setdefault("property", {})["type"] = random.choice(_KINDS)


def _other_facts(random: Random, rows: Rows) -> None:
    """Let a datapoint keep its code and have the facts of another."""
    one, other = random.choice(rows), random.choice(rows)
    one["type"], one["property"] = other["type"], deepcopy(other.get("property", {}))


def _fact_gone(random: Random, rows: Rows) -> None:
    facts = random.choice(rows).get("property") or {}
    if facts:
        del facts[random.choice(sorted(facts))]


def _fact_odd(random: Random, rows: Rows) -> None:
    facts = random.choice(rows).setdefault("property", {})
    names = ("min", "max", "step", "scale", "unit", "range", "label", "maxlen", "type")
    facts[random.choice(names)] = deepcopy(random.choice(_ODD))


def _ends_swapped(_: Random, rows: Rows) -> None:
    for facts in (row.get("property") or {} for row in rows):
        if "min" in facts and "max" in facts:
            facts["min"], facts["max"] = facts["max"], facts["min"]


def _numbers_as_texts(_: Random, rows: Rows) -> None:
    for row in rows:
        row["id"] = str(row["id"])
        facts = row.get("property") or {}
        facts |= {name: str(value) for name, value in facts.items() if isinstance(value, int)}


def _one_word(_: Random, rows: Rows) -> None:
    for facts in (row.get("property") or {} for row in rows):
        if isinstance(words := facts.get("range"), list):  # another change may have made it a number
            facts["range"] = words[:1]


def _point_range(_: Random, rows: Rows) -> None:
    for facts in (row.get("property") or {} for row in rows):
        if "min" in facts:
            facts["max"] = facts["min"]


def _id_twice(random: Random, rows: Rows) -> None:
    random.choice(rows)["id"] = random.choice(rows)["id"]


def _code_twice(random: Random, rows: Rows) -> None:
    random.choice(rows)["code"] = random.choice(rows)["code"]


def _row_odd(random: Random, rows: Rows) -> None:
    name = random.choice(("id", "code", "mode", "type", "property", "name"))
    random.choice(rows)[name] = deepcopy(random.choice(_ODD))


def _row_gone(random: Random, rows: Rows) -> None:
    rows.remove(random.choice(rows))
    rows.append({})


def _three_hundred(random: Random, rows: Rows) -> None:
    rows += [{**deepcopy(random.choice(rows)), "id": number} for number in range(1, 300)]


MUTATIONS: tuple[Mutation, ...] = (
    _other_kind,
    _other_facts,
    _fact_gone,
    _fact_odd,
    _ends_swapped,
    _numbers_as_texts,
    _one_word,
    _point_range,
    _id_twice,
    _code_twice,
    _three_hundred,
    _row_odd,
    _row_gone,
)
"""In the order in which they can follow each other."""
SANE = (all_products()[::20] if are_there() else []) + recorded_products()


def _odd_rows(product: Product, mutations: Sequence[Mutation], seed: int) -> Rows:
    random = Random(seed)  # noqa: S311 - nothing secret
    rows: Rows = deepcopy([dict(row) for row in product.rows])
    for mutate in sorted(mutations, key=MUTATIONS.index):
        mutate(random, rows)
    return rows


def _odd(index: int, mutations: Sequence[Mutation], seed: int) -> DeviceRecord:
    product = SANE[index % len(SANE)]
    return replace(product.record, properties=tuple(_odd_rows(product, mutations, seed)))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.integers(0, 10_000),
    st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=6),
    st.integers(0, 2**32),
    st.sampled_from(
        (None, True, -1, 0.5, float("nan"), 10**400, "x" * 70_000, b"\xff" * 3, (1e9, -1, None), {"h": "x"})
    ),
)
def test_every_odd_schema_has_a_plan(index: int, mutations: list[Mutation], seed: int, value: object) -> None:
    plan = make_plan(_odd(index, mutations, seed))
    keys = [feature.key for feature in plan.features]
    assert len(set(keys)) == len(keys)
    for feature in plan.features:
        for point in feature.points.values():
            point.read({point.dp: value})
            if point.writable:
                try:
                    point.write(value)
                except ValueRejected:
                    continue


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__.strip("_"))
async def test_every_odd_schema_has_its_entities(hass: HomeAssistant, mutation: Mutation) -> None:
    async with Workshop(hass) as workshop:
        for seed in range(_BUILT // len(MUTATIONS)):
            record = _odd(seed * 7 + MUTATIONS.index(mutation), [mutation] * (1 + seed % 3), seed)
            product = SANE[seed % len(SANE)]
            bench = await workshop.build(record)
            for report in nonsense(product, rounds=3):
                bench.report(report)
            await bench.clear()
            assert [each for each in bench.complaints if "A datapoint is skipped" not in each] == [], record.properties


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__.strip("_"))
async def test_an_odd_device_harms_no_other(hass: HomeAssistant, mutation: Mutation) -> None:
    product = recorded_products()[0]
    told = {str(row["id"]): plausible(row)[0] for row in product.rows}
    async with Workshop(hass) as workshop:
        alone = await workshop.build(replace(product.record, id="sane"))
        alone.report(told)
        wanted = [hass.states.get(entity.entity_id) for entity in alone.entities]
        await alone.clear()
        odd = await workshop.build(replace(_odd(1, [mutation] * 3, seed=1), id="odd"))
        sane = await workshop.build(replace(product.record, id="sane"))
        odd.report(next(nonsense(product)))
        sane.report(told)
        states = [hass.states.get(entity.entity_id) for entity in sane.entities]
        await odd.clear()
        await sane.clear()
    assert [(state.state, state.attributes) for state in states if state] == [
        (state.state, state.attributes) for state in wanted if state
    ]
    assert len(states) == len(wanted) > 1
