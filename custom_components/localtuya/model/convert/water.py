"""What boilers and kettles call their ways to heat, in Home Assistant's words."""

from collections.abc import Mapping

from ..datapoint import Datapoint, Enum
from ..point import Point
from .words import enumeration, translated

OPERATIONS: Mapping[str, str] = {
    **dict.fromkeys(("economy", "economic", "economics", "energy_save", "eco_mode"), "eco"),
    **dict.fromkeys(("eheat", "e_heat", "electric_heating", "eheater", "eheat_num"), "electric"),
    **dict.fromkeys(
        ("powerful", "strong", "boost", "turbo", "quick", "fast", "highwarm", "high", "h_powerful"), "performance"
    ),
    **dict.fromkeys(("heatpump", "hp", "pump", "heat_num"), "heat_pump"),
    **dict.fromkeys(("hybrid", "highdemand"), "high_demand"),
    **dict.fromkeys(("close", "standby", "stop"), "off"),
}


def operation(datapoint: Datapoint, /) -> Point[str] | None:
    """Take an enumeration of ways to heat; mere numbers say nothing."""
    if not isinstance(datapoint, Enum) or all(raw.isdigit() for raw in datapoint.range):
        return None
    return enumeration(datapoint, translated(datapoint.range, OPERATIONS))
