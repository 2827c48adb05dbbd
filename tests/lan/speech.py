"""What a device says, made by the laboratory's codec and not by the one under test."""

import orjson

from tests.lab.wire import NEGOTIATING, Command, Frame, codec_for, prove, session_key, slot

KEY = b"0123456789abcdef"
VERSIONS = ("3.1", "3.2", "3.3", "3.4", "3.5")


class Speech:
    """One side of a connection: the device's."""

    def __init__(self, version: str, key: bytes = KEY) -> None:
        self.version = version
        self.key = key
        self.codec = codec_for(version, key)

    def say(self, command: int, body: bytes = b"", *, retcode: int = 0, sequence: int = 0) -> bytes:
        head = slot(self.version, body, 1) if command == Command.STATUS and body and self.version != "3.1" else b""
        return self.codec.seal(Frame(command, sequence, body, retcode, head))

    def report(self, dps: dict[str, object], cid: str | None = None) -> bytes:
        inner: dict[str, object] = {"dps": dps} if cid is None else {"dps": dps, "cid": cid}
        body = (
            {"protocol": 4, "t": 9, "data": inner} if self.version in NEGOTIATING else {"devId": "d", "t": 9, **inner}
        )
        return self.say(Command.STATUS, orjson.dumps(body))

    def answer(self, dps: dict[str, object], cid: str | None = None) -> bytes:
        body: dict[str, object] = {"dps": dps} if cid is None else {"dps": dps, "cid": cid}
        return self.say(self.query, orjson.dumps(body))

    def hear(self, packet: bytes) -> Frame:
        return self.codec.open(packet)

    def respond(self, start: bytes, nonce: bytes = b"abcdefghijklmnop") -> bytes:
        """Answer START; what is said from now on is said under the session key."""
        asked = self.codec.open(start)
        assert asked.command == Command.START
        answer = self.say(Command.RESPONSE, nonce + prove(self.key, asked.body))
        self.codec = codec_for(self.version, session_key(self.version, self.key, asked.body, nonce))
        return answer

    @property
    def query(self) -> Command:
        return Command.DP_QUERY_NEW if self.version in NEGOTIATING else Command.DP_QUERY

    @property
    def control(self) -> Command:
        return Command.CONTROL_NEW if self.version in NEGOTIATING else Command.CONTROL
