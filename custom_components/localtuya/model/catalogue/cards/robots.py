"""Robots that clean or mow."""

from ...convert import robots
from ...spec.robots import Mower, Vacuum
from ...spec.simple import CONFIG, DIAGNOSTIC, Select, Sensor, Switch
from .card import Card

CARDS = (
    Card(
        ("sd",),
        (
            Vacuum(needs=("activate",)),
            Vacuum(needs=("status",)),
            Sensor(
                "robot_state", "status", "equipment_state", "work_status", part="words", name="status", enabled=False
            ),
            Select("clean_mode", "mode", convert=robots.command, name="mode"),
            Switch("power", "switch", name="power", category=CONFIG, enabled=False),
        ),
    ),
    Card(
        ("gcj",),
        (
            Mower(),
            Sensor("machine_status", "mower_status", part="words", name="status", enabled=False),
            Sensor("machine_warning", name="warning", category=DIAGNOSTIC),
        ),
    ),
)
