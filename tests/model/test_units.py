from homeassistant.components.sensor.const import DEVICE_CLASS_UNITS
import pytest

from custom_components.localtuya.model.units import UNITS_OF_CLASS, fits, unit_of


@pytest.mark.parametrize(
    ("written", "code", "unit"),
    [
        ("℃", "", "°C"),
        (" ℃", "", "°C"),
        ("％", "", "%"),  # noqa: RUF001
        ("秒", "", "s"),
        ("分钟", "", "min"),
        ("kW·h", "", "kWh"),
        ("KWH", "", "kWh"),
        ("ug/m3", "", "μg/m³"),
        ("Lux", "", "lx"),
        ("m", "far_detection", "m"),
        ("m", "countdown", "min"),
        ("度", "add_ele", "kWh"),
        ("度", "temp", "°C"),
        ("度", "angle", "°"),
        ("x", "ldr", "lx"),
        ("x", "sensitivity", ""),
        ("*0.1A", "", "A"),
        ("0.01", "", ""),
        ("次", "", "times"),
        ("份", "", "portions"),
        ("VAC", "", "V"),
        ("mintues", "", "min"),
        ("", "", ""),
        (None, "", ""),
        ("None", "", ""),
        (5, "", ""),
        ("furlong", "", "furlong"),
        ("x" * 99, "", "x" * 16),
    ],
)
def test_spellings(written: object, code: str, unit: str) -> None:
    assert unit_of(written, code) == unit


@pytest.mark.parametrize("device_class", sorted(UNITS_OF_CLASS))
def test_home_assistant_takes_these_units(device_class: str) -> None:
    allowed = {str(unit or "") for unit in DEVICE_CLASS_UNITS[device_class]}  # type: ignore[index]
    assert UNITS_OF_CLASS[device_class] <= allowed


def test_a_class_that_is_not_listed_takes_any() -> None:
    assert fits("enum", "anything")
    assert not fits("temperature", "W")
