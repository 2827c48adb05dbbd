"""What the words inside a code give away, where the code as a whole is unknown: `water_temp_2` is a temperature.

The rows are asked in turn; the first that fits decides. They were tuned on what people chose by hand for known codes.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Unpack

from .codes import snake, tokens
from .datapoint import Bitmap, Bool, Datapoint, Enum, Int, Mode
from .index import Index
from .spec import LookWords

_CONFIG, _DIAGNOSTIC = "config", "diagnostic"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One rule: datapoints of this kind and mode with any of these words, and a unit of these where it names one."""

    words: frozenset[str]
    kind: type[Datapoint]
    _: KW_ONLY
    also: frozenset[str] = frozenset()
    """Any of these must be there as well."""
    mode: Mode | None = None
    """READ: only what is reported; BOTH: what can be set; None: either."""
    units: frozenset[str] = frozenset()
    unit_needed: bool = False
    without: frozenset[str] = frozenset()
    platform: str | None = None
    look: LookWords

    def fits(self, datapoint: Datapoint, words: frozenset[str]) -> bool:
        """Whether the rule, whose words were found among these of a code, is about this datapoint."""
        if not isinstance(datapoint, self.kind) or words & self.without:
            return False
        if self.mode is not None and (self.mode is Mode.READ) == datapoint.writable:
            return False
        unit = datapoint.unit if isinstance(datapoint, Int) else ""
        return not self.units or (unit in self.units if unit else not self.unit_needed)


def phrase(datapoint: Datapoint) -> Phrase | None:
    """Return the first rule that fits, None where no word of the code tells anything."""
    words = tokens(datapoint.code) | frozenset(snake(datapoint.code).split("_"))  # `co2` is not `co`
    return next((rule for rule in _BY_WORD.among(words) if rule.fits(datapoint, words)), None)


_TEMPERATURES = ("°C", "°F", "K")
_TIMES = ("ms", "s", "min", "h", "d")
_DIFFERENCES = (
    "calibration calib correction corr compensate compensation offset hysteresis deadzone diff differ drift revise"
)
_WARMTH = "temp temper temperature wendu temperatura"
_MOISTURE = "hum humi humid humidity rh shidu"
_LIMITS = "max min upper lower up low high top bottom limit alarm warn set target protect holiday eco comfort away auto"
_TIME = "time timer countdown delay duration interval timing period hour hours minute minutes second seconds shijian"
_BATTERY = "battery bat batt electricity dianliang soc"
_ALARMS = (
    "alarm fault error err warn warning protect over short lack leak malfunction guzhang exception abnormal dirty full "
    "empty replace overheat jam blocked low lost"
)
_PRESSED = (
    "reset clear restart reboot check test format confirm stop search register refresh calibrate query sync seek find "
    "locate empty start"
)


def _rule(
    words: str,
    kind: type[Datapoint],
    mode: Mode | None = None,
    *,
    also: str = "",
    units: Iterable[str] = (),
    unit_needed: bool = False,
    without: str = "",
    platform: str | None = None,
    **look: Unpack[LookWords],
) -> Phrase:
    return Phrase(
        frozenset(words.split()),
        kind,
        also=frozenset(also.split()),
        mode=mode,
        units=frozenset(units),
        unit_needed=unit_needed,
        without=frozenset(without.split()),
        platform=platform,
        look=look,
    )


_SET, _TOLD = Mode.BOTH, Mode.READ

PHRASES: tuple[Phrase, ...] = (
    # numbers that are set
    _rule(_DIFFERENCES, Int, _SET, also=_WARMTH, units=_TEMPERATURES, device_class="temperature_delta", unit="°C",
          category=_CONFIG),
    _rule(_DIFFERENCES, Int, _SET, units=_TEMPERATURES, unit_needed=True, device_class="temperature_delta",
          category=_CONFIG),
    _rule(_DIFFERENCES, Int, _SET, category=_CONFIG),
    _rule("sensitivity", Int, _SET, device_class="", category=_CONFIG),
    _rule(_TIME, Int, _SET, units=_TIMES, device_class="duration", category=_CONFIG),
    _rule("voltage volt", Int, _SET, units=("V", "mV"), unit_needed=True, device_class="voltage", category=_CONFIG),
    _rule(_WARMTH, Int, _SET, units=_TEMPERATURES, device_class="temperature", unit="°C", category=_CONFIG),
    _rule(_MOISTURE, Int, _SET, units=("%",), device_class="humidity", unit="%", category=_CONFIG),
    _rule("total", Int, _SET, units=("kWh", "Wh"), unit_needed=True, platform="sensor", device_class="energy"),
    _rule("total used usage", Int, _SET, platform="sensor", category=_DIAGNOSTIC),
    _rule("co2 eco2", Int, _SET, units=("ppm",), device_class="carbon_dioxide", unit="ppm", category=_CONFIG),
    _rule("pm25", Int, _SET, units=("μg/m³",), device_class="pm25", unit="μg/m³", category=_CONFIG),
    _rule("co", Int, _SET, without="co2", units=("ppm",), unit_needed=True, device_class="carbon_monoxide",
          category=_CONFIG),
    _rule("ph", Int, _SET, units=("",), device_class="ph", category=_CONFIG),
    _rule("flow", Int, _SET, also="rate speed max min set", device_class="volume_flow_rate", category=_CONFIG),
    _rule("", Int, _SET, units=("kWh", "Wh"), unit_needed=True, device_class="energy_storage", category=_CONFIG),
    # numbers that are told
    _rule(_BATTERY, Int, _TOLD, units=("%",), without="voltage volt temp current power", device_class="battery",
          unit="%", category=_DIAGNOSTIC),
    _rule(_DIFFERENCES, Int, _TOLD, units=_TEMPERATURES, unit_needed=True, device_class="temperature_delta",
          category=_DIAGNOSTIC),
    _rule(_WARMTH, Int, _TOLD, units=_TEMPERATURES, without=_LIMITS, device_class="temperature", unit="°C"),
    _rule(_WARMTH, Int, _TOLD, units=_TEMPERATURES, device_class="temperature", unit="°C", category=_DIAGNOSTIC,
          enabled=False),
    _rule(_MOISTURE, Int, _TOLD, units=("%",), without=_LIMITS, device_class="humidity", unit="%"),
    _rule("filter brush life remain remaining left rest", Int, _TOLD, units=("%",), category=_DIAGNOSTIC, unit="%"),
    _rule(_TIME, Int, _TOLD, units=_TIMES, device_class="duration", category=_DIAGNOSTIC),
    _rule("factor pf", Int, _TOLD, device_class="power_factor", category=_DIAGNOSTIC),
    _rule("co2 eco2", Int, _TOLD, units=("ppm",), device_class="carbon_dioxide", unit="ppm"),
    _rule("pm25", Int, _TOLD, units=("μg/m³",), device_class="pm25", unit="μg/m³"),
    _rule("rain rainfall", Int, _TOLD, units=("mm",), unit_needed=True, device_class="precipitation"),
    _rule("flow", Int, _TOLD, also="rate speed real instant", device_class="volume_flow_rate"),
    _rule("soil moisture", Int, _TOLD, units=("%",), device_class="moisture", unit="%"),
    _rule("illuminance lux lightness bright", Int, _TOLD, units=("lx",), unit_needed=True, device_class="illuminance"),
    _rule("signal rssi", Int, _TOLD, units=("dBm",), device_class="signal_strength", unit="dBm",
          category=_DIAGNOSTIC, enabled=False),
    # yes and no that are told
    _rule("charge charging", Bool, _TOLD, device_class="battery_charging", category=_DIAGNOSTIC),
    _rule("tamper tampered temper", Bool, _TOLD, device_class="tamper", category=_DIAGNOSTIC),
    _rule("smoke", Bool, _TOLD, device_class="smoke"),
    _rule("gas", Bool, _TOLD, device_class="gas"),
    _rule("motion pir human", Bool, _TOLD, device_class="motion"),
    _rule("presence occupancy person people", Bool, _TOLD, device_class="occupancy"),
    _rule("window", Bool, _TOLD, device_class="window"),
    _rule("door contact", Bool, _TOLD, device_class="door"),
    _rule("rain leak flood watersensor", Bool, _TOLD, device_class="moisture"),
    _rule("vibration shock", Bool, _TOLD, device_class="vibration"),
    _rule("online connect connected network wifi link bind", Bool, _TOLD, device_class="connectivity",
          category=_DIAGNOSTIC),
    _rule("plug usb adapter external", Bool, _TOLD, device_class="plug", category=_DIAGNOSTIC),
    _rule("low", Bool, _TOLD, also=f"{_BATTERY} power", device_class="battery", category=_DIAGNOSTIC),
    _rule("powered poweroff", Bool, _TOLD, device_class="power", category=_DIAGNOSTIC),
    _rule(f"{_ALARMS} need add", Bool, _TOLD, device_class="problem", category=_DIAGNOSTIC),
    _rule("running run work working heating cooling pump compressor fan motor relay valve", Bool, _TOLD,
          device_class="running", category=_DIAGNOSTIC),
    # masks, words
    _rule(_ALARMS, Bitmap, device_class="problem", category=_DIAGNOSTIC),
    _rule("battery", Enum, _TOLD, category=_DIAGNOSTIC),
    # what is pressed, what is switched
    _rule(_PRESSED, Bool, _SET, without="switch enable auto mode window door state status", platform="button",
          category=_CONFIG),
)  # fmt: skip
_BY_WORD = Index(PHRASES, lambda rule: (rule.words, rule.also))
