"""How the appliances of the simulated home live: what follows from a command, and what changes by itself."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from math import copysign

from tests.lab.device import LabDevice

type Dps = dict[str, object]
type Reaction = Callable[[LabDevice, Dps, str | None], Dps]
"""Gets what a command sets and may add what follows from it at once; what comes later it pushes itself."""

OPEN, CLOSED = 0, 100  # percent, as most of these motors count
CURTAIN_TICK, CURTAIN_STEP = 0.1, 10  # seconds, percent: 1 s from open to closed
ROOM_TICK, ROOM_STEP = 2.0, 5  # seconds, tenths of a degree
FEEDING = 1.0  # seconds
WAY_HOME = 3.0  # seconds that a robot takes to its dock
CLEANING_TICK, BOIL_TICK, BOIL_STEP = 6.0, 2.0, 2  # seconds, seconds, degrees
BOLT = 5.0  # seconds until a lock locks itself
LEARNING = 2.0  # seconds until somebody presses a key
DONE = b64encode(bytes((0, 0, 1))).decode()  # what a lock answers to a key
KEY_PRESS = b64encode(bytes.fromhex("28238e11" + "3002 3002 3002 9506" * 8)).decode()  # infrared


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


def _vacuum(device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    """Clean minute by minute while told to, go home and charge."""
    match dps:
        case {"3": "chargego"}:
            device.after(WAY_HOME, lambda: device.push({"5": "charging", "3": "standby"}))
            return dps | {"2": False, "5": "goto_charge"}
        case {"2": True}:
            device.after(CLEANING_TICK, lambda: _clean(device))
            return dps | {"3": "smart", "5": "smart_clean", "16": 0, "17": 0}
        case {"2": False}:
            return dps | {"3": "standby", "5": "standby"}
    return dps


def _clean(device: LabDevice) -> None:
    if device.dps["5"] == "smart_clean":
        device.push({"6": _number(device, "6") - 1, "16": _number(device, "16") + 11, "17": _number(device, "17") + 1})
        device.after(CLEANING_TICK, lambda: _clean(device))


def _mower(device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    order = str(dps.get("115"))
    if order == "StartReturnStation":
        device.after(WAY_HOME, lambda: device.push({"101": "CHARGING"}))
    return dps | _MOWER_DOES.get(order, {})


_MOWER_DOES: Mapping[str, Dps] = {
    "StartMowing": {"101": "MOWING"},
    "ContinueWork": {"101": "MOWING"},
    "StartFixedMowing": {"101": "FIXED_MOWING"},
    "PauseWork": {"101": "PAUSED"},
    "CancelWork": {"101": "STANDBY"},
    "StartReturnStation": {"101": "PARK"},
}


def _lock(device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    """Take any key; lock by itself after a while."""
    match dps:
        case {"60": str()}:
            return dps | {"60": DONE}
        case {"61": str(shown)}:
            opened = b64decode(shown)[0] == 1
            if opened:
                device.after(BOLT, lambda: device.push({"46": True, "47": False}))
            return dps | {"61": DONE, "46": not opened, "47": opened}
        case {"46": bool(bolted)}:
            return dps | {"47": not bolted}
    return dps


def _alarm_panel(_device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    match dps:
        case {"1": "sos"}:
            return dps | {"32": "alarm"}
        case {"1": "disarmed"}:
            return dps | {"32": "normal"}
    return dps


def _siren(device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    """Sound as long as is set."""
    if dps.get("13"):
        device.after(float(_number(device, "7")), lambda: device.push({"1": "normal", "13": False}))
        return dps | {"1": "alarm_sound_light"}
    return dps | {"1": "normal"} if "13" in dps else dps


def _kettle(device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    """Heat until it is as hot as is set, keep both scales in step."""
    if "8" in dps:
        dps = dps | {"9": round(int(str(dps["8"])) * 9 / 5 + 32)}
    match dps:
        case {"1": True}:
            device.after(BOIL_TICK, lambda: _boil(device))
            return dps | {"15": "heating_temp"}
        case {"1": False}:
            return dps | {"15": "standby"}
    return dps


def _boil(device: LabDevice) -> None:
    if not device.dps["1"]:
        return
    target, current = _number(device, "8"), _number(device, "2")
    if current >= target:
        device.push({"1": False, "15": "warm" if device.dps["13"] else "standby"})
        return
    current = _nearer(current, target, BOIL_STEP)
    device.push({"2": current, "3": round(current * 9 / 5 + 32)})
    device.after(BOIL_TICK, lambda: _boil(device))


def _infrared_hub(device: LabDevice, dps: Dps, _cid: str | None) -> Dps:
    """Learn: somebody presses a key soon."""
    if '"study"' in str(dps.get("201")):
        device.after(LEARNING, lambda: device.push({"202": KEY_PRESS}))
    return dps


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
    "sd_7r6peku8c57nu8wp": _vacuum,
    "gcj_icw5sal7xfcevsve": _mower,
    "jtmspro_uyf1ewof": _lock,
    "mal_fkbumi7jbqlymy2z": _alarm_panel,
    "sgbj_nlrfgpny": _siren,
    "bh_c83jkzjgvmnxu1ov": _kettle,
    "wnykq_b1codgjxh0wf7qrf": _infrared_hub,
}
