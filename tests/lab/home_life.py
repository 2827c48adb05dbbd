"""How the appliances of the simulated home live: what follows from a command, and what changes by itself."""

from collections.abc import Callable
from math import copysign

from tests.lab.device import LabDevice

type Dps = dict[str, object]
type Reaction = Callable[[LabDevice, Dps, str | None], Dps]
"""Gets what a command sets and may add what follows from it at once; what comes later it pushes itself."""

OPEN, CLOSED = 0, 100  # percent, as most of these motors count
CURTAIN_TICK, CURTAIN_STEP = 0.1, 10  # seconds, percent: 1 s from open to closed
ROOM_TICK, ROOM_STEP = 2.0, 5  # seconds, tenths of a degree
FEEDING = 1.0  # seconds


def react(product: str, device: LabDevice, dps: Dps, cid: str | None) -> Dps:
    """Return what an appliance of this product takes and reports after a command."""
    reaction = REACTIONS.get(product)
    return dps if reaction is None else reaction(device, dps, cid)


def _metered(switch: str, load: Dps) -> Reaction:
    """Return the reaction of a switch in front of a load: current and power follow it."""

    def reaction(_device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
        if switch not in dps:
            return dps
        return dps | (load if dps[switch] else dict.fromkeys(load, 0))

    return reaction


def _curtain(device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    match dps:
        case {"1": "open"}:
            return dps | _drive(device, OPEN)
        case {"1": "close"}:
            return dps | _drive(device, CLOSED)
        case {"1": "stop"}:
            return dps | {"2": device.dps["3"]}
        case {"2": int(target)}:
            return dps | _drive(device, target)
    return dps


def _drive(device: LabDevice, target: int) -> Dps:
    """Begin to move; the position is pushed on the way, until it is reached or another target is set."""

    def tick() -> None:
        position = _number(device, "3")
        if device.dps["2"] != target or position == target:
            return
        device.push({"3": _nearer(position, target, CURTAIN_STEP)})
        device.after(CURTAIN_TICK, tick)

    device.after(CURTAIN_TICK, tick)
    return {"2": target, "7": "closing" if target > _number(device, "3") else "opening"}


def _floor_heating(device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    """Heat while on and too cold; the floor follows slowly."""
    after = device.dps | dps
    target, heating = int(str(after["16"])) * 10, bool(after["1"])
    current = _number(device, "24")

    def tick() -> None:
        if device.dps["36"] == "open" and (current := _number(device, "24")) < _number(device, "16") * 10:
            device.push({"24": _nearer(current, _number(device, "16") * 10, ROOM_STEP)})
            device.after(ROOM_TICK, tick)

    if heating and current < target:
        device.after(ROOM_TICK, tick)
        return dps | {"36": "open"}
    return dps | {"36": "close"}


def _air_conditioner(device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    """Keep status and both temperature scales in step."""
    after = device.dps | dps
    doing = {"cold": "cooling", "hot": "heating", "dehumidify": "wet"}[str(after["4"])] if after["1"] else "off"
    fahrenheit = {"24": round(int(str(dps["2"])) * 9 / 5 + 32)} if "2" in dps else {}
    return dps | fahrenheit | {"6": doing}


def _purifier(device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    """Take a filter reset like a key that springs back."""
    if dps.get("11"):
        device.after(FEEDING, lambda: device.push({"11": False}))
        return dps | {"5": 100}
    return dps


def _feeder(device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    portions = dps.get("3")
    if portions is None:
        return dps
    device.after(FEEDING, lambda: device.push({"4": "done", "14": portions}))
    return dps | {"4": "feeding"}


def _number(device: LabDevice, dp: str) -> int:
    value = device.dps[dp]
    return value if isinstance(value, int) else 0


def _nearer(position: int, target: int, step: int) -> int:
    """Return where one step takes, never beyond the target."""
    way = target - position
    return target if abs(way) <= step else position + int(copysign(step, way))


REACTIONS: dict[str, Reaction] = {
    "cz_vt13cbm0ikyeib7c": _metered("1", {"18": 521, "19": 1198}),
    "cz_byzdayie": _metered("1", {"18": 130, "19": 287}),
    "dlq_u0cxoxtfelys3ufx": _metered("16", {"117": 4417, "118": 1004}),
    "cl_3r8gc33pnqsxfe1g": _curtain,
    "wk_gogb05wrtredz3bs": _floor_heating,
    "kt_5wdhsph4zwselcvh": _air_conditioner,
    "kj_gudszpmfstkhfpkk": _purifier,
    "cwwsq_0s1yxw1fxdtkwh2n": _feeder,
}
