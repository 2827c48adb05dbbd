"""Words: what a datapoint code means wherever it turns up."""

from collections.abc import Iterable

from ...spec import Spec
from . import (
    appliances,
    cameras,
    climate,
    covers,
    energy,
    environment,
    lamps,
    layouts,
    limits,
    locks,
    machines,
    media,
    metering,
    moments,
    programs,
    robots,
    safety,
    switches,
    system,
)
from .composites import COMPOSITES

__all__ = ["COMPOSITES", "ROWS", "WORDS"]

ROWS: tuple[Spec, ...] = (
    *moments.ROWS,
    *energy.ROWS,
    *environment.ROWS,
    *switches.ROWS,
    *safety.ROWS,
    *climate.ROWS,
    *appliances.ROWS,
    *covers.ROWS,
    *lamps.ROWS,
    *cameras.ROWS,
    *locks.ROWS,
    *robots.ROWS,
    *limits.ROWS,
    *machines.ROWS,
    *metering.ROWS,
    *media.ROWS,
    *programs.ROWS,
    *system.ROWS,
    *layouts.ROWS,
    *moments.BESIDE,
)
"""All rows of one datapoint; of two rows for one code, the first that takes the datapoint's kind wins."""


def _by_word(rows: Iterable[Spec]) -> dict[str, tuple[Spec, ...]]:
    index: dict[str, tuple[Spec, ...]] = {}
    for row in rows:
        for wish in row.roles.values():
            for word in wish.words:
                index[word] = (*index.get(word, ()), row)
    return index


WORDS = _by_word(ROWS)
"""The rows by folded code."""
