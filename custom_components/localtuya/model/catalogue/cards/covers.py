"""Curtains, shutters, garage doors."""

from ...spec import Spec
from ...spec.cover import Cover, Gate
from ...spec.simple import DIAGNOSTIC, Sensor, series
from ..words.composites import curtain
from .card import Card


def _gate(n: int) -> Spec:
    return Gate(
        (f"switch_{n}", f"door_control_{n}"),
        place=(f"doorcontact_state_{n}", f"door_state_{n}"),
        name="door",
        number=n,
    )


_COMMANDS = ("control", "mach_operate", "switch_control", "switch", "switch_1", "status")
_POSITIONS = ("percent_control", "position", "percent")
_MAIN = Cover(
    _COMMANDS,
    position=_POSITIONS,
    current=("percent_state", *_POSITIONS),
    device_class="curtain",
)
_LAST_MOVE = Sensor("work_state", name="status", category=DIAGNOSTIC, enabled=False)
"""Of a motor that has no word for standing still, and repeats its last direction for ever."""
_WITHOUT_COMMAND = Cover((), position=_POSITIONS, current=("percent_state", *_POSITIONS), device_class="curtain")

CARDS = (
    Card(("cl", "clkg", "jdcljqr", "lyj"), (_MAIN, *series(curtain, 4), _WITHOUT_COMMAND, _LAST_MOVE)),
    Card(
        ("ckmkzq",),
        (
            Gate(
                ("switch_1", "door_control_1", "switch"),
                place=("doorcontact_state", "doorcontact_state_1", "door_state_1"),
            ),
            *series(_gate, 3, first=2),
        ),
    ),
)
