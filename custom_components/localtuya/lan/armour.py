"""Four ways to wrap a frame: what is in the clear, what is encrypted, what proves that nothing was changed.

Every armour belongs to one key and keeps its ciphers for its whole life. ECB contexts are stateless between whole
blocks, so one encryptor and one decryptor serve all frames.
"""

from base64 import b64decode, b64encode
import binascii
from hashlib import md5
import hmac
import os
import struct
from typing import Final, Protocol, override
from zlib import crc32

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .commands import BARE, Command
from .errors import FrameError, Unreadable, VersionMismatch
from .frame import PREFIX_55AA, SUFFIX_55AA, SUFFIX_6699, Frame, body_55aa

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
        command, retcode, payload = _open_crc(packet)
        if payload[:3] == b"3.1":
            try:
                payload = self._ecb.decrypt(b64decode(payload[19:], validate=True))
            except ValueError, binascii.Error:
                raise Unreadable(command, retcode) from None
        return _frame(Frame, (command, payload, retcode))


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
        command, retcode, payload = _open_crc(packet)
        if payload:
            # The slot is known by the length: some firmware puts it where there is none, some labels it otherwise.
            text = payload[_SLOT_BYTES:] if len(payload) & 15 == _SLOT_BYTES else payload
            try:
                payload = self._ecb.decrypt(text)
            except ValueError:
                if payload[:1] == b"{" or payload[:3] == b"3.1" or payload in CLEAR_TEXTS:
                    raise VersionMismatch("the device answers in the clear", "3.1") from None
                raise Unreadable(command, retcode) from None
        return _frame(Frame, (command, payload, retcode))


class Hmac:
    """Protocol 3.4: slot and text encrypted together, HMAC-SHA256 over everything."""

    __slots__ = ("_ecb", "_hmac", "_slot")

    def __init__(self, key: bytes, slot: bytes) -> None:
        self._slot = slot
        self._ecb = Ecb(key)
        self._hmac = hmac.new(key, digestmod="sha256")

    def seal(self, sequence: int, command: int, text: bytes) -> bytes:
        """See Armour."""
        text = self._ecb.encrypt(text if command in BARE else self._slot + text)
        head = _HEAD_55AA.pack(0x55AA, sequence, command, len(text) + 36) + text
        return head + self._sign(head) + SUFFIX_55AA

    def open(self, packet: bytes) -> Frame:
        """See Armour."""
        if packet[2:4] != _MARK_55AA:
            raise VersionMismatch("a 6699 packet", "3.5")
        retcode, payload = body_55aa(packet, 36)
        if not hmac.compare_digest(self._sign(packet[:-36]), packet[-36:-4]):
            raise FrameError("wrong HMAC")
        command = packet[11]
        if payload:
            try:
                payload = self._ecb.decrypt(payload)
            except ValueError:
                raise Unreadable(command, retcode) from None
            if payload[:2] == b"3." and command != _RESPONSE:  # where it is a nonce
                payload = payload[_SLOT_BYTES:]
        return _frame(Frame, (command, payload, retcode))

    def _sign(self, data: bytes) -> bytes:
        signature = self._hmac.copy()
        signature.update(data)
        return signature.digest()


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
            return _frame(Frame, (command, text[4 + _SLOT_BYTES :], 0))
        retcode = 0
        at = 0
        if text[:3] == b"\0\0\0" and len(text) > 3:
            retcode = text[3]
            at = 4
        if text[at : at + 2] == b"3." and command != _RESPONSE:  # where it is a nonce
            at += _SLOT_BYTES
        return _frame(Frame, (command, text[at:], retcode))


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
        if not 0 < last <= 16 or not text.endswith(_PADDING[last]):
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
_frame = tuple.__new__
"""Makes a Frame at half the cost of calling it."""
_HEAD_55AA = struct.Struct(">4I")
_HEAD_6699 = struct.Struct(">IHIII")
_PADDING = tuple(bytes([n]) * n for n in range(17))


def _seal_crc(sequence: int, command: int, text: bytes) -> bytes:
    head = _HEAD_55AA.pack(0x55AA, sequence, command, len(text) + 8) + text
    return head + crc32(head).to_bytes(4) + SUFFIX_55AA


def _open_crc(packet: bytes) -> tuple[int, int, bytes]:
    """Check the CRC; return command, retcode and still encrypted payload."""
    if packet[2:4] != _MARK_55AA:
        raise VersionMismatch("a 6699 packet", "3.5")
    retcode, payload = body_55aa(packet, 8)
    if crc32(packet[:-8]) != int.from_bytes(packet[-8:-4]):
        raise FrameError("wrong CRC")
    return packet[11], retcode, payload
