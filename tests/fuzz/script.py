"""Any bytes at all, read as a script of what to do: so every mutation of them is again something to do."""

import orjson

_NAMES = ("dps", "data", "cid", "1", "20", "reqType", "online", "offline", "protocol", "devId", "gwId", "ip", "version")
_WORDS = ("", "c1", "c2", "subdev_online_stat_report", "bf0123456789abcdefghij", "json obj data unvalid", "\ufffd\0")
_NUMBERS = (0, 1, -1, 255, 2**31, 2**63, 1.5, 1e300)
_TEXTS = (
    b"",
    b"{}",
    b"[]",
    b"null",
    b"json obj data unvalid",
    b"parse data error",
    b'{"dps":{"1":true}}',
    b'{"dps":{"1":"a\xffb"}}\0\0',
    b'{"data":{"cid":"c1","dps":{"1":1}}}',
    b'{"reqType":"subdev_online_stat_report","data":{"online":["c1"],"offline":["c2"]}}',
    b"[" * 2000,
    b'{"dps":' * 300,
    b"3.3" + bytes(12) + b"{}",
)
_DEEPEST = 4


class Script:
    """Reads bytes from the front; beyond their end there are zeros, so reading never fails."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def __bool__(self) -> bool:
        """Whether anything is left."""
        return self._at < len(self._data)

    def number(self, below: int = 256) -> int:
        """Take one byte, as a number below `below` (at most 256)."""
        at = self._at
        self._at = at + 1
        return self._data[at] % below if at < len(self._data) else 0

    def wide(self) -> int:
        """Take four bytes as a number."""
        return int.from_bytes(self.take(4))

    def choice[Choice](self, choices: tuple[Choice, ...]) -> Choice:
        """Take one of these."""
        return choices[self.number(len(choices))]

    def take(self, count: int) -> bytes:
        """Take so many bytes, or those that are left."""
        at = self._at
        self._at = at + count
        return self._data[at : at + count]

    def text(self) -> bytes:
        """Take a payload: one of the known ones, JSON, or raw bytes."""
        match self.number(4):
            case 0:
                return self.choice(_TEXTS)
            case 1:
                return self.take(self.number())
            case 2:
                return self.take(self.number()) * self.number()
            case _:
                return orjson.dumps(self.json())

    def json(self, depth: int = 0) -> object:
        """Take a JSON value, made of the names that the protocol knows."""
        match self.number(6 if depth < _DEEPEST else 4):
            case 0:
                return self.choice(_WORDS)
            case 1:
                return self.choice(_NUMBERS)
            case 2:
                return self.choice((None, True, False))
            case 3:
                return self.take(self.number(8)).decode("latin-1")
            case 4:
                return [self.json(depth + 1) for _ in range(self.number(4))]
            case _:
                return {self.choice(_NAMES): self.json(depth + 1) for _ in range(self.number(5))}
