"""Electricity: plugs, breakers, meters, chargers."""

from collections.abc import Callable
from dataclasses import replace

from ...convert.bits import on_when
from ...convert.electricity import dc, phase, together
from ...convert.words import words
from ...point import Converter
from ...spec import PIECEWISE, Spec
from ...spec.simple import CONFIG, DIAGNOSTIC, BinarySensor, Button, Number, Select, Sensor, Switch, series

_TRIP = {"closed": "ignore", "alarm": "alarm", "trip": "trip"}
_BLOBS = {"voltage": 1, "current": 3, "power": 3}
_SELDOM = {"reactive_power": 3, "apparent_power": 3, "power_factor": 1, "frequency": 2}
"""What is in the longer blobs, and nobody can tell before the device has said one."""


def _blobs(code: str, *also: str, name: str, convert: Callable[[str], Converter], seldom: bool = False) -> list[Spec]:
    parts = _SELDOM if seldom else _BLOBS
    return [
        Sensor(
            code,
            *also,
            convert=convert(part),
            part=part,
            name=f"{name}_{part}",
            device_class=part,
            precision=precision,
            enabled=not seldom,
        )
        for part, precision in parts.items()
    ]


def _energy(code: str, *also: str, number: int | None = None) -> Spec:
    row = Sensor(code, *also, name="energy", number=number, device_class="energy", unit="kWh")
    return replace(row, options={PIECEWISE: True})


def _phase(letter: str) -> list[Spec]:
    name, code = f"phase_{letter}", f"phase_{letter}"
    return [
        *_blobs(code, f"{code}_data", name=name, convert=phase),
        *_blobs(code, f"{code}_data", name=name, convert=phase, seldom=True),
        Sensor(f"voltage_{letter}", f"{letter}_voltage", name=f"{name}_voltage", device_class="voltage", unit="V"),
        Sensor(f"current_{letter}", f"{letter}_current", name=f"{name}_current", device_class="current", unit="A"),
        Sensor(
            f"power_{letter}",
            f"{letter}_power",
            f"active_power_{letter}",
            name=f"{name}_power",
            device_class="power",
            unit="W",
            category=DIAGNOSTIC,
        ),
        Sensor(
            f"forward_energy_{letter}",
            f"energy_forword_{letter}",
            f"energy_forward_{letter}",
            f"energy_consumed_{letter}",
            name=f"{name}_energy",
            device_class="energy",
            unit="kWh",
            category=DIAGNOSTIC,
        ),
        Sensor(
            f"reverse_energy_{letter}",
            f"energy_reverse_{letter}",
            f"energy_reserse_{letter}",
            f"energy_produced_{letter}",
            name=f"{name}_energy_returned",
            device_class="energy",
            unit="kWh",
            category=DIAGNOSTIC,
        ),
        Sensor(f"power_factor_{letter}", name=f"{name}_power_factor", device_class="power_factor"),
        Sensor(f"direction_{letter}", name=f"{name}_direction"),
    ]


def _channel(n: int) -> list[Spec]:
    return [
        Sensor(
            f"cur_power_{n}",
            f"cur_power{n}",
            f"power_circuit_{n}",
            name="power",
            number=n,
            device_class="power",
            unit="W",
            category=DIAGNOSTIC,
        ),
        Sensor(f"cur_current_{n}", f"cur_current{n}", name="current", number=n, device_class="current", unit="mA"),
        Sensor(f"cur_voltage_{n}", f"cur_voltage{n}", name="voltage", number=n, device_class="voltage", unit="V"),
        _energy(f"add_ele_{n}", f"add_ele{n}", number=n),
        Sensor(f"today_energy_add{n}", f"energy_circuit_{n}", name="energy_today", number=n, device_class="energy"),
    ]


ROWS = (
    Sensor("cur_power", "active_power", name="power", device_class="power", unit="W"),
    Sensor("cur_current", name="current", device_class="current", unit="mA"),
    Sensor("cur_voltage", "ac_volt", "ac_voltage", name="voltage", device_class="voltage", unit="V"),
    _energy("add_ele"),
    Sensor("total_energy", "total_ele", "energy", name="energy", device_class="energy", unit="kWh"),
    *series(_channel, 8),
    *_phase("a"),
    *_phase("b"),
    *_phase("c"),
    *_blobs("phase_s", name="phase", convert=phase),
    *(
        Sensor("phase_t_data", convert=together(part), part=part, name=f"total_{part}", device_class=part)
        for part in ("current", "power")
    ),
    *(row for n in range(1, 5) for row in _blobs(f"pv{n}_dc_data", name=f"pv{n}", convert=dc)),
    Sensor(
        "forward_energy_total",
        "total_forward_energy",
        "energy_total",
        "power_consumption",
        "energy_forward",
        name="energy",
        device_class="energy",
        unit="kWh",
    ),
    Sensor(
        "reverse_energy_total",
        "total_reverse_energy",
        "energy_reverse",
        "energy_produced",
        name="energy_returned",
        device_class="energy",
        unit="kWh",
    ),
    Sensor("power_total", "total_power", "single_phase_power", name="power", device_class="power", unit="W"),
    Sensor("balance_energy", name="balance_energy", device_class="energy_storage", unit="kWh", category=DIAGNOSTIC),
    Number("charge_energy", name="charge_energy", device_class="energy_storage", unit="kWh", category=CONFIG),
    Sensor(
        "charge_energy_once", name="session_energy", device_class="energy", state_class="total_increasing", unit="kWh"
    ),
    Sensor("day_energy", "today_energy", "energy_today", name="energy_today", device_class="energy", unit="kWh"),
    Sensor("month_energy", "energy_month", name="energy_month", device_class="energy", unit="kWh"),
    Sensor("power_factor", name="power_factor", device_class="power_factor"),
    Sensor("reactive_power", "total_reactive_power", name="reactive_power", device_class="reactive_power", unit="var"),
    Sensor("apparent_power", name="apparent_power", device_class="apparent_power", unit="VA"),
    Sensor(
        "supply_frequency",
        "frequency",
        "freq",
        "ac_freq",
        name="frequency",
        device_class="frequency",
        unit="Hz",
        category=DIAGNOSTIC,
    ),
    Sensor("leakage_current", name="leakage_current", device_class="current", unit="mA", category=DIAGNOSTIC),
    Sensor("pv_power", name="solar_power", device_class="power", unit="W"),
    Sensor("pv_volt", "pv_voltage", name="solar_voltage", device_class="voltage", unit="V"),
    Sensor("pv_current", name="solar_current", device_class="current", unit="A"),
    Switch("switch_prepayment", "prepayment_switch", name="prepayment", category=CONFIG),
    Button("clear_energy", "energy_reset", name="reset_energy", category=CONFIG),
    Switch("overcharge_switch", name="overcharge_protection", category=CONFIG),
    Switch("auto_reclosing", name="auto_reclosing", category=CONFIG),
    *(
        Select(code, meaning=_TRIP, name=name, category=CONFIG)
        for code, name in (
            ("oc_set", "overcurrent_protection"),
            ("ov_set", "overvoltage_protection"),
            ("uv_set", "undervoltage_protection"),
            ("op_set", "overpower_protection"),
        )
    ),
    Number(
        "charge_cur_set",
        "charge_current_set",
        name="charging_current",
        device_class="current",
        unit="A",
        category=CONFIG,
    ),
    Sensor("connection_state", name="connection", category=DIAGNOSTIC),
    BinarySensor(
        "power_type", convert=on_when("ac", "usb"), name="power_supply", device_class="plug", category=DIAGNOSTIC
    ),
    Sensor(
        "relay_status_now",
        convert=words({"0": "off", "1": "on"}),
        name="relay_status",
        category=DIAGNOSTIC,
        enabled=False,
    ),
    *(
        Sensor(code, name=code, category=DIAGNOSTIC, enabled=False)
        for code in ("test_bit", "voltage_coe", "power_coe", "electric_coe", "electricity_coe")
    ),
)
