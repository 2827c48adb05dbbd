"""What the neighbours of a word tell: which of its meanings it has, and whether it says anything at all."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """Beside one of these neighbours (any, where none is named), and if need be as the last, a word means this."""

    word: str
    meaning: str
    beside: frozenset[str] = frozenset()
    last: bool = False

    def fits(self, others: AbstractSet[str], *, last: bool) -> bool:
        """Whether it concerns the word among these."""
        return bool(others) and (last or not self.last) and (not self.beside or not self.beside.isdisjoint(others))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PRESENT = _words("temperature humidity pH ORP EC TDS salinity CO₂ illuminance pressure")
"""What a `current` behind it is no electric current of."""
_HEAT = frozenset({"temperature", "setpoint", "calibration", "correction", "Celsius", "Fahrenheit"})
_LOUD = _words("voice sound microphone siren alarm music speaker bell doorbell ringtone tone")
_ELECTRIC = _words("current battery phase PV AC DC power over under low high maximum minimum input output")
_SECRET = frozenset({"password", "unlock"})
CONTEXTS = (
    Context("C", "(°C)", _HEAT, last=True),
    Context("F", "(°F)", _HEAT, last=True),
    Context("volume", "volume", _LOUD),
    Context("volume", "voltage", _ELECTRIC),
    Context("temperature", "temporary", _SECRET),
    Context("PD", "password", _SECRET),
    Context("minimum", "minutes", frozenset({"time", "countdown", "timer", "delay"}), last=True),
    Context("no", "number", last=True),
    Context("now", "current", PRESENT, last=True),
    Context("sub-device", "sub", _words("device devices")),
    Context("compressor", "compensation", frozenset({"temperature"}), last=True),
)
"""Words of several meanings; the first row that fits counts."""
FORWARDS = _words("maximum minimum average total accumulated indoor outdoor external internal reactive")
"""Adjectives that codes put last."""
SAID = frozenset({"basic", "camera", "OEM", "DP", "data"})
SAID_LAST = frozenset({"unseen", "enum", "bool", "uint"})
"""First and last words that say nothing of the thing."""
SAID_BY_PLATFORM = {
    "switch": frozenset({"switch", "on/off", "enable", "enabled"}),
    "number": frozenset({"set", "value"}),
    "select": frozenset({"set", "selection"}),
    "sensor": frozenset({"value"}),
    "text": frozenset({"set"}),
    "button": frozenset({"button"}),
}
"""First and last words that repeat what the entity's platform says."""
