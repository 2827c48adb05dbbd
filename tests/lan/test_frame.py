"""The splitter: every packet comes out, whatever stands between and however it is cut."""

import time

from hypothesis import given, strategies as st
import pytest
import tinytuya

from custom_components.localtuya.lan.frame import MAX_LENGTH, PREFIX_55AA, PREFIX_6699, Splitter

KEY = b"0123456789abcdef"


def packet(number: int, *, prefix: int = tinytuya.PREFIX_55AA_VALUE, size: int = 40) -> bytes:
    message = tinytuya.TuyaMessage(number, 8, 0, b"x" * size, 0, prefix=prefix, iv=b"n" * 12)
    return bytes(tinytuya.pack_message(message, hmac_key=KEY if prefix == tinytuya.PREFIX_6699_VALUE else None))


OLD = packet(1)
NEW = packet(2, prefix=tinytuya.PREFIX_6699_VALUE)
LYING_HEAD = OLD[:12] + (65_000).to_bytes(4)
LYING = OLD[:12] + (60_000).to_bytes(4) + OLD[16:]


@pytest.mark.parametrize("whole", [OLD, NEW], ids=["55aa", "6699"])
def test_a_packet_in_one_segment(whole: bytes) -> None:
    assert Splitter().feed(whole) == [whole]


def test_several_packets_in_one_segment() -> None:
    assert Splitter().feed(OLD + NEW + OLD) == [OLD, NEW, OLD]


def test_one_byte_at_a_time() -> None:
    splitter = Splitter()
    found = [whole for byte in OLD + NEW + OLD for whole in splitter.feed(bytes([byte]))]
    assert found == [OLD, NEW, OLD]


def test_64_kib_one_kib_at_a_time() -> None:
    large = packet(3, size=MAX_LENGTH - 100)
    splitter = Splitter()
    pieces = [large[at : at + 1000] for at in range(0, len(large), 1000)]
    assert [whole for piece in pieces for whole in splitter.feed(piece)] == [large]


@pytest.mark.parametrize("prefix", [tinytuya.PREFIX_55AA_VALUE, tinytuya.PREFIX_6699_VALUE])
def test_what_is_too_long_is_skipped_in_any_cut(prefix: int) -> None:
    large = packet(3, prefix=prefix, size=MAX_LENGTH)
    assert Splitter().feed(large + OLD) == [OLD]
    splitter = Splitter()
    assert [whole for at in range(0, len(large), 999) for whole in splitter.feed(large[at : at + 999])] == []
    assert splitter.feed(OLD) == [OLD]


@pytest.mark.parametrize(
    "garbage",
    [b"noise", PREFIX_55AA, PREFIX_6699 + b"\0\0", b"\0\0\x55\xaa" + b"\xff" * 12, b"\0" * 7, OLD[:30], NEW[:-6]],
    ids=["noise", "55aa", "6699", "2 GiB", "zeros", "truncated 55aa", "truncated 6699"],
)
def test_garbage_before_a_packet_costs_nothing(garbage: bytes) -> None:
    splitter = Splitter()
    assert splitter.feed(garbage + NEW + OLD) == [NEW, OLD]
    assert splitter.skipped == len(garbage)
    splitter = Splitter()
    assert splitter.feed(garbage) == []
    assert splitter.feed(OLD) == [OLD]


def test_a_lying_length_holds_nothing_back() -> None:
    splitter = Splitter()
    assert splitter.feed(LYING) == []
    assert splitter.feed(NEW) == [NEW]
    assert splitter.feed(LYING + OLD) == [OLD]


def test_a_wrong_suffix_loses_only_its_packet() -> None:
    assert Splitter().feed(OLD[:-1] + b"\0" + NEW) == [NEW]


@pytest.mark.parametrize(
    "segments",
    [
        [LYING_HEAD + bytes(4) + OLD[-4:]] * 2500,
        [LYING_HEAD * 16_000],
        [PREFIX_55AA * 65_000],
        [PREFIX_6699 * 65_000],
    ],
    ids=["heads and tails", "heads", "55aa", "6699"],
)
def test_malice_costs_time_in_proportion(segments: list[bytes]) -> None:
    splitter = Splitter()
    begun = time.process_time()
    for segment in segments:
        splitter.feed(segment)
        assert len(splitter._rest) <= MAX_LENGTH + 22
    assert time.process_time() - begun < 0.5  # with a search that starts over: 0.7 to 26 s
    assert OLD in splitter.feed(OLD) + splitter.feed(OLD) + splitter.feed(OLD * 800)


@given(
    st.lists(st.one_of(st.binary(max_size=30), st.sampled_from([OLD, NEW, LYING, PREFIX_55AA, PREFIX_6699, OLD[:20]])))
)
def test_anything_in_any_cut_is_bounded_and_gets_back_into_step(pieces: list[bytes]) -> None:
    splitter = Splitter()
    for piece in pieces:
        splitter.feed(piece)
        assert len(splitter._rest) <= MAX_LENGTH + 22
    # What is unfinished can swallow at most one packet.
    assert OLD in splitter.feed(OLD) + splitter.feed(OLD) + splitter.feed(OLD)


@given(st.lists(st.sampled_from([OLD, NEW, packet(4, size=0)]), min_size=1, max_size=6), st.data())
def test_sound_packets_survive_any_cut(packets: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(packets)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    splitter = Splitter()
    found = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += splitter.feed(stream[start:end])
    assert found == packets
