"""Packets whose checks fit around contents that no device would send, so that inputs get behind CRC, HMAC and tag."""

from functools import cache
import hmac
import os
import struct
from zlib import crc32

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from .script import Script

VERSIONS = ("3.1", "3.2", "3.3", "3.4", "3.5")
NEGOTIATING = frozenset({"3.4", "3.5"})
PREFIXES = (b"\0\0\x55\xaa", b"\0\0\x66\x99")
SUFFIXES = (b"\0\0\xaa\x55", b"\0\0\x99\x66")


def sealed(script: Script, version: str, key: bytes) -> bytes:
    """Take a packet that its receiver must believe, whatever is inside."""
    command = script.choice((8, 4, 7, 9, 10, 13, 16, 18, 64)) if script.number(8) else script.wide()
    retcode = script.choice((b"\0\0\0\0", b"\0\0\0\1", b"", b"\0\0\1\0", b"\xff\xff\xff\xff"))
    slot = script.choice((b"", version.encode() + bytes(12), b"3.9" + bytes(9), b"3."))
    text = script.text()
    if version == "3.5":
        return seal_gcm(key, command, retcode + slot + text)
    padded = script.number(4) != 0
    match version:
        case "3.1":
            text = slot + text
        case "3.4":
            text = _encrypt(key, slot + text, padded=padded)
        case _:
            text = slot + _encrypt(key, text, padded=padded)
    return seal_55aa(key if version == "3.4" else None, command, retcode + text)


def seal_55aa(key: bytes | None, command: int, payload: bytes) -> bytes:
    """Put a payload behind a head, with its HMAC if there is a key, else with its CRC."""
    data = struct.pack(">4sIII", PREFIXES[0], 1, command, len(payload) + (36 if key else 8)) + payload
    return data + (hmac.digest(key, data, "sha256") if key else crc32(data).to_bytes(4)) + SUFFIXES[0]


def seal_gcm(key: bytes, command: int, text: bytes) -> bytes:
    """Encrypt a text as 3.5 does."""
    head = struct.pack(">4sHIII", PREFIXES[1], 0, 1, command, len(text) + 28)
    nonce = os.urandom(12)
    return head + nonce + _gcm(key).encrypt(nonce, text, head[4:]) + SUFFIXES[1]


def encrypt_blocks(key: bytes, text: bytes) -> bytes:
    """Encrypt whole blocks as they are."""
    return _ecb(key).update(text)


def noise(script: Script) -> bytes:
    """Take what is no packet but may look like one."""
    match script.number(5):
        case 0:
            return script.take(script.number())
        case 1:
            return script.choice(PREFIXES) + script.take(script.number(32))
        case 2:
            return struct.pack(">4sIII", PREFIXES[0], 1, 8, script.wide() >> script.number(32)) + _body(script)
        case 3:
            return struct.pack(">4sHIII", PREFIXES[1], 0, 1, 8, script.wide() >> script.number(32)) + _body(script)
        case _:
            return script.choice(_LOOKALIKES) * (script.number() + 1)


def damaged(script: Script, packet: bytes) -> bytes:
    """Flip a bit, cut something off or leave something out."""
    at = (script.number() << 8 | script.number()) % len(packet)
    match script.number(3):
        case 0:
            return packet[:at] + bytes([packet[at] ^ 1 << script.number(8)]) + packet[at + 1 :]
        case 1:
            return packet[:at]
        case _:
            return packet[:at] + packet[at + 1 + script.number() :]


def cut(script: Script, stream: bytes) -> list[bytes]:
    """Cut a stream as a network may."""
    size = script.choice((0, 0, 0, 1, 2, 3, 7, 19, 64, 500))
    if not size or len(stream) > size * 300:
        return [stream]
    return [stream[at : at + size] for at in range(0, len(stream), size)]


_LYING = PREFIXES[0] + bytes(8) + (65_000).to_bytes(4)
_LOOKALIKES = (b"\0", b"\0\0", b"\0\0\x55", _LYING, _LYING + SUFFIXES[0], *PREFIXES, *SUFFIXES)
_LONG = bytes(70_000)
"""More than any packet may hold."""


def _body(script: Script) -> bytes:
    return script.take(24) if script.number(8) else _LONG


def _encrypt(key: bytes, text: bytes, *, padded: bool) -> bytes:
    if not text and padded:
        return b""
    pad = 16 - len(text) % 16
    return encrypt_blocks(key, text + bytes([pad]) * pad) if padded else encrypt_blocks(key, text[: len(text) & ~15])


@cache
def _ecb(key: bytes) -> CipherContext:
    return Cipher(AES(key), ECB()).encryptor()  # noqa: S305 - what devices speak


@cache
def _gcm(key: bytes) -> AESGCM:
    return AESGCM(key)
