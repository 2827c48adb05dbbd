"""Sensors and detectors: what they are for, before the rest of what they measure."""

from ...spec.simple import CONFIG, BinarySensor, Select, Sensor, Switch
from .card import Card

_PM = ("pm25_value", "pm25_state", "pm10_value", "pm1")
_CLIMATE = ("temp_current", "temperature", "humidity_value", "humidity")
_REPORTS = "temp_periodic_report hum_periodic_report temp_sensitivity hum_sensitivity"
"""How often a battery sensor speaks: set once, if ever."""
_FORMALDEHYDE = BinarySensor("hcho_sensor_state", name="formaldehyde_alarm", device_class="safety")
_FORMALDEHYDE_AMOUNT = Sensor(
    "hcho_sensor_value", name="formaldehyde", device_class="volatile_organic_compounds", unit="mg/m³"
)
_LEAK = BinarySensor("water_state", "water", "water_leakage", "flooding", name="leak", device_class="moisture")
_SOIL = Sensor(
    "soil_moisture",
    "soil_humidity",
    "humidity_soil",
    "soil",
    "humidity",
    "humidity_value",
    name="soil_moisture",
    device_class="moisture",
    unit="%",
)
_PRESSURE = BinarySensor("pressure_state", name="pressure_alarm", device_class="problem")
_FLOW = Sensor("flow_rate_instant_value", name="flow", device_class="volume_flow_rate")

CARDS = (
    Card(
        ("mcs",),
        (
            "doorcontact_state",
            "closed_opened",
            BinarySensor("switch", "state", "status", name="door", device_class="door"),
        ),
    ),
    Card(("wxkg",), ("switch_type_1", "switch1_value", Select("mode", name="mode", category=CONFIG))),
    Card(("pir",), ("pir", "human_motion_state", "motion_state")),
    Card(("hps",), ("presence_state", "man_state", "present_status", "human_motion_state", "motion_state")),
    Card(("ywbj",), ("smoke_sensor_state", "smoke_state", "smoke_sensor_value")),
    Card(("rqbj", "jwbj"), ("gas_sensor_state", "ch4_sensor_state", "co_state", "gas_sensor_value")),
    Card(("cobj", "cocgq"), ("co_state", "co_value")),
    Card(
        ("co2bj",),
        ("co2_state", "co2_value", Switch("alarm_switch", name="alarm_sound", category=CONFIG)),
    ),
    Card(("jqbj",), ("ch2o_state", _FORMALDEHYDE, "ch2o_value", _FORMALDEHYDE_AMOUNT)),
    Card(("sj",), ("watersensor_state", _LEAK)),
    Card(("zd",), ("shock_state", "vibration_state")),
    Card(("sos",), ("sos_state", "sos")),
    Card(("wsdcg",), (*_CLIMATE, "temp_current_external", "temp", "hum"), spare=_REPORTS),
    Card(("ldcg",), ("bright_value", "illuminance_value", "illuminance", "bright_state"), spare=_REPORTS),
    Card(("co2cgq",), ("co2_value", "co2_state")),
    Card(("pm2.5", "pm25", "pm25cgq"), _PM),
    Card(("voc",), ("voc_value", "voc_state")),
    Card(("hjjcy",), ("air_quality_index", "air_quality", "co2_value", *_PM, "ch2o_value", "voc_value", *_CLIMATE)),
    Card(
        ("qxj",),
        (
            "temp_current_external",
            Sensor("outdoor_temperature", name="outdoor_temperature", device_class="temperature", unit="°C"),
            "humidity_outdoor",
            Sensor("outdoor_humidity", name="outdoor_humidity", device_class="humidity", unit="%"),
            "temp_current",
            "indoor_temperature",
            "humidity_value",
            "indoor_humidity",
            "windspeed_avg",
            "wind_speed",
            "rain_24h",
            "rainfall",
        ),
    ),
    Card(("zwjcy",), (_SOIL, "temp_current"), spare=_REPORTS),
    Card(
        ("szjcy",),
        ("ph_current", "ph", "ph_value", "temp_current", "orp_current", "orp_value", "tds_current", "tds_in"),
    ),
    Card(("ywcgq",), ("liquid_level_percent", "liquid_depth", "liquid_state")),
    Card(("ylcg", "ylcgq"), ("pressure_value", _PRESSURE)),
    Card(("swtz",), ("temp_current", "temp_current_2", "temp_current_3", "temp_current_4")),
    Card(("znsb",), ("water_use_data", "water_total", "flow_rate", _FLOW)),
)
