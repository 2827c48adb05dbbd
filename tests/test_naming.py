from dataclasses import replace

from homeassistant.helpers.typing import UNDEFINED
import pytest

from custom_components.localtuya.model.convert.bits import boolean
from custom_components.localtuya.model.datapoint import Bool
from custom_components.localtuya.model.spec import Feature, Look, Source
from custom_components.localtuya.naming import name, readable, translation_key, unique_id

from .house import feature


def named(source: Source = Source.CARD, **look: object) -> Feature:
    plain = feature("switch", (Bool("1", code="switch"), boolean), source=source)
    return replace(plain, look=Look(**look))  # type: ignore[arg-type]


def test_unique_id_is_the_one_of_earlier_versions() -> None:
    assert unique_id("bf01", "7") == "local_bf01_7"
    assert unique_id("bf01", "6_voltage") == "local_bf01_6_voltage"


@pytest.mark.parametrize(
    ("wanted", "key", "shown"),
    [
        (named(), "switch", None),
        (named(number=2), "switch_numbered", UNDEFINED),
        (named(name="child_lock"), "child_lock", UNDEFINED),
        (named(name="countdown", number=3), "countdown_numbered", UNDEFINED),
        (named(Source.LEFTOVERS, name="cur_power"), None, "Current power"),
        (named(Source.LEFTOVERS, name="relay", number=4), None, "Relay 4"),
        (named(Source.LEFTOVERS, name="relay_4", number=4), None, "Relay 4"),
        (named(Source.USER, name="relay_4"), None, "Relay 4"),
        (named(name="child_lock", label="Hands off"), "child_lock", "Hands off"),
        (named(label="Hands off"), "switch", "Hands off"),
        (named(Source.USER, name="relay_4", label="Pump"), None, "Pump"),
    ],
)
def test_names(wanted: Feature, key: str | None, shown: object) -> None:
    assert translation_key(wanted) == key
    assert name(wanted, [wanted]) == shown


def test_of_two_with_one_name_the_later_goes_by_its_code() -> None:
    first = named(name="clear_delay")
    second = replace(named(name="clear_delay"), dp="2", code="NoneDelayTime")

    assert name(first, [first, second]) is UNDEFINED
    assert name(second, [first, second]) == "None delay time"
    assert name(replace(second, part="high"), [second, first]) == "None delay time"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("switch_1", "Switch 1"),
        ("cur_temp_led2", "Current temperature led 2"),
        ("led_mode", "LED mode"),
        ("pm25_value", "PM2.5 value"),
        ("ph_calib", "pH calib"),
        ("dp_104", "DP 104"),
        ("__", ""),
        ("Pump in the garden", "Pump in the garden"),
    ],
)
def test_readable(code: str, words: str) -> None:
    assert readable(code) == words
