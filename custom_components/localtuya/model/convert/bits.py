"""Yes and no: booleans, words that mean yes, bits of a mask."""

from ..codes import snake
from ..datapoint import Bitmap, Bool, Datapoint, Enum, Int
from ..errors import Unreported
from ..point import Converter, Point

ALARM = frozenset({"alarm", "1", "true", "pir", "presence", "on", "open", "opened", "yes"})
"""Words that mean yes, where a row does not name its own."""
_SOUND = frozenset({"0", "none", "no", "normal", "ok", "off", "no_fault", "no_error", "no_alarm", "null", "false"})
"""Words of an enumeration of faults that mean none."""
_FAULTS = {
    "ov_cr": "overcurrent",
    "ov_vol": "overvoltage",
    "ov_pwr": "overpower",
    "ls_cr": "undercurrent",
    "ls_vol": "undervoltage",
    "ls_pow": "underpower",
    "leakagecurr_alarm": "leakage_current",
    "miss_phase_alarm": "missing_phase",
    "temp_dif_fault": "temperature_difference",
    "warter_full": "tank_full",
    "tankfull": "tank_full",
    "cir_short_fault": "short_circuit",
    "ov2_cr_fault": "overcurrent_2",
    "meter_commu_fault": "meter_communication",
    "batt_alm": "battery_alarm",
    "rtemp_fault": "room_sensor_fault",
    "i_ptemp_fault": "coil_sensor_fault",
    "iptemp_fault": "coil_sensor_fault",
    "water_full": "tank_full",
    "full": "tank_full",
    "land_check": "cliff_sensor",
    "middle_sweep": "main_brush",
    "edge_sweep": "side_brush",
    "garbage_box": "dust_box",
    "land_sensor": "cliff_sensor",
    "lack_water": "low_water",
    "battery_low": "low_battery",
    "cp_fault": "control_pilot_fault",
    "scram_fault": "emergency_stop",
    "earth_fault": "ground_fault",
}
"""What the usual abbreviations of faults mean."""
_PAIRS = frozenset({frozenset({"off", "on"}), frozenset({"close", "open"}), frozenset({"0", "1"}),
                    frozenset({"false", "true"})})  # fmt: skip


def boolean(datapoint: Datapoint, /) -> Point[bool] | None:
    """Take a boolean as it is, and two words that are as good as one: on and off, open and close."""
    match datapoint:
        case Bool():
            return Point(datapoint=datapoint, decode=datapoint.decode, encode=datapoint.encode)
        case Enum() if frozenset(word.lower() for word in datapoint.range) in _PAIRS:
            return _two_words(datapoint)
        case _:
            return None


def inverse(datapoint: Datapoint, /) -> Point[bool] | None:
    """Take a boolean the other way round."""
    if not isinstance(datapoint, Bool):
        return None

    def decode(raw: object) -> bool | None:
        value = datapoint.decode(raw)
        return None if value is None else not value

    return Point(datapoint=datapoint, decode=decode, encode=lambda value: datapoint.encode(not value))


def on_when(*words: str) -> Converter:
    """Return a converter that reads yes where the word, or the number, is one of these; a boolean stays itself."""
    yes = frozenset(words) or ALARM

    def convert(datapoint: Datapoint, /) -> Point[bool] | None:
        match datapoint:
            case Bool():
                return boolean(datapoint)
            case Enum() if any(snake(word) in yes for word in datapoint.range) and len(datapoint.range) > 1:
                return Point(datapoint=datapoint, decode=lambda raw: _among(datapoint.decode(raw), yes))
            case Enum() if len(datapoint.range) == 1:
                only = datapoint.range[0]
                return Point(datapoint=datapoint, decode=lambda raw: None if raw is None else str(raw) == only)
            case _:
                return None

    return convert


def off_when(*words: str) -> Converter:
    """Return a converter that reads yes for every word of an enumeration but these."""

    def convert(datapoint: Datapoint, /) -> Point[bool] | None:
        if not isinstance(datapoint, Enum) or not any(snake(word) in words for word in datapoint.range):
            return boolean(datapoint)

        def decode(raw: object) -> bool | None:
            word = datapoint.decode(raw)
            return None if word is None else snake(word) not in words

        return Point(datapoint=datapoint, decode=decode)

    return convert


def any_bit(datapoint: Datapoint, /) -> Point[bool] | None:
    """Take a mask as yes where any bit is set; integers, booleans and words that carry faults count too."""
    match datapoint:
        case Enum() if any(snake(word) in _SOUND for word in datapoint.range):
            return Point(datapoint=datapoint, decode=lambda raw: _unsound(datapoint.decode(raw)))
        case Bitmap() | Int():
            return Point(datapoint=datapoint, decode=lambda raw: _nonzero(datapoint.decode(raw)))
        case Bool():
            return Point(datapoint=datapoint, decode=datapoint.decode)
        case _:
            return None


def bit(*labels: str) -> Converter:
    """Return a converter for the bit whose label is one of these, compared in snake case."""

    def convert(datapoint: Datapoint, /) -> Point[bool] | None:
        if not isinstance(datapoint, Bitmap):
            return None
        place = next((n for n, label in enumerate(datapoint.labels) if snake(label) in labels), None)
        if place is None:
            return None

        def decode(raw: object) -> bool | None:
            mask = datapoint.decode(raw)
            return None if mask is None else bool(mask >> place & 1)

        return Point(datapoint=datapoint, decode=decode)

    return convert


def faults(datapoint: Datapoint, /) -> Point[str] | None:
    """Take a mask as its first fault's word, `ok` where there is none."""
    if not isinstance(datapoint, Bitmap) or not datapoint.labels:
        return None
    words = tuple(snake(label) or f"fault_{n}" for n, label in enumerate(datapoint.labels, 1))

    def decode(raw: object) -> str | None:
        mask = datapoint.decode(raw)
        if mask is None:
            return None
        return next((word for n, word in enumerate(words) if mask >> n & 1), "ok" if not mask else None)

    return Point(datapoint=datapoint, decode=decode, options=tuple(dict.fromkeys(("ok", *words))))


def press(datapoint: Datapoint, /) -> Point[bool] | None:
    """Take a boolean or a one-word enumeration as something to be pressed: only True is written."""
    match datapoint:
        case Bool():
            return Point(datapoint=datapoint, decode=lambda _: None, encode=datapoint.encode)
        case Enum() if len(datapoint.range) == 1:
            only = datapoint.range[0]
            return Point(datapoint=datapoint, decode=lambda _: None, encode=lambda _: only)
        case _:
            return None


def flag(place: int) -> Converter:
    """Return a converter for one bit of a mask; it is written with the others as they were reported last."""

    def convert(datapoint: Datapoint, /) -> Point[bool] | None:
        if not isinstance(datapoint, Bitmap):
            return None

        def decode(raw: object) -> bool | None:
            mask = datapoint.decode(raw)
            return None if mask is None else bool(mask >> place & 1)

        def amend(value: bool, raw: object) -> object:  # noqa: FBT001 - a value
            mask = datapoint.decode(raw) if datapoint.readable else 0
            if mask is None:
                raise Unreported(datapoint.code, value)
            return datapoint.encode(mask | 1 << place if value else mask & ~(1 << place))

        return Point(datapoint=datapoint, decode=decode, amend=amend)

    return convert


def press_of(*words: str) -> Converter:
    """Return a converter that presses by the first of these words that an enumeration knows; a boolean by true."""

    def convert(datapoint: Datapoint, /) -> Point[bool] | None:
        if not isinstance(datapoint, Enum):
            return press(datapoint)
        raw = next((raw for word in words for raw in datapoint.range if snake(raw) == word), None)
        if raw is None:
            return None
        return Point(datapoint=datapoint, decode=lambda _: None, encode=lambda _: datapoint.encode(raw))

    return convert


def fault_name(label: str) -> str:
    """Return the word for a label, empty where nothing of it can be one."""
    word = snake(label)
    return _FAULTS.get(word, word)


def active(datapoint: Datapoint, raw: object) -> list[str]:
    """Return which faults a mask, a number or a word tells: in words where there are some, else by number."""
    match datapoint:
        case Bitmap():
            mask = datapoint.decode(raw) or 0
            names = [fault_name(label) or str(place) for place, label in enumerate(datapoint.labels)]
            places = [place for place in range(mask.bit_length()) if mask >> place & 1]
            return [names[place] if place < len(names) else str(place) for place in places]
        case Enum() | Int():
            value = datapoint.decode(raw)
            return [str(value)] if value and str(value).lower() not in _SOUND else []
        case _:
            return []


def _two_words(datapoint: Enum) -> Point[bool]:
    yes = next(word for word in datapoint.range if word.lower() in {"on", "open", "1", "true"})
    no = next(word for word in datapoint.range if word != yes)

    def decode(raw: object) -> bool | None:
        word = datapoint.decode(raw)
        return None if word is None else word == yes

    return Point(datapoint=datapoint, decode=decode, encode=lambda value: datapoint.encode(yes if value else no))


def _among(word: str | None, yes: frozenset[str]) -> bool | None:
    return None if word is None else snake(word) in yes


def _unsound(word: str | None) -> bool | None:
    return None if word is None else snake(word) not in _SOUND


def _nonzero(value: object) -> bool | None:
    return None if value is None else bool(value)
