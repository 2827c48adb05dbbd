from base64 import b64encode

from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.model.convert.electricity import dc, phase, read_phase, together

from ..devices import dp

LEGACY = bytes.fromhex("08fc000271000037")
FIRST = bytes.fromhex("010f08fc000271000037000000000000000000")[:17]
SECOND = bytes.fromhex("020f08fc000271000037000000000000000003")[:17] + b"\x03"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b64encode(LEGACY).decode(), (230.0, 0.625, 0.055)),
        (LEGACY.hex(), (230.0, 0.625, 0.055)),
        (b64encode(FIRST).decode(), (230.0, 0.625, 0.055)),
        (b64encode(SECOND).decode(), (230.0, -0.625, -0.055)),
        ('{"voltage": 230, "electricCurrent": 0.625, "power": 0.055}', (230.0, 0.625, 0.055)),
    ],
)
def test_layouts(raw: str, expected: tuple[float, float, float]) -> None:
    datapoint = dp("phase_a", "raw", number=6)
    for part, value in zip(("voltage", "current", "power"), expected, strict=True):
        point = phase(part)(datapoint)
        assert point is not None
        assert point.read({"6": raw}) == value


@pytest.mark.parametrize(
    ("blob", "expected"),
    [
        ("08fc0002710037", {"voltage": 230.0, "current": 0.625, "power": 0.055}),
        ("0008fc000271000037", {"voltage": 230.0, "current": 0.625, "power": 0.055}),
        ("08fc00027100003701f4", {"voltage": 230.0, "current": 0.625, "power": 0.055, "frequency": 50.0}),
        ("0008fc0002710000370000", {"voltage": 230.0, "current": 0.625, "power": 0.055, "rest": 0}),
        ("fc0800008ffdffffc9ffffff00", {"voltage": 230.0, "current": -0.625, "power": -0.055, "kind": 0}),
        (
            "08fc0002710000370000d20294c350",
            {
                "voltage": 230.0,
                "current": 0.625,
                "power": 0.055,
                "reactive_power": 0.021,
                "power_factor": 66.0,
                "frequency": 50.0,
            },
        ),
        (
            "0100003700000015029400027108fc",
            {"voltage": 230.0, "current": 0.625, "power": -0.055, "reactive_power": 0.021, "power_factor": 66.0},
        ),
        (
            "08fc00027100003700001500003b42",
            {
                "voltage": 230.0,
                "current": 0.625,
                "power": 0.055,
                "reactive_power": 0.021,
                "apparent_power": 0.059,
                "power_factor": 66,
            },
        ),
        ("ffff000271000037", None),
        ("08fc00027100", None),
    ],
)
def test_other_lengths(blob: str, expected: dict[str, float] | None) -> None:
    assert read_phase(b64encode(bytes.fromhex(blob)).decode()) == expected


def test_direct_current_and_all_phases_together() -> None:
    solar = dp("pv1_dc_data", "raw")
    panel, whole = dc("power")(solar), together("current")(dp("phase_t_data", "raw"))
    assert panel is not None
    assert whole is not None
    assert panel.read({"1": b64encode(bytes.fromhex("0e10001e0019")).decode()}) == 0.25
    assert whole.read({"1": b64encode(bytes.fromhex("71020000370000000a")).decode()}) == 0.625
    assert panel.read({"1": "AAAA"}) is None


@pytest.mark.parametrize("raw", ["", "AAAA", "{", "[1,2,3,4]", "x" * 1000, 7, None])
def test_nonsense_is_unknown(raw: object) -> None:
    assert read_phase(raw) is None


def test_only_blobs() -> None:
    assert phase("voltage")(dp("phase_a", "value")) is None


@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda blob: b64encode(blob).decode()))
def test_nothing_is_too_strange(raw: str) -> None:
    read_phase(raw)
