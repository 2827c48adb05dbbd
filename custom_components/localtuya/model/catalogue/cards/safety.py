"""Locks, alarm panels and sirens."""

from ...spec.safety import AlarmPanel, Lock, Siren
from ...spec.simple import CONFIG, BinarySensor, Button, Switch
from .card import Card

CARDS = (
    Card(
        ("ms", "jtmspro", "jtmsbh", "mk", "bxx", "gyms", "hotelms", "photolock", "videolock", "ms_category"),
        (
            Lock(needs=("code_unlock",)),
            Lock(needs=("unlock",)),
            BinarySensor("lock_motor_state", "lock_state", name="", device_class="lock"),
            Button("manual_lock", name="lock"),
            AlarmPanel(("arming_switch", "arming_mode"), name="arming"),
            Switch("alarm_switch", name="alarm_sound", category=CONFIG),
        ),
    ),
    Card(("mal", "wg2"), (AlarmPanel(),)),
    Card(
        ("sgbj", "dgnbj"),
        (
            Siren(("alarm_switch", "switch_alarm"), needs=("switch",)),
            Siren((), tone=("alarm_state", "alarm_setting"), needs=("tone",)),
        ),
    ),
)
