"""Names for codes nobody translated: `cur_temp_led2` -> "Temperature LED 2", `childlockswitch` -> "Child lock"."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
import re

from ..codes import snake
from .context import CONTEXTS, FORWARDS, PRESENT, SAID, SAID_BY_PLATFORM, SAID_LAST
from .spellings import SPELLINGS
from .vocabulary import WORDS

_PIECES = re.compile(r"(?<![a-z])[a-z]\d+(?![a-z])|[a-z]+|\d+")
_FORMULAS = re.compile(r"(?:ch2o|ch4|co2|no2|so2|o3|pm\d+|24h|12h|3d|4g|5g)(?![a-z0-9])")
_ENDINGS = ("s", "d", "ed", "ing")
_LEAST = 3
_LEAST_TYPO = 6


@lru_cache(maxsize=4096)
def readable(code: str) -> str:
    """Return words for a code: `color_temp_led2` -> "Color temperature LED 2"; a text with blanks stays as it is."""
    if " " in code:
        return code
    return _sentence(_words(code))


@lru_cache(maxsize=4096)
def called(code: str, platform: str) -> str:
    """Return the name of an entity of this platform that is made of the code, without what the platform says."""
    words = _ordered(_trimmed(_words(code), platform))
    return _sentence(words)


def is_plain(code: str) -> bool:
    """Whether the words of the code are known, single letters and numbers apart, so that its name is understood."""
    words = [word for word in _pieces(snake(code)) if len(word.rstrip("0123456789")) > 1 or _FORMULAS.fullmatch(word)]
    return bool(words) and all(map(_known, words))


def _words(code: str) -> list[str]:
    words = [word for piece in _pieces(snake(code)) for word in _meaning(piece)]
    return list(_in_context(words))


def _pieces(code: str) -> Iterator[str]:
    for part in code.split("_"):
        if _FORMULAS.fullmatch(part):
            yield part
        else:
            yield from _PIECES.findall(part)


def _meaning(word: str) -> tuple[str, ...]:
    """Return the words that one word of a code is made of."""
    return _known(word) or (word.upper() if len(word) < _LEAST or not set(word) & set("aeiouy") else word,)


@lru_cache(maxsize=4096)
def _known(word: str) -> tuple[str, ...]:
    """Return its meaning, nothing where it is in no list, is not made of such words and resembles none."""
    if word in SPELLINGS:
        return (SPELLINGS[word],)
    if word.isdigit() or word in WORDS or _is_inflected(word):
        return (word,)
    if apart := _apart(word):
        return tuple(SPELLINGS.get(piece, piece) for piece in apart)
    return (meant,) if (meant := _meant(word)) else ()


def _is_inflected(word: str) -> bool:
    return len(word) > _LEAST and any(word.removesuffix(end) in WORDS for end in _ENDINGS)


def _apart(word: str) -> Sequence[str]:
    """Take a glued word apart: into as few known ones as possible, the longest first among equals."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        fitting = [
            (*before, word[start:end])
            for start in range(end - _LEAST + 1)
            if (before := best[start]) is not None and _joins(word[start:end])
        ]
        best.append(min(fitting, key=lambda pieces: (len(pieces), -max(map(len, pieces))), default=None))
    return best[-1] or ()


def _joins(piece: str) -> bool:
    return piece in WORDS or piece in SPELLINGS or (piece.endswith("s") and len(piece) > 4 and piece[:-1] in WORDS)


def _meant(word: str) -> str | None:
    """Return the only known word that is one slip away: a letter too many, too few, wrong, or two swapped."""
    if len(word) < _LEAST_TYPO:
        return None
    cuts = [(word[:n], word[n:]) for n in range(1, len(word) + 1)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    slips = {
        *(head + tail[1:] for head, tail in cuts),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in cuts for letter in letters if tail),
        *(head + letter + tail for head, tail in cuts for letter in letters),
    }
    found = sorted(slips & WORDS)
    return found[0] if len(found) == 1 else None


def _in_context(words: list[str]) -> Iterator[str]:
    """Yield the words, those of several meanings as their neighbours tell, and none twice in a row."""
    for n, word in enumerate(words):
        if n and word == words[n - 1] and not word.isdigit():
            continue
        others, last = {*words[:n], *words[n + 1 :]}, n == len(words) - 1
        meanings = (row.meaning for row in CONTEXTS if row.word == word and row.fits(others, last=last))
        yield next(meanings, word)


def _trimmed(words: list[str], platform: str) -> list[str]:
    """Leave out what says nothing, unless nothing would be left."""
    said = SAID_BY_PLATFORM.get(platform, frozenset())
    first = SAID | said | ({"current"} if platform == "sensor" else set())
    while len(words) > 1 and words[0] in first and not words[1].isdigit():
        words = words[1:]
    while len(words) > 1 and words[-1] in SAID_LAST | said:
        words = words[:-1]
    return words


def _ordered(words: list[str]) -> list[str]:
    """Put words where English has them: "temperature maximum 2" -> "maximum temperature 2"."""
    tail = next((n for n, word in enumerate(reversed(words)) if not (word.isdigit() or word.startswith("("))), 0)
    head, rest = words[: len(words) - tail], words[len(words) - tail :]
    if len(head) < 2:
        return words
    *before, last = head
    if last in FORWARDS or (last == "current" and before[-1] in PRESENT):
        return [last, *before, *rest]
    return [*before, "setting", *rest] if last == "set" else words


def _sentence(words: Sequence[str]) -> str:
    text = " ".join(words)
    first = words[0].split(" ", 1)[0] if words else ""
    return text[:1].upper() + text[1:] if first.islower() and first != "pH" else text
