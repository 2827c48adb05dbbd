"""Units: what vendors write, what Home Assistant calls it, and what fits which device class."""

from collections.abc import Mapping
import re

from .codes import snake, tokens

_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "°C": ("℃", "°c", "c", "˚c", "ºc", "摄氏度", "celsius", "℃/℉", "℃ ℉", "℃/f", "摄氏度或华氏度", "deg c", "dec c"),
    "°F": ("℉", "°f", "f", "˚f", "ºf", "华氏度", "fahrenheit"),
    "%": ("%", "％", "%rh", "% rh", "rh%", "rh", "百分比", "pct", "percent"),  # noqa: RUF001
    "s": ("s", "秒", "sec", "second", "seconds"),
    "min": ("min", "分钟", "分", "分钟m", "minute", "minutes", "mins", "min.", "mintues"),
    "h": ("h", "小时", "hour", "hours", "hrs", "hr", "时", "小时（暂定）"),  # noqa: RUF001
    "d": ("d", "天", "day", "days", "日"),
    "ms": ("ms", "毫秒"),
    "V": ("v", "伏", "volt", "vac", "vdc"),
    "mV": ("mv",),
    "A": ("a", "安", "amp"),
    "mA": ("ma", "毫安"),
    "W": ("w", "瓦", "watt"),
    "kW": ("kw", "千瓦"),
    "kWh": ("kwh", "kw·h", "kw.h", "kw*h", "kw-h", "kw h", "千瓦时", "kw•h"),
    "Wh": ("wh", "w·h", "w.h"),
    "MWh": ("mwh", "mw·h"),
    "Hz": ("hz",),
    "kHz": ("khz",),
    "VA": ("va",),
    "kVA": ("kva",),
    "var": ("var",),
    "kvar": ("kvar",),
    "kvarh": ("kvarh", "kvar·h", "kvar.h"),
    "ppm": ("ppm",),
    "ppb": ("ppb",),
    "μg/m³": ("ug/m3", "ug/m³", "µg/m3", "µg/m³", "μg/m3", "μg/m³", "ugm3", "微克/立方米"),
    "mg/m³": ("mg/m3", "mg/m³", "毫克/立方米"),
    "mg/L": ("mg/l",),
    "g/L": ("g/l",),
    "mL/day": ("ml/day", "ml/d"),
    "% LEL": ("lel", "%lel", "% lel"),
    "lx": ("lux", "lx", "勒克斯"),
    "klx": ("klux", "klx"),
    "cm": ("cm", "厘米"),
    "mm": ("mm", "毫米"),
    "m": ("m", "米"),
    "km": ("km", "千米", "公里"),
    "in": ("inch", "in", "英寸"),
    "ft": ("ft", "feet"),
    "m²": ("㎡", "m²", "m2", "平方米"),
    "m³": ("m³", "m3", "立方米", "㎥"),
    "ft³": ("ft³", "ft3"),
    "L": ("l", "升"),
    "mL": ("ml", "毫升"),
    "gal": ("gal", "gallon"),
    "L/min": ("l/min", "lpm"),
    "L/h": ("l/h",),
    "m³/h": ("m³/h", "m3/h"),
    "gal/min": ("gal/min", "gpm"),
    "gal/h": ("gal/h",),
    "g": ("g", "克"),
    "kg": ("kg", "千克", "公斤"),
    "lb": ("lb", "lbs", "ibs"),
    "oz": ("oz",),
    "Pa": ("pa", "帕"),
    "hPa": ("hpa", "百帕", "hpa/mb"),
    "kPa": ("kpa", "千帕"),
    "mbar": ("mbar",),
    "bar": ("bar",),
    "psi": ("psi",),
    "mmHg": ("mmhg",),
    "inHg": ("inhg",),
    "dB": ("db", "分贝"),
    "dBm": ("dbm",),
    "rpm": ("rpm", "r/min", "转/分"),
    "km/h": ("km/h", "kph", "kmh"),
    "m/s": ("m/s",),
    "mph": ("mph",),
    "mm/h": ("mm/h",),
    "W/m²": ("w/m2", "w/m²"),
    "μS/cm": ("us/cm", "µs/cm", "μs/cm", "us"),
    "mS/cm": ("ms/cm",),
    "kcal": ("kcal", "千卡"),
    "K": ("k", "kelvin"),
    "Ω": ("ω", "欧姆", "ohm"),
    "Ah": ("ah",),
    "mAh": ("mah",),
    "N·m": ("n.m", "n·m", "nm"),
    "SG": ("s.g", "s.g.", "sg"),
    "times": ("次", "times", "次数"),
    "portions": ("份", "portions"),
    "P": ("p",),
    "°": ("°", "deg"),
    "°/s": ("°/s",),
}
_UNIT = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings}
_EMPTY = frozenset(
    {
        "",
        "none",
        "null",
        "无",
        "x",
        "/",
        "-",
        "级",
        "档",
        "档位",
        "ph",
        "pf",
        "个",
        "段",
        "lv",
        "level",
        "time",
        "z",
        "*",
    }
)
_CLOCK = frozenset(
    {"time", "timer", "countdown", "count", "appoint", "delay", "duration", "minute", "interval", "left"}
)
_ENERGY = frozenset({"ele", "energy", "electric", "electricity", "kwh", "consumption"})
_WARMTH = frozenset({"temp", "temper", "temperature"})

_LIGHT = frozenset({"ldr", "lux", "light", "illuminance", "luminance"})
_SHARES = frozenset(
    {"battery", "electricity", "volume", "vol", "bright", "brightness", "level", "percent", "percentage", "life"}
)
_WETNESS = frozenset({"hum", "humi", "humidity", "moisture"})
_SWITCHES = frozenset({"calibration", "sensitivity", "switch", "alarm", "state", "correction", "compensate"})
_WORN = frozenset({"brush", "clean", "filter"})
_DURATIONS = frozenset({"delay", "duration", "timeout", "countdown"})
_TENTHS = re.compile(r"\*?0\.(0*1)\s*(?=\D)")
"""What some makers put before the unit, instead of a scale."""

TEMPERATURE = frozenset({"°C", "°F", "K"})
_LENGTH = frozenset({"mm", "cm", "m", "km", "in", "ft"})
_PRESSURE = frozenset({"Pa", "hPa", "kPa", "mbar", "bar", "psi", "mmHg", "inHg"})
_WATER = frozenset({"L", "m³", "gal", "ft³"})
_DENSITY = frozenset({"μg/m³", "mg/m³"})
_SPEED = frozenset({"km/h", "m/s", "mph"})

UNITS_OF_CLASS: Mapping[str, frozenset[str]] = {
    "apparent_power": frozenset({"VA", "kVA"}),
    "area": frozenset({"m²"}),
    "atmospheric_pressure": _PRESSURE,
    "battery": frozenset({"%"}),
    "carbon_dioxide": frozenset({"ppm"}),
    "carbon_monoxide": frozenset({"ppm", "ppb", "mg/m³", "μg/m³"}),
    "conductivity": frozenset({"μS/cm", "mS/cm"}),
    "current": frozenset({"A", "mA"}),
    "distance": _LENGTH,
    "duration": frozenset({"ms", "s", "min", "h", "d"}),
    "energy": frozenset({"Wh", "kWh", "MWh", "kcal"}),
    "energy_storage": frozenset({"Wh", "kWh", "MWh"}),
    "frequency": frozenset({"Hz", "kHz"}),
    "gas": frozenset({"m³", "ft³", "L"}),
    "humidity": frozenset({"%"}),
    "illuminance": frozenset({"lx"}),
    "irradiance": frozenset({"W/m²"}),
    "moisture": frozenset({"%"}),
    "pm1": frozenset({"μg/m³"}),
    "pm10": frozenset({"μg/m³"}),
    "pm25": frozenset({"μg/m³"}),
    "power": frozenset({"W", "kW"}),
    "power_factor": frozenset({"%", ""}),
    "precipitation": frozenset({"mm", "cm", "in"}),
    "precipitation_intensity": frozenset({"mm/h"}),
    "pressure": _PRESSURE,
    "ph": frozenset({""}),
    "aqi": frozenset({""}),
    "reactive_energy": frozenset({"kvarh"}),
    "reactive_power": frozenset({"var", "kvar"}),
    "signal_strength": frozenset({"dB", "dBm"}),
    "sound_pressure": frozenset({"dB"}),
    "speed": _SPEED,
    "temperature": TEMPERATURE,
    "temperature_delta": TEMPERATURE,
    "volatile_organic_compounds": _DENSITY,
    "volatile_organic_compounds_parts": frozenset({"ppm", "ppb"}),
    "voltage": frozenset({"V", "mV"}),
    "volume": frozenset({"L", "mL", "m³", "gal", "ft³"}),
    "volume_flow_rate": frozenset({"L/min", "L/h", "m³/h", "gal/min", "gal/h"}),
    "volume_storage": frozenset({"L", "mL", "m³", "gal", "ft³"}),
    "water": _WATER,
    "weight": frozenset({"g", "kg", "lb", "oz"}),
    "wind_direction": frozenset({"°"}),
    "wind_speed": _SPEED,
}
"""Units (of those that `unit_of` gives) that Home Assistant allows for a device class."""


def unit_of(written: object, code: str = "") -> str:
    """Return Home Assistant's word for what the vendor wrote, "" for none; an unknown unit stays as it is written.

    The code decides where a word means several units: `m` is metres or minutes, `度` and `°` are kilowatt hours,
    degrees Celsius or degrees of arc, `x` is lux or nothing.
    """
    if not isinstance(written, str):
        return ""
    word = _TENTHS.sub("", written.strip().lower())
    if word == "x" and tokens(code) & _LIGHT:
        return "lx"
    if word in _EMPTY or word.replace(".", "").isdecimal():
        return ""
    if word == "m" and tokens(code) & _CLOCK:
        return "min"
    if word in {"度", "°"}:
        return "kWh" if tokens(code) & _ENERGY else "°C" if tokens(code) & _WARMTH else "°"
    return _UNIT.get(word, written.strip()[:16])


def decimals_of(written: object) -> int:
    """Return the decimals that a unit such as `0.1s` or `*0.01kW·h` stands for, besides those of the scale."""
    found = _TENTHS.match(written.strip()) if isinstance(written, str) else None
    return len(found[1]) if found else 0


def implied_unit(code: str, low: int, high: int, scale: int) -> str:
    """Return the unit that the code, with the range, tells where the schema names none; "" where it tells nothing."""
    words = tokens(code)
    top = high / 10**scale
    last = snake(code).rstrip("_0123456789").rpartition("_")[2]
    hundred = low >= -1 and (top in {100, 101, 103, 105} or (scale == 1 and high == 100))
    found: tuple[tuple[object, str], ...] = (
        (hundred and words & _SHARES, "%"),
        (words & _WETNESS and not words & _SWITCHES and top <= 105, "%"),
        (words & {"percent", "percentage"} and top <= 100, "%"),
        ("countdown" in words and high >= 3599, "s"),
        (words & _DURATIONS and 600 <= top <= 86400, "s"),
        ("rpm" in last or ({"fan", "speed"} <= words and top >= 500), "rpm"),
        ("days" in words and top <= 366, "d"),
        (last == "time" and (top in {1800, 3600, 43200, 86400} or (words & _WORN and top >= 100_000)), "s"),
        (last == "hours", "h"),
        ("area" in words and words & {"clean", "cleaned", "cleaning"}, "m²"),
        ("weight" in words and scale and top <= 1000, "kg"),
        (low <= -90 and ("rssi" in words or {"signal", "strength"} <= words), "dBm"),
        (words & {"wind"} and top in {359, 360, 361}, "°"),
        (words & {"decibel"}, "dB"),
        (words & {"feed", "feeding", "portion"} and low >= 0 and top <= 100 and not words & _CLOCK, "portions"),
    )
    return next((unit for applies, unit in found if applies), "")


def fits(device_class: str, unit: str) -> bool:
    """Whether Home Assistant takes the unit for the device class; a class that is not listed takes any."""
    allowed = UNITS_OF_CLASS.get(device_class)
    return allowed is None or unit in allowed
