"""The targets of scripts/fuzz for a moment: seeds and mutations of them, always the same, without atheris."""

import os
from random import Random
import time

import pytest

from .targets import TARGETS, seeds

SECONDS = float(os.environ.get("FUZZ_SECONDS", "1"))
LEAST = 500
"""Inputs that are tried however slow the machine is."""
LONGEST = 160
PATIENCE = 2.0
"""Seconds that no single input may take."""


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks_a_promise(name: str) -> None:
    random = Random(name)  # noqa: S311 - repeatable on purpose
    corpus = seeds(name)
    assert corpus
    end = time.monotonic() + SECONDS
    tried = 0
    while tried < LEAST or time.monotonic() < end:
        data = corpus[tried] if tried < len(corpus) else mutated(random, corpus)
        begun = time.monotonic()
        try:
            TARGETS[name](data)
        except Exception as error:
            error.add_note(f"input: {data.hex()}")
            raise
        assert time.monotonic() - begun < PATIENCE, data.hex()
        tried += 1


def mutated(random: Random, corpus: list[bytes]) -> bytes:
    """Give a mixture of two seeds with some bytes changed."""
    one, other = random.choice(corpus), random.choice(corpus)
    data = bytearray(one[: random.randint(0, len(one))] + other[random.randint(0, len(other)) :])[:LONGEST]
    for _ in range(random.randint(1, 8)):
        at = random.randint(0, len(data))
        match random.randrange(4):
            case 0:
                data[at:at] = random.randbytes(random.randint(1, 8))
            case 1:
                del data[at : at + random.randint(1, 8)]
            case 2:
                data[at : at + 1] = random.randbytes(1)
            case _:
                data[at : at + 1] = bytes([random.choice((0, 1, 2, 255))])
    return bytes(data[:LONGEST])
