from dataclasses import replace

from homeassistant.helpers.typing import UNDEFINED
import pytest

from custom_components.localtuya.model.convert.bits import boolean
from custom_components.localtuya.model.datapoint import Bool
from custom_components.localtuya.model.spec import Feature, Look, Source
from custom_components.localtuya.naming import names, translation_key, unique_id

from .house import feature


def named(source: Source = Source.CARD, **look: object) -> Feature:
    plain = feature("switch", (Bool("1", code="switch"), boolean), source=source)
    return replace(plain, look=Look(**look))  # type: ignore[arg-type]


def test_unique_id_is_the_one_of_earlier_versions() -> None:
    assert unique_id("bf01", "7") == "local_bf01_7"
    assert unique_id("bf01", "6_voltage") == "local_bf01_6_voltage"


def coded(code: str, platform: str = "sensor", label: str = "", source: Source = Source.LEFTOVERS) -> Feature:
    plain = feature(platform, (Bool(code[-1], code=code, label=label), boolean), source=source)
    return replace(plain, look=Look(name=code))


@pytest.mark.parametrize(
    ("wanted", "key", "shown"),
    [
        (named(), "switch", None),
        (named(number=2), "switch_numbered", UNDEFINED),
        (named(name="child_lock"), "child_lock", UNDEFINED),
        (named(name="countdown", number=3), "countdown_numbered", UNDEFINED),
        (coded("cur_power"), None, "Power"),
        (coded("relay_4", source=Source.USER), None, "Relay 4"),
        (named(name="child_lock", label="Hands off"), "child_lock", "Hands off"),
        (named(label="Hands off"), "switch", "Hands off"),
        (named(Source.USER, name="relay_4", label="Pump"), None, "Pump"),
    ],
)
def test_names(wanted: Feature, key: str | None, shown: object) -> None:
    assert translation_key(wanted) == key
    assert names([wanted]) == [shown]


def test_of_two_with_one_name_the_later_goes_by_its_code() -> None:
    first = named(name="clear_delay")
    second = replace(named(name="clear_delay"), dp="2", code="NoneDelayTime")

    high = replace(second, part="high")
    assert names([first, second, high]) == [UNDEFINED, "None delay time", "None delay time high"]


def test_no_two_names_are_the_same() -> None:
    translated, one, two = named(name="relay", number=2), coded("relay", "select"), coded("Relay", "select")
    later = replace(coded("RELAY", "select"), dp="9")
    labelled = named(name="pump", label="Relay")

    assert names([translated, one, two, later]) == [UNDEFINED, "Relay", "Relay 3", "Relay 4"]
    assert names([one, labelled]) == ["Relay 2", "Relay"]


@pytest.mark.parametrize(
    ("code", "label", "shown"),
    [
        ("vele_p", "electrode voltage", "Electrode voltage"),
        ("vele_p", "电极电压", "Vele P"),
        ("vele_p", "U1", "Vele P"),
        ("water_level", "Level of the tank", "Water level"),
    ],
)
def test_the_makers_words_help_where_the_code_says_nothing(code: str, label: str, shown: str) -> None:
    wanted = coded(code, label=label)
    assert names([wanted]) == [shown]
