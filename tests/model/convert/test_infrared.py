from hypothesis import given, strategies as st
import pytest
from tinytuya.Contrib import IRRemoteControlDevice

from custom_components.localtuya.model.convert.infrared import (
    LONGEST,
    Burst,
    Code,
    LibraryKey,
    Radio,
    bursts,
    control,
    learned,
    parse,
    sending,
    studying,
    timings,
    written,
)

from ..devices import dp

NEC = [9000, -4500, 560, -560, 560, -1690, 560, -30_000]
OLD, NEW = {"send", "receive"}, {"control", "code", "head", "key", "code_type", "receive"}
BURST, KEY, RADIO = Burst(b"\x28\x23\x94\x11"), LibraryKey("010e04", "002%#"), Radio("eyJudW0iOjF9")


def test_a_burst_is_what_others_read() -> None:
    ((data, wait),) = bursts(NEC)

    assert wait == 0
    assert timings(Burst(data)) == NEC
    pulses = IRRemoteControlDevice.base64_to_pulses(written(Burst(data)).removeprefix("b64:"))
    assert pulses == [abs(each) for each in NEC]


@given(st.lists(st.integers(min_value=1, max_value=200_000), min_size=1, max_size=40))
def test_long_darkness_parts_bursts(lengths: list[int]) -> None:
    lengths = [min(length, LONGEST) if place % 2 == 0 else length for place, length in enumerate(lengths)]
    parts = list(bursts(lengths))

    sent = [abs(each) for data, _ in parts for each in timings(Burst(data))]
    assert all(len(data) % 4 == 0 for data, _ in parts), "each ends in the dark"
    assert sent[::2] == lengths[::2]
    dark = sum(sent[1::2]) + sum(wait for _, wait in parts)
    assert dark == sum(lengths[1::2]) + (30_000 if len(lengths) % 2 else 0)


@pytest.mark.parametrize("microseconds", [[], [LONGEST + 1, -500], [70_000]])
def test_what_is_no_burst(microseconds: list[int]) -> None:
    with pytest.raises(ValueError, match="no timings"):
        list(bursts(microseconds))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("b64:KCOUEQ==", BURST),
        ("base64:KCOUEQ==", BURST),
        ("hex:28239411", BURST),
        ("raw:9000, -4500", BURST),
        ("raw:[9000 4500]", BURST),
        ("rf:eyJudW0iOjF9", RADIO),
        ("head:010e04,key:002%#", KEY),
        (":HEAD:010e04:KEY:002%#", KEY),
        ("b64:poem", None),
        ("hex:xyz", None),
        ("hex:2823", None),
        ("raw:", None),
        ("raw:9000,-70000,9000", None),
        ("raw:9000,x", None),
        ("volume_up", None),
        ("", None),
    ],
)
def test_codes_as_people_write_them(text: str, code: Code | None) -> None:
    assert parse(text) == code
    assert code is None or parse(written(code)) == code


def test_learned_codes() -> None:
    assert learned(b"\x28\x23\x94\x11") == BURST
    assert learned(b'{"num":1}') == RADIO
    assert learned(b"\x28\x23\x94") is None


def test_what_hubs_are_told() -> None:
    assert sending(BURST, OLD) == {
        "send": {"control": "send_ir", "head": "", "key1": "1KCOUEQ==", "type": 0, "delay": 300}
    }
    assert sending(KEY, OLD) == {
        "send": {"control": "send_ir", "head": "010e04", "key1": "0002%#", "type": 0, "delay": 300}
    }
    assert sending(BURST, NEW) == {"control": "study_key", "code_type": 0, "code": BURST.data}
    assert sending(KEY, NEW) == {"control": "send_ir", "code_type": 0, "head": "010e04", "key": "002%#"}
    assert sending(BURST, {"control", "code"}) == {"control": "study_key", "code": BURST.data}
    assert sending(RADIO, NEW) is None
    radio = sending(RADIO, OLD)
    assert radio is not None
    assert radio["send"]["control"] == "rfstudy_send"  # type: ignore[index]


def test_how_hubs_learn() -> None:
    assert studying(OLD, on=True) == {"send": {"control": "study"}}
    assert studying(OLD, on=False) == {"send": {"control": "study_exit"}}
    assert studying(NEW, on=True) == {"control": "study"}
    assert studying(NEW, on=True, radio=True) is None
    assert studying({"send"}, on=True) is None
    order = {"control": "rfstudy_exit", "rf_type": "sub_2g", "study_feq": "433", "ver": "2"}
    assert studying(OLD, on=False, radio=True) == {"send": order}


def test_a_curtain_is_no_hub() -> None:
    assert control(dp("control", "enum", range=["open", "stop", "close"])) is None
    assert control(dp("control", "enum", range=["send_ir", "study", "study_exit", "study_key"])) is not None
