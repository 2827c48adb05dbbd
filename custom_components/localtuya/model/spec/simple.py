"""Rows of one datapoint: `Sensor("cur_power", name="power", device_class="power")`."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Unpack

from ..codes import snake
from ..convert.bits import any_bit, boolean, on_when, press
from ..convert.numbers import number
from ..convert.plain import content, measured, written
from ..convert.words import options, words
from ..point import Converter, Dp
from . import EXCLUSIVE, MAIN, Look, LookWords, Spec

CONFIG = "config"
DIAGNOSTIC = "diagnostic"
TOTAL = "total"
TOTAL_INCREASING = "total_increasing"


def Sensor(
    code: str, *also: str, convert: Converter = measured, part: str | None = None, **look: Unpack[LookWords]
) -> Spec:
    """Return a row for something measured; without converter a number, a word or a text as it is."""
    return _row("sensor", Dp(code, also=also, convert=convert), look, part)


def BinarySensor(
    code: str, *also: str, convert: Converter | None = None, part: str | None = None, **look: Unpack[LookWords]
) -> Spec:
    """Return a row for something that is or is not; without converter booleans and the usual alarm words."""
    return _row("binary_sensor", Dp(code, also=also, convert=convert or on_when()), look, part)


def Problem(code: str, *also: str, **look: Unpack[LookWords]) -> Spec:
    """Return a row for a fault mask: a problem where any bit is set."""
    usual: LookWords = {"name": "problem", "device_class": "problem", "category": DIAGNOSTIC}
    usual.update(look)
    return BinarySensor(code, *also, convert=any_bit, **usual)


def Switch(
    code: str, *also: str, convert: Converter = boolean, part: str | None = None, **look: Unpack[LookWords]
) -> Spec:
    """Return a row for something switched."""
    return _row("switch", Dp(code, also=also, convert=convert, writable=True), look, part)


def Number(
    code: str,
    *also: str,
    convert: Converter = number,
    exclusive: bool = False,
    part: str | None = None,
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a number that is set; `exclusive`: setting it is an act, such as feeding so many portions."""
    row = _row("number", Dp(code, also=also, convert=convert, writable=True), look, part)
    return replace(row, options={EXCLUSIVE: True}) if exclusive else row


def Select(
    code: str,
    *also: str,
    meaning: Mapping[str, str] | None = None,
    convert: Converter | None = None,
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a choice; `meaning` gives our words for raw ones."""
    chosen = convert or (words(meaning) if meaning else options)
    return _row("select", Dp(code, also=also, convert=chosen, writable=True), look)


def Button(
    code: str, *also: str, convert: Converter = press, part: str | None = None, **look: Unpack[LookWords]
) -> Spec:
    """Return a row for something pressed."""
    return _row("button", Dp(code, also=also, convert=convert, writable=True), look, part)


def Data(code: str, *also: str, **look: Unpack[LookWords]) -> tuple[Spec, Spec]:
    """Return the rows for a text or a block of bytes as it is: set where the device takes it, else only shown."""
    quiet: LookWords = {"enabled": False}
    quiet.update(look)
    return (
        _row("text", Dp(code, also=also, convert=content, writable=True), {"category": CONFIG, **quiet}),
        _row("sensor", Dp(code, also=also, convert=written), {"category": DIAGNOSTIC, **quiet}),
    )


def group(
    make: Callable[..., Spec | Iterable[Spec]], names: Mapping[str, str], /, **look: Unpack[LookWords]
) -> Iterator[Spec]:
    """Yield rows that differ in codes and name only: `{"code alias": "name"}`; without a name each code has its own."""
    for codes, name in names.items():
        for first, *also in [codes.split()] if name else [[code] for code in codes.split()]:
            yield from _each(make(first, *also, **{**look, "name": name or snake(first)}))


def series(make: Callable[[int], Spec | Iterable[Spec]], last: int, first: int = 1) -> Iterator[Spec]:
    """Yield the rows of numbered things: gangs, outlets, channels."""
    for n in range(first, last + 1):
        yield from _each(make(n))


def _row(platform: str, dp: Dp, look: LookWords, part: str | None = None) -> Spec:
    named: LookWords = {"name": snake(dp.code)}
    named.update(look)
    return Spec(platform, roles={MAIN: dp}, look=Look(**named), part=part)


def _each(made: Spec | Iterable[Spec]) -> Iterable[Spec]:
    return (made,) if isinstance(made, Spec) else made
