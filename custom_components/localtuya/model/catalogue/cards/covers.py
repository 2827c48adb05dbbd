"""Curtains, shutters, garage doors."""

from ...convert.cover import any_command
from ...spec import Spec
from ...spec.cover import Cover, Gate, Pushed
from ...spec.simple import series
from ..words.composites import curtain
from .card import Card

_COMMANDS = ("control", "control_1", "mach_operate", "switch_control", "switch", "switch_1", "status")
_POSITIONS = ("percent_control", "percent_control_1", "position", "percent")
_CURRENT = ("percent_state", "percent_state_1", "state", *_POSITIONS)
_TURNED = ("control_back_mode", "control_back")


def _curtains(turned: tuple[str, ...]) -> tuple[Spec, ...]:
    return (
        Cover(
            _COMMANDS,
            position=_POSITIONS,
            current=_CURRENT,
            turned=turned,
            commands=any_command,
            device_class="curtain",
        ),
        *series(lambda n: curtain(n, turned=tuple(f"{code}_{n}" for code in turned)), 4, first=2),
        Cover((), position=_POSITIONS, current=_CURRENT, turned=turned, device_class="curtain"),
        Pushed(
            ("open", "up", "move_up", "curtain_open", "switch_open"),
            ("close", "down", "move_down", "curtain_close", "switch_close"),
            stopping=("stop", "curtain_stop", "switch_stop"),
            device_class="curtain",
        ),
    )


def _gate(n: int) -> Spec:
    return Gate(
        (f"switch_{n}", f"door_control_{n}"),
        place=(f"doorcontact_state_{n}", f"door_state_{n}"),
        travel=(f"tr_timecon_{n}", f"door_time_{n}"),
        name="door",
        number=n,
    )


CARDS = (
    Card(("cl", "jdcljqr", "lyj"), _curtains(())),
    Card(("clkg",), _curtains(_TURNED)),
    Card(
        ("ckmkzq",),
        (
            Gate(
                ("switch_1", "door_control_1", "switch_on", "switch"),
                place=("doorcontact_state", "doorcontact_state_1", "door_state_1", "door_state", "mdk"),
                travel=("tr_timecon", "door_time_1"),
            ),
            *series(_gate, 3, first=2),
        ),
    ),
)
