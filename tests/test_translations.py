from collections.abc import Iterator
from dataclasses import replace
import json
from pathlib import Path
import re
from string import Formatter
from typing import Any

import pytest

from custom_components.localtuya.entity import _TRANSLATIONS
from custom_components.localtuya.model.catalogue.cards import CARDS
from custom_components.localtuya.model.catalogue.words import COMPOSITES, ROWS
from custom_components.localtuya.model.plan import make_plan
from custom_components.localtuya.model.quirks.families import QUIRKS
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.spec import MAIN, Feature, Source, Spec
from custom_components.localtuya.naming import NUMBERED, translation_key
from custom_components.localtuya.status import STATES

PACKAGE = Path(__file__).parent.parent / "custom_components" / "localtuya"
BESIDE_THE_ROWS = {("sensor", "link"), ("sensor", "last_seen")}  # how a device fares: status.py
ENGLISH: dict[str, Any] = json.loads((PACKAGE / "translations" / "en.json").read_text())
ENTITIES: dict[str, dict[str, dict[str, Any]]] = ENGLISH["entity"]
ICONS: dict[str, dict[str, dict[str, Any]]] = json.loads((PACKAGE / "icons.json").read_text())["entity"]
RECORDS = sorted((Path(__file__).parent / "devices").glob("*.json"))

NEED_ICONS = frozenset({"button", "number", "select", "sensor", "switch"})
A_WORD = re.compile(r"(?=.*[a-z]{3})[a-z_]+")  # what a person would read; level_3 and e1 say it all
STATE_ATTRIBUTES = {
    ("climate", "preset"): "preset_mode",
    ("climate", "fan_mode"): "fan_mode",
    ("climate", "swing_mode"): "swing_mode",
    ("fan", "preset"): "preset_mode",
    ("humidifier", "mode"): "mode",
    ("light", "effect"): "effect",
}


def rows() -> Iterator[Spec]:
    yield from ROWS
    yield from COMPOSITES
    for card in CARDS.values():
        yield from card.rows
    for quirk in QUIRKS:
        yield from quirk.specs


def keys_of(row: Spec) -> set[tuple[str, str]]:
    """Return the translation keys of a row; something numbered loses its number where it is alone."""
    looks = (row.look, replace(row.look, number=None))
    features = (Feature(row.platform, points={}, dp="1", code="", source=Source.CARD, look=look) for look in looks)
    return {(row.platform, translation_key(feature) or "") for feature in features}


def features_of(path: Path) -> list[Feature]:
    plan = make_plan(DeviceRecord.from_json(json.loads(path.read_text())))
    return [feature for feature in plan.features if translation_key(feature)]


def test_every_row_has_a_name() -> None:
    named = {(platform, key) for platform, texts in ENTITIES.items() for key in texts if "name" in texts[key]}
    wanted = {key for row in rows() if row.look.name for key in keys_of(row)}
    assert wanted <= named


def test_every_name_belongs_to_a_row() -> None:
    translated = {(platform, key) for platform, texts in ENTITIES.items() for key in texts}
    assert translated == {key for row in rows() for key in keys_of(row)} & translated | BESIDE_THE_ROWS


def test_every_state_of_a_link_has_a_word_and_an_icon() -> None:
    assert ENTITIES["sensor"]["link"]["state"].keys() == ICONS["sensor"]["link"]["state"].keys() == set(STATES)


def test_every_row_has_an_icon_or_a_device_class() -> None:
    bare = [row for row in rows() if row.platform in NEED_ICONS and not row.look.device_class]
    iconic = {(platform, key) for platform, icons in ICONS.items() for key in icons}
    assert {key for row in bare for key in keys_of(row)} <= iconic


def test_every_icon_belongs_to_a_name() -> None:
    for platform, icons in ICONS.items():
        assert icons.keys() <= ENTITIES[platform].keys(), platform
        assert all(re.fullmatch(r"mdi:[a-z0-9-]+", icon["default"]) for icon in icons.values()), platform


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_word_of_a_recorded_device_is_translated(path: Path) -> None:
    missing = []
    for feature in features_of(path):
        texts = ENTITIES[feature.platform].get(translation_key(feature) or "", {})
        for role, point in feature.points.items():
            attribute = STATE_ATTRIBUTES.get((feature.platform, role))
            if attribute is None and (role != MAIN or feature.platform not in {"select", "sensor"}):
                continue
            states = (texts["state_attributes"][attribute] if attribute else texts).get("state", {})
            words = [word for word in point.options if A_WORD.fullmatch(word) and word not in states]
            missing += [(feature.platform, translation_key(feature), word) for word in words]
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
