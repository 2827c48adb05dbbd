"""Sockets, switches, breakers, meters and whatever is switched by one relay."""

from ...spec import Spec
from ...spec.simple import CONFIG, BinarySensor, Number, Select, Switch, series
from .card import Card

_GANGS = 16


def _gangs(name: str, device_class: str | None = None) -> tuple[Spec, ...]:
    """Return the gangs; a single one is the device itself."""
    return (
        *series(lambda n: Switch(f"switch_{n}", name=name, number=n, device_class=device_class), _GANGS),
        Switch("switch", name="", device_class=device_class),
    )


_PROTECTION = (
    "oc_set ov_set uv_set op_set temp_set c_thresh ov_thresh uv_thresh temp_thresh op_thresh recover_cnt "
    "recover_enable leak_delay alarm_set_1 alarm_set_2"
)
"""When a breaker trips, and how it comes back: set once, by an electrician."""

CARDS = (
    Card(("cz", "pc", "wkcz", "qjdcz"), _gangs("outlet", "outlet")),
    Card(("kg", "tdq", "znjdq", "ckqdkg", "dgnzk"), _gangs("switch")),
    Card(("dlq",), (*_gangs("switch"), Switch("breaker", name="")), spare=_PROTECTION),
    Card(
        ("sfkzq", "ggq"),
        (
            *series(lambda n: Switch(f"switch_{n}", f"valve_{n}", name="valve", number=n), 8),
            Switch("switch", "valve", name=""),
            *series(
                lambda n: Number(f"countdown_{n}", name="watering_time", number=n, device_class="duration", unit="s"), 8
            ),
            Number("countdown", name="watering_time", device_class="duration", unit="s"),
            Select("work_state", "mode", name="mode", category=CONFIG),
        ),
    ),
    Card(("bh",), (Switch("switch", "start", name=""),)),
    Card(("sgbj", "dgnbj"), (Switch("alarm_switch", "switch_alarm", "alarm_state", name=""),)),
    Card(("sd",), (Switch("power_go", "switch_go", "power", name=""),)),
    Card(("mal", "wg2"), (Select("master_mode", name="alarm_mode"),)),
    Card(("mc",), (BinarySensor("status", name="door", device_class="door"),)),
)
