from typing import Any

import pytest

from custom_components.localtuya.model.metering import Metered
from custom_components.localtuya.model.plan import make_plan
from custom_components.localtuya.model.record import DeviceRecord


def _row(dp: int, code: str, kind: str = "value", mode: str = "ro", **facts: Any) -> dict[str, Any]:
    return {"id": dp, "code": code, "mode": mode, "type": "obj", "property": {"type": kind, **facts}}


def _measured(dp: int, code: str, unit: str, scale: int = 0) -> dict[str, Any]:
    return _row(dp, code, min=0, max=50_000, step=1, scale=scale, unit=unit)


SWITCH = _row(1, "switch_1", "bool", "rw")
LOCK = _row(40, "child_lock", "bool", "rw")
METER = (_measured(18, "cur_current", "mA"), _measured(19, "cur_power", "W", 1), _measured(20, "cur_voltage", "V", 1))
ENERGY = _measured(17, "add_ele", "kWh", 3)


def _metered(*rows: dict[str, Any], category: str = "cz") -> Metered:
    return Metered.of(make_plan(DeviceRecord("x", category=category, properties=rows)))


def test_a_plug_is_asked_while_something_runs() -> None:
    plug = _metered(SWITCH, LOCK, ENERGY, *METER)
    assert plug.dp_ids == (18, 19, 20)
    assert plug.deciding == {"1", "19"}
    assert plug.due({}) == ()
    assert plug.due({"1": False, "19": 0, "40": True}) == ()
    assert plug.due({"1": True}) == (18, 19, 20)
    assert plug.due({"1": False, "19": 23}) == (18, 19, 20), "off, but power flows: until that is gone"
    assert plug.due({"1": None, "19": "garbage"}) == ()


def test_a_strip_is_asked_while_one_of_its_outlets_is_on() -> None:
    strip = _metered(SWITCH, _row(2, "switch_2", "bool", "rw"), *METER)
    assert strip.due({"1": False, "2": True}) == (18, 19, 20)
    assert strip.due({"1": False, "2": False}) == ()


@pytest.mark.parametrize(
    "rows",
    [(SWITCH, ENERGY), METER, (LOCK, *METER), (SWITCH, METER[2]), ()],
    ids=["energy", "no switch", "only a child lock", "only voltage", "nothing"],
)
def test_who_is_never_asked(rows: tuple[dict[str, Any], ...]) -> None:
    metered = _metered(*rows)
    assert metered == Metered()
    assert metered.due({"1": True, "19": 5}) == ()
