"""Kitchen, bath, furniture, garden: machines that are started, and tell how far they are."""

from ...spec.simple import Button, Select, Sensor, Switch, series
from .card import Card

_ON = Switch("switch", "power", "switch_1", name="")
_STATE = ("work_state", "status", "device_state", "work_status")
_LEFT = ("remain_time", "countdown_left", "left_time", "remaining_time")
_START = Switch("start", "start_stop", name="start")

CARDS = (
    Card(
        ("mzj", "kfj", "kqzg", "dylg", "mb", "dcl", "znfh"),
        (_ON, *_STATE, _START, "cook_temperature", "cook_time", "temp_current", *_LEFT),
    ),
    Card(("xy",), (*_STATE, *_LEFT, _ON, _START, "work_mode", "mode")),
    Card(("bx",), ("temp_current", "temp_set", "work_state", _ON)),
    Card(
        ("js",),
        (
            Sensor("tds_out", name="tds", device_class="", unit="ppm"),
            "tds_in",
            "status",
            "work_state",
            "filter_life",
            "water_total",
            _ON,
        ),
    ),
    Card(("dr", "yg", "hwsb", "sz", "ygsb", "cn", "mg"), (_ON, *_STATE, "temp_current", "water_level", *_LEFT)),
    Card(("amy", "liliao"), (_ON, *_STATE, "mode", "level", *_LEFT)),
    Card(
        ("sjz",),
        (
            Select("control", "up_down", name="movement"),
            Sensor("height", name="height", device_class="distance", unit="cm"),
            "level",
            "child_lock",
            _ON,
        ),
    ),
    Card(("ds", "tyy"), (_ON, "volume_set", "mute", "play", "mode")),
    Card(("szjqr", "znjxs"), (Switch("switch", "switch_1", name=""), Button("click", name="press"), "mode")),
    Card(
        ("cjkg",),
        (
            *series(lambda n: Switch(f"switch_{n}", name="switch", number=n), 8),
            *series(lambda n: Button(f"scene_{n}", name="scene", number=n), 8),
        ),
    ),
    Card(("tzc1",), ("weight",)),
)
