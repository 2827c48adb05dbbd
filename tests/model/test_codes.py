import pytest

from custom_components.localtuya.model.codes import fold, snake, tokens


@pytest.mark.parametrize(
    ("code", "folded", "word"),
    [
        ("TempSet", "tempset", "temp_set"),
        ("temp_set", "tempset", "temp_set"),
        ("C_F_", "cf", "c_f"),
        ("DeviceKwh2", "devicekwh2", "device_kwh2"),
        ("LED", "led", "led"),
        ("温度", "", ""),
    ],
)
def test_one_way_to_compare_and_one_to_show(code: str, folded: str, word: str) -> None:
    assert (fold(code), snake(code)) == (folded, word)


def test_tokens_have_no_numbers() -> None:
    assert tokens("cur_power_2") == {"cur", "power"}
    assert tokens("CH1_RealTemp") == {"ch", "real", "temp"}
