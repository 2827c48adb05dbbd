"""Bytes that are no frames, or damaged ones, or whole ones in odd pieces."""

from custom_components.localtuya.lan import LinkState
from tests.faults.fault import Fault, by_version, faulty
from tests.faults.scene import Scene
from tests.lab.wire import Command

_STATUS = int(Command.STATUS)
_LONGEST = 0x10000 - 200
"""Bytes of text in a frame of just below 64 KiB."""


def _long(scene: Scene) -> str:
    return "x" * (_LONGEST * 3 // 4 if scene.version == "3.1" else _LONGEST)  # which is sent in base64


def _long_frame(scene: Scene) -> None:
    scene.device.push({"4": _long(scene)})


DAMAGE = (
    Fault("garbage before every frame", breaks=faulty(garbage_before=b"noise\0\0\x55")),
    Fault("garbage with false prefixes before frames", breaks=faulty(garbage_before=b"\0\0\x55\xaa\0\0\x66\x99no")),
    Fault("garbage after every frame", breaks=faulty(garbage_after=b"\0\0\xaa\x55noise")),
    Fault("flipped bits in every third report", breaks=faulty(flip_bits=3, damage_only=_STATUS, damage_every=3)),
    Fault(
        "flipped bits in every frame",
        breaks=faulty(flip_bits=3),
        shows=by_version(LinkState.WRONG_VERSION, v34=LinkState.KEY_REJECTED, v35=LinkState.KEY_REJECTED),
    ),
    Fault("every third report truncated", breaks=faulty(truncate=9, damage_only=_STATUS, damage_every=3)),
    Fault(
        "every third report claims 2 GiB", breaks=faulty(false_length=0x7FFFFFFF, damage_only=_STATUS, damage_every=3)
    ),
    Fault(
        "every third report claims 4,000 bytes", breaks=faulty(false_length=4000, damage_only=_STATUS, damage_every=3)
    ),
    Fault("every third report claims 3 bytes", breaks=faulty(false_length=3, damage_only=_STATUS, damage_every=3)),
    Fault("one byte at a time", breaks=faulty(one_byte_at_a_time=True)),
    Fault("several frames in one segment", breaks=faulty(coalesce=4)),
    Fault(
        "a frame of 64 KiB",
        breaks=_long_frame,
        proof=lambda scene: scene.values[None].get("4") == _long(scene),
    ),
)
