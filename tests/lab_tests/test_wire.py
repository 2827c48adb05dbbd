from collections.abc import Iterator

import pytest
import tinytuya
from tinytuya.core import header as tinytuya_header

from tests.lab.broadcast import UDP_KEY
from tests.lab.wire import (
    Command,
    Frame,
    UnreadableError,
    UntrustedError,
    codec_for,
    peek,
    session_key,
    slot,
    split,
)

KEY = b"0123456789abcdef"
OTHER_KEY = b"fedcba9876543210"
EVERY_VERSION = pytest.mark.parametrize("version", ["3.1", "3.2", "3.3", "3.4", "3.5"])


def test_heartbeat_answer_as_seen_on_every_device_up_to_3_3() -> None:
    seen = bytes.fromhex("000055aa00000000000000090000000c00000000b051ab030000aa55")
    for version in ("3.1", "3.2", "3.3"):
        assert codec_for(version, KEY).seal(Frame(Command.HEART_BEAT, 0, b"", 0)) == seen


def test_probe_as_sent_by_the_vendors_app() -> None:
    seen = bytes.fromhex(  # captured in tuyapi issue 675
        "0000669900000000000000000025000000418ac29ede885529fcbab9e1e8b94922b7dd60ff156995cf22059b17f8020f6420"
        "fb98668da0cbb746c4ecc0ed91c4bcfea2487c7371d8b96e9a76232b8c54059b4f00009966"
    )
    frame = codec_for("3.5", UDP_KEY).open(seen)
    assert frame == Frame(Command.PROBE, 0, b'{"from":"app","ip":"192.168.101.101"}')


@pytest.mark.parametrize(("version", "length"), [("3.1", 0x0C), ("3.3", 0x0C), ("3.4", 0x28), ("3.5", 0x20)])
def test_length_of_an_empty_answer(version: str, length: int) -> None:
    raw = codec_for(version, KEY).seal(Frame(Command.CONTROL, 7, b"", 0))
    at = 14 if version == "3.5" else 12
    assert int.from_bytes(raw[at : at + 4]) == length


@EVERY_VERSION
@pytest.mark.parametrize("body", [b"", b"{}", b'{"dps":{"1":true}}', b"x" * 1000])
def test_tinytuya_reads_what_a_device_says(version: str, body: bytes) -> None:
    raw = codec_for(version, KEY).seal(Frame(Command.DP_QUERY, 5, body, 1))
    message = tinytuya.unpack_message(raw, hmac_key=KEY if version >= "3.4" else None)
    assert (message.seqno, message.cmd, message.retcode, message.crc_good) == (5, Command.DP_QUERY, 1, True)
    cipher = tinytuya.AESCipher(KEY)
    encrypted = body and version in {"3.2", "3.3", "3.4"}
    assert (
        cipher.decrypt(message.payload, use_base64=False, decode_text=False) if encrypted else message.payload
    ) == body


@EVERY_VERSION
def test_tinytuya_reads_a_report(version: str) -> None:
    body = b'{"dps":{"1":true}}'
    head = b"" if version == "3.1" else slot(version, body, 9)
    raw = codec_for(version, KEY).seal(Frame(Command.STATUS, 0, body, 0, head))
    client = _tinytuya_client(version)
    message = tinytuya.unpack_message(raw, hmac_key=KEY if version >= "3.4" else None)
    assert client._decode_payload(message.payload) == {"dps": {"1": True}}


@EVERY_VERSION
@pytest.mark.parametrize("command", [Command.CONTROL, Command.DP_QUERY, Command.HEART_BEAT])
def test_a_device_reads_what_tinytuya_says(version: str, command: int) -> None:
    client = _tinytuya_client(version)
    raw = client._encode_message(tinytuya.MessagePayload(command, b'{"a":1}'))
    frame = codec_for(version, KEY).open(raw)
    assert (frame.command, frame.sequence, frame.body, frame.retcode) == (command, 1, b'{"a":1}', None)
    slotted = version != "3.1" and command not in tinytuya_header.NO_PROTOCOL_HEADER_CMDS
    assert len(frame.slot) == (15 if slotted else 16 + 3 if version == "3.1" and command == Command.CONTROL else 0)
    assert peek(raw) == (command, 1)


@pytest.mark.parametrize("version", ["3.4", "3.5"])
def test_session_key_is_tinytuyas(version: str) -> None:
    client = _tinytuya_client(version)
    client.local_nonce, client.remote_nonce = b"abcdefghijklmnop", b"ABCDEFGHIJKLMNOp"
    client._negotiate_session_key_generate_finalize()
    assert session_key(version, KEY, client.local_nonce, client.remote_nonce) == client.local_key


@EVERY_VERSION
def test_every_changed_bit_is_noticed(version: str) -> None:
    codec = codec_for(version, KEY)
    raw = codec.seal(Frame(Command.DP_QUERY, 5, b'{"dps":{}}', 0))
    for at in range(4, len(raw)):
        if not 12 <= at < (18 if version == "3.5" else 16):  # the length is the splitter's business
            damaged = raw[:at] + bytes([raw[at] ^ 0x10]) + raw[at + 1 :]
            with pytest.raises(UntrustedError):
                codec.open(damaged, from_device=True)


@pytest.mark.parametrize("version", ["3.1", "3.2", "3.3"])
def test_another_key_makes_a_sound_frame_unreadable(version: str) -> None:
    raw = codec_for(version, OTHER_KEY).seal(Frame(Command.CONTROL, 5, b'{"dps":{}}'))
    with pytest.raises(UnreadableError):
        codec_for(version, KEY).open(raw)


@pytest.mark.parametrize("version", ["3.4", "3.5"])
def test_another_key_makes_a_frame_untrusted(version: str) -> None:
    raw = codec_for(version, OTHER_KEY).seal(Frame(Command.START, 1, b"n" * 16))
    with pytest.raises(UntrustedError):
        codec_for(version, KEY).open(raw)


@EVERY_VERSION
def test_split_finds_frames_in_any_pieces_and_among_garbage(version: str) -> None:
    codec = codec_for(version, KEY)
    frames = [codec.seal(Frame(Command.DP_QUERY, number, b"x" * number)) for number in range(1, 5)]
    stream = b"\x00\x00garbage" + frames[0] + frames[1] + b"\x00" + frames[2] + b"\x00\x00" + frames[3]
    assert list(_split_in_pieces(stream, version, 1)) == frames
    assert list(_split_in_pieces(stream, version, len(stream))) == frames


@EVERY_VERSION
def test_split_passes_over_a_frame_larger_than_a_device_takes(version: str) -> None:
    codec = codec_for(version, KEY)
    large, small = (codec.seal(Frame(Command.DP_QUERY, 1, b"x" * size)) for size in (5000, 5))
    assert list(_split_in_pieces(large + small, version, 512)) == [small]


def _split_in_pieces(stream: bytes, version: str, size: int) -> Iterator[bytes]:
    buffer = bytearray()
    for at in range(0, len(stream), size):
        buffer += stream[at : at + size]
        yield from split(buffer, version)
    assert len(buffer) < 16


def _tinytuya_client(version: str) -> tinytuya.Device:
    """Give a client that makes no connection; tinytuya's own constructor connects for 3.2."""
    client = tinytuya.Device("bf0123456789abcdefghij", "127.0.0.1", KEY.decode(), version=3.3)
    client.version = float(version)
    client.version_bytes = version.encode()
    client.version_header = client.version_bytes + tinytuya_header.PROTOCOL_3x_HEADER
    return client
