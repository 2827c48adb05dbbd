"""All rows of the catalogue, and the words that they need in `translations/en.json` and `icons.json`."""

from collections.abc import Iterator
from dataclasses import replace
import json
from pathlib import Path
import re

from custom_components.localtuya.model.catalogue.cards import CARDS
from custom_components.localtuya.model.catalogue.words import COMPOSITES, ROWS
from custom_components.localtuya.model.plan import make_plan
from custom_components.localtuya.model.quirks.families import QUIRKS
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.spec import MAIN, Feature, Source, Spec
from custom_components.localtuya.naming import CHOICE, translation_key

PACKAGE = Path(__file__).parent.parent / "custom_components" / "localtuya"
RECORDS = sorted((Path(__file__).parent / "devices").glob("*.json"))
BESIDE_THE_ROWS = {
    ("sensor", "link"),  # how a device fares: status.py
    ("sensor", "last_seen"),
    ("select", CHOICE),  # words that turn up anywhere
    ("sensor", CHOICE),
}
NEED_ICONS = frozenset({"button", "date", "datetime", "number", "select", "sensor", "switch", "text", "time"})
STATE_ATTRIBUTES = {
    ("climate", "preset_mode"): "preset_mode",
    ("climate", "fan_mode"): "fan_mode",
    ("climate", "swing_mode"): "swing_mode",
    ("climate", "swing_horizontal_mode"): "swing_horizontal_mode",
    ("event", MAIN): "event_type",
    ("fan", "preset_mode"): "preset_mode",
    ("humidifier", "mode"): "mode",
    ("light", "effect"): "effect",
    ("light", "scene"): "effect",
    ("light", "scene_color"): "effect",
    ("vacuum", "fan_speed"): "fan_speed",
}
"""The attribute that shows a role's words, where it is not the state."""
STATES = frozenset({("select", MAIN), ("sensor", MAIN), ("water_heater", "operation_mode")})
"""The roles whose words are the state."""
_A_WORD = re.compile(r"(?=.*[a-z]{3})[a-z_]+")  # what a person would read; level_3 and e1 say it all


def rows() -> Iterator[Spec]:
    """Yield every row."""
    yield from ROWS
    yield from COMPOSITES
    for card in CARDS.values():
        yield from card.specs
    for quirk in QUIRKS:
        yield from quirk.specs


def keys_of(row: Spec) -> set[tuple[str, str]]:
    """Return the translation keys of a row; something numbered loses its number where it is alone."""
    looks = (row.look, replace(row.look, number=None))
    features = (Feature(row.platform, points={}, dp="1", code="", source=Source.CARD, look=look) for look in looks)
    return {(row.platform, translation_key(feature) or "") for feature in features}


def named_keys() -> set[tuple[str, str]]:
    """Return the keys that need a name."""
    return {key for row in rows() if row.look.name for key in keys_of(row)}


def bare_keys() -> set[tuple[str, str]]:
    """Return the keys that need an icon: nothing else gives them one."""
    return {key for row in rows() if row.platform in NEED_ICONS and not row.look.device_class for key in keys_of(row)}


def features_of(path: Path) -> list[Feature]:
    """Return the features of a recorded device that are translated."""
    plan = make_plan(DeviceRecord.from_json(json.loads(path.read_text())))
    return [feature for feature in plan.features if translation_key(feature)]


def words_shown(features: list[Feature]) -> Iterator[tuple[str, str, str | None, str]]:
    """Yield platform, key, attribute (None for the state) and word of whatever a person may read."""
    for feature in features:
        for role, point in feature.points.items():
            attribute = STATE_ATTRIBUTES.get((feature.platform, role))
            if attribute is None and (feature.platform, role) not in STATES:
                continue
            for word in filter(_A_WORD.fullmatch, point.options):
                yield feature.platform, translation_key(feature) or "", attribute, word
