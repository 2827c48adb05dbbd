"""Four ways to wrap a frame: what is in the clear, what is encrypted, what proves that nothing was changed.

Every armour belongs to one key and keeps its ciphers for its whole life. ECB contexts are stateless between whole
blocks, so one encryptor and one decryptor serve all frames.
"""

from base64 import b64decode, b64encode
import binascii
from hashlib import md5, sha256
from hmac import compare_digest
import os
import struct
from typing import Final, Protocol, override
from zlib import crc32

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .commands import BARE, Command
from .errors import FrameError, Unreadable, VersionMismatch
from .frame import PREFIX_55AA, SUFFIX_55AA, SUFFIX_6699, Frame

KEY_BYTES = 16


class Armour(Protocol):
    """Frame to packet and back, under one key."""

    def seal(self, sequence: int, command: int, text: bytes) -> bytes:
        """Return the packet that carries `text`, as a client sends it (without retcode)."""

    def open(self, packet: bytes) -> Frame:
        """Return the checked and decrypted frame, version slot removed.

        Raises FrameError if the packet was damaged, Unreadable if it is sound but does not decrypt, VersionMismatch if
        it is another version's.
        """


class Plain:
    """Protocol 3.1: text in the clear, commands in base64 with a signature, CRC."""

    __slots__ = ("_ecb", "_key")

    def __init__(self, key: bytes, slot: bytes) -> None:
        del slot
        self._key = key
        self._ecb = Ecb(key)

    def seal(self, sequence: int, command: int, text: bytes) -> bytes:
        """See Armour."""
        if command == Command.CONTROL:
            text = b64encode(self._ecb.encrypt(text))
            signature = md5(b"data=" + text + b"||lpv=3.1||" + self._key, usedforsecurity=False).hexdigest()
            text = b"3.1" + signature[8:24].encode() + text
        return _seal_crc(sequence, command, text)

    def open(self, packet: bytes) -> Frame:
        """See Armour."""
        command, retcode, start = _head(packet, 8)
        if crc32(packet[:-8]) != _READ_WORD(packet, len(packet) - 8)[0]:
            raise FrameError("wrong CRC")
        payload = packet[start:-8]
        if payload[:3] == b"3.1":
            try:
                payload = self._ecb.decrypt(b64decode(payload[19:], validate=True))
            except ValueError, binascii.Error:
                raise Unreadable(command, retcode) from None
        return command, payload, retcode


class Crc:
    """Protocols 3.2 and 3.3: text encrypted, version slot before it in the clear, CRC."""

    __slots__ = ("_ecb", "_slot")

    def __init__(self, key: bytes, slot: bytes) -> None:
        self._slot = slot
        self._ecb = Ecb(key)

    def seal(self, sequence: int, command: int, text: bytes) -> bytes:
        """See Armour."""
        text = self._ecb.encrypt(text)
        return _seal_crc(sequence, command, text if command in BARE else self._slot + text)

    def open(self, packet: bytes) -> Frame:
        """See Armour; text in the clear is what only 3.1 sends."""
        command, retcode, start = _head(packet, 8)
        if crc32(packet[:-8]) != _READ_WORD(packet, len(packet) - 8)[0]:
            raise FrameError("wrong CRC")
        size = len(packet) - 8 - start
        if not size:
            return command, b"", retcode
        # The slot is known by the length: some firmware puts it where there is none, some labels it otherwise.
        text = packet[start + _SLOT_BYTES : -8] if size & 15 == _SLOT_BYTES else packet[start:-8]
        try:
            return command, self._ecb.decrypt(text), retcode
        except ValueError:
            payload = packet[start:-8]
            if payload[:1] == b"{" or payload[:3] == b"3.1" or payload in CLEAR_TEXTS:
                raise VersionMismatch("the device answers in the clear", "3.1") from None
            raise Unreadable(command, retcode) from None


class Hmac:
    """Protocol 3.4: slot and text encrypted together, HMAC-SHA256 over everything."""

    __slots__ = ("_ecb", "_inner", "_outer", "_slot")

    def __init__(self, key: bytes, slot: bytes) -> None:
        self._slot = slot
        self._ecb = Ecb(key)
        block = key.ljust(64, b"\0")
        self._inner = sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = sha256(bytes(byte ^ 0x5C for byte in block))

    def seal(self, sequence: int, command: int, text: bytes) -> bytes:
        """See Armour."""
        text = self._ecb.encrypt(text if command in BARE else self._slot + text)
        head = _HEAD_55AA.pack(0x55AA, sequence, command, len(text) + 36) + text
        return head + self._sign(head) + SUFFIX_55AA

    def open(self, packet: bytes) -> Frame:
        """See Armour."""
        command, retcode, start = _head(packet, 36)
        if not compare_digest(self._sign(packet[:-36]), packet[-36:-4]):
            raise FrameError("wrong HMAC")
        payload = packet[start:-36]
        if payload:
            try:
                payload = self._ecb.decrypt(payload)
            except ValueError:
                raise Unreadable(command, retcode) from None
            if payload[:2] == b"3." and command != _RESPONSE:  # where it is a nonce
                payload = payload[_SLOT_BYTES:]
        return command, payload, retcode

    def _sign(self, data: bytes) -> bytes:
        # Two prepared states are copied in half the time that hmac takes to copy its own.
        inner = self._inner.copy()
        inner.update(data)
        outer = self._outer.copy()
        outer.update(inner.digest())
        return outer.digest()


class Gcm:
    """Protocol 3.5: AES-GCM with a random nonce; header authenticated, retcode, slot and text inside."""

    __slots__ = ("_gcm", "_slot", "_usual")

    def __init__(self, key: bytes, slot: bytes) -> None:
        self._slot = slot
        self._usual = bytes(4) + slot[:3]
        self._gcm = AESGCM(key)

    def seal(self, sequence: int, command: int, text: bytes) -> bytes:
        """See Armour."""
        if command not in BARE:
            text = self._slot + text
        head = _HEAD_6699.pack(0x6699, 0, sequence, command, len(text) + 28)
        nonce = os.urandom(12)
        return head + nonce + self._gcm.encrypt(nonce, text, head[4:]) + SUFFIX_6699

    def open(self, packet: bytes) -> Frame:
        """See Armour; a wrong key cannot be told from damage here."""
        if packet[2:4] == _MARK_55AA:
            raise VersionMismatch("a 55AA packet")
        try:
            text = self._gcm.decrypt(packet[18:30], packet[30:-4], packet[4:18])
        except InvalidTag, ValueError:
            raise FrameError("wrong GCM tag") from None
        command = packet[13]
        if text.startswith(self._usual) and command != _RESPONSE:
            return command, text[4 + _SLOT_BYTES :], 0
        retcode = 0
        at = 0
        if text[:3] == b"\0\0\0" and len(text) > 3:
            retcode = text[3]
            at = 4
        if text[at : at + 2] == b"3." and command != _RESPONSE:  # where it is a nonce
            at += _SLOT_BYTES
        return command, text[at:], retcode


class Ecb:
    """AES-128-ECB with PKCS#7 padding, contexts kept."""

    __slots__ = ("_decrypt", "_encrypt")

    def __init__(self, key: bytes) -> None:
        cipher = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - what the devices speak
        self._encrypt = cipher.encryptor().update
        self._decrypt = cipher.decryptor().update

    def encrypt(self, text: bytes) -> bytes:
        """Pad and encrypt."""
        return self._encrypt(text + _PADDING[16 - (len(text) & 15)])

    def encrypt_block(self, block: bytes) -> bytes:
        """Encrypt whole blocks without padding."""
        return self._encrypt(block)

    def decrypt(self, data: bytes) -> bytes:
        """Decrypt and unpad; raises ValueError if there are no whole blocks or any byte of the padding is wrong."""
        if not data or len(data) & 15:
            raise ValueError("no whole blocks")
        text = self._decrypt(data)
        last = text[-1]
        if not text.endswith(_UNPADDING[last]):
            raise ValueError("wrong padding")
        return text[:-last]

    @override
    def __repr__(self) -> str:
        return "Ecb()"


CLEAR_TEXTS: Final = frozenset(
    {b"json obj data unvalid", b"parse data error", b"data format error", b"devid not found"}
)
"""Why a device refuses: all reasons seen in firmware and in the field."""

_SLOT_BYTES = 15
_MARK_55AA = PREFIX_55AA[2:]
_RESPONSE = int(Command.SESS_KEY_NEG_RESP)
_HEAD_55AA = struct.Struct(">4I")
_HEAD_6699 = struct.Struct(">IHIII")
_READ_HEAD = struct.Struct(">I4xI4xI").unpack_from
_READ_WORD = struct.Struct(">I").unpack_from
_PADDING = tuple(bytes([n]) * n for n in range(17))
_UNPADDING = tuple(_PADDING[n] if 0 < n <= 16 else bytes([n ^ 1]) for n in range(256))
"""What a text ends with whose last byte is the index; what no such text ends with, where that byte pads nothing."""


def _seal_crc(sequence: int, command: int, text: bytes) -> bytes:
    head = _HEAD_55AA.pack(0x55AA, sequence, command, len(text) + 8) + text
    return head + crc32(head).to_bytes(4) + SUFFIX_55AA


def _head(packet: bytes, tail: int) -> tuple[int, int, int]:
    """Read a 55AA packet whose check and suffix take `tail` bytes: command, retcode, where the payload begins."""
    size = len(packet)
    if size < 16 + tail:
        raise FrameError("packet too short for its own armour")
    prefix, command, retcode = _READ_HEAD(packet)
    if prefix != 0x55AA:
        raise VersionMismatch("a 6699 packet", "3.5")
    if retcode < 0x100 and size >= 20 + tail:
        return command, retcode, 20
    return command, 0, 16
