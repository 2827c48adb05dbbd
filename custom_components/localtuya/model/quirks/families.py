"""The known quirks, by family."""

from .quirk import Fix, Quirk

QUIRKS: tuple[Quirk, ...] = (
    Quirk(
        "half-degree thermostats",  # they count half degrees, which a decimal scale cannot say
        products=frozenset({"IAYz2WK1th0cMLmL"}),
        fixes={"TempSet": Fix(divisor=2), "TempCurrent": Fix(divisor=2), "floorTemp": Fix(divisor=2)},
    ),
)
