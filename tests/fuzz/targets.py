"""What is fuzzed: each target takes any bytes, makes something of them, and fails if a promise is broken."""

from collections.abc import Callable
import hmac
from pathlib import Path

import tinytuya

from custom_components.localtuya.lan.dialect import DIALECTS
from custom_components.localtuya.lan.discovery import Announcement, parse
from custom_components.localtuya.lan.errors import FrameError, LanError
from custom_components.localtuya.lan.frame import MAX_LENGTH, Splitter
from custom_components.localtuya.lan.handshake import derive, negotiate
from custom_components.localtuya.lan.session import Event, Failed, Presence, Ready, Reply, Report, Session, Ticket

from .script import Script
from .wire import NEGOTIATING, VERSIONS, cut, damaged, encrypt_blocks, noise, seal_55aa, seal_gcm, sealed

KEY = b"0123456789abcdef"
OTHER_KEY = b"fedcba9876543210"
UDP_KEY: bytes = tinytuya.udpkey
OURS, THEIRS = bytes(range(16)), b"abcdefghijklmnop"
"""Nonces whose session keys do not begin with zero."""
_MOST_STEPS = 12
_LONGEST_REST = MAX_LENGTH + 22


def decoder(data: bytes) -> None:
    """Split a stream of sound packets, damaged ones and noise, and open what comes out.

    Nothing but LanError is raised, nothing is opened that was not sealed, no more is kept than one packet.
    """
    script = Script(data)
    version = script.choice(VERSIONS)
    codec = DIALECTS[version].codec(KEY)
    sound: set[bytes] = set()
    stream = b""
    for _ in range(_MOST_STEPS):
        if not script:
            break
        match script.number(4):
            case 0:
                stream += noise(script)
            case 1:
                packet = sealed(script, script.choice(VERSIONS), OTHER_KEY)
                if version not in NEGOTIATING:  # a CRC shows no key
                    sound.add(packet)
                stream += packet
            case step:
                packet = sealed(script, version, KEY)
                sound.add(packet)
                stream += packet if step == 2 else damaged(script, packet)
    splitter = Splitter()
    size = 0
    for piece in cut(script, stream):
        for packet in splitter.feed(piece):
            size += len(packet)
            try:
                command, payload, retcode = codec.open(packet)
            except LanError:
                continue
            assert packet in sound, "opened what was not sealed"
            assert len(payload) < len(packet), "grew"
            assert 0 <= command < 1 << 32, "no command"
            assert 0 <= retcode < 1 << 32, "no retcode"
        assert len(splitter._rest) <= _LONGEST_REST, "keeps too much"
    assert size + splitter.skipped + len(splitter._rest) == len(stream), "lost count"


def session(data: bytes) -> None:
    """Talk with a device that may say anything, at any time, before and after the key is negotiated.

    Nothing is raised, every ticket is answered at most once, what waits and what is kept stays bounded.
    """
    script = Script(data)
    version = script.choice(VERSIONS)
    dialogue = Dialogue(version)
    if script.number(8):
        dialogue.negotiate()
    for _ in range(_MOST_STEPS):
        if not script:
            break
        match script.number(7):
            case 0:
                dialogue.ask(script)
            case 1:
                dialogue.hear(cut(script, noise(script)))
            case 2:
                dialogue.hear(cut(script, damaged(script, sealed(script, version, dialogue.key))))
            case 3:
                dialogue.hear(cut(script, sealed(script, version, script.choice((OTHER_KEY, KEY)))))
            case 4:
                dialogue.negotiate()
            case _:
                dialogue.hear(cut(script, sealed(script, version, dialogue.key)))


def announcement(data: bytes) -> None:
    """Read a datagram on the discovery ports; nothing is raised, what comes out is short text."""
    script = Script(data)
    match script.number(6):
        case 0:
            packet = script.take(2000)
        case 1:
            packet = noise(script)
        case 2:
            text = script.text()
            packet = seal_gcm(UDP_KEY, script.number(), script.choice((b"", bytes(4), b"3.5")) + text)
        case 3:
            packet = sealed(script, script.choice(VERSIONS), UDP_KEY)
        case 4:
            packet = script.choice((b"", bytes(4))) + script.text()
            packet = seal_55aa(None, script.number(), packet) if script.number(2) else packet
        case _:
            text = script.text()
            pad = 16 - len(text) % 16
            packet = encrypt_blocks(UDP_KEY, text + bytes([pad]) * pad)
    if script.number(4) == 1:
        packet = damaged(script, packet) if packet else packet
    heard = parse(packet, "192.0.2.1")
    if heard is not None:
        assert isinstance(heard, Announcement)
        for word in (heard.device_id, heard.announced_host, heard.version, heard.product_id):
            assert word is None or 0 < len(word) <= 200, "too long a word"


TARGETS: dict[str, Callable[[bytes], None]] = {"decoder": decoder, "session": session, "announcement": announcement}


def seeds(name: str) -> list[bytes]:
    """Give the inputs that a target begins with: what was found worth keeping."""
    return [bytes.fromhex(line) for line in Path(__file__).with_name(f"{name}.hex").read_text().splitlines()]


class Dialogue:
    """A session and what it has promised so far."""

    def __init__(self, version: str) -> None:
        self.session = Session(DIALECTS[version], "bf0123456789abcdefghij", KEY)
        self.key = KEY
        self._tickets: set[Ticket] = set()
        self._settled: set[Ticket] = set()
        self._proof_given = False
        self._over = False
        if self.session.dialect.negotiates:
            self.session._negotiation = negotiate(version, KEY, nonce=OURS)  # as `open` does, but always the same
            self.session._pack(*next(self.session._negotiation))

    def negotiate(self) -> None:
        """Let the device prove that it has the key, once, where that is needed."""
        if self._proof_given or not self.session.dialect.negotiates:
            return
        self._proof_given = True
        answer = THEIRS + hmac.digest(KEY, OURS, "sha256")
        if self.session.dialect.version == "3.4":
            packet = seal_55aa(KEY, 4, bytes(4) + encrypt_blocks(KEY, answer + b"\x10" * 16))
        else:
            packet = seal_gcm(KEY, 4, bytes(4) + answer)
        self.hear([packet])

    def ask(self, script: Script) -> None:
        """Send some request."""
        node = script.choice((None, None, "c1", "c2"))
        match script.number(6):
            case 0:
                _, ticket = self.session.query(node)
                self._tickets.add(ticket)
            case 1:
                _, ticket = self.session.query(node, nulls=range(script.number(40) + 1))
                self._tickets.add(ticket)
            case 2:
                self.session.refresh([script.number()])
            case 3:
                self.session.presence()
            case 4:
                self.session.heartbeat()
            case _:
                try:
                    _, ticket = self.session.control({str(script.number(30)): script.json()}, node)
                except FrameError:
                    return
                self._tickets.add(ticket)

    def hear(self, pieces: list[bytes]) -> None:
        """Let the session hear this."""
        for piece in pieces:
            for event in self.session.receive(piece):
                self._check(event)
            assert len(self.session._splitter._rest) <= _LONGEST_REST, "keeps too much"
            assert len(self.session._pending) <= 256, "too many tickets"

    def _check(self, event: Event) -> None:
        assert not self._over, "something after the end"
        match event:
            case Report(dps, node):
                assert isinstance(dps, dict), "no values"
                assert node is None or isinstance(node, str), "no node"
                assert self.session.ready, "a report before the key"
            case Reply(ticket):
                assert ticket in self._tickets, "whose ticket?"
                assert ticket not in self._settled, "answered twice"
                self._settled.add(ticket)
            case Presence(online, offline):
                assert all(isinstance(name, str) for name in online | offline), "no names"
            case Failed(error):
                assert isinstance(error, LanError), "no error"
                assert KEY.decode() not in str(error), "the key is told"
                self._over = True
            case Ready():
                assert self._proof_given, "ready without a proof"
                self.key = derive(self.session.dialect.version, KEY, OURS, THEIRS)
