"""The known quirks, by family."""

from ..datapoint import Int
from ..schema import Schema
from .quirk import Fix, Quirk


def _tenths_forgotten(schema: Schema) -> bool:
    """Whether this is a first-generation metering plug: its schema forgot that volts and watts come in tenths."""
    volts = schema.by_code.get("cur_voltage")
    return isinstance(volts, Int) and volts.scale == 0 and volts.unit == "V" and 2000 <= volts.high <= 5000


QUIRKS: tuple[Quirk, ...] = (
    Quirk(
        "first metering plugs",
        shape=_tenths_forgotten,
        fixes={"cur_voltage": Fix(scale=1), "cur_power": Fix(scale=1)},
    ),
    Quirk(
        "half-degree thermostats",  # they count half degrees, which a decimal scale cannot say
        products=frozenset({"IAYz2WK1th0cMLmL"}),
        fixes={"TempSet": Fix(divisor=2), "TempCurrent": Fix(divisor=2), "floorTemp": Fix(divisor=2)},
    ),
)
