from custom_components.localtuya.model.catalogue.words import COMPOSITES
from custom_components.localtuya.model.index import Index

ROWS = {"one": ("a b",), "both": ("a", "c d"), "any": (), "blank": ("", "b")}


def among(words: str) -> list[str]:
    index = Index(ROWS, lambda row: (frozenset(text.split()) for text in ROWS[row]))
    return list(index.among(frozenset(words.split())))


def test_a_row_is_found_by_one_word_of_each_set_that_it_needs() -> None:
    assert among("") == ["any"]
    assert among("a") == ["one", "any"]
    assert among("d a") == ["one", "both", "any"]
    assert among("b c") == ["one", "any", "blank"]


def test_it_finds_what_a_look_at_every_row_finds() -> None:
    index = Index(COMPOSITES, lambda row: row.needed)
    words = frozenset({"switchled", "brightvalue", "control", "switch", "fanspeed"})

    found = list(index.among(words))
    assert found
    assert found == [row for row in COMPOSITES if all(words & needed for needed in row.needed)]
