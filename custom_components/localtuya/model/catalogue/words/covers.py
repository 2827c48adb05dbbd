"""What covers have beside their movement: how they were mounted, how far they go, how they are calibrated."""

from collections.abc import Iterator

from ...convert.cover import angle
from ...convert.numbers import duration
from ...spec import Spec
from ...spec.simple import CONFIG, DIAGNOSTIC, BinarySensor, Button, Number, Select, Sensor, Switch, series


def _motor(n: int) -> Iterator[Spec]:
    end = "" if n == 1 else f"_{n}"
    yield Select(f"control_back_mode{end}", f"control_back{end}", name="motor_direction", number=n, category=CONFIG)
    yield Switch(f"control_back{end}", name="reverse_motor", number=n, category=CONFIG)
    yield Select(f"cur_calibration{end}", name="calibration", number=n, category=CONFIG)
    yield Number(
        f"tr_timecon{end}",
        f"quick_calibration_{n}",
        convert=duration,
        name="travel_time",
        number=n,
        device_class="duration",
        category=CONFIG,
    )


ROWS: tuple[Spec, ...] = (
    *series(_motor, 4),
    Switch("reverse", "reversing", "opposite", name="reverse_motor", category=CONFIG),
    Select("calibration", name="calibration", category=CONFIG),
    Number("time_total", "total_time", name="travel_time", device_class="duration", unit="s", category=CONFIG),
    Sensor("time_total", "total_time", name="travel_time", device_class="duration", category=DIAGNOSTIC),
    Sensor("time_total_close", name="closing_time", device_class="duration", category=DIAGNOSTIC),
    *series(lambda n: Select(f"door_control_{n}", name="door_command", number=n, category=CONFIG, enabled=False), 3),
    Number("best_pos", "set_position", name="favorite_position", unit="%", category=CONFIG),
    Button("best_position", name="favorite_position"),
    Select("fav_pos", name="favorite_position", category=CONFIG),
    Select("speed_level", "speed_set", "motor_speed_level", name="motor_speed", category=CONFIG),
    Select("dot_move", "click_control", name="step", category=CONFIG),
    Switch("dot_move", name="step", category=CONFIG),
    Select("angle_set", name="tilt_step", category=CONFIG),
    Sensor("angle_state", convert=angle, name="tilt", category=DIAGNOSTIC),
    Number("angle", "tr_offset", name="tilt_steps", category=CONFIG, enabled=False),
    Button("delete_all", "clear_limit", name="clear_end_positions", category=CONFIG),
    Button("restrict_up", name="set_upper_end", category=CONFIG),
    Button("restrict_down", name="set_lower_end", category=CONFIG),
    Button("delete_down", name="clear_lower_end", category=CONFIG),
    Sensor("limit_sate", "limit_state", name="end_positions", category=DIAGNOSTIC),
    BinarySensor("ready_cal", name="calibrated", category=DIAGNOSTIC),
)
