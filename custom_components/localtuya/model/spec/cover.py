"""Rows of covers: what opens and closes."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert import cover
from ..convert.numbers import inverted, percent
from ..point import Converter
from . import EXCLUSIVE, LookWords, Spec
from .roles import Codes, borrow, both, read, row


def Cover(
    command: Codes = "control",
    *,
    position: Codes = "percent_control",
    current: Codes = ("percent_state", "percent_control"),
    state: Codes = "work_state",
    place: Codes = "situation_set",
    tilt: Codes = ("angle_horizontal", "angle_vertical", "tilt_percent", "percent_tilt", "tilt"),
    turned: Codes = (),
    travel: Codes = ("tr_timecon", "quick_calibration_1", "time_total", "tr_timecon_1"),
    commands: Converter = cover.command,
    needs: tuple[str, ...] = (),
    upside_down: bool = True,
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a cover; `upside_down` where the device counts how far it is closed, as curtains do.

    Role `place` is "open" or "closed", where the device says that in a word; `turned` is the setting that reverses
    the count, `travel` the seconds from end to end.
    """
    share = inverted(percent) if upside_down else percent
    roles = {
        "command": both(command, commands),
        "position": both(position, share),
        "current_position": read(current, share),
        "state": read(state, cover.doing),
        "place": read(place, cover.place),
        "tilt_position": both(tilt, percent),
        "turned": borrow(turned, cover.turned),
        "travel": borrow(travel, cover.travel),
    }
    return row("cover", roles, look, needs=needs)


def Gate(command: Codes, *, place: Codes, travel: Codes = (), **look: Unpack[LookWords]) -> Spec:
    """Return a row for a gate or garage door: moved by a boolean, which may be a push, and watched by a contact."""
    roles = {
        "command": both(command, cover.gate),
        "place": read(place, cover.contact),
        "travel": borrow(travel, cover.travel),
    }
    named: LookWords = {"device_class": "garage"}
    named.update(look)
    return row("cover", roles, named, options={EXCLUSIVE: True})


def Pushed(opening: Codes, closing: Codes, *, stopping: Codes = (), **look: Unpack[LookWords]) -> Spec:
    """Return a row for a cover with a push button of its own for each command."""
    roles = {
        "open": both(opening, cover.press),
        "close": both(closing, cover.press),
        "stop": both(stopping, cover.press),
    }
    return row("cover", roles, look, needs=("open", "close"), options={EXCLUSIVE: True})
