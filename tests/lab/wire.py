"""Frames and ciphers as firmware makes them; shares no code with the integration, so that an error made twice shows."""

from base64 import b64decode, b64encode
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from hashlib import md5
import hmac
import os
import struct
from typing import Protocol, override
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

VERSIONS = ("3.1", "3.2", "3.3", "3.4", "3.5")
NEGOTIATING = frozenset({"3.4", "3.5"})
SLOT_SIZE = 15  # version, crc, serial number, source
NONCE_SIZE = 16
PROOF_SIZE = 32
LARGEST = 4096  # what the open SDK takes in

_PREFIX_55AA, _SUFFIX_55AA = bytes.fromhex("000055aa"), bytes.fromhex("0000aa55")
_PREFIX_6699, _SUFFIX_6699 = bytes.fromhex("00006699"), bytes.fromhex("00009966")
_HEAD_55AA, _HEAD_6699 = struct.Struct(">4sIII"), struct.Struct(">4sHIII")
_WORD = struct.Struct(">I")
_SLOT = struct.Struct(">3sIII")
_IV_SIZE, _TAG_SIZE = 12, 16


class Command(IntEnum):
    """Command codes of the LAN protocol."""

    START = 0x03
    RESPONSE = 0x04
    FINISH = 0x05
    CONTROL = 0x07
    STATUS = 0x08
    HEART_BEAT = 0x09
    DP_QUERY = 0x0A
    CONTROL_NEW = 0x0D
    DP_QUERY_NEW = 0x10
    UPDATEDPS = 0x12
    ANNOUNCEMENT = 0x13
    ANNOUNCEMENT_34 = 0x23
    PROBE = 0x25
    EXTENSION = 0x40


class UntrustedError(Exception):
    """A frame whose CRC, HMAC or tag does not fit: as if it had not come."""


class UnreadableError(Exception):
    """A sound frame around a payload that this key does not open."""

    def __init__(self, command: int, sequence: int) -> None:
        super().__init__(f"command 0x{command:02x}")
        self.command = command
        self.sequence = sequence


@dataclass(frozen=True, slots=True)
class Frame:
    """A message outside its armour; `slot` is the 15-byte head that reports and commands carry."""

    command: int
    sequence: int
    body: bytes = b""
    retcode: int | None = None
    slot: bytes = b""


class Codec(Protocol):
    """Frame <-> bytes for one protocol version and one key."""

    def seal(self, frame: Frame) -> bytes:
        """Give the bytes on the wire; a frame with a retcode is a device's, one without a client's."""

    def open(self, raw: bytes, *, from_device: bool = False) -> Frame:
        """Take one whole frame; raises UntrustedError or UnreadableError."""


def codec_for(version: str, key: bytes) -> Codec:
    """Give the codec of a protocol version ("3.1" to "3.5")."""
    match version:
        case "3.1":
            return _Codec31(key)
        case "3.2" | "3.3":
            return _Codec33(key)
        case "3.4":
            return _Codec34(key)
        case "3.5":
            return _Codec35(key)
    raise ValueError(f"no protocol version {version}")


def slot(version: str, body: bytes, serial: int, source: int = 1) -> bytes:
    """Give the 15-byte head of a report: version, CRC, the device's serial number, source (1 = the device)."""
    return _SLOT.pack(version.encode(), zlib.crc32(body), serial & 0xFFFFFFFF, source)


def prove(local_key: bytes, nonce: bytes) -> bytes:
    """Give the 32-byte proof of knowing the local key."""
    return hmac.digest(local_key, nonce, "sha256")


def session_key(version: str, local_key: bytes, client_nonce: bytes, device_nonce: bytes) -> bytes:
    """Derive the key of a 3.4 or 3.5 session."""
    mixed = bytes(a ^ b for a, b in zip(client_nonce, device_nonce, strict=True))
    if version == "3.4":
        return Cipher(AES(local_key), ECB()).encryptor().update(mixed)  # noqa: S305 - what the protocol does
    return AESGCM(local_key).encrypt(client_nonce[:_IV_SIZE], mixed, None)[:16]


def peek(raw: bytes) -> tuple[int, int]:
    """Read (command, sequence) from the head of a whole frame."""
    if raw.startswith(_PREFIX_6699):
        _, _, sequence, command, _ = _HEAD_6699.unpack_from(raw)
    else:
        _, sequence, command, _ = _HEAD_55AA.unpack_from(raw)
    return command, sequence


def split(buffer: bytearray, version: str, largest: int = LARGEST) -> Iterator[bytes]:
    """Take whole frames off the front of the buffer; skips what is no frame or claims more than `largest`."""
    prefix, head, tail = (
        (_PREFIX_6699, _HEAD_6699, len(_SUFFIX_6699)) if version == "3.5" else (_PREFIX_55AA, _HEAD_55AA, 0)
    )
    while True:
        start = buffer.find(prefix)
        if start < 0:
            del buffer[: max(0, len(buffer) - len(prefix) + 1)]
            return
        del buffer[:start]
        if len(buffer) < head.size:
            return
        length = head.unpack_from(buffer)[-1]
        if length > largest:
            del buffer[: len(prefix)]
            continue
        total = head.size + length + tail
        if len(buffer) < total:
            return
        raw = bytes(buffer[:total])
        del buffer[:total]
        yield raw


class _Ecb:
    """AES-ECB with PKCS#7 padding; the contexts live as long as the key."""

    __slots__ = ("_decrypt", "_encrypt")

    def __init__(self, key: bytes) -> None:
        cipher = Cipher(AES(key), ECB())  # noqa: S305 - what the protocol does
        self._encrypt = cipher.encryptor()
        self._decrypt = cipher.decryptor()

    def encrypt(self, plain: bytes) -> bytes:
        pad = 16 - len(plain) % 16
        return self._encrypt.update(plain + bytes([pad]) * pad)

    def decrypt(self, sealed: bytes) -> bytes:
        """Raise ValueError where length or padding do not fit."""
        if not sealed or len(sealed) % 16:
            raise ValueError("no whole blocks")
        plain = self._decrypt.update(sealed)
        pad = plain[-1]
        if not 1 <= pad <= 16 or plain[-pad:] != bytes([pad]) * pad:
            raise ValueError("no padding")
        return plain[:-pad]


class _Codec55AA:
    """What 3.1 to 3.4 share: head, retcode in the clear, check, tail."""

    _check_size = 4

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._ecb = _Ecb(key)

    def seal(self, frame: Frame) -> bytes:
        payload = self._wrap(frame)
        if frame.retcode is not None:
            payload = _WORD.pack(frame.retcode) + payload
        length = len(payload) + self._check_size + len(_SUFFIX_55AA)
        data = _HEAD_55AA.pack(_PREFIX_55AA, frame.sequence & 0xFFFFFFFF, frame.command, length) + payload
        return data + self._check(data) + _SUFFIX_55AA

    def open(self, raw: bytes, *, from_device: bool = False) -> Frame:
        _, sequence, command, _ = _HEAD_55AA.unpack_from(raw)
        start, end = _HEAD_55AA.size + (4 if from_device else 0), len(raw) - len(_SUFFIX_55AA) - self._check_size
        if end < start or raw[-4:] != _SUFFIX_55AA or not hmac.compare_digest(self._check(raw[:end]), raw[end:-4]):
            raise UntrustedError
        retcode = _WORD.unpack_from(raw, _HEAD_55AA.size)[0] if from_device else None
        try:
            head, body = self._unwrap(command, raw[start:end])
        except ValueError:
            raise UnreadableError(command, sequence) from None
        return Frame(command, sequence, body, retcode, head)

    def _check(self, data: bytes) -> bytes:
        return _WORD.pack(zlib.crc32(data))

    def _wrap(self, frame: Frame) -> bytes:
        raise NotImplementedError

    def _unwrap(self, command: int, payload: bytes) -> tuple[bytes, bytes]:
        raise NotImplementedError


class _Codec31(_Codec55AA):
    """Queries and answers are plain JSON; commands and reports are `3.1`, 16 hex digits of an MD5, base64."""

    @override
    def _wrap(self, frame: Frame) -> bytes:
        if frame.command not in {Command.CONTROL, Command.STATUS} or frame.retcode or not frame.body:
            return frame.body
        text = b64encode(self._ecb.encrypt(frame.body))
        return b"3.1" + self._sign(text) + text

    @override
    def _unwrap(self, command: int, payload: bytes) -> tuple[bytes, bytes]:
        if payload.startswith(b"3.1"):
            signature, text = payload[3:19], payload[19:]
            if signature != self._sign(text):
                raise ValueError("signature")
            return payload[:19], self._ecb.decrypt(b64decode(text, validate=True))
        return b"", payload

    def _sign(self, text: bytes) -> bytes:
        digest = md5(b"data=" + text + b"||lpv=3.1||" + self._key, usedforsecurity=False)
        return binascii.hexlify(digest.digest())[8:24]


class _Codec33(_Codec55AA):
    """The payload is encrypted, the slot stands before it in the clear."""

    @override
    def _wrap(self, frame: Frame) -> bytes:
        return frame.slot + self._ecb.encrypt(frame.body) if frame.body else b""

    @override
    def _unwrap(self, command: int, payload: bytes) -> tuple[bytes, bytes]:
        if not payload:
            return b"", b""
        size = SLOT_SIZE if len(payload) % 16 == SLOT_SIZE else 0
        return payload[:size], self._ecb.decrypt(payload[size:])


class _Codec34(_Codec55AA):
    """The slot is inside the encrypted payload, an HMAC takes the place of the CRC."""

    _check_size = PROOF_SIZE

    @override
    def _check(self, data: bytes) -> bytes:
        return hmac.digest(self._key, data, "sha256")

    @override
    def _wrap(self, frame: Frame) -> bytes:
        return self._ecb.encrypt(frame.slot + frame.body) if frame.body else b""

    @override
    def _unwrap(self, command: int, payload: bytes) -> tuple[bytes, bytes]:
        return _take_slot(command, self._ecb.decrypt(payload)) if payload else (b"", b"")


class _Codec35:
    """Frames of prefix 6699: AES-GCM over retcode, slot and body, the head authenticated."""

    def __init__(self, key: bytes) -> None:
        self._gcm = AESGCM(key)

    def seal(self, frame: Frame) -> bytes:
        plain = frame.slot + frame.body
        if frame.retcode is not None:
            plain = _WORD.pack(frame.retcode) + plain
        length = _IV_SIZE + len(plain) + _TAG_SIZE
        head = _HEAD_6699.pack(_PREFIX_6699, 0, frame.sequence & 0xFFFFFFFF, frame.command, length)
        nonce = os.urandom(_IV_SIZE)
        return head + nonce + self._gcm.encrypt(nonce, plain, head[4:]) + _SUFFIX_6699

    def open(self, raw: bytes, *, from_device: bool = False) -> Frame:
        _, _, sequence, command, length = _HEAD_6699.unpack_from(raw)
        start = _HEAD_6699.size + _IV_SIZE
        if length < _IV_SIZE + _TAG_SIZE or raw[-4:] != _SUFFIX_6699:
            raise UntrustedError
        try:
            plain = self._gcm.decrypt(raw[_HEAD_6699.size : start], raw[start:-4], raw[4 : _HEAD_6699.size])
        except InvalidTag:
            raise UntrustedError from None
        retcode = None
        if from_device:
            if len(plain) < _WORD.size:
                raise UnreadableError(command, sequence)
            retcode, plain = _WORD.unpack_from(plain)[0], plain[_WORD.size :]
        head, body = _take_slot(command, plain)
        return Frame(command, sequence, body, retcode, head)


def _take_slot(command: int, plain: bytes) -> tuple[bytes, bytes]:
    """Part slot and body; the nonces of a handshake are bytes of any value and have no slot."""
    if plain[:2] != b"3." or command in {Command.START, Command.RESPONSE, Command.FINISH}:
        return b"", plain
    return plain[:SLOT_SIZE], plain[SLOT_SIZE:]
