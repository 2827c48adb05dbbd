import pytest

from custom_components.localtuya.model.convert import robots

from ..devices import dp


def meanings(*words: str) -> dict[str, str | None]:
    point = robots.cleaning(dp("status", "enum", range=list(words), mode="ro"))
    assert point
    return {word: point.read({"1": word}) for word in words}


def test_what_cleaning_robots_say() -> None:
    expected = {
        "standby": "idle",
        "Sleep": "idle",
        "Clean_Comp": "idle",
        "workcompleted": "idle",
        "pos_arrived": "idle",
        "low_power": "idle",
        "smart": "cleaning",
        "Cleaning_Auto": "cleaning",
        "mop_clean": "cleaning",
        "select_room": "cleaning",
        "goto_pos": "cleaning",
        "remotectl": "cleaning",
        "paused": "paused",
        "HALTING": "paused",
        "goto_charge": "returning",
        "tocharge": "returning",
        "docking": "returning",
        "FIND_STA": "returning",
        "broken_gocharge": "returning",
        "home_with_continue_work": "returning",
        "charging": "docked",
        "chargring": "docked",
        "charge_done": "docked",
        "Charging_DC": "docked",
        "low_battery_charging": "docked",
        "collecting_dust": "docked",
        "drying": "docked",
        "in_trouble": "error",
        "pos_unarrive": "error",
        "ERR": "error",
        "dust_err": "error",
    }
    assert meanings(*expected) == expected


def test_robots_that_count() -> None:
    assert meanings("0", "1", "4", "5", "9") == {
        "0": "idle",
        "1": "cleaning",
        "4": "docked",
        "5": "docked",
        "9": None,
    }


@pytest.mark.parametrize(
    "datapoint",
    [
        dp("status", "bool"),
        dp("status", "value", min=0, max=3),
        dp("status", "enum", range=["white", "red", "green"]),
        dp("status", "enum", range=["standby"]),
    ],
)
def test_what_says_nothing_of_cleaning(datapoint: object) -> None:
    assert robots.cleaning(datapoint) is None  # type: ignore[arg-type]


def test_nonsense_is_unknown() -> None:
    point = robots.cleaning(dp("status", "enum", range=["standby", "charging", "smart"]))
    assert point
    assert [point.read({"1": raw}) for raw in ("?", 7, None, True)] == [None] * 4


def test_orders_of_every_vocabulary() -> None:
    for word, meaning in {
        "chargego": "return_to_base",
        "backcharge": "return_to_base",
        "sprial": "clean_spot",
        "standby": "stop",
        "auto": "smart",
        "wall_follow": "wall_follow",
    }.items():
        point = robots.command(dp("mode", "enum", range=[word, "smart" if word != "auto" else "mop"]))
        assert point
        assert point.write(meaning) == {"1": word}


def test_a_mode_without_orders_is_none() -> None:
    assert robots.command(dp("mode", "enum", range=["both_work", "only_mop"])) is None


def test_of_two_words_for_one_order_both_stay_reachable() -> None:
    point = robots.command(dp("mode", "enum", range=["standby", "idle", "chargego"]))
    assert point
    assert point.options == ("stop", "idle", "return_to_base")
    assert point.write("stop") == {"1": "standby"}


def test_mowers() -> None:
    words = ["STANDBY", "CHARGING_WITH_TASK_SUSPEND", "FIXED_MOWING", "PAUSED", "PARK", "EMERGENCY", "SELF_TEST"]
    status = robots.mowing(dp("MachineStatus", "enum", range=words, mode="ro"))
    assert status
    assert [status.read({"1": word}) for word in words] == [
        "docked",
        "docked",
        "mowing",
        "paused",
        "returning",
        "error",
        "idle",
    ]


def test_errands() -> None:
    words = ["PauseWork", "CancelWork", "ContinueWork", "StartMowing", "StartFixedMowing", "StartReturnStation"]
    point = robots.errand(dp("MachineControlCmd", "enum", range=words, mode="wr"))
    assert point
    assert dict(zip(point.options, words, strict=True)) == {
        "pause": "PauseWork",
        "stop": "CancelWork",
        "resume": "ContinueWork",
        "start_mowing": "StartMowing",
        "mow_spot": "StartFixedMowing",
        "dock": "StartReturnStation",
    }
    assert robots.errand(dp("mode", "enum", range=["dock", "pause"])) is None
    assert robots.errand(dp("mode", "bool")) is None
