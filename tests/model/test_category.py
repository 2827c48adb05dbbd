import pytest

from custom_components.localtuya.model.catalogue.cards import CARDS, WORDS_ONLY
from custom_components.localtuya.model.catalogue.words import WORDS
from custom_components.localtuya.model.category import VAGUE, candidates, infer
from custom_components.localtuya.model.category.rules import RULES
from custom_components.localtuya.model.codes import fold
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
        (("phase_a", "total_forward_energy", "charge_cur_set", "work_state", "connection_state"), "qccdz"),
        (("pv1_volt", "pv1_curr", "add_ele", "cur_power", "switch"), "znnbq"),
        (("meal_plan", "feed_state", "basic_flip"), "cwwsq"),
        (("cat_weight", "clean", "empty"), "msp"),
        (("start", "temp_current", "warm", "work_type"), "bh"),
        (("switch", "countdown", "battery_percentage", "timer1"), "sfkzq"),
        (("switch_1", "tr_timecon"), "ckmkzq"),
        (("ir_send", "ir_study_code", "temp_current"), "wnykq"),
        (("control", "percent_control", "light_mode"), "cl"),
        (("switch_1", "countdown_1", "light_mode"), "kg"),
        (("switch", "temp_set", "temp_current", "level"), "qn"),
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


@pytest.mark.parametrize(
    ("low", "high", "modes", "category"),
    [
        (5, 35, ["eco"], "wk"),
        (50, 350, ["eco"], "wk"),  # without its scale
        (5, 75, ["eco"], "rs"),
        (-40, 100, ["eco"], "wk"),
        (5, 75, ["eco_heat", "eco_cool"], "wk"),
    ],
)
def test_no_room_is_set_to_what_a_boiler_is(low: int, high: int, modes: list[str], category: str) -> None:
    target = row("temp_set", "value", min=low, max=high, scale=1 if high > 100 else 0)
    boiler = record(row("switch", "bool"), target, row("temp_current", "value"), row("mode", "enum", range=modes))
    assert infer(Schema.of(boiler)) == category


def test_sure_codes_say_more_than_a_vague_category() -> None:
    feeder = Schema.of(record(row("manual_feed", "value"), row("switch", "bool")))
    plug = Schema.of(record(row("switch_1", "bool"), row("cur_power", "value")))
    assert list(candidates("kg", feeder)) == ["cwwsq", "kg"]
    assert list(candidates("dj", feeder)) == ["dj", "cwwsq"]
    assert list(candidates("kg", plug)) == ["kg", "cz"]
    assert list(candidates("", plug)) == ["cz"]
    assert list(candidates("cwwsq", feeder)) == ["cwwsq"]


def test_what_is_vague_is_never_sure() -> None:
    assert not {rule.category for rule in RULES if rule.sure} & VAGUE


def test_codes_are_folded() -> None:
    written = " ".join(
        " ".join((rule.any_of, rule.none, rule.writable, *rule.groups, (rule.scope or ("",))[0])) for rule in RULES
    )
    assert written == written.lower()
    assert "_" not in written


def test_no_category_has_two_cards() -> None:
    cards = {id(card): card for card in CARDS.values()}
    listed = [category for card in cards.values() for category in card.categories]
    assert len(listed) == len(set(listed)) == len(CARDS)
    assert not WORDS_ONLY & set(listed)


def test_a_code_on_a_card_has_words() -> None:
    for card in CARDS.values():
        codes = (*(row for row in card.rows if isinstance(row, str)), *card.spare.split())
        assert [code for code in codes if fold(code) not in WORDS] == []
