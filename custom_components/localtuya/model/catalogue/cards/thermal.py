"""What heats and cools rooms and water."""

from ...spec import Spec
from ...spec.climate import Climate
from .card import Card

_MODES = ("mode", "mode_1", "system_mode", "work_mode", "hvac_mode")
_TARGETS = (
    "temp_set",
    "temp_set_1",
    "temp_set_c",
    "target_temp",
    "temperature",
    "temp",
    "set_temper_c",
    "set_temper",
    "temp_c_set",
    "temp_set_f",
)
_CURRENTS = (
    "temp_current",
    "temp_current_c",
    "room_temper_c",
    "temp_c_disp",
    "now_temp",
    "win_temp",
    "upper_temp_current",
    "temp_floor",
    "temp_current_f",
)
_SPEEDS = (
    "fan_speed_enum",
    "windspeed",
    "windspeed_1",
    "wind_speed",
    "fan_speed",
    "speed",
    "fan",
    "fan_mode",
    "wind",
    "gear",
    "level",
)
_SWINGS = (
    "swing",
    "windshake",
    "windshake_1",
    "shake",
    "swing_mode",
    "switch_vertical",
    "switch_horizontal",
    "up_down_sweep",
    "up_down_wind",
)


def _thermal(hvac_on: str, *, air: bool = False) -> tuple[Spec, ...]:
    """Return the climate rows; what moves air has fan speeds and swings."""
    return (
        Climate(
            mode=_MODES,
            target=_TARGETS,
            current=_CURRENTS,
            fan=_SPEEDS if air else ("fan_speed_enum", "windspeed", "fan_mode", "fan_speed", "fan"),
            swing=_SWINGS if air else (),
            hvac_on=hvac_on,
        ),
    )


CARDS = (
    Card(("wk", "wkf", "qn", "dbl", "bgl", "yb", "rs"), _thermal("heat")),
    Card(("kt", "ydkt", "ktkzq", "hwktwkq", "infrared_ac", "ntq"), _thermal("cool", air=True)),
    Card(("znrb",), _thermal("heat")),
)
