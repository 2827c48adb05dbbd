"""Negotiation of the session key (3.4 and 3.5), without I/O."""

from collections.abc import Generator
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .armour import KEY_BYTES, Ecb
from .commands import Command
from .errors import KeyRejected, Stillborn

type Negotiation = Generator[tuple[Command, bytes], bytes, bytes]
"""Yields what to send next, takes the payload of the device's answer, returns the session key after FINISH, which
nothing answers."""


def negotiate(version: str, key: bytes, *, nonce: bytes | None = None) -> Negotiation:
    """Run the three steps under the local key; `nonce` is random unless given.

    Raises KeyRejected if the device does not prove that it has the key, Stillborn if the session would be dead at once.
    """
    ours = nonce if nonce is not None else os.urandom(KEY_BYTES)
    answer = yield Command.SESS_KEY_NEG_START, ours
    theirs, proof = answer[:KEY_BYTES], answer[KEY_BYTES : KEY_BYTES + 32]
    if not hmac.compare_digest(proof, hmac.digest(key, ours, "sha256")):
        raise KeyRejected("the device proves another key")
    session_key = derive(version, key, ours, theirs)
    if not session_key[0]:
        raise Stillborn("session key begins with zero")
    yield Command.SESS_KEY_NEG_FINISH, hmac.digest(key, theirs, "sha256")
    return session_key


def derive(version: str, key: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Return the session key that follows from both nonces."""
    mixed = bytes(a ^ b for a, b in zip(ours, theirs, strict=True))
    if version == "3.4":
        return Ecb(key).encrypt_block(mixed)
    return AESGCM(key).encrypt(ours[:12], mixed, None)[:KEY_BYTES]
