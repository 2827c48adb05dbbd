"""Structures: what the bytes of a datapoint mean, as a whole or one value of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
import json

from ..catalogue.layouts import layout_of
from ..datapoint import Datapoint, Number, Raw, Text
from ..errors import Unreported, ValueRejected
from ..layout import Layout, Misfit, Structure
from ..point import Converter, Point

type Entry = tuple[str, Structure]
"""Which of a list's tables: the one whose key has this value."""


def structure(datapoint: Datapoint, /) -> Point[object] | None:
    """Take bytes, or a text that stands for some, by the layout of its code; a text may be JSON as well."""
    if not isinstance(datapoint, Raw | Text):
        return None
    layout = layout_of(datapoint)

    def decode(raw: object) -> object:
        known = _decoded(datapoint, layout, raw)
        return _json(raw) if known is None and isinstance(datapoint, Text) else known

    def encode(value: object, raw: object = None) -> object:
        if isinstance(value, str):
            return datapoint.encode(_bytes(datapoint, value) if isinstance(datapoint, Raw) else value)
        if layout is not None:
            return _encoded(datapoint, layout, value, raw)
        if isinstance(datapoint, Raw):
            raise ValueRejected(datapoint.code, value, "bytes, in base64 or hex digits")
        return datapoint.encode(json.dumps(value, separators=(",", ":"), ensure_ascii=False))

    return Point(datapoint=datapoint, decode=decode, encode=encode, amend=encode)


def part(
    name: str,
    *,
    of: Entry | None = None,
    unit: str | None = None,
    limits: tuple[Number, Number] | None = None,
    step: Number = 1,
    new: Mapping[str, Structure] | None = None,
) -> Converter:
    """Return a converter for one value of a structure, or of that table of a list which `of` names.

    It is written with all else as the device reported it last. A table that is missing in the list is added if
    `new` says what else it holds.
    """

    def convert(datapoint: Datapoint, /) -> Point[object] | None:
        if not isinstance(datapoint, Raw | Text) or (layout := layout_of(datapoint)) is None:
            return None

        def decode(raw: object) -> object:
            table = _table(_decoded(datapoint, layout, raw), of)
            return None if table is None else table.get(name)

        def amend(value: object, raw: object) -> object:
            _check(datapoint, value, limits)
            whole = _decoded(datapoint, layout, raw)
            table = _table(whole, of)
            if table is None and isinstance(whole, list) and of is not None and new is not None:
                table = {of[0]: of[1], **new}
                whole.append(table)
            if table is None:
                raise Unreported(datapoint.code, value)
            table[name] = value  # type: ignore[assignment]
            return _encoded(datapoint, layout, whole, raw)

        point = Point(datapoint=datapoint, decode=decode, amend=amend, unit=unit)
        return point if limits is None else replace(point, minimum=limits[0], maximum=limits[1], step=step)

    return convert


def told(reader: Callable[[object], Mapping[str, Number] | None], name: str, unit: str | None) -> Converter:
    """Return a converter for one value of what a reader makes of a blob; it is only read."""

    def convert(datapoint: Datapoint, /) -> Point[Number] | None:
        if not isinstance(datapoint, Raw | Text):
            return None
        return Point(datapoint=datapoint, decode=lambda raw: (reader(raw) or {}).get(name), unit=unit)

    return convert


def _check(datapoint: Datapoint, value: object, limits: tuple[Number, Number] | None) -> None:
    if limits is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not limits[0] <= value <= limits[1]:
        raise ValueRejected(datapoint.code, value, f"{limits[0]} to {limits[1]}")


def _decoded(datapoint: Raw | Text, layout: Layout | None, raw: object) -> Structure:
    blob = None if layout is None else _blob(datapoint, layout, raw)
    return None if layout is None or blob is None else layout.decode(blob)


def _encoded(datapoint: Raw | Text, layout: Layout, value: object, raw: object) -> object:
    try:
        blob = layout.encode(value, like=_blob(datapoint, layout, raw) or b"")
    except Misfit as misfit:
        raise ValueRejected(datapoint.code, value, str(misfit)) from misfit
    return datapoint.encode(blob if isinstance(datapoint, Raw) else layout.stored.pack(blob))


def _blob(datapoint: Raw | Text, layout: Layout, raw: object) -> bytes | None:
    value = datapoint.decode(raw)
    return layout.stored.unpack(value) if isinstance(value, str) else value


def _table(whole: Structure, of: Entry | None) -> dict[str, Structure] | None:
    if of is None:
        return whole if isinstance(whole, dict) else None
    tables = (entry for entry in whole if isinstance(entry, dict)) if isinstance(whole, list) else ()
    return next((entry for entry in tables if entry.get(of[0]) == of[1]), None)


def _json(raw: object) -> object:
    if not isinstance(raw, str) or raw[:1] not in {"{", "["}:
        return None
    try:
        return json.loads(raw)
    except ValueError, RecursionError:
        return None


def _bytes(datapoint: Raw, text: str) -> bytes:
    """Return the bytes of hex digits or base64."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        blob = datapoint.decode(text)
    if blob is None:
        raise ValueRejected(datapoint.code, text, "base64 or hex digits")
    return blob
