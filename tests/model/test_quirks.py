from custom_components.localtuya.model.plan import make_plan

from .devices import record, row


def test_first_metering_plugs_forgot_the_tenths() -> None:
    rows = (
        row("switch_1", "bool"),
        row("cur_power", "value", mode="ro", min=0, max=50000, unit="W"),
        row("cur_voltage", "value", mode="ro", min=0, max=2500, unit="V"),
    )
    features = {feature.code: feature for feature in make_plan(record(*rows)).features}
    assert features["cur_voltage"].points["main"].read({"3": 2303}) == 230.3
    assert features["cur_power"].points["main"].read({"2": 605}) == 60.5


def test_todays_plugs_are_left_alone() -> None:
    rows = (row("cur_voltage", "value", mode="ro", min=0, max=5000, scale=1, unit="V"),)
    (feature,) = make_plan(record(*rows)).features
    assert feature.points["main"].read({"1": 2303}) == 230.3


def test_half_degrees() -> None:
    rows = (row("Power", "bool"), row("TempSet", "value", min=10, max=70, unit="℃"))
    (feature,) = make_plan(record(*rows, product_id="IAYz2WK1th0cMLmL", category="wk")).features
    target = feature.points["temperature"]
    assert (target.minimum, target.maximum, target.step) == (5, 35, 0.5)
    assert target.write(21.5) == {"2": 43}
