"""The staff of the simulated home: who cleans, mows, guards, waters, boils and is pressed."""

from base64 import b64encode
import json

from tests.lab.appliance import GATEWAY, Appliance, News


def message(**fields: object) -> str:
    """Return what a camera says when it saw something: JSON in base64."""
    return b64encode(json.dumps(fields).encode()).decode()


STAFF = (
    Appliance(
        "Robot vacuum",
        product="sd_7r6peku8c57nu8wp",
        product_name="Vacuum and mop robot",
        version="3.3",
        dps={"2": False, "3": "standby", "4": "stop", "5": "charge_done", "6": 98, "7": 71, "8": 84, "9": 39}
        | {"10": False, "11": False, "12": False, "13": False, "14": "normal", "15": "", "16": 0, "17": 0, "18": 0}
        | {"20": "middle", "24": "both_work", "101": False, "104": "vol_normal", "105": "english"},
        news=News({"2": True, "3": "smart", "5": "smart_clean"}, domain="vacuum", state="cleaning"),
    ),
    Appliance(
        "Robot mower",
        product="gcj_icw5sal7xfcevsve",
        product_name="Lawn mower robot",
        version="3.4",
        dps={
            "6": 76,
            "101": "CHARGING",
            "102": 0,
            "103": "RAIN_PARK",
            "104": False,
            "105": 3,
            "106": 1234,
            "107": False,
        }
        | {"108": False, "109": False, "110": "", "113": "", "114": False, "115": "CancelWork", "116": False},
        news=News({"101": "MOWING"}, domain="lawn_mower", state="mowing"),
    ),
    Appliance(
        "Flat door",
        product="jtmspro_uyf1ewof",
        product_name="Smart lock",
        version="3.4",
        dps={"8": 81, "12": 1, "19": 0, "21": "wrong_finger", "22": False, "30": "day", "33": True, "44": False}
        | {"46": True, "47": False, "60": "", "61": "", "62": 0, "63": 0},
        news=News({"12": 4}, domain="sensor", state="4"),
    ),
    Appliance(
        "Alarm panel",
        product="mal_fkbumi7jbqlymy2z",
        product_name="Alarm hub with keypad",
        version="3.3",
        dps={"1": "disarmed", "2": 30, "3": 3, "4": True, "5": "7", "6": True, "9": False, "10": True, "11": True}
        | {"13": True, "15": True, "16": 100, "17": True, "20": False, "21": False, "23": "signal_level_4"}
        | {"24": "ACC_MODE_OUT_ARM", "25": False, "26": "", "27": True, "28": 20, "29": True, "30": "4"}
        | {"32": "normal", "33": "", "36": "SENSOR_ENTRY", "37": "contact_sensor", "39": "closed", "40": "english"}
        | {"101": False, "102": "", "103": ""},
        news=News({"1": "home"}, domain="alarm_control_panel", state="armed_home"),
    ),
    Appliance(
        "Attic siren",
        product="sgbj_nlrfgpny",
        product_name="Sound and light siren",
        version="3.3",
        dps={"1": "normal", "6": True, "7": 10, "13": False, "15": 64, "20": False, "21": "mode_1", "101": False}
        | {"102": "alarm_sound_light"},
        news=News({"1": "alarm_sound_light", "13": True}, domain="siren", state="on"),
    ),
    Appliance(
        "Lawn sprinkler",
        product="sfkzq_ctzn2jft3jjgefpu",
        product_name="Water timer",
        version="3.5",
        dps={"1": False, "9": 15, "101": "", "102": "", "103": "", "104": False, "105": "sun", "106": "cancel"}
        | {"107": True, "108": "no_rain", "109": "", "110": "", "111": "high"},
        news=News({"1": True}, domain="valve", state="open"),
    ),
    Appliance(
        "Tea kettle",
        product="bh_c83jkzjgvmnxu1ov",
        product_name="Smart kettle",
        version="3.3",
        dps={"1": False, "2": 34, "3": 93, "8": 80, "9": 176, "10": 90, "11": 194, "12": "c", "13": False, "14": 30}
        | {"15": "standby", "16": "temp_setting", "19": 0},
        news=News({"19": 2}, domain="binary_sensor", state="on"),
    ),
    Appliance(
        "Infrared hub",
        product="wnykq_b1codgjxh0wf7qrf",
        product_name="Infrared remote with thermometer",
        version="3.3",
        dps={"101": 224, "102": 47, "201": "", "202": ""},
        news=News({"101": 231}, domain="sensor", state="23.1"),
    ),
    Appliance(
        "Driveway camera",
        product="sp_34ezlzfzjabweqc7",
        product_name="Outdoor camera, pan and tilt",
        version="3.4",
        dps={"101": True, "103": False, "104": True, "105": False, "106": "1", "108": "0", "109": "31154176|9|31154112"}
        | {
            "110": 1,
            "111": False,
            "113": True,
            "115": "",
            "116": False,
            "117": 0,
            "119": "0",
            "132": False,
            "134": True,
        }
        | {"139": False, "140": "0", "141": "", "150": True, "151": "1", "159": False, "160": 7, "161": False}
        | {"162": False, "170": True, "174": False, "175": "1", "176": "0", "177": "", "178": "", "179": "0"}
        | {"185": "", "212": ""},
        news=News({"115": message(v="3.0", cmd="ipc_motion")}, domain="event", state="detected"),
    ),
    Appliance(
        "Bedside button",
        product="wxkg_0ht8dnxj",
        product_name="Scene switch, 4 buttons",
        via=GATEWAY,
        dps={"1": "single_click", "2": "single_click", "3": "single_click", "4": "single_click", "10": 91}
        | {"11": "wireless_switch"},
        news=News({"2": "double_click"}, domain="event", state="multi_press_end"),
    ),
)
"""Ten devices; the gateway of the last stands before them."""
