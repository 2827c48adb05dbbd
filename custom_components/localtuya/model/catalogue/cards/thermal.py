"""What heats and cools rooms and water."""

from ...spec import Spec
from ...spec.air import SPEEDS
from ...spec.climate import Climate
from ...spec.roles import Codes
from ...spec.simple import Switch
from ...spec.water_heater import WaterHeater
from .card import Card

_FAN_MODES = ("fan_speed_enum", "windspeed", "windspeed_1", "wind_speed", "fan_mode", "fan_speed", "speed", "fan_level",
              "fan", "fan_gear")  # fmt: skip
_SWINGS = (
    "swing",
    "windshake",
    "windshake_1",
    "shake",
    "swing_mode",
    "switch_vertical",
    "wind_vertical",
    "vertical",
    "swing_updown",
    "up_down_sweep",
    "up_down_wind",
    "gear_vertical",
    "baiye",
)
_SIDEWAYS = (
    "switch_horizontal",
    "wind_horizontal",
    "horizontal",
    "windshake_h",
    "swing_leftright",
    "left_right_sweep",
    "left_right_wind",
    "gear_horizontal",
)

_HOT_WATER = WaterHeater(
    (),
    mode=(),
    target=("wth_set", "wth_stemp", "dhw_temp_set", "hot_water_temp_set", "p04_dhw"),
    target_f=(),
    current=("wt_temp", "water_tank_temp", "tank_temp", "dhw_temp_current"),
    limits=((), ()),
    heats_by="heat_pump",
    name="hot_water",
)
"""The tank of a heat pump that also heats rooms."""


def _climate(hvac_on: str, *, air: bool = False, levels: Codes = ()) -> tuple[Spec, ...]:
    """Return the climate rows: with one target, with one to heat and one to cool, with none but modes.

    What moves `air` swings; `levels` are those of its fan.
    """

    def row(*needs: str) -> Spec:
        return Climate(
            fan=(*_FAN_MODES, *levels),
            swing=(*_SWINGS, *_SIDEWAYS) if air else (),
            swing_horizontal=_SIDEWAYS if air else (),
            hvac_on=hvac_on,
            needs=needs,
        )

    return (row("temperature"), row("target_temp_low", "target_temp_high"), row("switch", "hvac_mode"))


CARDS = (
    Card(("wk", "wkf", "bgl"), _climate("heat")),
    Card(("qn", "dbl", "yb", "mjj"), (*_climate("heat", air=True), Switch("switch", name=""))),
    Card(("kt", "ydkt", "ktkzq", "hwktwkq", "infrared_ac", "ntq"), _climate("cool", air=True, levels=SPEEDS[:-1])),
    Card(("znrb",), (*_climate("heat", air=True), _HOT_WATER)),
    Card(("rs", "infrared_waterheater"), (WaterHeater(), WaterHeater(needs=("switch", "operation_mode")))),
    Card(
        ("bh", "tnq", "nnq"),
        (
            WaterHeater(
                ("start", "switch", "power", "boil_set"),
                mode=(),
                target=("temp_set", "set_tem", "temp_setting_quick_c", "temp_boiling_c"),
            ),
            Switch("switch", "start", name=""),
        ),
    ),
)
