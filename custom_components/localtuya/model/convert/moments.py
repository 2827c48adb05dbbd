"""Moments: what happens once and is over, such as a press, a ring or a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..codes import snake
from ..datapoint import Bitmap, Datapoint, Enum
from ..point import Converter, Point

PRESS, MULTI_PRESS, LONG_PRESS = "press_end", "multi_press_end", "long_press_end"
"""Home Assistant's words for what a button does; a device that reports once reports the end."""

_LONGEST = 255
_IDLE = frozenset({"none", "normal", "idle", "no", "off", "false", "null", "standby", "no_alarm", "no_event"})
"""Words that say that nothing happens."""
_PRESSES: Mapping[str, tuple[str, int]] = {
    "single": (PRESS, 1),
    "short": (PRESS, 1),
    "double": (MULTI_PRESS, 2),
    "twice": (MULTI_PRESS, 2),
    "triple": (MULTI_PRESS, 3),
    "treble": (MULTI_PRESS, 3),
    "three": (MULTI_PRESS, 3),
    "quadruple": (MULTI_PRESS, 4),
    "four": (MULTI_PRESS, 4),
    "long": (LONG_PRESS, 1),
    "hold": (LONG_PRESS, 1),
}
"""What kind of press a word tells, and how many there were."""
_PRESSED = frozenset({"click", "clicked", "clicks", "press", "pressed", "presses", "tap"})
"""Words that say a press and nothing of its kind."""
_FILLERS = _PRESSED | {"key", "button", ""}
_NUMBERED: Mapping[str, tuple[str, int]] = {"0": (PRESS, 1), "1": (MULTI_PRESS, 2), "2": (LONG_PRESS, 1)}
"""What Zigbee buttons say that count their actions."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, and what is known of it."""

    kind: str
    details: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def pressed(datapoint: Datapoint, /) -> Point[Moment] | None:
    """Take an enumeration of presses; other words keep themselves, but make a setting of what can be written."""
    if not isinstance(datapoint, Enum):
        return None
    presses, words = _presses(datapoint), _telling(datapoint)
    if not presses or (datapoint.writable and len(presses) < len(words)):
        return None
    return _of_words(datapoint, {raw: _press(*presses.get(raw, (snake(raw), 1))) for raw in words})


def named(datapoint: Datapoint, /) -> Point[Moment] | None:
    """Take an enumeration that the device alone sets: each word is something that happens."""
    if not isinstance(datapoint, Enum) or datapoint.writable:
        return None
    kinds = {raw: Moment(word) for raw in _telling(datapoint) if (word := snake(raw))}
    return _of_words(datapoint, kinds) if kinds else None


def once(kind: str = "triggered") -> Converter:
    """Return a converter for an enumeration of a single word, which therefore can be no state."""

    def convert(datapoint: Datapoint, /) -> Point[Moment] | None:
        if not isinstance(datapoint, Enum) or len(datapoint.range) != 1 or not _telling(datapoint):
            return None
        return _of_words(datapoint, {datapoint.range[0]: Moment(kind)})

    return convert


def happened(kind: str, *, detail: str = "") -> Converter:
    """Return a converter that takes whatever is neither empty, zero nor idle; `detail` names what else it says."""

    def convert(datapoint: Datapoint, /) -> Point[Moment] | None:
        def decode(raw: object) -> Moment | None:
            value = datapoint.decode(raw)
            if not value or (isinstance(value, str) and (not value.strip() or snake(value) in _IDLE)):
                return None
            told = _told(value) if detail else None
            return Moment(kind) if told is None else Moment(kind, {detail: told})

        return None if isinstance(datapoint, Bitmap) else Point(datapoint=datapoint, decode=decode, options=(kind,))

    return convert


def message(raw: bytes) -> str | None:
    """Return the text in bytes, UTF-16 or UTF-8; None if it is no text."""
    try:
        text = raw.decode("utf-16-be" if raw[:1] == b"\0" and len(raw) % 2 == 0 else "utf-8").strip("\0 \n")
    except UnicodeDecodeError:
        return None
    return text[:_LONGEST] if text and all(letter.isprintable() or letter.isspace() for letter in text) else None


def _told(value: object) -> object:
    match value:
        case bytes():
            return message(value)
        case str():
            return value[:_LONGEST]
        case bool():
            return None
        case _:
            return value


def _telling(datapoint: Enum) -> list[str]:
    return [raw for raw in datapoint.range if snake(raw) not in _IDLE]


def _presses(datapoint: Enum) -> dict[str, tuple[str, int]]:
    """Return the words that say a press; where one says `click`, a bare `press` is the long one."""
    if not datapoint.writable and len(datapoint.range) > 1 and _NUMBERED.keys() >= set(datapoint.range):
        return {raw: _NUMBERED[raw] for raw in datapoint.range}
    found = {raw: press for raw in datapoint.range if (press := _reading(snake(raw))) is not None}
    words = {snake(raw) for raw in found}
    if "press" in words and words & {"click", "single_click"}:
        return {raw: (LONG_PRESS, 1) if snake(raw) == "press" else press for raw, press in found.items()}
    return found


def _reading(word: str) -> tuple[str, int] | None:
    tokens = word.split("_")
    match [token for token in tokens if token not in _FILLERS]:
        case []:
            return None if _PRESSED.isdisjoint(tokens) else (PRESS, 1)
        case [only]:
            return _PRESSES.get(only)
        case _:
            return None


def _press(kind: str, count: int) -> Moment:
    return Moment(kind, {"multi_press_count": count}) if kind == MULTI_PRESS else Moment(kind)


def _of_words(datapoint: Enum, kinds: Mapping[str, Moment]) -> Point[Moment]:
    def decode(raw: object) -> Moment | None:
        word = datapoint.decode(raw)
        return None if word is None else kinds.get(word)

    options = tuple(dict.fromkeys(moment.kind for moment in kinds.values() if moment.kind))
    return Point(datapoint=datapoint, decode=decode, options=options)
