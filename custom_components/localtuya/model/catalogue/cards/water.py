"""Valves and irrigation."""

from ...convert.bits import inverse
from ...spec.moments import Timer
from ...spec.simple import CONFIG, Select, series
from ...spec.water import ThrottleValve, Valve
from .card import Card

_ZONES = ("one", "two", "three", "four", "five", "six", "seven", "eight")
_MOST = 16

CARDS = (
    Card(
        ("sfkzq", "ggq"),
        (
            ThrottleValve(
                ("percent_control", "threshold", "position", "valve_opening", "valve_open_degree"),
                switch=("switch", "switch_1"),
                current_position=("percent_state", "th", "position_state"),
            ),
            *(Valve(f"area_{word}", name="valve", number=n) for n, word in enumerate(_ZONES, 1)),
            *series(lambda n: Valve((f"switch_{n}", f"valve_{n}"), name="valve", number=n), _MOST),
            Valve(("switch", "valve", "swtich", "water_control"), name=""),
            Valve("manual_switch", convert=inverse, name=""),
            Valve("left_manual_switch", convert=inverse, name="valve", number=1),
            Valve("right_manual_switch", convert=inverse, name="valve", number=2),
            Valve("quickstart", name="all"),
            *series(lambda n: Timer(f"countdown_{n}", name="watering_time", number=n, category=None), _MOST),
            *Timer("countdown", name="watering_time", category=None),
            Select("work_state", "mode", name="mode", category=CONFIG),
        ),
    ),
)
