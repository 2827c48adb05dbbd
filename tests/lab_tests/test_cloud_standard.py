"""The derivation of standard instruction sets, against pairs seen in real products."""

from typing import Any

import pytest

from tests.lab.cloud_standard import given_set, instruction_set


def enum(dp: int, code: str, *words: str) -> dict[str, Any]:
    return {"id": dp, "code": code, "mode": "rw", "type": "obj", "property": {"type": "enum", "range": list(words)}}


@pytest.mark.parametrize(
    ("row", "category", "code", "kind", "words"),
    [
        (
            enum(38, "relay_status", "off", "on", "memory"),
            "cz",
            "relay_status",
            "Enum",
            ["power_off", "power_on", "last"],
        ),
        (enum(38, "relay_status", "0", "1", "2"), "cz", "relay_status", "Enum", ["0", "1", "2"]),
        (enum(1, "switch_type_1", "single_click", "long_press"), "wxkg", "switch_mode1", "Enum", ["click", "press"]),
        (enum(1, "status", "open", "closed"), "mc", "doorcontact_state", "Boolean", [True, False]),
        (enum(1, "status", "open", "closed"), "cl", "status", "Enum", ["open", "closed"]),
    ],
)
def test_words_are_translated_both_ways(
    row: dict[str, Any], category: str, code: str, kind: str, words: list[object]
) -> None:
    (instruction,) = instruction_set([row], category)
    assert (instruction.code, instruction.type) == (code, kind)
    said = row["property"]["range"]
    assert [instruction.standard(word) for word in said] == words
    assert [instruction.product(word) for word in words] == said


@pytest.mark.parametrize(
    ("dp", "digits", "text"),
    [
        (24, "00f5030c03e8", '{"h":245,"s":780,"v":1000}'),
        (5, "0000000078ff80", '{"h":120,"s":255,"v":128}'),
    ],
)
def test_colours_are_translated_both_ways(dp: int, digits: str, text: str) -> None:
    row = {"id": dp, "code": "colour_data", "mode": "rw", "type": "obj", "property": {"type": "string"}}
    (instruction,) = instruction_set([row], "dj")
    assert instruction.type == "Json"
    assert instruction.standard(digits) == text
    assert instruction.product(text) == digits
    assert instruction.standard("nonsense") == "nonsense"


def test_some_datapoints_are_not_standard() -> None:
    old_energy = {"id": 3, "code": "add_ele", "mode": "ro", "type": "obj", "property": {"type": "value"}}
    custom = {"id": 101, "code": "party", "mode": "rw", "type": "obj", "property": {"type": "bool"}}
    battery = {"id": 102, "code": "battery", "mode": "ro", "type": "obj", "property": {"type": "value"}}
    assert instruction_set([old_energy, custom], "cz") == ()
    assert [row.code for row in instruction_set([old_energy, custom, battery], "wsdcg")] == ["add_ele", "va_battery"]


def test_a_given_set_is_kept() -> None:
    row = {"code": "switch", "dp_id": 1, "type": "Boolean", "values": "{}"}
    model = [{"id": 1, "code": "switch_on", "mode": "rw", "type": "obj", "property": {"type": "bool"}}]
    (instruction,) = given_set({"functions": [row], "status": []}, model)
    assert (instruction.code, instruction.product_code, instruction.mode) == ("switch", "switch_on", "wr")
    assert instruction.row(with_dp=True) == row
