"""Sockets, switches, breakers, meters and whatever is switched by one relay."""

from ...spec import Spec
from ...spec.simple import BinarySensor, Switch, series
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
        ("bh", "dr", "kfj", "mzj", "dcl", "kqzg", "nnq", "mjj", "mb", "dylg", "tnq"),
        (Switch("switch", "start", name=""),),
    ),
    Card(("cwysj", "cwjwq", "sz", "ygsb", "yg", "hwsb"), (Switch("switch", name=""),)),
    Card(("szjqr", "znjxs"), (Switch("switch", "switch_1", name=""),)),
    Card(("qccdz",), (Switch("switch", name=""),)),
    Card(("mc",), (BinarySensor("status", name="door", device_class="door"),)),
)
