"""Rows of locks, alarm panels and sirens."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from typing import Unpack

from ..convert import alarm, lock as locks
from ..convert.bits import boolean, inverse, on_when, press
from ..convert.numbers import number
from . import LookWords, Spec
from .roles import Codes, borrow, both, read, row

UNLOCKS = {
    "unlock_fingerprint": ("unlock_fingerprint", "unlock_fingerprint_kit"),
    "unlock_password": ("unlock_password", "unlock_password_kit"),
    "unlock_card": ("unlock_card", "unlock_card_kit"),
    "unlock_face": ("unlock_face", "unlock_face_kit"),
    "unlock_hand": ("unlock_hand",),
    "unlock_finger_vein": ("unlock_finger_vein",),
    "unlock_eye": ("unlock_eye",),
    "unlock_key": ("unlock_key", "unlock_double_kit"),
    "unlock_temp_pwd": ("unlock_temporary", "unlock_temporary_kit"),
    "unlock_dynamic_pwd": ("unlock_dynamic",),
    "unlock_offline_pwd": ("unlock_offline_pd",),
    "unlock_ble": ("unlock_ble", "unlock_ble_kit"),
    "unlock_app": ("unlock_app", "unlock_phone_remote", "unlock_phone_remote_kit", "unlock_remote"),
    "unlock_voice": ("unlock_voice_remote", "unlock_voice_remote_kit"),
}
"""The ways to open a lock, with the codes that say who used them."""


def Lock(*, needs: tuple[str, ...], **look: Unpack[LookWords]) -> Spec:
    """Return a row for a lock that can be unlocked over the LAN in the way that it `needs`.

    Locks that only report get no such row: a button that never works is worse than none.
    """
    roles = {
        "lock": both("manual_lock", boolean),
        "unlock": both("remote_unlock_switch", press),
        "code_unlock": both("remote_no_dp_key", locks.keys),
        "register_key": both("remote_no_pd_setkey", locks.keys),
        "approve_unlock": both("reply_unlock_request", press),
        "request_unlock": borrow("unlock_request", number),
        "lock_state": read(("lock_motor_state", "lock_state"), locks.locked),
        **{role: borrow(codes, locks.user) for role, codes in UNLOCKS.items()},
    }
    return row("lock", roles, look, needs=needs)


def Latch(code: str, *also: str, **look: Unpack[LookWords]) -> Spec:
    """Return a row for the lock of an intercom: a boolean that is true while it is open."""
    return row("lock", {"lock": both((code, *also), inverse)}, look)


def AlarmPanel(
    alarm_state: Codes = ("master_mode", "arm_disarm", "s_mode", "arm_mode", "alarm_mode", "system_arm_type"),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for an alarm panel; whether it goes off is a state, who set it off a message."""
    roles = {
        "alarm_state": both(alarm_state, alarm.alarm_state),
        "alarm": borrow("master_state", on_when("alarm")),
        "message": borrow(("alarm_msg", "alarm_message"), alarm.message),
    }
    return row("alarm_control_panel", roles, look)


def Siren(
    switch: Codes = ("alarm_switch", "switch_alarm", "siren_switch"),
    *,
    tone: Codes = ("alarm_ringtone", "alarm_type", "siren_sound", "ringtone"),
    needs: tuple[str, ...] = (),
    **look: Unpack[LookWords],
) -> Spec:
    """Return a row for a siren: switched, or silenced by a word among its tones.

    Tone, loudness and duration stay settings that can be made in silence.
    """
    roles = {
        "switch": both(switch, boolean),
        "tone": borrow(tone, alarm.tone, writable=True) if switch else both(tone, alarm.howl),
        "volume_level": borrow(("alarm_volume", "ipc_siren_volume", "alarm_d_b"), alarm.volume, writable=True),
        "duration": borrow(("alarm_time", "alarm_period", "ipc_siren_duration"), alarm.seconds, writable=True),
    }
    return row("siren", roles, look, needs=needs)
