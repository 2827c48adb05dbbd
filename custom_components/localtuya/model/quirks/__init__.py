"""Quirks: corrections to products whose schema says something else than the device does."""

from dataclasses import replace

from ..choices import Choice, UserChoices
from ..datapoint import Datapoint, Int
from ..record import DeviceRecord
from ..schema import Schema
from ..units import unit_of
from .families import QUIRKS
from .quirk import Fix, Quirk

__all__ = ["Fix", "Quirk", "corrected", "quirk_of"]


def quirk_of(record: DeviceRecord, schema: Schema) -> Quirk | None:
    """Return the first quirk that concerns this device."""
    return next((quirk for quirk in QUIRKS if _concerns(quirk, record, schema)), None)


def corrected(schema: Schema, quirk: Quirk | None, user: UserChoices) -> Schema:
    """Return the schema with the corrections of the quirk and of the user, who has the last word."""
    fixes = quirk.fixes if quirk else {}
    if not fixes and not user.choices:
        return schema
    return Schema(
        tuple(
            _as_user_says(_fixed(datapoint, fixes.get(datapoint.code)), user.choices.get(datapoint.dp))
            for datapoint in schema
        )
    )


def _concerns(quirk: Quirk, record: DeviceRecord, schema: Schema) -> bool:
    return record.product_id in quirk.products or (quirk.shape is not None and quirk.shape(schema))


def _fixed(datapoint: Datapoint, fix: Fix | None) -> Datapoint:
    if fix is None or not isinstance(datapoint, Int):
        return datapoint
    return replace(
        datapoint,
        scale=datapoint.scale if fix.scale is None else fix.scale,
        divisor=datapoint.divisor if fix.divisor is None else fix.divisor,
        unit=datapoint.unit if fix.unit is None else fix.unit,
        low=datapoint.low if fix.low is None else fix.low,
        high=datapoint.high if fix.high is None else fix.high,
    )


def _as_user_says(datapoint: Datapoint, choice: Choice | None) -> Datapoint:
    if choice is None or not isinstance(datapoint, Int):
        return datapoint
    scale = choice.scale if choice.scale is not None and 0 <= choice.scale <= 6 else datapoint.scale
    unit = unit_of(choice.unit) if choice.unit is not None else datapoint.unit
    return replace(datapoint, scale=scale, unit=unit)
