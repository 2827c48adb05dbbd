"""Rows of what happens, and of times."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from collections.abc import Iterator
from dataclasses import replace
from typing import Unpack

from ..codes import snake
from ..convert import clock
from ..convert.moments import happened
from ..convert.numbers import duration
from ..point import Converter, Dp
from . import MAIN, Look, LookWords, Spec
from .roles import Codes, both, row
from .simple import CONFIG, Number

TIME = "time"
"""The part of a datapoint that is shown as a time beside its number."""


def Event(
    code: str,
    *also: str,
    convert: Converter | None = None,
    part: str | None = None,
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for something that happens; without converter whatever the device says triggers it."""
    named: LookWords = {"name": snake(code)}
    named.update(look)
    wish = Dp(code, also=also, convert=convert or happened("triggered"))
    return Spec("event", roles={MAIN: wish}, look=Look(**named), part=part)


def Time(
    *, hour: Codes = (), minute: Codes = (), second: Codes = (), hms: Codes = (), **look: Unpack[LookWords]
) -> Spec:
    """Return a row for a time of the day in parts, which are all needed, or as a text."""
    codes = {"hour": hour, "minute": minute, "second": second}
    roles = {role: both(listed, clock.part(role)) for role, listed in codes.items()}
    named: LookWords = {"category": CONFIG}
    named.update(look)
    spec = row("time", {**roles, "hms": both(hms, clock.hms)}, named)
    return replace(spec, needs=tuple(spec.roles))


def Timer(code: str, *also: str, **look: Unpack[LookWords]) -> Iterator[Spec]:
    """Yield the rows of a time to go: a time that is set, beside its number of seconds, minutes or hours.

    The number alone where it may be more than a day.
    """
    named: LookWords = {"name": snake(code), "category": CONFIG}
    named.update(look)
    measured: LookWords = {"device_class": "duration"}
    measured.update(named)
    hidden: LookWords = {**measured, "name": f"{named['name']}_duration", "category": CONFIG, "enabled": False}
    yield Number(code, *also, convert=clock.at_most_a_day, **hidden)
    for role in clock.SECONDS:
        yield row("time", {role: both((code, *also), clock.counted(role))}, named, part=TIME)
    yield Number(code, *also, convert=duration, **measured)
