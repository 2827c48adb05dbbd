"""What measures electricity, charges cars, makes or stores energy."""

from ...spec.simple import Switch
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
_CALIBRATION = (
    "current_a_calibration current_b_calibration voltage_a_calibration power_a_calibration power_b_calibration "
    "energy_a_calibration_fwd energy_a_calibration_rev energy_b_calibration_fwd energy_b_calibration_rev "
    "freq_calibration voltage_coe electric_coe power_coe electricity_coe"
)
_PROTECTION = "oc_set ov_set uv_set op_set"
_MAIN = Switch("switch", "switch_1", "breaker", name="")

CARDS = (
    Card(("zndb", "aqcz"), (_MAIN, *_POWERS, *_TOTALS, "phase_a", "phase_b", "phase_c"), spare=_CALIBRATION),
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
        spare=f"{_PROTECTION} {_CALIBRATION}",
    ),
    Card(
        ("znnbq", "xnyjcn"),
        (
            "power_total",
            "pv_power",
            "out_power",
            "cur_power",
            "battery_percentage",
            "current_soc",
            "day_energy",
            *_TOTALS,
            "pv1_dc_data",
            "work_state",
            "electric_total",
            Switch("switch", name=""),
        ),
    ),
    Card(("bxsdy", "dypt"), ("battery_percentage", "remain_time", Switch("switch", "switch_1", name=""))),
)
