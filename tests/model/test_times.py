from custom_components.localtuya.model.plan import make_plan

from .devices import record, row


def number(code: str, most: int, unit: str = "") -> dict[str, object]:
    return row(code, "value", min=0, max=most, step=1, scale=0, unit=unit)


def times(*rows: dict[str, object]) -> list[tuple[str, str, list[str]]]:
    features = make_plan(record(*rows, category="zz")).features
    return [(each.key, each.look.name, [*each.points]) for each in features if each.platform == "time"]


def test_hours_and_minutes_belong_together() -> None:
    assert times(number("Light_on_hour", 23), number("Light_on_min", 59)) == [
        ("1", "light_on_time", ["hour", "minute"])
    ]
    assert times(number("TimeAHour", 23), number("TimeAMinute", 59)) == [("1", "time_a", ["hour", "minute"])]
    assert times(number("hour_on", 23), number("minute_off", 59)) == []
    assert times(number("hour_on", 23), number("minute_on", 100)) == []


def test_a_pair_that_counts_down_is_one_time() -> None:
    pair = number("countdown_hour", 23, unit="h"), number("countdown_min", 59, unit="min")
    assert times(*pair) == [("1", "countdown_time", ["hour", "minute"])]


def test_names_that_say_so() -> None:
    assert times(number("music_countdown", 3600, unit="s")) == [("1_time", "music_countdown", ["second"])]
    assert times(number("sleep_start_time", 1440)) == [("1_time", "sleep_start_time", ["minute"])]
    assert times(number("clock_volume_value", 100)) == []
    assert times(number("filter_time", 1440, unit="min")) == []


def test_the_number_stays_with_its_id_but_out_of_sight() -> None:
    features = make_plan(record(number("countdown_1", 86_400, unit="s"), category="cz")).features
    assert [(each.platform, each.key, each.look.enabled) for each in features] == [
        ("number", "1", False),
        ("time", "1_time", True),
    ]


def test_more_than_a_day_is_a_number() -> None:
    features = make_plan(record(number("countdown_1", 172_800, unit="s"), category="cz")).features
    assert [(each.platform, each.key, each.look.enabled) for each in features] == [("number", "1", True)]
