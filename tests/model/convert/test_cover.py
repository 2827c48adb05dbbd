import pytest

from custom_components.localtuya.model.convert.cover import command, contact, doing, gate
from custom_components.localtuya.model.errors import ValueRejected

from ..devices import dp


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["open", "stop", "close", "continue"], ("open", "stop", "close")),
        (["FZ", "ZZ", "STOP"], ("open", "close", "stop")),
        (["on", "off"], ("open", "close")),
        (["0", "1", "2"], None),
    ],
)
def test_commands(words: list[str], options: tuple[str, ...] | None) -> None:
    point = command(dp("control", "enum", range=words))
    assert (point and point.options) == options


def test_a_boolean_only_moves_gates() -> None:
    datapoint = dp("switch_1", "bool")
    assert command(datapoint) is None
    point = gate(datapoint)
    assert point is not None
    assert point.write("close") == {"1": False}
    assert point.read({"1": True}) == "open"
    with pytest.raises(ValueRejected):
        point.write("stop")


def test_a_contact_is_true_while_open() -> None:
    point = contact(dp("doorcontact_state", "bool", mode="ro"))
    assert point is not None
    assert [point.read({"1": raw}) for raw in (True, False)] == ["open", "closed"]


def test_a_motor_that_never_says_that_it_stopped_is_not_believed() -> None:
    assert doing(dp("work_state", "enum", range=["opening", "closing"])) is None
    point = doing(dp("work_state", "enum", range=["opening", "closing", "stop"]))
    assert point is not None
    assert point.read({"1": "stop"}) == "stopped"
