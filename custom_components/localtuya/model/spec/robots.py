"""Rows of robots: what cleans and what mows."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert import robots
from ..convert.bits import any_bit, boolean, press
from . import LookWords, Spec
from .roles import Codes, borrow, both, read, row


def Vacuum(
    *,
    status: Codes = ("robot_state", "status", "equipment_state", "work_status"),
    activate: Codes = ("clean_switch", "power_go", "switch_go"),
    command: Codes = ("clean_mode", "mode"),
    power: Codes = ("power", "switch"),
    fan_speed: Codes = ("suction", "fan_mode", "suck", "fan_seepage", "cleaning_intensity"),
    error: Codes = ("fault", "robot_fault"),
    needs: tuple[str, ...] = (),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a cleaning robot; its mode, power and faults stay entities of their own as well."""
    roles = {
        "status": read(status, robots.cleaning),
        "activate": both(activate, boolean),
        "command": borrow(command, robots.command, writable=True),
        "pause": both(("pause", "pause_switch"), boolean),
        "charge": both(("switch_charge", "charge_switch"), boolean),
        "power": borrow(power, boolean, writable=True),
        "locate": both(("seek_robot", "seek", "find_robot", "looking_weeper"), press),
        "direction_control": both(("direction_control", "remote_ctrl", "direction"), robots.direction),
        "fan_speed": both(fan_speed, robots.suction),
        "error": borrow(error, any_bit),
    }
    return row("vacuum", roles, look, needs=needs)


def Mower(
    *,
    activity: Codes = ("machine_status", "mower_status", "work_status", "status"),
    command: Codes = ("machine_control_cmd", "machine_control", "mower_control", "control", "mode"),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a mowing robot."""
    roles = {"activity": read(activity, robots.mowing), "command": both(command, robots.errand)}
    return row("lawn_mower", roles, look, needs=("activity", "command"))
