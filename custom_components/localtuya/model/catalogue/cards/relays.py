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


_PROTECTION = (
    "oc_set ov_set uv_set op_set temp_set c_thresh ov_thresh uv_thresh temp_thresh op_thresh recover_cnt "
    "recover_enable leak_delay alarm_set_1 alarm_set_2"
)
"""When a breaker trips, and how it comes back: set once, by an electrician."""

CARDS = (
    Card(("cz", "pc", "wkcz", "qjdcz"), _gangs("outlet", "outlet")),
    Card(("kg", "tdq", "znjdq", "ckqdkg", "dgnzk"), _gangs("switch")),
    Card(("dlq",), (*_gangs("switch"), Switch("breaker", name="")), spare=_PROTECTION),
    Card(("mc",), (BinarySensor("status", name="door", device_class="door"),)),
)
