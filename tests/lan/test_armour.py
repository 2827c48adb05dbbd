"""The four armours, against tinytuya in both directions."""

from base64 import b64decode
import hmac
import json

import pytest
import tinytuya

from custom_components.localtuya.lan.armour import Armour, Ecb
from custom_components.localtuya.lan.commands import Command
from custom_components.localtuya.lan.dialect import DIALECTS
from custom_components.localtuya.lan.errors import FrameError, LanError, Unreadable, VersionMismatch

from .speech import KEY, VERSIONS, Speech

OTHER_KEY = b"fedcba9876543210"
TEXT = b'{"devId":"d","dps":{"1":true,"2":"two words"}}'


def codec(version: str, key: bytes = KEY) -> Armour:
    return DIALECTS[version].codec(key)


def oracle(version: str) -> tinytuya.Device:
    device = tinytuya.Device("device", "127.0.0.1", KEY.decode(), version=3.3)
    if version == "3.2":  # its constructor would connect
        device.version, device.version_header = 3.2, b"3.2" + bytes(12)
    else:
        device.set_version(float(version))
    return device


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("command", [Command.CONTROL, Command.CONTROL_NEW, Command.DP_QUERY, Command.HEART_BEAT])
def test_seals_as_tinytuya(version: str, command: Command) -> None:
    if version == "3.1" and command is Command.CONTROL_NEW:
        return
    sealed = codec(version).seal(1, command, TEXT)
    expected = oracle(version)._encode_message(tinytuya.MessagePayload(command, TEXT))
    if version == "3.5":  # the nonce is random
        for raw in (sealed, expected):
            message = tinytuya.unpack_message(raw, hmac_key=KEY, no_retcode=True)
            assert message.crc_good
            assert (message.seqno, message.cmd) == (1, command)
        assert tinytuya.unpack_message(sealed, hmac_key=KEY, no_retcode=True).payload == (
            tinytuya.unpack_message(expected, hmac_key=KEY, no_retcode=True).payload
        )
    else:
        assert sealed == expected


@pytest.mark.parametrize("version", VERSIONS)
def test_opens_what_tinytuya_packs(version: str) -> None:
    slot = version.encode() + bytes(12)
    cipher = tinytuya.AESCipher(KEY)
    match version:
        case "3.1":
            payload = b"3.1" + b"0123456789abcdef" + cipher.encrypt(TEXT)
        case "3.4":
            payload = cipher.encrypt(slot + TEXT, use_base64=False)
        case "3.5":
            payload = slot + TEXT
        case _:
            payload = slot + cipher.encrypt(TEXT, use_base64=False)
    prefix = tinytuya.PREFIX_6699_VALUE if version == "3.5" else tinytuya.PREFIX_55AA_VALUE
    retcode = 3 if version == "3.5" else None
    if version != "3.5":
        payload = (3).to_bytes(4) + payload
    message = tinytuya.TuyaMessage(7, 8, retcode, payload, 0, prefix=prefix, iv=b"n" * 12 if version == "3.5" else None)
    packet = tinytuya.pack_message(message, hmac_key=KEY if version in {"3.4", "3.5"} else None)
    assert codec(version).open(packet) == (8, TEXT, 3)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_empty_payload_stays_empty(version: str) -> None:
    assert codec(version).open(Speech(version).say(Command.CONTROL, retcode=1)) == (Command.CONTROL, b"", 1)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_flipped_bit_is_noticed(version: str) -> None:
    packet = Speech(version).report({"1": True})
    for at in range(4, len(packet) - 4):
        damaged = bytearray(packet)
        damaged[at] ^= 1 << at % 8
        with pytest.raises(FrameError):
            codec(version).open(bytes(damaged))


@pytest.mark.parametrize("version", VERSIONS)
def test_every_length_is_survived(version: str) -> None:
    packet = Speech(version).report({"1": True})
    for size in range(len(packet)):
        with pytest.raises(LanError):
            codec(version).open(packet[:size])


@pytest.mark.parametrize("version", ["3.2", "3.3"])
def test_another_key_is_told_from_damage(version: str) -> None:
    packet = Speech(version, OTHER_KEY).say(Command.DP_QUERY, b"parse data error", retcode=1)
    with pytest.raises(Unreadable) as caught:
        codec(version).open(packet)
    assert (caught.value.command, caught.value.retcode) == (Command.DP_QUERY, 1)


@pytest.mark.parametrize("version", ["3.4", "3.5"])
def test_another_key_is_damage(version: str) -> None:
    with pytest.raises(FrameError):
        codec(version).open(Speech(version, OTHER_KEY).report({"1": True}))


@pytest.mark.parametrize(("version", "speaks"), [("3.3", "3.1"), ("3.3", "3.5"), ("3.4", "3.5"), ("3.5", "3.3")])
def test_another_version_is_told_from_damage(version: str, speaks: str) -> None:
    with pytest.raises(VersionMismatch) as caught:
        codec(version).open(Speech(speaks).answer({"1": True}))
    assert caught.value.version in {speaks, None}


def test_a_slot_is_known_by_its_length() -> None:
    # device22 firmware puts it into answers, with a label of its own choice.
    cipher = tinytuya.AESCipher(KEY)
    payload = bytes(4) + b"3.2" + bytes(12) + cipher.encrypt(TEXT, use_base64=False)
    packet = tinytuya.pack_message(tinytuya.TuyaMessage(1, 13, 0, payload, 0))
    assert codec("3.3").open(packet) == (13, TEXT, 0)


@pytest.mark.parametrize("version", ["3.4", "3.5"])
def test_a_nonce_that_looks_like_a_slot_is_kept(version: str) -> None:
    body = b"3.4bcdefghijklmn" + b"p" * 32
    assert codec(version).open(Speech(version).say(4, body)) == (4, body, 0)


def test_the_nonce_is_never_repeated() -> None:
    armour = codec("3.5")
    assert len({armour.seal(1, Command.HEART_BEAT, b"")[18:30] for _ in range(500)}) == 500


@pytest.mark.parametrize("last", range(256))
def test_every_byte_of_the_padding_counts(last: int) -> None:
    ecb = Ecb(KEY)
    text = bytes([last]) * 32
    wrong = [text]
    if 1 <= last <= 16:
        assert ecb.decrypt(ecb.encrypt_block(text)) == text[:-last]
        wrong = [text[: 31 - at] + b"\xff" + text[32 - at :] for at in range(1, last)]
    for damaged in wrong:
        with pytest.raises(ValueError, match="padding"):
            ecb.decrypt(ecb.encrypt_block(damaged))


@pytest.mark.parametrize("size", [0, 1, 55, 56, 64, 1000])
def test_hmac_is_hmac(size: int) -> None:
    packet = codec("3.4").seal(1, Command.STATUS, b"x" * size)
    assert packet[-36:-4] == hmac.digest(KEY, packet[:-36], "sha256")


def test_golden_control_3_1() -> None:
    sealed = codec("3.1").seal(5, Command.CONTROL, b'{"dps":{"1":true}}')
    assert sealed[:16].hex() == "000055aa000000050000000700000047"
    body = tinytuya.AESCipher(KEY).decrypt(b64decode(sealed[35:-8]), use_base64=False)
    assert json.loads(body) == {"dps": {"1": True}}


def test_the_heartbeat_answer_of_every_real_device() -> None:
    packet = bytes.fromhex("000055aa00000000000000090000000c00000000b051ab030000aa55")
    assert codec("3.3").open(packet) == (Command.HEART_BEAT, b"", 0)


def test_no_key_in_any_repr() -> None:
    for version in VERSIONS:
        assert KEY.decode() not in repr(codec(version))
