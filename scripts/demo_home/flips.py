"""What somebody can do with an entity of each kind, and how Home Assistant shows it afterwards."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from scripts.demo_home.visitor import Json

type Seen = Callable[[Json], bool]

_TURN_ON: Final = 32  # of a fan; that of a machine with a switch of its own only knows its speed


@dataclass(frozen=True, slots=True)
class Flip:
    """A service call that changes an entity; `seen` tells from its state whether it was obeyed."""

    service: str
    data: dict[str, Any] = field(default_factory=dict)
    seen: Seen = field(kw_only=True)


def flip(domain: str, state: Json) -> Flip | None:
    """Return a change for an entity in this state, None for what only shows something."""
    change = _FLIPS.get(domain)
    return None if change is None else change(state["state"], state["attributes"])


def _power(now: str, _attributes: Json) -> Flip:
    service, then = ("turn_off", "off") if now == "on" else ("turn_on", "on")
    return Flip(service, seen=_is(then))


def _light(now: str, attributes: Json) -> Flip:
    if now != "on" or attributes.get("brightness") is None:
        return _power(now, attributes)
    target = 64 if attributes["brightness"] > 128 else 230
    return Flip(
        "turn_on",
        {"brightness": target},
        seen=lambda state: abs((state["attributes"].get("brightness") or 0) - target) <= 2,
    )


def _cover(now: str, attributes: Json) -> Flip:
    if "current_position" not in attributes:
        service, then = ("close_cover", "closed") if now == "open" else ("open_cover", "open")
        return Flip(service, seen=_is(then))
    target = 30 if attributes["current_position"] > 50 else 70
    return Flip("set_cover_position", {"position": target}, seen=_shows(current_position=target))


def _fan(now: str, attributes: Json) -> Flip:
    if (now != "on" and attributes["supported_features"] & _TURN_ON) or "percentage" not in attributes:
        return _power(now, attributes)
    target = 100 if (attributes["percentage"] or 0) < 100 else round(attributes["percentage_step"])
    return Flip("set_percentage", {"percentage": target}, seen=_shows(percentage=target))


def _climate(_now: str, attributes: Json) -> Flip:
    target = _other(attributes["temperature"], attributes["min_temp"], attributes["target_temp_step"])
    return Flip("set_temperature", {"temperature": target}, seen=_shows(temperature=target))


def _humidifier(_now: str, attributes: Json) -> Flip:
    step = attributes.get("target_humidity_step") or 5
    target = _other(attributes["humidity"], attributes["min_humidity"], step)
    return Flip("set_humidity", {"humidity": target}, seen=_shows(humidity=target))


def _number(now: str, attributes: Json) -> Flip:
    target = _other(float(now), attributes["min"], attributes["step"])
    return Flip("set_value", {"value": target}, seen=lambda state: float(state["state"]) == target)


def _select(now: str, attributes: Json) -> Flip:
    option = next(option for option in attributes["options"] if option != now)
    return Flip("select_option", {"option": option}, seen=_is(option))


def _button(now: str, _attributes: Json) -> Flip:
    return Flip("press", seen=lambda state: state["state"] != now)


def _vacuum(now: str, _attributes: Json) -> Flip:
    if now == "cleaning":
        return Flip("return_to_base", seen=_is("returning"))
    return Flip("start", seen=_is("cleaning"))


def _lawn_mower(now: str, _attributes: Json) -> Flip:
    return Flip("pause", seen=_is("paused")) if now == "mowing" else Flip("start_mowing", seen=_is("mowing"))


def _lock(now: str, _attributes: Json) -> Flip:
    return Flip("unlock", seen=_is("unlocked")) if now == "locked" else Flip("lock", seen=_is("locked"))


def _alarm(now: str, _attributes: Json) -> Flip:
    if now == "armed_away":
        return Flip("alarm_disarm", seen=_is("disarmed"))
    return Flip("alarm_arm_away", seen=_is("armed_away"))


def _valve(now: str, _attributes: Json) -> Flip:
    return Flip("close_valve", seen=_is("closed")) if now == "open" else Flip("open_valve", seen=_is("open"))


def _water_heater(_now: str, attributes: Json) -> Flip:
    target = _other(attributes["temperature"], attributes["min_temp"], attributes["target_temp_step"])
    return Flip("set_temperature", {"temperature": target}, seen=_shows(temperature=target))


def _remote(_now: str, _attributes: Json) -> Flip:
    return Flip("send_command", {"command": ["b64:JgAEAAAAAAA="]}, seen=_always)


def _text(now: str, attributes: Json) -> Flip:
    target = ("AQID" if now != "AQID" else "AQIE")[: attributes["max"]]
    return Flip("set_value", {"value": target}, seen=_is(target))


def _time(now: str, _attributes: Json) -> Flip:
    target = "00:20:00" if now != "00:20:00" else "00:10:00"
    return Flip("set_value", {"time": target}, seen=_is(target))


def _always(_state: Json) -> bool:
    """See nothing, as nothing is shown: that the device was told must do."""
    return True


def _other(value: float | None, low: float, step: float) -> float:
    """Return another value of the scale that begins at `low`."""
    return low + step if value is None or value == low else low


def _is(wanted: str) -> Seen:
    return lambda state: state["state"] == wanted


def _shows(**wanted: object) -> Seen:
    return lambda state: all(state["attributes"].get(name) == value for name, value in wanted.items())


_FLIPS: Final[dict[str, Callable[[str, Json], Flip]]] = {
    "alarm_control_panel": _alarm,
    "button": _button,
    "climate": _climate,
    "cover": _cover,
    "fan": _fan,
    "humidifier": _humidifier,
    "lawn_mower": _lawn_mower,
    "light": _light,
    "lock": _lock,
    "number": _number,
    "remote": _remote,
    "select": _select,
    "siren": _power,
    "switch": _power,
    "text": _text,
    "time": _time,
    "vacuum": _vacuum,
    "valve": _valve,
    "water_heater": _water_heater,
}
COMMANDED: Final = frozenset(_FLIPS)
"""The kinds of entities that something can be done with."""
