"""What rows of several datapoints are made of: roles and the codes that may fill them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..datapoint import Datapoint
from ..point import Converter, Dp, Point
from . import Look, LookWords, Spec

type Codes = str | tuple[str, ...]
"""Codes in the order of preference; none for a role that the row does not have."""


def both(codes: Codes, convert: Converter) -> Dp | None:
    """Return the wish for something that is set, and perhaps reported."""
    return _wish(codes, convert, writable=True)


def read(codes: Codes, convert: Converter) -> Dp | None:
    """Return the wish for something that is reported."""
    return _wish(codes, convert, writable=False)


def shared(convert: Converter) -> Converter:
    """Return the converter for what keeps an entity of its own beside the one that reads it in this role."""

    def convert_shared(datapoint: Datapoint, /) -> Point[Any] | None:
        point = convert(datapoint)
        return point and replace(point, shared=True)

    return convert_shared


def row(
    platform: str,
    roles: Mapping[str, Dp | None],
    look: LookWords,
    *,
    needs: tuple[str, ...] = (),
    options: Mapping[str, object] | None = None,
    part: str | None = None,
) -> Spec:
    """Return the row of these roles, without those that have no codes."""
    wishes = {role: wish for role, wish in roles.items() if wish is not None}
    return Spec(platform, roles=wishes, needs=needs, look=Look(**look), options=options or {}, part=part)


def _wish(codes: Codes, convert: Converter, *, writable: bool) -> Dp | None:
    listed = (codes,) if isinstance(codes, str) else codes
    return Dp(listed[0], also=listed[1:], convert=convert, writable=writable) if listed else None
