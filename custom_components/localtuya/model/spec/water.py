"""Rows of valves."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert.bits import boolean
from ..convert.numbers import percent
from ..point import Converter
from . import LookWords, Spec
from .roles import Codes, both, read, row


def Valve(valve: Codes, *, convert: Converter = boolean, **look: Unpack[LookWords]) -> Spec:
    """Return a row for a valve that is open or closed; without converter it is open while the datapoint is true."""
    return row("valve", {"valve": both(valve, convert)}, _water(look))


def ThrottleValve(valve: Codes, *, switch: Codes = (), current_position: Codes = (), **look: Unpack[LookWords]) -> Spec:
    """Return a row for a valve that opens so far, in percent of its range; where there is a switch, it shuts it."""
    roles = {
        "valve": both(valve, percent),
        "switch": both(switch, boolean),
        "current_position": read(current_position, percent),
    }
    return row("valve", roles, _water(look))


def _water(look: LookWords) -> LookWords:
    named: LookWords = {"device_class": "water"}
    named.update(look)
    return named
