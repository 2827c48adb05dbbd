"""Locks: who opened, which ways to open are stored, how the lock behaves."""

from collections.abc import Iterator

from ...convert.bits import on_when
from ...convert.lock import user
from ...spec import Spec
from ...spec.safety import UNLOCKS
from ...spec.simple import (
    CONFIG,
    DIAGNOSTIC,
    BinarySensor,
    Button,
    Data,
    Number,
    Select,
    Sensor,
    Switch,
    group,
    series,
)

_USERS = {
    "unlock_fingerprint": "fingerprint",
    "unlock_password": "password",
    "unlock_card": "card",
    "unlock_face": "face",
    "unlock_hand": "palm",
    "unlock_finger_vein": "finger_vein",
    "unlock_eye": "iris",
    "unlock_key": "key",
    "unlock_temp_pwd": "temporary_password",
    "unlock_dynamic_pwd": "dynamic_password",
    "unlock_offline_pwd": "offline_password",
    "unlock_ble": "bluetooth",
    "unlock_app": "app",
    "unlock_voice": "voice",
}
_RARE = frozenset({"unlock_temp_pwd", "unlock_dynamic_pwd", "unlock_offline_pwd", "unlock_voice"})


def _users() -> Iterator[Spec]:
    """Yield a sensor for each way to open: the number of the finger, card or password that did it last."""
    for way, name in _USERS.items():
        rare = way in _RARE
        yield Sensor(*UNLOCKS[way], convert=user, name=f"unlocked_by_{name}", device_class="", enabled=not rare)


ROWS = (
    *_users(),
    Sensor("unlock_request", name="unlock_request", device_class="duration", unit="s"),
    Sensor("doorbell_call", name="doorbell_call", device_class="", category=DIAGNOSTIC, enabled=False),
    BinarySensor("doorbell", "door_bell", name="doorbell", device_class="occupancy"),
    BinarySensor("lock_motor_state", name="lock", device_class="lock"),
    BinarySensor("open_inside", name="opened_inside", device_class="opening"),
    BinarySensor("reverse_lock", name="double_locked", category=DIAGNOSTIC),
    BinarySensor("closed_opened", "open_close", convert=on_when("open", "opened"), name="door", device_class="door"),
    BinarySensor("hijack", "hs", name="duress", device_class="safety"),
    BinarySensor("doorsensor_alarm", name="door_alarm", device_class="problem"),
    Sensor("alarm_lock", name="lock_alarm"),
    Switch("automatic_lock", "auto_lock", name="auto_lock", category=CONFIG),
    Number("auto_lock_time", "auto_lock", name="auto_lock_delay", device_class="duration", unit="s", category=CONFIG),
    *group(
        Switch,
        {
            "manual_lock": "manual_lock",
            "remote_unlock_switch switch_remote": "remote_unlock",
            "anti_alarm e_anti_lock": "anti_tamper",
            "ibeacon_switch": "ibeacon",
            "blelock_switch": "bluetooth_lock",
            "open_closedoor": "door",
            "special_control": "special_control",
            "door_unlock": "unlock_door",
        },
        category=CONFIG,
    ),
    *series(lambda n: Switch(f"door{n}_unlock", name="unlock_door", number=n), 4),
    *group(
        Select,
        {
            "unlock_switch": "unlock_method",
            "special_function": "special_function",
            "rssi_sensitivity_level": "bluetooth_range",
            "autolock_delay_level": "auto_lock_delay",
        },
        category=CONFIG,
    ),
    Button("reply_unlock_request", name="approve_unlock"),
    Button("photo_again", name="retake_photo"),
    Button("rtc_lock", name="sync_clock", category=CONFIG, enabled=False),
    Select("key_tone", name="key_tone", category=CONFIG),
    Switch("normal_open_switch", name="passage_mode", category=CONFIG),
    *group(
        Data,
        {
            "unlock_method_create": "add_unlock_method",
            "unlock_method_delete": "delete_unlock_method",
            "unlock_method_modify": "change_unlock_method",
            "synch_method": "synchronize_methods",
            "synch_member": "synchronize_members",
            "remote_no_dp_key": "remote_unlock_key",
            "remote_no_pd_setkey": "set_remote_key",
            "remote_pd_setkey_check": "check_remote_key",
            "check_code_set": "check_code",
            "ble_unlock_check": "bluetooth_unlock_check",
            "bluetooth_unlock": "bluetooth_unlock",
            "unlock_offline_clear": "clear_offline_passwords",
            "unlock_offline_clear_single": "clear_offline_password",
            "password_offline_time": "offline_password_time",
            "temporary_password_creat": "add_temporary_password",
            "temporary_password_delete": "delete_temporary_password",
            "temporary_password_modify": "change_temporary_password",
            "unlock_record_check unlock_record": "unlock_records",
            "lock_record record": "records",
            "update_all_finger": "all_fingerprints",
            "update_all_password": "all_passwords",
            "update_all_card": "all_cards",
            "access_lock_support": "supported_functions",
            "lock_alarm_kit closed_opened_kit alarm_lifted_kit": "",
            "doorbell_song_kit": "chime_melody",
        },
    ),
)
