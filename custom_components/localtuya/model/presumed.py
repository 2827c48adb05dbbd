"""What a device without thing model probably is: families of devices number their datapoints alike.

A family is presumed only where several values fit it; what does not fit stays a number without a name. The numbers and
ranges are those that most of the known products of a family share (facts: schemas of 4,968 products).
"""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from types import MappingProxyType
from typing import Any

type Row = Mapping[str, Any]
type Test = Callable[[object], bool]


@dataclass(frozen=True, slots=True)
class Family:
    """Devices that number their datapoints alike."""

    name: str
    _: KW_ONLY
    proof: Mapping[int, Test]
    """All of these must be there and pass."""
    rows: Mapping[int, Row]
    without: frozenset[int] = frozenset()
    """None of these may be there."""

    def fits(self, dps: Mapping[int, object]) -> bool:
        """Whether a device with these values may be of the family."""
        if self.without & dps.keys():
            return False
        return all(dp in dps and test(dps[dp]) for dp, test in self.proof.items())


def presumed(dps: Mapping[str, object]) -> dict[str, Row]:
    """Return thing-model rows for these live values, by datapoint id, of the family that they show; none if of none."""
    numbered = {int(dp): value for dp, value in dps.items() if dp.isdecimal()}
    family = next((family for family in FAMILIES if family.fits(numbered)), None)
    if family is None:
        return {}
    rows = {dp: _with_word(family.rows[dp], value) for dp, value in numbered.items() if dp in family.rows}
    return {str(dp): {"id": dp, **row} for dp, row in rows.items() if _is_of(row, numbered[dp])}


def _is_of(row: Row, value: object) -> bool:
    """Whether the value is of the row's kind and inside its limits."""
    facts = row["property"]
    match facts["type"]:
        case "bool":
            return isinstance(value, bool)
        case "value":
            return _number(value) and facts["min"] <= value <= facts["max"]
        case "bitmap":
            return _number(value)
        case _:
            return isinstance(value, str)


def _with_word(row: Row, value: object) -> Row:
    """Return the row, with the word that the device said among its words."""
    facts = row["property"]
    if facts["type"] != "enum" or not isinstance(value, str) or value in facts["range"]:
        return row
    return {**row, "property": {**facts, "range": [*facts["range"], value]}}


def _number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _between(low: int, high: int) -> Test:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _word(*words: str) -> Test:
    return lambda value: isinstance(value, str) and value.lower() in words


def _phase(value: object) -> bool:
    """Whether it is the blob of a meter: base64 of at least eight bytes, the first two the tenths of a voltage."""
    if not isinstance(value, str) or not 12 <= len(value) <= 64:
        return False
    try:
        return 900 <= int.from_bytes(b64decode(value, validate=True)[:2]) <= 4500
    except Base64Error, ValueError:
        return False


def _row(code: str, kind: str, mode: str = "rw", **facts: Any) -> Row:
    return MappingProxyType({"code": code, "mode": mode, "type": "obj", "property": {"type": kind, **facts}})


def _bool(code: str, mode: str = "rw") -> Row:
    return _row(code, "bool", mode)


def _int(code: str, low: int, high: int, *, unit: str = "", scale: int = 0, mode: str = "ro") -> Row:
    return _row(code, "value", mode, min=low, max=high, step=1, scale=scale, unit=unit)


def _enum(code: str, *words: str, mode: str = "rw") -> Row:
    return _row(code, "enum", mode, range=list(words))


_DAY = 86_400
_PERCENT = _between(0, 100)
_MODES = ("white", "colour", "scene", "music")
_COVER_WORDS = ("open", "stop", "close", "continue")
_CLICKS = ("single_click", "double_click", "long_press")
_BATTERY_WORDS = ("low", "middle", "high")
_THERMOSTAT_MODES = ("auto", "manual", "home", "holiday", "program", "eco", "temporary", "hot", "cold", "heat", "cool")
_VACUUM_STATES = ("standby", "charging", "charge_done", "smart", "smart_clean", "goto_charge", "docking", "paused",
                  "sleep", "cleaning", "zone_clean", "part_clean", "wall_clean", "spot_clean", "idle")  # fmt: skip

_GANGS = {n: _bool(f"switch_{n}") for n in range(1, 9)}
_COUNTDOWNS = {n + 8: _int(f"countdown_{n}", 0, _DAY, unit="s", mode="rw") for n in range(1, 9)}
_METERS = {
    17: _int("add_ele", 0, 50_000, unit="kWh", scale=3),
    18: _int("cur_current", 0, 30_000, unit="mA"),
    19: _int("cur_power", 0, 80_000, unit="W", scale=1),
    20: _int("cur_voltage", 0, 5000, unit="V", scale=1),
    21: _int("test_bit", 0, 5),
    **{
        dp: _int(code, 0, 1_000_000)
        for dp, code in enumerate(("voltage_coe", "electric_coe", "power_coe", "electricity_coe"), 22)
    },
    26: _row("fault", "bitmap", "ro", label=["ov_cr", "ov_vol", "ov_pwr", "ls_cr", "ls_vol", "ls_pow"]),
}
_RELAYS = {
    **_GANGS,
    **_COUNTDOWNS,
    38: _enum("relay_status", "off", "on", "memory"),
    40: _enum("light_mode", "none", "relay", "pos", "on"),
    41: _bool("child_lock"),
}
_BATTERY = _int("battery_percentage", 0, 100, unit="%")
_METER = {
    1: _int("forward_energy_total", 0, 99_999_999, unit="kWh", scale=2),
    **{6 + n: _row(f"phase_{letter}", "raw", "ro") for n, letter in enumerate("abc")},
    16: _bool("switch"),
}
_MOTION = {1: _enum("pir", "pir", "none", mode="ro"), 4: _BATTERY}
_CONTACT = {
    1: _bool("doorcontact_state", "ro"),
    2: _BATTERY,
    3: _enum("battery_state", *_BATTERY_WORDS, mode="ro"),
}
_NOT_CONTACT = frozenset(range(4, 101))

FAMILIES: tuple[Family, ...] = (
    Family(
        "lamp",
        proof={20: _flag, 21: _word(*_MODES)},
        rows={
            20: _bool("switch_led"),
            21: _enum("work_mode", *_MODES),
            22: _int("bright_value", 10, 1000, mode="rw"),
            23: _int("temp_value", 0, 1000, mode="rw"),
            24: _row("colour_data", "string", maxlen=12),
            25: _row("scene_data", "string", maxlen=255),
            26: _int("countdown", 0, _DAY, unit="s", mode="rw"),
            34: _bool("do_not_disturb"),
        },
    ),
    Family(
        "lamp of the first generation",
        proof={1: _flag, 2: _word(*_MODES, "scene_1", "scene_2", "scene_3", "scene_4"), 3: _between(11, 255)},
        rows={
            1: _bool("led_switch"),
            2: _enum("work_mode", "white", "colour", "scene", "scene_1", "scene_2", "scene_3", "scene_4"),
            3: _int("bright_value", 25, 255, mode="rw"),
            4: _int("temp_value", 0, 255, mode="rw"),
            5: _row("colour_data", "string", maxlen=14),
        },
    ),
    Family(
        "metering plug", proof={1: _flag, 18: _number, 19: _number, 20: _between(900, 2800)}, rows=_RELAYS | _METERS
    ),
    Family(
        "metering plug of the first generation",
        proof={1: _flag, 4: _number, 5: _number, 6: _between(900, 2800)},
        rows={
            1: _bool("switch_1"),
            2: _int("countdown_1", 0, _DAY, unit="s", mode="rw"),
            4: _METERS[18],
            5: _METERS[19],
            6: _METERS[20],
        },
    ),
    Family(
        "curtain",
        proof={1: _word(*_COVER_WORDS), 2: _PERCENT},
        rows={
            1: _enum("control", "open", "stop", "close"),
            2: _int("percent_control", 0, 100, unit="%", mode="rw"),
            3: _int("percent_state", 0, 100, unit="%"),
            5: _enum("control_back_mode", "forward", "back"),
            7: _enum("work_state", "opening", "closing", mode="ro"),
        },
    ),
    Family(
        "vacuum cleaner",
        proof={1: _flag, 2: _flag, 5: _word(*_VACUUM_STATES)},
        rows={
            1: _bool("power_go"),
            2: _bool("pause"),
            3: _bool("switch_charge"),
            4: _enum("mode", "smart", "chargego", "zone", "part", "standby"),
            5: _enum("status", *_VACUUM_STATES, mode="ro"),
            6: _int("clean_time", 0, 9999, unit="min"),
            7: _int("clean_area", 0, 9999, unit="㎡"),
            8: _BATTERY,
            9: _enum("suction", "gentle", "normal", "strong"),
            10: _enum("cistern", "closed", "low", "middle", "high"),
            11: _bool("seek"),
        },
    ),
    Family(
        "thermostat",
        proof={1: _flag, 2: _between(5, 45), 3: _between(-20, 99), 4: _word(*_THERMOSTAT_MODES)},
        rows={
            1: _bool("switch"),
            2: _int("temp_set", 5, 45, unit="℃", mode="rw"),  # what is set hotter may be water
            3: _int("temp_current", -20, 99, unit="℃"),
            4: _enum("mode", *_THERMOSTAT_MODES[:4]),
        },
    ),
    Family(
        "thermostat in tenths",
        proof={1: _flag, 16: _between(50, 450), 24: _between(-200, 600)},
        rows={
            1: _bool("switch"),
            2: _enum("mode", "auto", "manual"),
            16: _int("temp_set", 50, 450, unit="℃", scale=1, mode="rw"),
            24: _int("temp_current", -200, 600, unit="℃", scale=1),
            40: _bool("child_lock"),
        },
    ),
    Family("meter", proof={6: _phase}, rows=_METER),
    Family(
        "scene switch",
        proof={1: _word(*_CLICKS)},
        rows={**{n: _enum(f"switch_mode{n}", *_CLICKS, mode="ro") for n in range(1, 9)}, 10: _BATTERY},
    ),
    Family("motion sensor", proof={1: _word("pir", "none")}, rows=_MOTION),
    Family(
        "alarm sensor",
        proof={1: _word("alarm", "normal")},
        rows={1: _enum("alarm_state", "alarm", "normal", mode="ro"), 4: _BATTERY, 15: _BATTERY},
    ),
    Family("contact", proof={1: _flag, 3: _word(*_BATTERY_WORDS)}, without=_NOT_CONTACT, rows=_CONTACT),
    Family(
        "thermometer",
        proof={1: _between(-400, 600), 2: _between(1, 100), 3: _word(*_BATTERY_WORDS)},
        rows={
            1: _int("temp_current", -400, 600, unit="℃", scale=1),
            2: _int("humidity_value", 0, 100, unit="%"),
            3: _enum("battery_state", *_BATTERY_WORDS, mode="ro"),
            4: _BATTERY,
        },
    ),
    Family(
        "thermometer with battery in percent",
        proof={1: _between(-400, 600), 2: _between(1, 100), 4: _PERCENT},
        without=frozenset({3}),
        rows={
            1: _int("temp_current", -400, 600, unit="℃", scale=1),
            2: _int("humidity_value", 0, 100, unit="%"),
            4: _BATTERY,
        },
    ),
    Family("switch", proof={1: _flag, 9: _between(0, _DAY)}, rows=_RELAYS),
    Family("switches", proof={1: _flag, 2: _flag}, without=frozenset({5}), rows=_RELAYS),
)
