"""Entities for datapoints that nobody knows: by kind and access mode, with what unit and name give away."""

from dataclasses import replace

from .bind import DIFFERENCES, bind, dress
from .choices import Choice
from .codes import snake, tokens
from .convert.bits import any_bit, boolean, faults, inverse, on_when, press
from .convert.numbers import inverted, number
from .convert.plain import measured, written
from .convert.words import options
from .datapoint import Bitmap, Bool, Datapoint, Enum, Int
from .point import Converter, Dp
from .spec import MAIN, Feature, Look, Source, Spec
from .units import fits

_CONVERTERS: dict[str, tuple[Converter, ...]] = {
    "switch": (boolean,),
    "binary_sensor": (any_bit, on_when()),
    "button": (press,),
    "number": (number,),
    "select": (options,),
    "sensor": (measured, faults, written),
}
_WRITTEN = frozenset({"switch", "button", "number", "select"})
_FAULTS = frozenset({"fault", "faults", "alarm", "error", "err", "warning", "malfunction", "guzhang"})
_COUNTERS = frozenset({"total", "cur", "current", "real", "now", "left", "remaining", "remain", "usage", "used"})
"""What a number that only the device can know is called, though its schema says that it is written."""
_PRESSED = frozenset(
    {"reset", "clear", "clean", "empty", "search", "confirm", "check", "register", "restart", "reboot"}
)
"""What a boolean that is pressed rather than switched is called."""
_MEASURES = (
    (frozenset({"temp", "temper", "temperature"}), "temperature", "°C"),
    (frozenset({"hum", "humi", "humid", "humidity", "rh"}), "humidity", "%"),
)
"""What a number without a unit is called, with the class and unit that its name tells."""
_FAHRENHEIT = frozenset({"f"})


def leftover(datapoint: Datapoint, *, useful: bool = False) -> Feature | None:
    """Return the plain entity of a datapoint, None where no platform can show it.

    It is disabled unless it is `useful`, or measures something that its unit names.
    """
    platform = _platform(datapoint)
    found = _bound(datapoint, platform, Source.LEFTOVERS)
    if found is None:
        return None
    look = found.look
    measures = platform == "sensor" and look.device_class not in {None, "enum", "duration"}
    category = "config" if platform in _WRITTEN else None if measures else "diagnostic"
    if isinstance(datapoint, Bitmap) and tokens(datapoint.code) & _FAULTS:
        look = replace(look, device_class="problem")
        measures = True
    telling = useful and isinstance(datapoint, Bool | Enum | Int)
    return replace(found, look=replace(look, category=category, enabled=measures or telling))


def chosen(datapoint: Datapoint, choice: Choice) -> Feature | None:
    """Return the entity of the platform that the user chose, None where the datapoint's kind does not allow it."""
    if choice.platform not in _CONVERTERS:
        return None
    found = _bound(datapoint, choice.platform, Source.USER, turned=choice.inverted)
    if found is None or choice.device_class is None:
        return found
    wish = replace(found.look, device_class=choice.device_class, unit=None, state_class=None)
    return replace(found, look=dress(found.platform, wish, found.points[MAIN]))


def _platform(datapoint: Datapoint) -> str:
    words = tokens(datapoint.code)
    match datapoint:
        case Bool() if not datapoint.readable or (datapoint.writable and words & _PRESSED):
            return "button"
        case Bool():
            return "switch" if datapoint.writable else "binary_sensor"
        case Bitmap():
            return "binary_sensor"
        case Int():
            return "number" if datapoint.writable and not (datapoint.readable and words & _COUNTERS) else "sensor"
        case Enum():
            return "select" if datapoint.writable else "sensor"
        case _:
            return "sensor"


def _bound(datapoint: Datapoint, platform: str, source: Source, *, turned: bool = False) -> Feature | None:
    look = _look(datapoint)
    for convert in _CONVERTERS[platform]:
        wish = Dp(datapoint.code, convert=_turned(convert) if turned else convert, writable=platform in _WRITTEN)
        feature = bind(Spec(platform, roles={MAIN: wish}, look=look), lambda _: datapoint, source)
        if feature is not None:
            return feature
    return None


def _look(datapoint: Datapoint) -> Look:
    look = Look(name=snake(datapoint.code) or f"dp_{datapoint.dp}")
    words = tokens(datapoint.code)
    if not isinstance(datapoint, Int) or words & DIFFERENCES:
        return look
    for names, device_class, unit in _MEASURES:
        if words & names and fits(device_class, datapoint.unit or unit):
            fahrenheit = device_class == "temperature" and words & _FAHRENHEIT
            return replace(look, device_class=device_class, unit="°F" if fahrenheit else unit)
    return look


def _turned(convert: Converter) -> Converter:
    return {boolean: inverse, number: inverted(number)}.get(convert, convert)
