"""The appliances of the simulated home."""

from base64 import b64encode

from tests.lab.appliance import GATEWAY, Appliance, News
from tests.lab.home_staff import STAFF


def phase(volt: float, ampere: float, watt: int) -> str:
    """Return the eight bytes of a meter's phase: 0.1 V, 1 mA, 1 W, big endian, base64."""
    data = round(volt * 10).to_bytes(2) + round(ampere * 1000).to_bytes(3) + watt.to_bytes(3)
    return b64encode(data).decode()


HOME = (
    Appliance(
        "Café machine",
        product="cz_vt13cbm0ikyeib7c",
        product_name="Smart plug with metering",
        version="3.3",
        dps={
            "1": True,
            "9": 0,
            "17": 123,
            "18": 521,
            "19": 1198,
            "20": 2304,
            "21": 1,
            "22": 615,
            "23": 31256,
            "24": 17621,
        }
        | {"25": 1165, "26": 0, "38": "memory", "40": "relay", "41": False, "42": "", "43": ""},
        news=News({"19": 1355}, domain="sensor", state="135.5"),
    ),
    Appliance(
        "Garden pump",
        product="cz_hqhgdhvpja3h4qnq",
        product_name="Outdoor relay",
        version="3.2",
        dps={"1": False, "9": 0, "38": "off", "42": "", "43": "", "44": "", "47": "flip", "48": ""},
        news=News({"1": True}, domain="switch", state="on"),
    ),
    Appliance(
        "Hall switch",
        product="kg_kexwqz35jbyaucli",
        product_name="Wall switch, 3 gang",
        version="3.4",
        dps={
            "1": True,
            "2": False,
            "3": False,
            "7": 0,
            "8": 0,
            "9": 0,
            "14": "memory",
            "16": True,
            "17": "",
            "18": "",
            "19": "",
        },
        news=News({"3": True}, domain="switch", state="on"),
    ),
    Appliance(
        "Sofa light",
        product="dj_5pjaupbqpdk7uxhf",
        product_name="RGBCW bulb",
        version="3.5",
        dps={"20": True, "21": "colour", "22": 700, "23": 350, "24": "00dc03200320", "26": 0}
        | {"25": "000e0d0000000000000000c803e8", "30": "AAAAAAA=", "31": "AAAA", "32": "AAAA", "209": "", "210": ""},
        news=News({"20": False}, domain="light", state="off"),
    ),
    Appliance(
        "Desk light",
        product="dj_f2dcsdrarllww76a",
        product_name="White ambiance panel",
        version="3.5",
        dps={"20": True, "21": "white", "22": 500, "23": 800, "25": "000e0d0000000000000000c80000", "26": 0}
        | {"30": "AAAAAAA=", "31": "AAAA", "32": "AAAA"},
        news=News({"20": False}, domain="light", state="off"),
    ),
    Appliance(
        "Reading lamp",
        product="dj_d4baqseq69xcqyzi",
        product_name="RGBW bulb, first generation",
        version="3.1",
        dps={"1": True, "2": "white", "3": 180, "4": 120, "5": "ff00000000ffff", "6": "00ff0000000000"}
        | {
            "7": "ffff500100ff00",
            "8": "ffff8003ff000000ff000000ff",
            "9": "ffff5001ff0000",
            "10": "ffff0505ff000000ff00ffff00",
        },
        news=News({"1": False}, domain="light", state="off"),
    ),
    Appliance(
        "TV power strip",
        product="pc_D7Hl3AxFbHDS98iO",
        product_name="Power strip with USB",
        version="3.1",
        dps={"1": True, "2": True, "3": False, "4": False, "7": True, "101": 0, "102": 0, "103": 0, "104": 0, "105": 0},
        news=News({"4": True}, domain="switch", state="on"),
    ),
    Appliance(
        "Bedroom curtain",
        product="cl_3r8gc33pnqsxfe1g",
        product_name="Curtain motor",
        version="3.3",
        dps={"1": "stop", "2": 0, "3": 0, "5": False, "7": "opening", "8": "cancel", "9": 0, "10": 0, "11": 12000},
        news=News({"2": 100, "3": 100, "1": "close", "7": "closing"}, domain="cover", state="closed"),
    ),
    Appliance(
        "Bathroom floor",
        product="wk_gogb05wrtredz3bs",
        product_name="Floor thermostat",
        version="3.4",
        dps={
            "1": True,
            "2": "manual",
            "10": False,
            "16": 23,
            "19": 45,
            "24": 215,
            "26": 5,
            "27": 0,
            "36": "open",
            "38": "BgAUAA==",
        }
        | {"39": False, "40": False, "43": "in", "45": 0, "101": 1, "102": "52"},
        news=News({"1": False, "36": "close"}, domain="climate", state="off"),
    ),
    Appliance(
        "Office air conditioner",
        product="kt_5wdhsph4zwselcvh",
        product_name="Split air conditioner",
        version="3.3",
        dps={
            "1": True,
            "2": 22,
            "3": 26,
            "4": "cold",
            "5": "auto",
            "6": "cooling",
            "19": "c",
            "22": 0,
            "23": 79,
            "24": 72,
        }
        | {"25": False, "30": True, "101": "heat_s"},
        news=News({"4": "hot", "6": "heating"}, domain="climate", state="heat"),
    ),
    Appliance(
        "Tower fan",
        product="fs_21vuj1ex5inekn3l",
        product_name="Tower fan",
        version="3.5",
        dps={
            "1": True,
            "2": "normal",
            "3": 2,
            "5": False,
            "9": False,
            "21": 24,
            "22": "cancel",
            "23": 0,
            "24": 0,
            "101": False,
        },
        news=News({"1": False}, domain="fan", state="off"),
    ),
    Appliance(
        "Dining ceiling fan",
        product="fsd_g0ewlb1vmwqljzji",
        product_name="Ceiling fan with light",
        version="3.4",
        dps={"1": True, "2": "normal", "3": 3, "8": "forward", "15": True, "16": 80, "17": 40, "22": "off"},
        news=News({"15": False}, domain="light", state="off"),
    ),
    Appliance(
        "Cellar dehumidifier",
        product="cs_b9oyi2yofflroq1g",
        product_name="Dehumidifier, 20 l",
        version="3.3",
        dps={"1": True, "2": 50, "4": "low", "5": "Auto", "6": 61, "8": False, "10": False, "13": False, "16": False}
        | {"17": "cancel", "19": 0},
        news=News({"1": False}, domain="humidifier", state="off"),
    ),
    Appliance(
        "Nursery humidifier",
        product="jsq_mutmkypednlwzcek",
        product_name="Ultrasonic humidifier",
        version="3.4",
        dps={"1": True, "2": True, "13": 55, "14": 43, "16": False, "19": "cancel", "20": 0, "22": 0, "23": "level_2"}
        | {"24": "open_constant_humidity"},
        news=News({"1": False}, domain="humidifier", state="off"),
    ),
    Appliance(
        "Air purifier",
        product="kj_gudszpmfstkhfpkk",
        product_name="HEPA purifier",
        version="3.5",
        dps={"1": True, "2": 12, "3": "auto", "4": "Low", "5": 83, "7": False, "11": False, "18": "cancel", "19": 0}
        | {"21": "great", "22": 0},
        news=News({"2": 37, "21": "good"}, domain="sensor", state="37"),
    ),
    Appliance(
        "Cat feeder",
        product="cwwsq_0s1yxw1fxdtkwh2n",
        product_name="Pet feeder",
        version="3.3",
        dps={"1": "fwgAAQE=", "3": 1, "4": "standby", "11": False, "13": 0, "14": 2, "24": False},
        news=News({"14": 5}, domain="sensor", state="5"),
    ),
    Appliance(
        "Main breaker",
        product="dlq_u0cxoxtfelys3ufx",
        product_name="DIN rail breaker with meter",
        version="3.5",
        dps={"1": 123456, "6": phase(231.2, 4.417, 1004), "9": 0, "11": False, "12": False, "13": 0, "14": 0, "15": 3}
        | {"16": True, "17": "BAEAHg==", "18": "AQEACgEB", "19": "", "21": False, "104": 983, "105": 500, "116": 2312}
        | {"117": 4417, "118": 1004},
        news=News({"118": 2345, "117": 10150}, domain="sensor", state="2.345"),
    ),
    Appliance(
        "Kitchen presence",
        product="hps_wcd9lxpvhfvqx1qw",
        product_name="Presence radar",
        version="3.4",
        dps={"1": "none", "2": 7, "3": 0, "4": 600, "9": 0, "103": 210, "104": 10, "105": 5, "106": 300},
        news=News({"1": "presence", "9": 180}, domain="binary_sensor", state="on"),
    ),
    Appliance(
        "Living room CO2",
        product="co2bj_nqn4erultrywdshj",
        product_name="CO2 monitor",
        version="3.3",
        dps={"1": "normal", "2": 640, "8": False, "10": False, "13": True, "18": 224, "19": 456, "101": "c"},
        news=News({"2": 1480, "1": "alarm"}, domain="sensor", state="1480"),
    ),
    Appliance(
        "Balcony climate",
        product="wsdcg_b8vqmdjmpswbap1q",
        product_name="Temperature and humidity sensor",
        version="3.3",
        dps={"1": 87, "2": 71, "3": "high", "9": "c", "23": 0, "24": 0},
        news=News({"1": -35}, domain="sensor", state="-3.5"),
    ),
    Appliance(
        GATEWAY,
        product="wg2_iqn1dxjruossoxme",
        product_name="Zigbee gateway",
        version="3.4",
        dps={"4": False, "32": "normal", "34": False, "45": ""},
        news=News({"4": True}, domain="switch", state="on"),
    ),
    Appliance(
        "Front door",
        product="mcs_5mdf21v2",
        product_name="Door sensor",
        via=GATEWAY,
        dps={"1": False, "2": 93},
        news=News({"1": True}, domain="binary_sensor", state="on"),
    ),
    Appliance(
        "Stairs motion",
        product="pir_hjyaajxvurzmqbot",
        product_name="Motion sensor",
        via=GATEWAY,
        dps={"1": "none", "4": 88, "11": 35},
        news=News({"1": "pir", "11": 36}, domain="binary_sensor", state="on"),
    ),
    Appliance(
        "Wine cellar",
        product="wsdcg_vs0skpuc",
        product_name="Temperature and humidity sensor",
        via=GATEWAY,
        dps={"1": 121, "2": 68, "4": 77, "9": "c", "23": 0, "24": 0},
        news=News({"1": 134}, domain="sensor", state="13.4"),
    ),
    Appliance(
        "Aquarium plug",
        product="cz_byzdayie",
        product_name="Zigbee plug",
        via=GATEWAY,
        dps={"1": True, "9": 0, "17": 4211, "18": 130, "19": 287, "20": 2299},
        news=News({"19": 64}, domain="sensor", state="6.4"),
    ),
    *STAFF,
)
"""35 devices, the five protocol versions; a gateway stands before its children."""
