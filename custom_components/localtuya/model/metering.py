"""Metered plugs: many tell their power only when asked, and it is worth asking only while something runs."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any

from .plan import Plan
from .point import Point
from .spec import MAIN, Feature

_METERED = frozenset({"power", "current", "voltage"})
_TELLING = frozenset({"power", "current"})
"""Without one of these there is nothing that a load changes."""


@dataclass(frozen=True, slots=True)
class Metered:
    """The datapoints of one device that are to be asked for, and those that say whether now."""

    dp_ids: tuple[int, ...] = ()
    _: KW_ONLY
    switches: tuple[Point[Any], ...] = ()
    powers: tuple[Point[Any], ...] = ()
    deciding: frozenset[str] = frozenset()
    """The datapoints on which `due` depends."""

    @classmethod
    def of(cls, plan: Plan) -> Metered:
        """Return what a device measures behind its own switches; nothing if it has no switch or measures no load."""
        sensors = [feature for feature in plan.features if _measures(feature)]
        switches = tuple(feature.points[MAIN] for feature in plan.features if _switches(feature))
        if not switches or not any(feature.look.device_class in _TELLING for feature in sensors):
            return cls()
        powers = tuple(feature.points[MAIN] for feature in sensors if feature.look.device_class == "power")
        return cls(
            tuple(sorted({int(feature.dp) for feature in sensors})),
            switches=switches,
            powers=powers,
            deciding=frozenset(point.dp for point in (*switches, *powers)),
        )

    def due(self, dps: Mapping[str, object]) -> tuple[int, ...]:
        """Return what to ask for, given these values: all while a switch is on or power flows, else nothing."""
        on = any(point.read(dps) is True for point in self.switches)
        return self.dp_ids if on or any(_flows(point.read(dps)) for point in self.powers) else ()


def _measures(feature: Feature) -> bool:
    return feature.platform == "sensor" and feature.look.device_class in _METERED and feature.dp.isdecimal()


def _switches(feature: Feature) -> bool:
    return feature.platform == "switch" and feature.look.category is None and MAIN in feature.points


def _flows(power: object) -> bool:
    return isinstance(power, int | float) and power > 0
