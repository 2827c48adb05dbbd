from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings, strategies as st
import pytest
from syrupy.assertion import SnapshotAssertion

from custom_components.localtuya.model.choices import Choice, UserChoices
from custom_components.localtuya.model.datapoint import Datapoint
from custom_components.localtuya.model.plan import Plan, make_plan
from custom_components.localtuya.model.point import Point
from custom_components.localtuya.model.record import DeviceRecord
from custom_components.localtuya.model.spec import Feature, Source

from .devices import NAMES, device, record, row


def told(feature: Feature) -> dict[str, Any]:
    look = feature.look
    named = (look.name, look.number, look.device_class, look.state_class, look.unit, look.category)
    return {
        "entity": f"{feature.platform} {feature.key} ({feature.code}), {feature.source}",
        "look": ", ".join(str(part) for part in named if part not in {None, ""})
        + ("" if look.enabled else ", disabled"),
        **{role: described(point) for role, point in feature.points.items()},
    }


def described(point: Point[Any]) -> str:
    limits = f" {point.minimum:g} to {point.maximum:g} by {point.step or 0:g}" if point.maximum is not None else ""
    options = f" {', '.join(point.options)}" if point.options else ""
    return (
        f"{point.dp}{limits}{f' {point.unit}' if point.unit else ''}{options}{' (writable)' if point.writable else ''}"
    )


def entities(plan: Plan) -> dict[str, Feature]:
    return {feature.key: feature for feature in plan.features}


@pytest.mark.parametrize("name", NAMES)
def test_plan_of_a_real_device(name: str, snapshot: SnapshotAssertion) -> None:
    assert [told(feature) for feature in make_plan(device(name)).features] == snapshot


@pytest.mark.parametrize("name", NAMES)
def test_every_plan_is_sound(name: str) -> None:
    plan = make_plan(device(name))
    sound(plan)
    for feature in plan.features:
        for point in feature.points.values():
            point.read(device(name).dps)


@pytest.mark.parametrize("name", NAMES)
def test_a_device_is_known_by_its_codes_alone(name: str) -> None:
    known = device(name)
    nameless = make_plan(replace(known, category=""))
    sound(nameless)
    composites = {"light", "cover", "climate", "fan", "humidifier", "water_heater"}
    assert kinds(nameless, composites) == kinds(make_plan(known), composites)


def kinds(plan: Plan, platforms: set[str]) -> Counter[str]:
    found = [feature.platform for feature in plan.features if feature.platform in platforms]
    return Counter("climate" if kind == "water_heater" else kind for kind in found)  # codes do not tell what is warmed


def sound(plan: Plan) -> None:
    keys = [feature.key for feature in plan.features]
    assert len(set(keys)) == len(keys)
    seen = {dp for feature in plan.features for dp in feature.dps}
    assert {datapoint.dp for datapoint in plan.schema if datapoint.readable} <= seen
    for feature in plan.features:
        assert feature.dp in feature.dps


def test_a_single_gang_is_the_device_and_several_are_numbered() -> None:
    one = make_plan(record(row("switch_1", "bool"), category="kg"))
    two = make_plan(record(row("switch_1", "bool"), row("switch_2", "bool"), category="kg"))
    assert [(feature.look.name, feature.look.number) for feature in one.features] == [("", None)]
    assert [(feature.look.name, feature.look.number) for feature in two.features] == [("switch", 1), ("switch", 2)]


def test_a_wrong_category_is_seen() -> None:
    curtain = (row("control", "enum", range=["open", "stop", "close"]), row("percent_control", "value", min=0, max=100))
    plan = make_plan(record(*curtain, category="kg"))
    assert plan.category == "cl"
    assert plan.features[0].platform == "cover"


def test_a_vague_category_is_overruled_by_sure_codes() -> None:
    plan = make_plan(record(row("switch", "bool"), row("manual_feed", "value", min=0, max=9), category="kg"))
    assert plan.category == "cwwsq"
    assert plan.headline == entities(plan)["1"]


def test_the_headline_is_what_the_card_puts_first() -> None:
    station = (
        row("temp_unit_convert", "enum", range=["c", "f"]),
        row("muffling", "bool"),
        row("gas_sensor_state", "enum", mode="ro", range=["alarm", "normal"]),
    )
    plan = make_plan(record(*station, category="rqbj"))
    assert plan.headline == entities(plan)["3"]
    unknown = make_plan(record(*station, category="poem"))
    assert unknown.headline == entities(unknown)["3"]


def test_the_headline_is_none_of_the_users_own() -> None:
    rows = (row("switch_1", "bool"), row("doorcontact_state", "bool", mode="ro"))
    chosen = UserChoices({"2": Choice(platform="binary_sensor", device_class="window")})
    plan = make_plan(record(*rows, category="kg"), chosen)
    assert plan.headline == entities(plan)["1"]


def test_where_only_settings_are_shown_the_first_is_the_headline() -> None:
    plan = make_plan(record(row("child_lock", "bool"), category="poem"))
    assert plan.headline == entities(plan)["1"]
    assert make_plan(record()).headline is None


def test_what_few_owners_want_is_quiet_on_their_devices_only() -> None:
    protection = row("ov_set", "enum", range=["closed", "alarm", "trip"])
    breaker = make_plan(record(row("switch", "bool"), protection, category="dlq"))
    plug = make_plan(record(row("switch", "bool"), protection, category="cz"))
    assert [entities(plan)["2"].look.enabled for plan in (breaker, plug)] == [False, True]


def test_a_switch_that_cannot_be_switched_is_none() -> None:
    plan = make_plan(record(row("switch_1", "bool", mode="ro"), category="kg"))
    assert [feature.platform for feature in plan.features] == ["binary_sensor"]


def test_parts_of_one_datapoint() -> None:
    plan = make_plan(record(row("phase_a", "raw", mode="ro")))
    shown = [key for key, feature in entities(plan).items() if feature.look.enabled]
    assert shown == ["1_voltage", "1_current", "1_power"]


def test_each_named_fault_is_reachable() -> None:
    plan = make_plan(record(row("fault", "bitmap", mode="ro", label=["E1", "tankfull", "3"]), category="cs"))
    found = {
        key: (feature.platform, feature.look.name, feature.look.enabled) for key, feature in entities(plan).items()
    }
    assert found == {
        "1": ("binary_sensor", "problem", True),
        "1_code": ("sensor", "fault", False),
        "1_full": ("binary_sensor", "tank_full", True),
        "1_e1": ("binary_sensor", "fault_e1", False),
    }


def test_the_flags_of_a_mask_that_is_set_are_switches() -> None:
    plan = make_plan(record(row("timer_func", "bitmap", label=["1", "2"])))
    flags = [feature for feature in plan.features if feature.part]
    assert [(feature.platform, feature.key, feature.look.category) for feature in flags] == [
        ("switch", "1_1", "config"),
        ("switch", "1_2", "config"),
    ]
    assert flags[1].points["main"].write(value=True, dps={"1": 1}) == {"1": 3}


def test_unknown_datapoints_are_reachable_but_quiet() -> None:
    plan = make_plan(
        record(row("switch", "bool"), row("Frobnicate", "value", min=0, max=9), row("blob", "raw"), category="kg")
    )
    leftovers = [feature for feature in plan.features if feature.source is Source.LEFTOVERS]
    assert [(feature.look.name, feature.platform, feature.look.enabled) for feature in leftovers] == [
        ("frobnicate", "number", False),
        ("blob", "text", False),
    ]


def test_a_measurement_with_a_unit_is_useful_though_unknown() -> None:
    plan = make_plan(record(row("switch", "bool"), row("qidian", "value", mode="ro", min=0, max=999, unit="℃")))
    look = entities(plan)["2"].look
    assert (look.device_class, look.unit, look.enabled, look.category) == ("temperature", "°C", True, None)


def test_a_wholly_unknown_device_is_not_silent() -> None:
    plan = make_plan(record(row("zhege", "bool"), row("nage", "value", min=0, max=3)))
    assert all(feature.look.enabled for feature in plan.features)


def test_a_device_of_disabled_entities_only_is_not_silent_either() -> None:
    rows = (row("factory_reset", "bool"), row("test_bit", "value", mode="ro"), row("blob", "raw", mode="ro"))
    features = entities(make_plan(record(*rows)))
    assert {key: feature.look.enabled for key, feature in features.items()} == {"1": False, "2": True, "3": False}


def test_a_device_without_thing_model() -> None:
    plan = make_plan(DeviceRecord("device", dps={"1": True, "2": 25}))
    assert [(feature.key, feature.platform) for feature in plan.features] == [("1", "switch"), ("2", "number")]


class TestUser:
    def test_hides(self) -> None:
        plan = make_plan(device(NAMES[0]), UserChoices({"1": Choice(hidden=True)}))
        assert not any("1" in feature.dps for feature in plan.features)

    def test_chooses_a_platform(self) -> None:
        choices = UserChoices({"1": Choice(platform="binary_sensor", device_class="door", name="Gate")})
        plan = make_plan(record(row("switch_1", "bool"), category="kg"), choices)
        (feature,) = plan.features
        assert (feature.platform, feature.source, feature.look.label) == ("binary_sensor", Source.USER, "Gate")

    @pytest.mark.parametrize("platform", ["climate", "poem", "number"])
    def test_cannot_choose_what_does_not_fit(self, platform: str) -> None:
        plan = make_plan(record(row("switch_1", "bool")), UserChoices({"1": Choice(platform=platform)}))
        assert [feature.platform for feature in plan.features] == ["switch"]

    def test_corrects_scale_and_unit(self) -> None:
        choices = UserChoices({"1": Choice(scale=2, unit="℃")})
        plan = make_plan(record(row("mystery", "value", mode="ro", min=0, max=9999)), choices)
        (feature,) = plan.features
        assert feature.points["main"].read({"1": 2150}) == 21.5
        assert (feature.look.unit, feature.look.device_class) == ("°C", "temperature")

    def test_turns_around(self) -> None:
        choices = UserChoices({"1": Choice(platform="switch", inverted=True)})
        (feature,) = make_plan(record(row("switch_1", "bool")), choices).features
        assert feature.points["main"].read({"1": False}) is True

    def test_enables(self) -> None:
        choices = UserChoices({"2": Choice(enabled=True)})
        plan = make_plan(record(row("switch", "bool"), row("zhege", "bool")), choices)
        assert entities(plan)["2"].look.enabled

    def test_json(self) -> None:
        choices = UserChoices({"1": Choice(hidden=True), "2": Choice(platform="switch", scale=1)})
        assert UserChoices.from_json(choices.to_json()) == choices
        assert choices.to_json() == {"1": {"hidden": True}, "2": {"platform": "switch", "scale": 1}}
        assert UserChoices.from_json({"1": 7, "2": {"scale": "x", "poem": 1}}) == UserChoices({"2": Choice()})


ROWS = st.fixed_dictionaries(
    {
        "id": st.integers(-1, 300) | st.text(max_size=3),
        "code": st.sampled_from(("switch_1", "temp_set", "control", "phase_a", "fault", "colour_data", "x", "")),
        "mode": st.sampled_from(("ro", "rw", "wr", "?")),
        "type": st.sampled_from(("obj", "raw", "value", "enum", "bool", "bitmap", "string", "?")),
        "property": st.dictionaries(
            st.sampled_from(("type", "min", "max", "scale", "step", "range", "label", "maxlen", "unit")),
            st.none() | st.integers() | st.text(max_size=5) | st.lists(st.text(max_size=4), max_size=4) | st.floats(),
        ),
    }
)
RAW = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.lists(st.integers(), max_size=2)
)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(ROWS, max_size=8), raw=RAW)
def test_no_device_is_too_strange(rows: list[dict[str, Any]], raw: object) -> None:
    plan = make_plan(DeviceRecord("device", properties=tuple(rows)))
    sound(plan)
    for feature in plan.features:
        for point in feature.points.values():
            point.read({point.dp: raw})


def test_datapoints_are_typed() -> None:
    assert all(type(datapoint) is not Datapoint for name in NAMES for datapoint in make_plan(device(name)).schema)


def test_a_device_is_one_vacuum_however_many_datapoints_could_be_it() -> None:
    words = ["standby", "smart", "charging"]
    plan = make_plan(
        record(
            row("power_go", "bool"),
            row("clean_switch", "bool"),
            row("status", "enum", mode="ro", range=words),
            row("robot_state", "enum", mode="ro", range=words),
            category="sd",
        )
    )
    assert [feature.platform for feature in plan.features].count("vacuum") == 1
    sound(plan)


def test_a_lock_that_only_reports_is_no_lock() -> None:
    reports = (row("lock_motor_state", "bool", mode="ro"), row("unlock_card", "value", mode="ro", min=0, max=999))
    only_reporting = make_plan(record(*reports, category="jtmspro"))
    assert {feature.platform for feature in only_reporting.features} == {"binary_sensor", "sensor"}

    opens = make_plan(record(*reports, row("remote_no_dp_key", "raw"), category="jtmspro"))
    assert [(feature.platform, feature.key) for feature in opens.features] == [("lock", "3"), ("sensor", "2")]


def test_the_names_of_the_app_are_labels_and_the_users_choice_wins() -> None:
    rows = (row("switch_1", "bool"), row("switch_2", "bool"), row("countdown_1", "value", max=86400))
    known = replace(record(*rows), labels={"1": "Kitchen", "2": "Hall"})
    user = UserChoices({"2": Choice(name="Corridor")})
    labels = {feature.dp: feature.look.label for feature in make_plan(known, user).features}
    assert labels == {"1": "Kitchen", "2": "Corridor", "3": None}
