from custom_components.localtuya.model.plan import make_plan

from .devices import record, row


def test_half_degrees() -> None:
    rows = (row("Power", "bool"), row("TempSet", "value", min=10, max=70, unit="℃"))
    (feature,) = make_plan(record(*rows, product_id="IAYz2WK1th0cMLmL", category="wk")).features
    target = feature.points["temperature"]
    assert (target.minimum, target.maximum, target.step) == (5, 35, 0.5)
    assert target.write(21.5) == {"2": 43}
