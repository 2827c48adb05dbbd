"""Codes that mean what another code means: product codes and the standard codes that the words are written in.

Facts: dp_aliases, from comparing products in both worlds. Case and underscores never matter: `TempSet` is `temp_set`.
"""

from ..codes import fold
from ..datapoint import Bool, Datapoint, Enum, Int

_MOST_PERCENT = 105

_ALIASES: dict[str, tuple[type[Datapoint], str]] = {
    "ledswitch": (Bool, "switch_led"),
    "lightswitch": (Bool, "light"),
    "switchlight": (Bool, "light"),
    "switchon": (Bool, "switch"),
    "power": (Bool, "switch"),
    "powerswitch": (Bool, "switch"),
    "switchonoff": (Bool, "switch"),
    "onoff": (Bool, "switch"),
    "poweron": (Bool, "switch"),
    "switchkg": (Bool, "switch"),
    "pirstate": (Enum, "pir"),
    "smokesensorstatus": (Enum, "smoke_sensor_state"),
    "gassensorstatus": (Enum, "gas_sensor_state"),
    "costatus": (Enum, "co_state"),
    "watersensorstatus": (Enum, "watersensor_state"),
    "batterystatus": (Enum, "battery_state"),
    "prmswitch": (Bool, "doorcontact_state"),
    "prmcontent": (Int, "humidity_value"),
    "prmtemperature": (Int, "temp_current"),
    "vatemperature": (Int, "temp_current"),
    "vahumidity": (Int, "humidity_value"),
    "vabattery": (Int, "battery"),
    "batterypercent": (Int, "battery_percentage"),
    "electricity": (Int, "battery_percentage"),
    "residualelectricity": (Int, "battery_percentage"),
    "wirelesselectricity": (Int, "battery_percentage"),
    "tamperalarm": (Bool, "temper_alarm"),
    "settemp": (Int, "temp_set"),
    "targettemp": (Int, "temp_set"),
    "settemperature": (Int, "temp_set"),
    "targettemperature": (Int, "temp_set"),
    "tempsetc": (Int, "temp_set"),
    "temperaturec": (Int, "temp_set"),
    "temperaturef": (Int, "temp_set_f"),
    "tempsethuas": (Int, "temp_set_f"),
    "settempf": (Int, "temp_set_f"),
    "currenttemp": (Int, "temp_current"),
    "currenttemperature": (Int, "temp_current"),
    "roomtemp": (Int, "temp_current"),
    "temproom": (Int, "temp_current"),
    "tempindoor": (Int, "temp_current"),
    "tempnow": (Int, "temp_current"),
    "ctemperature": (Int, "temp_current"),
    "ftemperature": (Int, "temp_current_f"),
    "tempnowhuas": (Int, "temp_current_f"),
    "childlockswitch": (Bool, "child_lock"),
    "lock": (Bool, "child_lock"),
    "cf": (Enum, "temp_unit_convert"),
    "tempunit": (Enum, "temp_unit_convert"),
    "error": (Datapoint, "fault"),
    "errorcode": (Datapoint, "fault"),
    "humiditycurrent": (Int, "humidity_current"),
    "currenthumidity": (Int, "humidity_current"),
    "humiditysetvalue": (Int, "humidity_set"),
    "dehumiditysetvalue": (Int, "dehumidify_set_value"),
    "filterlifetime": (Int, "filter_life"),
    "pm25": (Int, "pm25_value"),
    "co2": (Int, "co2_value"),
    "hcho": (Int, "ch2o_value"),
    "hchovalue": (Int, "ch2o_value"),
    "tvoc": (Int, "voc_value"),
    "tvocvalue": (Int, "voc_value"),
    "curvol": (Int, "cur_voltage"),
    "curcur": (Int, "cur_current"),
}
_SHARE = frozenset({"batterypercentage"})
"""Words that only a number up to a hundred can mean: `electricity` is a charge here and a meter there."""
_FOLDED = {code: (kind, fold(word)) for code, (kind, word) in _ALIASES.items()}


def words_of(datapoint: Datapoint) -> tuple[str, ...]:
    """Return the folded codes that the datapoint answers to, its own first."""
    own = fold(datapoint.code)
    kind, word = _FOLDED.get(own, (Datapoint, own))
    if word in _SHARE and isinstance(datapoint, Int) and datapoint.maximum > _MOST_PERCENT:
        return (own,)
    return (own, word) if word != own and isinstance(datapoint, kind) else (own,)
