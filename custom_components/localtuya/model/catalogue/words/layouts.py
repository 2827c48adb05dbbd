"""Single values of what is stored as bytes: parts of datapoints whose layout is known; see catalogue.layouts."""

from ...convert.structures import part
from ...point import Converter
from ...spec import Spec
from ...spec.simple import CONFIG, Number, Switch

_LIMITS = {
    "overcurrent": (1, 500, "A", "current"),
    "overvoltage": (1, 500, "V", "voltage"),
    "undervoltage": (1, 500, "V", "voltage"),
    "overpower": (1, 1000, "kW", "power"),
    "temperature": (1, 200, "°C", "temperature"),
    "leakage": (1, 1000, "mA", "current"),
    "balance": (0, 65535, "kWh", "energy_storage"),
}
"""What a breaker watches: the limits of its threshold, unit, class. The device itself knows narrower ones."""
_USUAL = frozenset({"overcurrent", "overvoltage", "undervoltage", "temperature"})


def _alarm(code: str, kind: str) -> list[Spec]:
    low, high, unit, device_class = _LIMITS[kind]
    watched = ("alarm", kind)
    return [
        Switch(
            code,
            convert=part("enabled", of=watched),
            part=kind,
            name=f"{kind}_protection",
            category=CONFIG,
            enabled=kind in _USUAL,
        ),
        Number(
            code,
            convert=part("threshold", of=watched, unit=unit, limits=(low, high)),
            part=f"{kind}_threshold",
            name=f"{kind}_threshold",
            device_class=device_class,
            unit=unit,
            category=CONFIG,
            enabled=kind in _USUAL,
        ),
    ]


def _inching() -> list[Spec]:
    first, new = ("channel", 1), {"enabled": False, "seconds": 1}
    seconds: Converter = part("seconds", of=first, unit="s", limits=(1, 3600), new=new)
    return [
        Switch(
            "switch_inching",
            convert=part("enabled", of=first, new=new),
            part="enabled",
            name="inching",
            category=CONFIG,
            enabled=False,
        ),
        Number(
            "switch_inching",
            convert=seconds,
            part="seconds",
            name="inching_duration",
            device_class="duration",
            category=CONFIG,
            enabled=False,
        ),
    ]


ROWS = (
    *(row for kind in ("overpower", "leakage", "temperature") for row in _alarm("alarm_set_1", kind)),
    *(row for kind in ("overcurrent", "overvoltage", "undervoltage", "balance") for row in _alarm("alarm_set_2", kind)),
    *_inching(),
)
