from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.localtuya.model.catalogue.layouts import LAYOUTS
from custom_components.localtuya.model.layout import Field, Layout, Misfit, Storage
from custom_components.localtuya.model.layout.field import (
    Bits,
    Characters,
    Clock,
    Days,
    Digits,
    Fixed,
    Flag,
    Minutes,
    Number,
    Part,
    Word,
)
from custom_components.localtuya.model.layout.group import Many, Record

CODES = {code: layout for codes, layout in LAYOUTS.items() for code in codes}


@pytest.mark.parametrize(
    ("field", "blob", "value"),
    [
        (Number("n", 2), "0102", 258),
        (Number("n", 2, little=True), "0102", 513),
        (Number("n", 2, signed=True, divisor=10), "fffb", -0.5),
        (Flag("f", on=3, off=2), "02", False),
        (Word("w", ("off", "on")), "01", "on"),
        (Word("w", ("off", "on"), first=1), "09", "9"),
        (Clock("t"), "0d1e", "13:30"),
        (Minutes("t"), "05a0", "24:00"),
        (Days("d"), "42", ["monday", "saturday"]),
        (Days("d", first="monday"), "41", ["monday", "sunday"]),
        (Bits((Part("on", 0), Part("channel", 1, width=7, base=1))), "03", {"on": True, "channel": 2}),
        (Characters("c", encoding="utf-16-be"), "00480069", "Hi"),
        (Characters("c", size=4), "41420000", "AB"),
        (Digits("d", 2), "2026", 2026),
        (Record((Fixed(b"\x00"), Number("a"))), "0007", {"a": 7}),
        (Many(Number("a"), exactly=2), "0102", [1, 2]),
        (Many(Number("a"), counted=True), "020102", [1, 2]),
        (Many(Clock("t")), "", []),
    ],
)
def test_a_field_reads_and_writes(field: Field, blob: str, value: Any) -> None:
    assert field.read(bytes.fromhex(blob)) == (value, b"")
    assert field.write(value) == bytes.fromhex(blob)


@pytest.mark.parametrize(
    ("field", "blob"),
    [
        (Number("n", 2), "01"),
        (Number("n", high=100), "65"),
        (Fixed(b"\x01"), "02"),
        (Flag("f"), "02"),
        (Clock("t"), "0040"),
        (Clock("t"), "1801"),
        (Minutes("t"), "05a1"),
        (Days("d"), "80"),
        (Characters("c"), "ff"),
        (Digits("d"), "0a"),
        (Many(Number("a"), most=1), "0102"),
        (Many(Number("a"), counted=True), ""),
        (Many(Number("a"), counted=True), "0201"),
    ],
)
def test_bytes_that_do_not_fit(field: Field, blob: str) -> None:
    with pytest.raises(Misfit):
        field.read(bytes.fromhex(blob))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Number("n"), 256),
        (Number("n"), -1),
        (Number("n"), True),
        (Number("n"), "7"),
        (Number("n"), float("nan")),
        (Number("n", divisor=10), 0.05),
        (Number("n", low=1), 0),
        (Flag("f"), 1),
        (Word("w", ("off", "on")), "open"),
        (Word("w", ("off", "on")), "256"),
        (Clock("t"), "7:5"),
        (Clock("t"), "24:01"),
        (Minutes("t"), 390),
        (Days("d"), ["someday"]),
        (Days("d"), "monday"),
        (Bits((Part("on", 0),)), {"on": 1}),
        (Bits((Part("channel", 1, width=7, base=1),)), {"channel": 0}),
        (Characters("c", size=1), "AB"),
        (Characters("c", encoding="ascii"), "é"),
        (Characters("c"), 5),
        (Digits("d"), 100),
        (Record((Number("a"),)), {}),
        (Record((Number("a"),)), {"a": 1, "b": 2}),
        (Record((Number("a"),)), [1]),
        (Many(Number("a")), {"a": 1}),
        (Many(Number("a"), exactly=1), []),
    ],
)
def test_values_that_do_not_fit(field: Field, value: Any) -> None:
    with pytest.raises(Misfit):
        field.write(value)


def test_a_value_is_written_in_the_shape_that_stands() -> None:
    layout = Layout((Record((Number("a", 2),)), Record((Number("a"),))))
    assert layout.encode({"a": 5}) == b"\x00\x05"
    assert layout.encode({"a": 5}, like=b"\x01") == b"\x05"


def test_what_would_not_be_written_so_again_is_nonsense() -> None:
    layout = Layout((Record((Bits((Part("on", 0),)),)),))
    assert layout.decode(b"\x01") == {"on": True}
    assert layout.decode(b"\x03") is None
    assert layout.decode(b"\x01\x00") is None


@pytest.mark.parametrize(
    ("storage", "text", "blob"), [(Storage.BASE64, "AQAB", b"\x01\x00\x01"), (Storage.HEX, "0100", b"\x01\x00")]
)
def test_storage(storage: Storage, text: str, blob: bytes) -> None:
    assert storage.unpack(text) == blob
    assert storage.pack(blob) == text
    assert storage.unpack("~") is None


@pytest.mark.parametrize(
    ("code", "blob", "structure"),
    [
        ("switch_inching", "01003c03012c", [
            {"enabled": True, "channel": 1, "seconds": 60},
            {"enabled": True, "channel": 2, "seconds": 300},
        ]),
        ("cycle_time", "014201e00438000f002d", [
            {"enabled": True, "channel": 1, "days": ["monday", "saturday"], "start": "08:00", "end": "18:00",
             "minutes_on": 15, "minutes_off": 45},
        ]),
        ("random_time", "", []),
        ("power_memory", "000200000000000003e801f4", {
            "mode": "custom", "hue": 0, "saturation": 0, "value": 0, "brightness": 1000, "temperature": 500,
        }),
        ("switch_gradient", "000027740009c4", {"on": 10.1, "off": 2.5}),
        ("meal_plan", "1f08000201", [
            {"days": ["monday", "tuesday", "wednesday", "thursday", "friday"], "time": "08:00", "portions": 2,
             "enabled": True},
        ]),
        ("alarm_set_2", "0101003f03000109040100aa", [
            {"alarm": "overcurrent", "enabled": True, "threshold": 63},
            {"alarm": "overvoltage", "enabled": False, "threshold": 265},
            {"alarm": "undervoltage", "enabled": True, "threshold": 170},
        ]),
        ("alarm_msg", "0054fc00fc0068", None),
        ("scene_data", "04464602007803e803e800000000", {
            "scene": 4,
            "steps": [{"interval": 70, "speed": 70, "change": "gradient", "hue": 120, "saturation": 1000,
                       "value": 1000, "brightness": 0, "temperature": 0}],
        }),
        ("week_program_13_1", "01060000d2160000a0", {
            "day": 1, "periods": [{"time": "06:00", "temperature": 21.0}, {"time": "22:00", "temperature": 16.0}],
        }),
        ("phase_a", "020f08fc000271000037000000000000000003", None),
    ],
)  # fmt: skip
def test_known_layouts(code: str, blob: str, structure: Any) -> None:
    layout = CODES[code]
    assert layout.decode(bytes.fromhex(blob)) == structure
    if structure is not None:
        assert layout.encode(structure) == bytes.fromhex(blob)


@given(st.sampled_from(sorted(CODES)), st.binary(max_size=64))
def test_nothing_is_too_strange_and_what_is_read_is_written_so_again(code: str, blob: bytes) -> None:
    layout = CODES[code]
    structure = layout.decode(blob)
    if structure is not None:
        assert layout.encode(structure, like=blob) == blob


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(CODES)), json)
def test_what_a_layout_cannot_hold_is_a_misfit(code: str, value: Any) -> None:
    layout = CODES[code]
    try:
        blob = layout.encode(value)
    except Misfit:
        return
    assert any(shape.read(blob)[1] == b"" for shape in layout.shapes if _takes(shape, blob))


def _takes(shape: Field, blob: bytes) -> bool:
    try:
        shape.read(blob)
    except Misfit:
        return False
    return True
