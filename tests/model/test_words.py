"""Every row of the catalogue speaks Home Assistant's words."""

from collections import Counter
import re

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.button.const import ButtonDeviceClass
from homeassistant.components.climate.const import HVACAction, HVACMode
from homeassistant.components.cover import CoverDeviceClass
from homeassistant.components.event import EventDeviceClass
from homeassistant.components.humidifier.const import HumidifierDeviceClass
from homeassistant.components.number import NumberDeviceClass
from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.components.sensor.const import DEVICE_CLASS_STATE_CLASSES, DEVICE_CLASS_UNITS
from homeassistant.components.switch.const import SwitchDeviceClass
from homeassistant.components.valve import ValveDeviceClass
from homeassistant.const import EntityCategory, Platform
import pytest

from custom_components.localtuya.model.catalogue.cards import CARDS
from custom_components.localtuya.model.catalogue.words import COMPOSITES, ROWS, WORDS
from custom_components.localtuya.model.convert.climate import ACTIONS, HVAC_MODES
from custom_components.localtuya.model.plan import make_plan
from custom_components.localtuya.model.quirks.families import QUIRKS
from custom_components.localtuya.model.spec import Look, Spec

from .devices import NAMES, device

CLASSES = {
    "sensor": SensorDeviceClass,
    "binary_sensor": BinarySensorDeviceClass,
    "number": NumberDeviceClass,
    "switch": SwitchDeviceClass,
    "button": ButtonDeviceClass,
    "cover": CoverDeviceClass,
    "event": EventDeviceClass,
    "humidifier": HumidifierDeviceClass,
    "valve": ValveDeviceClass,
}
CATALOGUE: tuple[Spec, ...] = (
    *ROWS,
    *COMPOSITES,
    *(row for card in {id(card): card for card in CARDS.values()}.values() for row in card.specs),
    *(row for quirk in QUIRKS for row in quirk.specs),
)


def check(platform: str, look: Look) -> None:
    Platform(platform)
    assert re.fullmatch(r"([a-z][a-z0-9_]*)?", look.name)
    if look.category:
        EntityCategory(look.category)
    assert look.category != "config" or platform not in {"sensor", "binary_sensor"}
    assert look.category != "diagnostic" or platform not in {"light", "cover", "climate", "fan", "humidifier"}
    if not look.device_class:
        return
    CLASSES[platform](look.device_class)
    if platform == "sensor" and look.state_class:
        assert SensorStateClass(look.state_class) in DEVICE_CLASS_STATE_CLASSES[SensorDeviceClass(look.device_class)]


def check_unit(platform: str, look: Look) -> None:
    if platform in {"sensor", "number"} and look.device_class in DEVICE_CLASS_UNITS:
        assert look.unit in {
            None if unit is None else str(unit)
            for unit in DEVICE_CLASS_UNITS[look.device_class]  # type: ignore[index]
        }


@pytest.mark.parametrize("platform", sorted({row.platform for row in CATALOGUE}))
def test_a_row_speaks_home_assistants_words(platform: str) -> None:
    wrong = {}
    for row in (row for row in CATALOGUE if row.platform == platform):
        try:
            check(row.platform, row.look)
            if row.look.unit:
                check_unit(row.platform, row.look)
            assert set(row.needs) <= set(row.roles)
        except (AssertionError, ValueError, KeyError) as error:
            wrong[next(iter(row.roles.values())).code] = error
    assert wrong == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_planned_entity_speaks_home_assistants_words(name: str) -> None:
    for feature in make_plan(device(name)).features:
        check(feature.platform, feature.look)
        check_unit(feature.platform, feature.look)
        for point in feature.points.values():
            assert all(re.fullmatch(r"[a-z0-9_]+", option) for option in point.options)
            assert len(set(point.options)) == len(point.options)


def test_climate_words() -> None:
    assert {HVACMode(mode) for mode in HVAC_MODES.values()}
    assert {HVACAction(word) for word in ACTIONS.values()}


def test_no_row_stands_in_the_shadow_of_another() -> None:
    shadowed = []
    for word, candidates in WORDS.items():
        whole = [row for row in candidates if not row.part]
        alike = Counter((row.platform, next(iter(row.roles.values())).convert) for row in whole)
        shadowed += [(word, platform) for (platform, _), times in alike.items() if times > 1]
    assert sorted(shadowed) == []
