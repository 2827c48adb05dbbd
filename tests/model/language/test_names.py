import json
from pathlib import Path

import pytest

from custom_components.localtuya.model.language import called, is_plain, readable
from custom_components.localtuya.model.language.spellings import SPELLINGS
from custom_components.localtuya.model.language.vocabulary import WORDS

RECORDS = sorted((Path(__file__).parents[2] / "devices").glob("*.json"))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("switch_1", "Switch 1"),
        ("color_temp_led2", "Color temperature LED 2"),
        ("led_mode", "LED mode"),
        ("pm25_value", "PM2.5 value"),
        ("ph_calib", "pH calibration"),
        ("dp_104", "DP 104"),
        ("T2_down_limit", "T2 down limit"),
        ("ch2o", "CH₂O"),
        ("__", ""),
        ("Pump in the garden", "Pump in the garden"),
    ],
)
def test_readable(code: str, words: str) -> None:
    assert readable(code) == words


@pytest.mark.parametrize(
    ("code", "platform", "words"),
    [
        ("switch_inching", "switch", "Inching"),
        ("switch_inching", "text", "Switch inching"),
        ("switch_2", "switch", "Switch 2"),
        ("motion_switch", "switch", "Motion"),
        ("cur_power", "sensor", "Power"),
        ("cur_current", "sensor", "Current"),
        ("cur_temp_led2", "sensor", "Temperature LED 2"),
        ("tempcurrent", "sensor", "Current temperature"),
        ("leakage_current", "sensor", "Leakage current"),
        ("childlock", "switch", "Child lock"),
        ("FilterLife", "sensor", "Filter life"),
        ("orpmaxlimit", "number", "ORP maximum limit"),
        ("temp_current_f", "sensor", "Current temperature (°F)"),
        ("brightness_max_1", "number", "Maximum brightness 1"),
        ("temp_set", "sensor", "Temperature setting"),
        ("temp_set", "number", "Temperature"),
        ("qidongwencha", "number", "Start temperature difference"),
        ("wendu", "sensor", "Temperature"),
        ("moisure", "sensor", "Moisture"),
        ("paramater_2", "number", "Parameter 2"),
        ("mic_vol", "number", "Microphone volume"),
        ("pv_vol", "sensor", "PV voltage"),
        ("temp_password", "text", "Temporary password"),
        ("ipc_siren_volume", "number", "Siren volume"),
        ("basic_osd", "switch", "OSD"),
        ("unseen", "sensor", "Unseen"),
        ("value", "sensor", "Value"),
        ("12", "sensor", "12"),
        ("", "sensor", ""),
    ],
)
def test_called(code: str, platform: str, words: str) -> None:
    assert called(code, platform) == words


@pytest.mark.parametrize(
    ("code", "plain"),
    [("window_check", True), ("childlockswitch", True), ("vele_n", False), ("skdl_2", False), ("p91", False)],
)
def test_is_plain(code: str, *, plain: bool) -> None:
    assert is_plain(code) is plain


def test_the_codes_of_the_recorded_devices_are_plain() -> None:
    codes = {row["code"] for path in RECORDS for row in json.loads(path.read_text())["properties"]}
    strange = {code for code in codes if not is_plain(code)}
    assert len(strange) <= len(codes) / 20, sorted(strange)


def test_no_word_is_explained_that_is_a_word() -> None:
    assert sorted(WORDS & {word for word, meaning in SPELLINGS.items() if meaning.lower() == word}) == []
