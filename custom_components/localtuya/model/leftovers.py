"""Entities for datapoints that nobody knows: by kind and access mode, with what unit and name give away."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
import re

from .bind import bind, dress
from .choices import Choice
from .codes import snake, tokens
from .convert.bits import any_bit, boolean, fault_name, faults, flag, inverse, on_when, press
from .convert.moments import happened, once
from .convert.numbers import inverted, number
from .convert.plain import content, measured, written
from .convert.words import options
from .datapoint import Bitmap, Bool, Datapoint, Enum, Int, Raw, Text
from .phrases import phrase
from .point import Converter, Dp
from .spec import MAIN, Feature, Look, LookWords, Source, Spec

_CONVERTERS: dict[str, tuple[Converter, ...]] = {
    "switch": (boolean,),
    "binary_sensor": (any_bit, on_when()),
    "button": (press,),
    "number": (number,),
    "select": (options,),
    "sensor": (measured, faults, written),
    "text": (content,),
    "event": (once(), happened("triggered", detail="message")),
}
_WRITTEN = frozenset({"switch", "button", "number", "select", "text"})
"""What sets or presses; all others only tell, and are no settings."""
_SETTERS: dict[type[Datapoint], str] = {Text: "text", Raw: "text"}
_NAMED = re.compile(r"[a-z]")
_SHORT = 3
"""What is no longer than this is a code such as E12 rather than a name."""
_COUNTERS = frozenset({"total", "cur", "current", "real", "now", "left", "remaining", "remain", "usage", "used"})
"""What a number that only the device can know is called, though its schema says that it is written."""
_SETTINGS = frozenset(
    {"limit", "max", "maximum", "min", "minimum", "over", "protect", "set", "target", "thresh", "threshold"}
)
_NEWS = frozenset({"message", "push", "notify", "notification"})
"""What a text is called that tells of something that happens."""
_FAHRENHEIT = frozenset({"f"})


def leftover(datapoint: Datapoint, *, useful: bool = False) -> Feature | None:
    """Return the plain entity of a datapoint, None where no platform can show it.

    It is disabled unless it is `useful`, or its unit or a word of its code tells what it measures.
    """
    rule = phrase(datapoint)
    platform = (rule.platform if rule else None) or _platform(datapoint)
    source = Source.PHRASE if rule else Source.LEFTOVERS
    found = _bound(datapoint, platform, source, look=rule.look if rule else {})
    if found is None:
        return None
    look = found.look
    telling = look.device_class not in {None, "enum", "duration"}
    category = look.category
    if category is None and platform in _WRITTEN:
        category = "config"
    elif platform not in _WRITTEN and (category == "config" or (category is None and not telling)):
        category = "diagnostic"  # a counter sets nothing, whatever its code resembles
    enabled = look.enabled and platform not in _WRITTEN and telling
    plain = useful and isinstance(datapoint, Bool | Enum | Int)
    return replace(found, look=replace(look, category=category, enabled=enabled or plain))


def flags(datapoint: Bitmap, among: Sequence[Feature]) -> Iterator[Feature]:
    """Yield an entity for each named bit of a mask, disabled: a switch where the mask can be set.

    A lone fault is the problem itself; a bit that has an entity among these needs no other.
    """
    if len(datapoint.labels) == 1 and not datapoint.writable:
        return
    parts = [feature.points[MAIN] for feature in among if feature.part and feature.dp == datapoint.dp]
    names = {feature.look.name for feature in among}
    platform = "switch" if datapoint.writable else "binary_sensor"
    look = Look(category="config" if datapoint.writable else "diagnostic", enabled=False)
    if platform == "binary_sensor" and any(_is_problem(feature, datapoint) for feature in among):
        look = replace(look, device_class="problem")
    for place, label in enumerate(datapoint.labels):
        part = snake(label) or f"bit_{place}"
        told = any(point.decode(1 << place) is True for point in parts)
        if told or not (datapoint.writable or _NAMED.search(part)):
            continue
        word = fault_name(part)
        alone = len(part) > _SHORT and not datapoint.writable and word not in names
        named = replace(look, name=word if alone else f"{snake(datapoint.code)}_{word}")
        wish = Dp(datapoint.code, convert=flag(place), writable=datapoint.writable)
        spec = Spec(platform, roles={MAIN: wish}, look=named, part=part)
        if (found := bind(spec, lambda _: datapoint, Source.LEFTOVERS)) is not None:
            yield found


def _is_problem(feature: Feature, datapoint: Datapoint) -> bool:
    return feature.key == datapoint.dp and feature.look.device_class == "problem"


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
        case Bool():
            read, written_ = "binary_sensor", "switch" if datapoint.readable else "button"
        case Bitmap():
            read = written_ = "binary_sensor"
        case Int():
            counts = datapoint.readable and words & _COUNTERS and not words & _SETTINGS
            read, written_ = "sensor", "sensor" if counts else "number"
        case Enum():
            read = "event" if once()(datapoint) else "sensor"
            written_ = "select" if len(datapoint.range) > 1 else "button"
        case _:
            read, written_ = "event" if words & _NEWS else "sensor", _SETTERS.get(type(datapoint), "sensor")
    return written_ if datapoint.writable else read


def _bound(
    datapoint: Datapoint, platform: str, source: Source, *, look: LookWords | None = None, turned: bool = False
) -> Feature | None:
    known: LookWords = {"name": snake(datapoint.code) or f"dp_{datapoint.dp}", **(look or {})}
    if known.get("unit") == "°C" and tokens(datapoint.code) & _FAHRENHEIT:
        known["unit"] = "°F"
    for convert in _CONVERTERS[platform]:
        wish = Dp(datapoint.code, convert=_turned(convert) if turned else convert, writable=platform in _WRITTEN)
        row = Spec(platform, roles={MAIN: wish}, look=Look(**known))
        feature = bind(row, lambda _: datapoint, source)
        if feature is not None:
            return feature
    return None


def _turned(convert: Converter) -> Converter:
    return {boolean: inverse, number: inverted(number)}.get(convert, convert)
