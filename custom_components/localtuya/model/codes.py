"""Datapoint codes: one way to compare them, one way to show them."""

from functools import lru_cache
import re

_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_DIGITS = re.compile(r"\d+")


_MOST_CODES = 8192
"""More than the catalogue and a house have."""


@lru_cache(maxsize=_MOST_CODES)
def fold(code: str) -> str:
    """Return what is compared: `TempSet`, `temp_set` and `Temp-Set` are one code."""
    return _NOT_ALNUM.sub("", code.lower())


@lru_cache(maxsize=_MOST_CODES)
def snake(code: str) -> str:
    """Return the code as a word of `[a-z0-9_]`, empty where nothing of it can be kept: `TempSet` -> `temp_set`."""
    return _NOT_ALNUM.sub("_", _HUMP.sub("_", code).lower()).strip("_")


@lru_cache(maxsize=_MOST_CODES)
def tokens(code: str) -> frozenset[str]:
    """Return the words in a code, without its numbers: `cur_power_2` -> {cur, power}."""
    return frozenset(filter(None, (_DIGITS.sub("", word) for word in snake(code).split("_"))))


def is_secret(code: str) -> bool:
    """Return whether a datapoint of this code may hold a password or key: its value is neither kept nor told."""
    return not tokens(code).isdisjoint(_SECRETS) or "passw" in code.lower()


_SECRETS = frozenset({"key", "pd", "pin", "psk", "pwd", "qrcode", "secret", "setkey", "ssid", "token"})
