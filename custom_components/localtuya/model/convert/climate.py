"""What thermostats and air conditioners call their modes, presets, fans and swings, in Home Assistant's words."""

from collections.abc import Mapping
from dataclasses import replace

from ..codes import snake, tokens
from ..datapoint import Bool, Datapoint, Enum, Int
from ..errors import ValueRejected
from ..point import Point
from .words import enumeration, translated

HVAC_MODES: Mapping[str, str] = {
    **dict.fromkeys(("auto", "automatic"), "auto"),
    **dict.fromkeys(("cold", "cool", "cooling", "colding", "refrigeration", "refrigerate"), "cool"),
    **dict.fromkeys(("hot", "heat", "heating", "heats", "warm"), "heat"),
    **dict.fromkeys(
        ("wind", "fan", "fan_only", "blow", "ventilation", "ventilate", "vent", "air_supply", "air"), "fan_only"
    ),
    **dict.fromkeys(
        ("wet", "dry", "dyr", "dehum", "dehumidify", "dehumidification", "dehumidifier", "drying", "arefaction"), "dry"
    ),
    **dict.fromkeys(("heat_cool", "cool_heat", "hot_cold", "cold_hot"), "heat_cool"),
    "off": "off",
}
_TELLING = frozenset({"cool", "heat", "dry", "fan_only", "heat_cool", "off"})
_SHORT = {"h": "heat", "c": "cool"}
_STYLES = frozenset({"boost", "powerful", "power", "quick", "strong", "turbo", "eco", "smart", "silent", "silence",
                     "quiet", "mute", "health", "low", "high", "f", "wth"})  # fmt: skip
"""How something is done: with a mode in one word, such as `Boost_Heat`, both are told."""
_BY_ITSELF = frozenset({"auto", "program", "programme", "prog", "schedule"})
_BY_HAND = ("manual", "on", "normal")

PRESETS: Mapping[str, str] = {
    **dict.fromkeys(("leave", "holiday", "holidays", "holi", "vacation", "out"), "away"),
    **dict.fromkeys(("strong", "power", "powerful", "turbo", "booster"), "boost"),
    **dict.fromkeys(("comfortable", "comfor", "comfort_mode", "cf"), "comfort"),
    **dict.fromkeys(("economy", "economics", "economic", "energy", "energy_save", "eco_mode", "ec"), "eco"),
    **dict.fromkeys(("sleeping", "sleep_mode", "night"), "sleep"),
    **dict.fromkeys(("silence", "silent", "mute"), "quiet"),
    **dict.fromkeys(("programme", "prog", "prg", "p"), "program"),
    **dict.fromkeys(("m", "hand", "manul", "manual_mode"), "manual"),
    **dict.fromkeys(
        ("temp_prog", "temporary_manual", "temp_hold", "temphold", "temp_auto", "programming_temporary"), "temporary"
    ),
    **dict.fromkeys(
        ("anti_frozen", "antifrozen", "anti_forst", "antiforst", "antifrost", "antifreezing", "af", "freeze"), "frost"
    ),
}
SPEEDS: Mapping[str, str] = {
    **dict.fromkeys(("mid", "middle", "med"), "medium"),
    **dict.fromkeys(("hig", "strong", "strength"), "high"),
    **dict.fromkeys(("mute", "silence", "silent"), "quiet"),
    **dict.fromkeys(("low_mid", "mid_low", "low_medium"), "medium_low"),
    **dict.fromkeys(("mid_high", "high_mid", "high_medium"), "medium_high"),
    **dict.fromkeys(("cancel", "close"), "off"),
}
_COUNTED: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("1", "2"): ("low", "high"),
    ("1", "3"): ("low", "high"),
    ("1", "2", "3"): ("low", "medium", "high"),
}
SWINGS: Mapping[str, str] = {
    "all": "both",
    "up_down": "vertical",
    "un_down": "vertical",
    "left_right": "horizontal",
    "close": "off",
    "open": "on",
}
_MOST_STEPS = 12


def hvac_mode(datapoint: Datapoint, /) -> Point[str] | None:
    """Take an enumeration that names at least one of cooling, heating, drying, blowing, off.

    Where several raw words mean one mode, all are read as it, and the plainest is written; words that mean none are
    None. Beside off, where nothing says how else it works, every word but that of a program means heating.
    """
    if not isinstance(datapoint, Enum):
        return None
    modes = hvac_words(datapoint)
    if not set(modes.values()) & _TELLING:
        return None
    raws = _written(modes)

    def decode(raw: object) -> str | None:
        word = datapoint.decode(raw)
        return None if word is None else modes.get(word)

    def encode(mode: str) -> object:
        if mode not in raws:
            raise ValueRejected(datapoint.code, mode, ", ".join(raws))
        return datapoint.encode(raws[mode])

    return Point(datapoint=datapoint, decode=decode, encode=encode, options=tuple(raws))


def preset(datapoint: Datapoint, /) -> Point[str] | None:
    """Take the words of a mode that say more than an hvac mode; all of them, where none is one."""
    if not isinstance(datapoint, Enum):
        return None
    modes = hvac_words(datapoint)
    plain: set[str] = set()
    if set(modes.values()) & _TELLING:
        written = _written(modes)
        plain = {raw for mode, raw in written.items() if HVAC_MODES.get(_word(raw)) == mode}
        if "cool" not in written:
            plain |= {raw for raw in modes if _word(raw) in _BY_HAND}
        others = {raw for raw in datapoint.range if raw not in plain}
        if others <= {written.get("auto"), written.get("heat")}:
            plain |= others  # what there is one word for needs no preset beside the mode
    raws = [raw for raw in datapoint.range if raw not in plain]
    return enumeration(datapoint, translated(raws, PRESETS)) if raws else None


def hvac_words(datapoint: Enum) -> dict[str, str]:
    """Return the raw words that are hvac modes, alone or with a style, with the mode."""
    modes = {raw: mode for raw in datapoint.range if (mode := _mode_of(raw)) is not None}
    words = {snake(raw): raw for raw in datapoint.range}
    if {"on", "standby"} <= words.keys():
        modes[words["standby"]] = "off"
    if "wth" in words and modes:
        modes[words["wth"]] = "off"  # only the water in the tank is heated
    if set(modes.values()) & _TELLING != {"off"}:
        return modes
    for raw in datapoint.range:
        modes.setdefault(raw, "auto" if snake(raw) in _BY_ITSELF else "heat")
    return modes


def action(datapoint: Datapoint, /) -> Point[str] | None:
    """Take what the device is doing: words, a boolean for heating or not, how far a valve is open."""
    match datapoint:
        case Enum() if set(datapoint.range) == {"0", "1"}:
            return _read_only(datapoint, {"0": "idle", "1": "heating"})
        case Enum():
            meaning = {raw: _doing(snake(raw)) for raw in datapoint.range}
            active = set(meaning.values()) - {None, "idle", "off"}
            return _read_only(datapoint, meaning) if active and len(meaning) > 1 else None
        case Bool() if not datapoint.writable or tokens(datapoint.code) & {"state", "status"}:
            return Point(datapoint=datapoint, decode=lambda raw: _at_work(datapoint.decode(raw)), options=_WORKING)
        case Int() if datapoint.low == 0 and (datapoint.unit == "%" or datapoint.high == 1):
            point = Point(datapoint=datapoint, decode=lambda raw: _at_work(datapoint.decode(raw)), options=_WORKING)
            return replace(point, shared=datapoint.high > 1)
        case _:
            return None


def fan_mode(datapoint: Datapoint, /) -> Point[str] | None:
    """Take a fan's speeds as words; two or three numbers are low to high, other numbers stay."""
    match datapoint:
        case Enum():
            raws = tuple(sorted(raw for raw in datapoint.range if raw.isdigit()))
            counted = dict(zip(raws, _COUNTED.get(raws, raws), strict=True))
            return enumeration(datapoint, translated(datapoint.range, {**SPEEDS, **counted}))
        case Int() if datapoint.low >= 0 < (datapoint.high - datapoint.low) // datapoint.increment < _MOST_STEPS:
            return _numbered(datapoint)
        case _:
            return None


def swing(datapoint: Datapoint, /) -> Point[str] | None:
    """Take swinging, as words or as a boolean, in Home Assistant's words."""
    match datapoint:
        case Enum() if len(datapoint.range) > 1:
            return enumeration(datapoint, translated(datapoint.range, SWINGS))
        case Bool():

            def decode(raw: object) -> str | None:
                value = datapoint.decode(raw)
                return None if value is None else "on" if value else "off"

            def encode(word: str) -> object:
                return datapoint.encode({"on": True, "off": False}.get(word, word))

            return Point(datapoint=datapoint, decode=decode, encode=encode, options=("off", "on"))
        case _:
            return None


def temperature_unit(datapoint: Datapoint, /) -> Point[str] | None:
    """Take the unit that the device shows, °C or °F; where only a boolean tells, yes is °F."""
    match datapoint:
        case Enum() if {raw.lower()[:1] for raw in datapoint.range} == {"c", "f"}:
            meaning = {raw: "°C" if raw.lower().startswith("c") else "°F" for raw in datapoint.range}
            return replace(_read_only(datapoint, meaning), options=(), shared=True)
        case Bool() if tokens(datapoint.code) & {"c", "f", "cf", "cfc", "tem", "temp", "unit"}:

            def decode(raw: object) -> str | None:
                value = datapoint.decode(raw)
                return None if value is None else "°F" if value else "°C"

            return Point(datapoint=datapoint, decode=decode, shared=True)
        case _:
            return None


_WORKING = ("heating", "idle")
ACTIONS: Mapping[str, str] = {
    **dict.fromkeys(("opened", "open", "on", "start", "working", "work", "running", "run", "1heaton"), "heating"),
    **dict.fromkeys(
        ("warming", "warm", "closed", "idle", "standy", "wait", "manual", "auto", "complete", "0allclose"), "idle"
    ),
    **dict.fromkeys(("off", "shutdown"), "off"),
    **dict.fromkeys(("defrost", "defrosting"), "defrosting"),
    **dict.fromkeys(("preheating", "preheat", "igniting", "iginite"), "preheating"),
}
_ROOTS = (
    (("standby", "stop", "close", "off", "keep"), "idle"),
    (("cool", "cold"), "cooling"),
    (("heat", "hot"), "heating"),
    (("dry", "dehum", "wet"), "drying"),
    (("humid", "spray"), "humidifying"),
    (("fan", "vent", "wind"), "fan"),
)
"""What a state is about if one of these is part of its word; the first row that fits counts."""


def _doing(word: str) -> str | None:
    return ACTIONS.get(word) or next((doing for roots, doing in _ROOTS if any(root in word for root in roots)), None)


def _at_work(value: object) -> str | None:
    return None if value is None else "heating" if value else "idle"


def _mode_of(raw: str) -> str | None:
    """Return the hvac mode of a word, alone or with a style: `BoostHeat`, `quickheat`, `c_silent`."""
    word = _word(raw)
    if word in HVAC_MODES:
        return HVAC_MODES[word]
    first, _, last = word.partition("_")
    if not last:
        style = next((style for style in _STYLES if len(style) > 2 and word.startswith(style)), None)
        first, last = (style, word.removeprefix(style)) if style else (word, "")
    for mode, style in ((first, last), (last, first)):
        known = _SHORT.get(mode) or HVAC_MODES.get(mode)
        if style in _STYLES and known in _TELLING - {"off"}:
            return known
    return None


def _written(modes: Mapping[str, str]) -> dict[str, str]:
    """Return the raw word to write for each mode: its own, the one for what is done by hand, else the first."""
    written: dict[str, str] = {}
    for mode in modes.values():
        words = {_word(raw): raw for raw in modes if modes[raw] == mode}
        own = [word for word in words if HVAC_MODES.get(word) == mode]
        written[mode] = words[next((word for word in (*own, *_BY_HAND) if word in words), next(iter(words)))]
    return written


def _word(raw: str) -> str:
    return snake(raw).removesuffix("_mode")


def _numbered(datapoint: Int) -> Point[str]:
    raws = range(datapoint.low, datapoint.high + 1, datapoint.increment)
    numbers = tuple(str(raw) for raw in raws)
    words = dict(zip(_COUNTED.get(numbers, numbers), raws, strict=True))
    known = {raw: word for word, raw in words.items()}
    unit = datapoint.maximum / datapoint.high

    def decode(raw: object) -> str | None:
        value = datapoint.decode(raw)
        return None if value is None else known.get(round(value / unit))

    def encode(word: str) -> object:
        if word not in words:
            raise ValueRejected(datapoint.code, word, ", ".join(words))
        return datapoint.encode(words[word] * unit)

    return Point(datapoint=datapoint, decode=decode, encode=encode, options=tuple(words))


def _read_only(datapoint: Enum, meaning: Mapping[str, str | None]) -> Point[str]:
    def decode(raw: object) -> str | None:
        word = datapoint.decode(raw)
        return None if word is None else meaning[word]

    return Point(datapoint=datapoint, decode=decode, options=tuple(dict.fromkeys(filter(None, meaning.values()))))
