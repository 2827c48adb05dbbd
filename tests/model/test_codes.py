import pytest

from custom_components.localtuya.model.codes import fold, is_secret, snake, tokens


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


@pytest.mark.parametrize(
    "code", ["temporary_password", "wifiPassword", "remote_no_pd_setkey", "unlock_pin", "wifi_ssid", "ipc_token"]
)
def test_what_is_secret(code: str) -> None:
    assert is_secret(code)


@pytest.mark.parametrize("code", ["switch_1", "cur_power", "keep_warm", "spin_speed", "pir", "led"])
def test_what_is_not(code: str) -> None:
    assert not is_secret(code)
