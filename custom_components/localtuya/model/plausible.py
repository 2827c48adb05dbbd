"""Numbers that cannot be: a schema that forgot the decimals, named the wrong unit or none, put right by physics.

Mains has 230 V and not 2300, dust has no parts per million, a count has no decimals. Each rule looks at one
datapoint's unit, range and code; two look at its neighbours, as makers forget the decimals of a whole device.

An odd range alone proves nothing: the maker's app shows what the scale says, so that a wrong one is seen and a
wrong range is not. Products with humidity up to 1000 % are known to count whole percent.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from .codes import tokens
from .datapoint import Datapoint, Int
from .units import TEMPERATURE, implied_unit

type Rule = Callable[[Int], Int | None]
"""Gives the datapoint as it must be, None where it may well be as it is."""

_COUNTS = frozenset({"num", "number", "numbers", "qty", "count", "counts", "cnt", "times", "pixel", "pixels", "order",
                     "type", "mode", "status", "turn", "channel", "lightpixel"})  # fmt: skip
_DIFFERENCES = frozenset(
    {"calibration", "correction", "calibrate", "cali", "calib", "calibrat", "drift", "compensate", "offset"}
)
_TUNED = frozenset(
    {"sensitivity", "diff", "differ", "difference", "deadzone", "deadzonetemp", "zone", "lower", "low", "cold", "frost"}
)
_GASES = frozenset({"cho", "hcho", "formaldehyde", "voc", "tvoc"})
_BRIGHT = frozenset({"bright", "brightness", "lightness"})
_DUST = frozenset({"pm"})


def plausible(datapoints: Iterable[Datapoint]) -> tuple[Datapoint, ...]:
    """Return the datapoints of one device, the numbers among them as physics has them."""
    found = tuple(datapoints)
    numbers = [datapoint for datapoint in found if isinstance(datapoint, Int)]
    rules = [*RULES]
    if any(map(mains_in_tenths, numbers)):
        rules.append(power_in_tenths)
    if any(map(calibration_in_tenths, numbers)):
        rules.append(warmth_in_tenths)
    return tuple(_corrected(datapoint, rules) if isinstance(datapoint, Int) else datapoint for datapoint in found)


def mains_in_tenths(datapoint: Int) -> Int | None:
    """Take volts in whole thousands for tenths: no household has 2500 V."""
    fits = datapoint.unit == "V" and not datapoint.scale and 1000 < datapoint.high <= 9999
    return _shifted(datapoint, 1) if fits else None


def power_in_tenths(datapoint: Int) -> Int | None:
    """Take watts for tenths where the range is that of half a street; only beside volts that are."""
    fits = datapoint.unit == "W" and not datapoint.scale and datapoint.high >= 20000
    return _shifted(datapoint, 1) if fits else None


def current_in_milliamperes(datapoint: Int) -> Int | None:
    """Take amperes by the ten thousand for milliamperes."""
    fits = datapoint.unit == "A" and not datapoint.scale and datapoint.high >= 10000
    return _shifted(datapoint, 3) if fits else None


def calibration_in_tenths(datapoint: Int) -> Int | None:
    """Take a calibration by tens of degrees, in steps of five, for tenths."""
    fits = (
        datapoint.unit in TEMPERATURE
        and not datapoint.scale
        and datapoint.increment == 5
        and datapoint.low <= -30
        and _DIFFERENCES & tokens(datapoint.code)
    )
    return _shifted(datapoint, 1) if fits else None


def warmth_in_tenths(datapoint: Int) -> Int | None:
    """Take degrees in steps of five for tenths; only beside a calibration that is."""
    fits = datapoint.unit in TEMPERATURE and not datapoint.scale and datapoint.increment == 5
    return _shifted(datapoint, 1) if fits else None


def half_degrees(datapoint: Int) -> Int | None:
    """Take a temperature to be set of at most six degrees, in steps of five tenths, for half degrees."""
    fits = (
        datapoint.unit == "°C"
        and (datapoint.scale, datapoint.increment) == (1, 5)
        and 50 < datapoint.high < 60
        and datapoint.low in {0, 1}
        and not tokens(datapoint.code) & (_TUNED | _DIFFERENCES)
    )
    return replace(datapoint, scale=0, divisor=2, increment=1) if fits else None


def whole_percent(datapoint: Int) -> Int | None:
    """Take percent up to a hundred for whole ones, whatever the scale says."""
    return replace(datapoint, scale=0) if datapoint.unit == "%" and datapoint.high == 100 and datapoint.scale else None


def brightness_in_tenths(datapoint: Int) -> Int | None:
    """Take a brightness to be set from 10 to 1000 for tenths of a percent."""
    fits = (
        (datapoint.unit, datapoint.scale, datapoint.high) == ("", 0, 1000)
        and datapoint.writable
        and datapoint.low in {0, 10}
        and tokens(datapoint.code) & _BRIGHT
    )
    return replace(datapoint, scale=1, unit="%") if fits else None


def count(datapoint: Int) -> Int | None:
    """Take the decimals off what is counted or numbered."""
    words = tokens(datapoint.code)
    fits = not datapoint.unit and datapoint.scale and words & _COUNTS and not words & {"time", "ph"}
    return replace(datapoint, scale=0) if fits else None


def dust(datapoint: Int) -> Int | None:
    """Take particles for micrograms, as they have no parts per million."""
    fits = tokens(datapoint.code) & _DUST and datapoint.unit in {"ppm", "ppb", "mg/m³"} and not datapoint.scale
    return replace(datapoint, unit="μg/m³") if fits else None


def vapour(datapoint: Int) -> Int | None:
    """Take vapours in micrograms: milligrams have too many decimals, and thousandths of micrograms were milligrams."""
    if not tokens(datapoint.code) & _GASES:
        return None
    if datapoint.unit in {"", "mg/m³"} and datapoint.scale > 1:
        return replace(_shifted(datapoint, -3), unit="μg/m³")
    return _shifted(datapoint, -3) if datapoint.unit == "μg/m³" and datapoint.scale >= 3 else None


def smaller_unit(datapoint: Int) -> Int | None:
    """Take kilolux for lux, thousandths of kilovar for var: nobody reads them otherwise."""
    if datapoint.unit == "klx":
        return replace(_shifted(datapoint, -3), unit="lx")
    return replace(_shifted(datapoint, -3), unit="var") if datapoint.unit == "kvar" and datapoint.scale >= 3 else None


def large_current(datapoint: Int) -> Int | None:
    """Take milliamperes for amperes where more than a hundred of these may flow."""
    fits = datapoint.unit == "mA" and not datapoint.scale and datapoint.high > 100_000
    return replace(_shifted(datapoint, 3), unit="A") if fits else None


def loudness_in_steps(datapoint: Int) -> Int | None:
    """Take the percent off a volume that ends at ten of them: it counts steps."""
    fits = datapoint.unit == "%" and datapoint.high <= 10 and "volume" in tokens(datapoint.code)
    return replace(datapoint, scale=0, unit="") if fits else None


def rain_rate(datapoint: Int) -> Int | None:
    """Take a rate of rain for one by the hour."""
    return (
        replace(datapoint, unit="mm/h")
        if datapoint.unit == "mm" and {"rain", "rate"} <= tokens(datapoint.code)
        else None
    )


def unit_left_out(datapoint: Int) -> Int | None:
    """Take the unit from the code where the schema names none."""
    unit = "" if datapoint.unit else implied_unit(datapoint.code, datapoint.low, datapoint.high, datapoint.scale)
    return replace(datapoint, unit=unit) if unit else None


RULES: tuple[Rule, ...] = (
    unit_left_out,
    mains_in_tenths,
    current_in_milliamperes,
    calibration_in_tenths,
    half_degrees,
    whole_percent,
    brightness_in_tenths,
    count,
    dust,
    vapour,
    smaller_unit,
    large_current,
    loudness_in_steps,
    rain_rate,
)
"""All rules of one datapoint; each sees what the ones before it made of it."""


def _corrected(datapoint: Int, rules: Iterable[Rule]) -> Int:
    for rule in rules:
        datapoint = rule(datapoint) or datapoint
    return datapoint


def _shifted(datapoint: Int, places: int) -> Int:
    return replace(datapoint, scale=datapoint.scale + places)
