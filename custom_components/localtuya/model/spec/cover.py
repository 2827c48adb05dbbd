"""Rows of covers: what opens and closes."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert import cover
from ..convert.numbers import inverted, percent
from . import LookWords, Spec
from .roles import Codes, both, read, row


def Cover(
    command: Codes = "control",
    *,
    position: Codes = "percent_control",
    current: Codes = ("percent_state", "percent_control"),
    state: Codes = "work_state",
    place: Codes = "situation_set",
    needs: tuple[str, ...] = (),
    upside_down: bool = True,
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a cover; `upside_down` where the device counts how far it is closed, as curtains do.

    Role `place` is "open" or "closed", where the device says that in a word.
    """
    share = inverted(percent) if upside_down else percent
    roles = {
        "command": both(command, cover.command),
        "position": both(position, share),
        "current_position": read(current, share),
        "state": read(state, cover.doing),
        "place": read(place, cover.place),
    }
    return row("cover", roles, look, needs=needs)


def Gate(command: Codes, *, place: Codes, **look: Unpack[LookWords]) -> Spec:
    """Return a row for a gate or garage door: moved by a boolean, watched by a contact."""
    roles = {"command": both(command, cover.gate), "place": read(place, cover.contact)}
    named: LookWords = {"device_class": "garage"}
    named.update(look)
    return row("cover", roles, named)
