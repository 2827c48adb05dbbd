"""Feeders, fountains, litter boxes."""

from ...spec.simple import Button, Number, Switch
from .card import Card

CARDS = (
    Card(
        ("cwwsq",),
        (
            Switch("switch", name=""),
            "quick_feed",
            "manual_feed",
            "feed_num",
            Number("number", name="manual_feed", unit="portions", exclusive=True),
            "feed_state",
            "feed_report",
        ),
        spare="factory_reset",
    ),
    Card(("cwysj",), (Switch("switch", name=""), "water_level", "filter_days", "filter_life")),
    Card(
        ("msp",),
        (
            "status",
            "work_state",
            "cat_weight",
            "excretion_times_day",
            "excretion_time_day",
            Button("manual_clean", "clean", name="clean"),
            Button("empty", name="empty"),
            Switch("switch", name=""),
        ),
    ),
    Card(("cwjwq",), (Switch("switch", name=""), "work_state", "work_mode")),
    Card(("cwtswsq",), (Button("feed", "treat", "quick_feed", name="treat"), "manual_feed", "status")),
    Card(("cwwqfsq",), (Button("launch", "start", "throw", name="launch"), "status")),
)
