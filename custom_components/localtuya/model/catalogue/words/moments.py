"""What happens once, what is pressed, and times: buttons, doorbells, messages, timers, the steering of cameras.

A camera's picture travels through the cloud alone, so that there is no camera entity: its settings are switches and
selects, what it sees and who rings are events.
"""

from ...convert.bits import press_of
from ...convert.moments import happened, named, once, pressed
from ...spec import Spec
from ...spec.moments import Event, Time, Timer
from ...spec.simple import CONFIG, DIAGNOSTIC, Button, series

_MESSAGE = happened("triggered", detail="message")
_FED = happened("fed", detail="portions")
_EVENT = "event"
_WAYS = (
    ("up", "0", True),
    ("up_right", "1", False),
    ("right", "2", True),
    ("down_right", "3", False),
    ("down", "4", True),
    ("down_left", "5", False),
    ("left", "6", True),
    ("up_left", "7", False),
)
"""Where a camera can look, by its word, and whether most would want a button for it."""


def _key(n: int) -> list[Spec]:
    return [
        Event(
            f"switch_type_{n}",
            f"switch_mode{n}",
            f"switch{n}_value",
            f"switch_mode_{n}",
            f"switch_value_{n}",
            f"button_{n}",
            f"button{n}_value",
            f"key_{n}",
            convert=pressed,
            name="button",
            number=n,
            device_class="button",
        ),
        Event(f"knob_switch_mode_{n}", f"knob_{n}", f"rotate_{n}", convert=named, name="knob", number=n),
        Button(f"scene_{n}", convert=press_of("scene"), name="scene", number=n),
        Event(
            f"scene_{n}", convert=once("press_end"), part=_EVENT, name="scene_button", number=n, device_class="button"
        ),
    ]


EVENTS = (
    *series(_key, 16),
    Event(
        "switch_value",
        "switch_mode",
        "switch_type",
        "button",
        "key",
        "action",
        "click",
        "button_event",
        "key_event",
        convert=pressed,
        name="button",
        device_class="button",
    ),
    Event("knob_switch_mode", "knob", "knob_mode", convert=named, name="knob"),
    Event("scene_controller", "scene_control", convert=named, name="scene_button", device_class="button"),
    *(
        Event(code, *also, convert=once("press_end"), name=name, device_class="button")
        for code, *also, name in (
            ("sos", "sos_state", "emergency"),
            ("arm", "arm_away", "away_arm", "arm"),
            ("disarmed", "disarm", "disarm"),
            ("home", "home_arm", "arm_home", "arm_home"),
        )
    ),
    *(
        Event(code, *also, convert=happened("ring"), name=name, device_class="doorbell")
        for code, *also, name in (
            ("doorbell", "doorbell_active", "doorbell_call", "doorbell_event", "doorbell_state", "doorbell"),
            ("doorbell_pic", "doorbell_picture"),
        )
    ),
    Event("movement_detect_pic", "movement_detect", convert=happened("detected"), name="motion", device_class="motion"),
    Event("ipc_movement_detect", convert=once("detected"), name="motion", device_class="motion"),
    Event("pir", "pir_state", convert=once("detected"), name="motion", device_class="motion"),
    Event("decibel_upload", "decibel_detect", convert=happened("detected"), name="sound"),
    Event("baby_cry_upload", "baby_cry", "cry_detection", convert=happened("detected"), name="baby_cry"),
    Event("event_linkage", convert=named, name="detection"),
    *(
        Event(code, convert=_FED, name=name)
        for code, name in (
            ("manual_feed_report", "manual_feeding"),
            ("auto_feed_report", "scheduled_feeding"),
            ("plan_feed_report", "scheduled_feeding"),
        )
    ),
)
TIMES = (
    *(
        row
        for code, *also, name in (
            ("countdown_led", "light_countdown", "countdown_light"),
            ("countdown_left_fan", "fan_countdown", "countdown_fan"),
            ("alarm_countdown_1", "alarm_countdown", "countdown_alarm", "countdown_alarm"),
            ("rapid_countdown", "countdown_boost"),
            ("timer", "countdown"),
            ("timer_on", "on_timer", "ontimer", "countdown_on"),
            ("timer_off", "off_timer", "offtimer", "countdown_off"),
        )
        for row in Timer(code, *also, name=name)
    ),
    Time(hms=("sleep_sleep_mode_start", "sleep_start", "quiet_start"), name="quiet_start"),
    Time(hms=("sleep_sleep_mode_end", "sleep_end", "quiet_end"), name="quiet_end"),
    Time(hms=("time_set", "alarm_clock"), name="alarm_clock"),
)
BUTTONS = (
    Button("online_state", convert=press_of("online"), name="refresh", category=CONFIG),
    Button("refresh", "query_device", "get_all_dp", "update_data", name="refresh", category=DIAGNOSTIC, enabled=False),
    Button("restart", "x_do_reboot", device_class="restart", name="restart", category=CONFIG),
    Button(
        "resfacset",
        "restore_factory_settings",
        "reset_factory",
        "factoryreset",
        "factor_reset",
        "reset_device",
        "x_do_reset",
        convert=press_of("reset_setting", "reset", "restore", "start"),
        name="factory_reset",
        category=CONFIG,
        enabled=False,
    ),
    Button("clear_event", "clear_record", "clear_history", name="clear_events", category=CONFIG, enabled=False),
    Button("leakagecurr_test", "leakage_test", name="leakage_test", category=DIAGNOSTIC),
    Button("finddev", "find_me", "find_device", "battery_finder", name="locate"),
    Button("time_calibration", "sync_time", name="set_clock", category=CONFIG, enabled=False),
    Button("snapshot", "take_photo", name="take_picture"),
    Button("snooze", name="snooze"),
    Button("manual_clean", "clean_button", "clean_now", name="clean_now"),
    Button("alarm_stop", "stop_alarm", "cancel_alarm", name="stop_alarm"),
)
ROWS = (*EVENTS, *TIMES, *BUTTONS)
BESIDE = (
    Event("feed_report", convert=_FED, part=_EVENT, name="fed"),
    Event("alarm_message", "alarm_notify", "alarm_push", convert=_MESSAGE, part=_EVENT, name="alarm_notification"),
    Event(
        "initiative_message", "inform_message", "notification_push", convert=_MESSAGE, part=_EVENT, name="notification"
    ),
    *(
        Button("ptz_control", convert=press_of(word), part=way, name=f"look_{way}", enabled=on)
        for way, word, on in _WAYS
    ),
    Button("zoom_control", convert=press_of("1"), part="in", name="zoom_in"),
    Button("zoom_control", convert=press_of("0"), part="out", name="zoom_out"),
)
"""What happens or is pressed with a datapoint that is something else as well: comes after the rows of that."""
