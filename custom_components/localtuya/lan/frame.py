"""Frames and the stream they travel in: cutting it into packets, getting back into step after damage."""

import re
import struct

PREFIX_55AA = b"\x00\x00\x55\xaa"
SUFFIX_55AA = b"\x00\x00\xaa\x55"
PREFIX_6699 = b"\x00\x00\x66\x99"
SUFFIX_6699 = b"\x00\x00\x99\x66"
MAX_LENGTH = 0x10000
"""Bytes a packet may claim after its header."""

type Frame = tuple[int, bytes, int]
"""A message outside its armour: command, payload, and retcode (0 where the device sent none).

A device's sequence number is left out on purpose: nothing can be concluded from it.
"""


class Splitter:
    """Cuts a stream into packets and skips what cannot be one; holds at most one unfinished packet."""

    __slots__ = ("_rest", "_scanned", "_vain", "skipped")

    def __init__(self) -> None:
        self._rest: bytes | bytearray = b""
        self._scanned = 0
        self._vain = 0
        """How often a whole packet was looked for, and not found, behind the one that is unfinished."""
        self.skipped = 0
        """Bytes thrown away so far."""

    def feed(self, data: bytes) -> list[bytes]:
        """Take what arrived; return every packet that is complete now, unchecked but for its frame marks."""
        if self._rest:
            self._rest += data
            buffer = bytes(self._rest) if self._may_be_complete() else None
            if buffer is None:
                return []
        else:
            buffer = data
        packets: list[bytes] = []
        start = 0
        size = len(buffer)
        while (start := _cut(buffer, start, size, packets)) < size:
            if self._vain < _MOST_VAIN and _end(buffer, start, size) == _UNFINISHED:
                follower = _find_whole(buffer, start + 1, size)
                if follower < 0:
                    break
            else:
                follower = _find_prefix(buffer, start + 1, size)
            self.skipped += follower - start
            start = follower
        self._keep(buffer, start)
        return packets

    def _keep(self, buffer: bytes, start: int) -> None:
        self._vain = self._vain + 1 if self._rest and not start else 0
        self._rest = bytearray(buffer[start:]) if start < len(buffer) else b""
        self._scanned = len(self._rest)

    def _may_be_complete(self) -> bool:
        """Whether the unfinished packet could be complete, or a whole one has arrived behind its damaged head."""
        rest = self._rest
        if len(rest) < _HEAD:
            return False
        if self._scanned < _HEAD or len(rest) >= _claimed(rest):
            return True
        # Only what is new is searched, so that a long packet in small segments stays cheap.
        since = max(self._scanned - 3, 1)
        self._scanned = len(rest)
        return rest.find(SUFFIX_55AA, since) >= 0 or rest.find(SUFFIX_6699, since) >= 0


_READ_55AA = struct.Struct(">I8xI").unpack_from
_READ_6699 = struct.Struct(">I10xI").unpack_from
_HEAD = 18
"""Bytes needed to read the length of either kind of packet."""
_LEAST = 24
"""Bytes of the shortest packet of all."""
_PREFIX = re.compile(b"%b|%b" % (re.escape(PREFIX_55AA), re.escape(PREFIX_6699)))
_MOST_VAIN = 8
"""A sound packet hardly ever holds what looks like the end of one; only malice makes it worth looking more often."""
_DAMAGED = -1
_UNFINISHED = 0


def _cut(buffer: bytes, start: int, size: int, packets: list[bytes]) -> int:
    """Cut off whole packets, one after the other: nearly all that ever comes. Return where they end."""
    last = size - _LEAST
    append = packets.append
    while start <= last:
        if buffer[start + 2] == 0x66:
            prefix, length = _READ_6699(buffer, start)
            end = start + 22 + length
            sound = prefix == 0x6699 and buffer.endswith(SUFFIX_6699, start, end)
        else:
            prefix, length = _READ_55AA(buffer, start)
            end = start + 16 + length
            sound = prefix == 0x55AA and buffer.endswith(SUFFIX_55AA, start, end)
        if not sound or end > size or not 8 <= length <= MAX_LENGTH:
            break
        append(buffer[start:end])
        start = end
    return start


def _claimed(rest: bytes | bytearray) -> int:
    """Return how long the packet at the beginning says it is."""
    if rest[:4] == PREFIX_55AA:
        return 16 + int.from_bytes(rest[12:16])
    return 22 + int.from_bytes(rest[14:18])


def _end(buffer: bytes, start: int, size: int) -> int:  # noqa: PLR0911
    """Return where the packet at `start` ends, `_UNFINISHED` if more bytes may complete it, else `_DAMAGED`."""
    prefix = buffer[start : start + 4]
    if prefix == PREFIX_55AA:
        if size - start < 16:
            return _UNFINISHED
        length = int.from_bytes(buffer[start + 12 : start + 16])
        end = start + 16 + length
        suffix = SUFFIX_55AA
    elif prefix == PREFIX_6699:
        if size - start < 18:
            return _UNFINISHED
        length = int.from_bytes(buffer[start + 14 : start + 18])
        end = start + 22 + length
        suffix = SUFFIX_6699
    elif PREFIX_55AA.startswith(prefix) or PREFIX_6699.startswith(prefix):
        return _UNFINISHED
    else:
        return _DAMAGED
    if length > MAX_LENGTH or length < 8:
        return _DAMAGED
    if end > size:
        return _UNFINISHED
    return end if buffer[end - 4 : end] == suffix else _DAMAGED


def _find_prefix(buffer: bytes, start: int, size: int) -> int:
    """Return where the next packet may begin: a prefix, the first bytes of one at the very end, or the end."""
    if (found := _PREFIX.search(buffer, start)) is not None:
        return found.start()
    for at in range(max(start, size - 3), size):
        if PREFIX_55AA.startswith(buffer[at:]) or PREFIX_6699.startswith(buffer[at:]):
            return at
    return size


def _find_whole(buffer: bytes, start: int, size: int) -> int:
    """Return where a complete packet begins behind an unfinished one (whose length then lied), or -1."""
    while (start := _find_prefix(buffer, start, size)) < size:
        if _end(buffer, start, size) > 0:
            return start
        start += 1
    return -1
