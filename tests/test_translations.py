from collections.abc import Iterator
import json
from pathlib import Path
import re
from string import Formatter
from typing import Any

import pytest

from custom_components.localtuya.entity import _TRANSLATIONS
from custom_components.localtuya.naming import NUMBERED
from custom_components.localtuya.status import STATES

from .catalogue import BESIDE_THE_ROWS, PACKAGE, RECORDS, bare_keys, features_of, keys_of, named_keys, rows, words_shown

ENGLISH: dict[str, Any] = json.loads((PACKAGE / "translations" / "en.json").read_text())
ENTITIES: dict[str, dict[str, dict[str, Any]]] = ENGLISH["entity"]
ICONS: dict[str, dict[str, dict[str, Any]]] = json.loads((PACKAGE / "icons.json").read_text())["entity"]


def test_every_row_has_a_name() -> None:
    named = {(platform, key) for platform, texts in ENTITIES.items() for key in texts if "name" in texts[key]}
    assert named_keys() <= named


def test_every_name_belongs_to_a_row() -> None:
    translated = {(platform, key) for platform, texts in ENTITIES.items() for key in texts}
    assert translated == {key for row in rows() for key in keys_of(row)} & translated | BESIDE_THE_ROWS


def test_every_state_of_a_link_has_a_word_and_an_icon() -> None:
    assert ENTITIES["sensor"]["link"]["state"].keys() == ICONS["sensor"]["link"]["state"].keys() == set(STATES)


def test_every_row_has_an_icon_or_a_device_class() -> None:
    assert bare_keys() <= {(platform, key) for platform, icons in ICONS.items() for key in icons}


def test_every_icon_belongs_to_a_name() -> None:
    for platform, icons in ICONS.items():
        assert icons.keys() <= ENTITIES[platform].keys(), platform
        assert all(re.fullmatch(r"mdi:[a-z0-9-]+", icon["default"]) for icon in icons.values()), platform


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_word_of_a_recorded_device_is_translated(path: Path) -> None:
    missing = []
    for platform, key, attribute, word in words_shown(features_of(path)):
        texts = ENTITIES[platform].get(key, {})
        states = (texts.get("state_attributes", {}).get(attribute, {}) if attribute else texts).get("state", {})
        if word not in states:
            missing.append((platform, key, word))
    assert not missing


def test_numbers_stand_where_a_name_is_numbered() -> None:
    for platform, names in ENTITIES.items():
        for name, texts in names.items():
            fields = {field for _, field, _, _ in Formatter().parse(texts.get("name", "")) if field}
            wanted = {"number"} if name.endswith(NUMBERED) else set()
            assert fields == wanted, (platform, name)


def test_texts_keep_the_rules_of_home_assistant() -> None:
    for path, text in texts_of({"entity": ENTITIES, "exceptions": ENGLISH["exceptions"]}):
        assert all(re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", part) for part in path), path
        assert text.strip() == text != "", path
        assert not re.search(r"<|>|https?:|www\.|'\{", text), path
        assert "state" not in path or "{" not in text, path


@pytest.mark.parametrize(
    ("name", "fields"),
    [(name, {"device", "reason"}) for _, name in _TRANSLATIONS] + [("value_rejected", {"value", "allowed", "code"})],
)
def test_every_error_has_a_text(name: str, fields: set[str]) -> None:
    text = ENGLISH["exceptions"][name]["message"]
    assert {field for _, field, _, _ in Formatter().parse(text) if field} <= fields


def texts_of(node: dict[str, Any], *path: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, value in node.items():
        if isinstance(value, dict):
            yield from texts_of(value, *path, name)
        else:
            yield (*path, name), value
