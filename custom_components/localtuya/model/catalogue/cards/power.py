"""What measures electricity, charges cars, makes or stores energy."""

from ...spec.simple import Sensor, Switch
from .card import Card

_POWERS = ("power_total", "total_power", "cur_power", "active_power", "power", "power_a")
_TOTALS = (
    "forward_energy_total",
    "total_forward_energy",
    "add_ele",
    "total_energy",
    "energy_forword_a",
    "reverse_energy_total",
    "total_reverse_energy",
)
_MAIN = Switch("switch", "switch_1", "breaker", name="")

CARDS = (
    Card(("zndb", "aqcz"), (_MAIN, *_POWERS, *_TOTALS, "phase_a", "phase_b", "phase_c")),
    Card(
        ("qccdz",),
        (
            "device_state",
            _MAIN,
            "work_state",
            *_POWERS,
            "sigle_phase_power",
            "single_phase_power",
            "charge_energy_once",
            "charge_cur_set",
        ),
        spare="oc_set ov_set uv_set op_set alarm_set_1 alarm_set_2",
    ),
    Card(
        ("znnbq", "xnyjcn"),
        (
            "power_total",
            "pv_power",
            Sensor("out_power", name="output_power", device_class="power", unit="W"),
            "cur_power",
            "battery_percentage",
            "day_energy",
            *_TOTALS,
            "pv1_dc_data",
            "work_state",
            "electric_total",
            Switch("switch", name=""),
        ),
    ),
)
