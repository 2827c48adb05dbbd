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


CARDS = (
    Card(("cz", "pc", "wkcz", "qjdcz"), _gangs("outlet", "outlet")),
    Card(("kg", "tdq", "cjkg", "znjdq", "ckqdkg", "dgnzk"), _gangs("switch")),
    Card(("dlq", "zndb", "aqcz"), (*_gangs("switch"), Switch("breaker", name=""))),
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
    Card(
        ("dr", "kfj", "mzj", "dcl", "kqzg", "mb", "dylg"),
        (Switch("switch", "start", name=""),),
    ),
    Card(("cwysj", "cwjwq", "sz", "ygsb", "yg", "hwsb"), (Switch("switch", name=""),)),
    Card(("szjqr", "znjxs"), (Switch("switch", "switch_1", name=""),)),
    Card(("sgbj", "dgnbj"), (Switch("alarm_switch", "switch_alarm", "alarm_state", name=""),)),
    Card(("sd",), (Switch("power_go", "switch_go", "power", name=""),)),
    Card(("qccdz",), (Switch("switch", name=""),)),
    Card(("mal", "wg2"), (Select("master_mode", name="alarm_mode"),)),
    Card(("mc",), (BinarySensor("status", name="door", device_class="door"),)),
)
