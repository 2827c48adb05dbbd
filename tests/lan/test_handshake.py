"""The negotiation of the session key, against tinytuya's three steps and a device's."""

import hmac
import os

import pytest
import tinytuya

from custom_components.localtuya.lan.commands import Command
from custom_components.localtuya.lan.errors import KeyRejected, Stillborn
from custom_components.localtuya.lan.handshake import derive, negotiate

from .speech import KEY

OURS = bytes(range(16))
THEIRS = b"abcdefghijklmnop"


def response(nonce: bytes = THEIRS, key: bytes = KEY, ours: bytes = OURS) -> bytes:
    return nonce + hmac.digest(key, ours, "sha256")


@pytest.mark.parametrize("version", ["3.4", "3.5"])
def test_three_steps_as_tinytuya(version: str) -> None:
    negotiation = negotiate(version, KEY, nonce=OURS)
    assert next(negotiation) == (Command.SESS_KEY_NEG_START, OURS)
    command, proof = negotiation.send(response())
    assert command is Command.SESS_KEY_NEG_FINISH
    with pytest.raises(StopIteration) as done:
        next(negotiation)

    oracle = tinytuya.Device("device", "127.0.0.1", KEY.decode(), version=float(version))
    oracle._negotiate_session_key_generate_step_1()
    oracle.local_nonce = OURS
    payload = response()
    if version == "3.4":
        payload = tinytuya.AESCipher(KEY).encrypt(payload, use_base64=False)
    finish = oracle._negotiate_session_key_generate_step_3(tinytuya.TuyaMessage(1, 4, 0, payload, 0))
    assert finish.payload == proof
    oracle._negotiate_session_key_generate_finalize()
    assert oracle.local_key == done.value.value


@pytest.mark.parametrize(
    "answer", [response(key=b"another key 1234"), response(ours=bytes(16)), b"", THEIRS, response()[:-1]]
)
def test_a_wrong_proof_is_a_wrong_key(answer: bytes) -> None:
    negotiation = negotiate("3.5", KEY, nonce=OURS)
    next(negotiation)
    with pytest.raises(KeyRejected):
        negotiation.send(answer)


@pytest.mark.parametrize("version", ["3.4", "3.5"])
def test_a_key_that_begins_with_zero_is_not_used(version: str) -> None:
    theirs = next(nonce for nonce in iter(lambda: os.urandom(16), b"") if derive(version, KEY, OURS, nonce)[0] == 0)
    negotiation = negotiate(version, KEY, nonce=OURS)
    next(negotiation)
    with pytest.raises(Stillborn):
        negotiation.send(response(theirs))


def test_the_nonce_is_fresh() -> None:
    assert len({next(negotiate("3.5", KEY))[1] for _ in range(100)}) == 100
