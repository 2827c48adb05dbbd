from base64 import b64encode

from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.model.convert.electricity import phase, read_phase

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


@pytest.mark.parametrize("raw", ["", "AAAA", "{", "[1,2,3,4]", "x" * 1000, 7, None])
def test_nonsense_is_unknown(raw: object) -> None:
    assert read_phase(raw) is None


def test_only_blobs() -> None:
    assert phase("voltage")(dp("phase_a", "value")) is None


@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda blob: b64encode(blob).decode()))
def test_nothing_is_too_strange(raw: str) -> None:
    read_phase(raw)
