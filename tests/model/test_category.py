import pytest

from custom_components.localtuya.model.catalogue.cards import CARDS
from custom_components.localtuya.model.category import infer
from custom_components.localtuya.model.category.rules import RULES
from custom_components.localtuya.model.schema import Schema

from .devices import record, row


@pytest.mark.parametrize(
    ("codes", "category"),
    [
        (("switch_1", "cur_power", "add_ele"), "cz"),
        (("switch_1", "switch_2"), "kg"),
        (("switch_led", "bright_value", "colour_data"), "dj"),
        (("temp_set", "temp_current", "mode"), "wk"),
        (("temp_set", "temp_current", "windspeed"), "kt"),
        (("dehumidify_set_value", "switch"), "cs"),
        (("fan_speed", "switch"), "fs"),
        (("phase_a", "total_forward_energy", "switch"), "dlq"),
        (("poem",), ""),
    ],
)
def test_kinds(codes: tuple[str, ...], category: str) -> None:
    schema = Schema.of(record(*(row(code, "value") for code in codes)))
    assert infer(schema) == category


def test_an_enumeration_tells_too() -> None:
    curtain = Schema.of(record(row("control", "enum", range=["open", "stop", "close"])))
    select = Schema.of(record(row("control", "enum", range=["a", "b"])))
    assert (infer(curtain), infer(select)) == ("cl", "")


def test_modes_of_an_air_conditioner_must_cool() -> None:
    target, fan = row("temp_set", "value"), row("fan_mode", "enum", range=["a"])
    cools = Schema.of(record(target, fan, row("mode", "enum", range=["cold"])))
    heats = Schema.of(record(target, fan, row("mode", "enum", range=["eco"])))
    assert (infer(cools), infer(heats)) == ("kt", "wk")


def test_codes_are_folded() -> None:
    written = " ".join(" ".join((rule.any_of, rule.none, rule.writable, *rule.groups)) for rule in RULES)
    assert written == written.lower()
    assert "_" not in written


def test_no_category_has_two_cards() -> None:
    cards = {id(card): card for card in CARDS.values()}
    listed = [category for card in cards.values() for category in card.categories]
    assert len(listed) == len(set(listed)) == len(CARDS)
