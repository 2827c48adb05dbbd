"""Session keys, local keys and protocol versions that do not fit."""

from custom_components.localtuya.lan import LinkState
from tests.faults.fault import NEGOTIATING, WITH_KEY, Fault, faulty, nothing
from tests.faults.scene import KEY, OTHER_KEY, Scene
from tests.lab.faults import Faults

_NEXT_VERSION = {"3.1": "3.3", "3.2": "3.4", "3.3": "3.4", "3.4": "3.5", "3.5": "3.4"}


def _key_changes(scene: Scene) -> None:
    scene.device.set_key(OTHER_KEY)


def _key_changes_twice(scene: Scene) -> None:
    scene.link.update(scene.endpoint(old_keys=(KEY, OTHER_KEY)))
    scene.device.set_key(OTHER_KEY)


def _key_changes_in_silence(scene: Scene) -> None:
    scene.device.faults = Faults(silent_on_wrong_key=True)
    scene.device.set_key(OTHER_KEY)
    scene.announce()


def _firmware(scene: Scene) -> None:
    scene.device.set_version(_NEXT_VERSION[scene.version])


def _announced_firmware(scene: Scene) -> None:
    _firmware(scene)
    scene.announce()


def _forged_version(scene: Scene) -> None:
    scene.announce(version="9.9")
    scene.device.drop_clients()


async def _returns_in_another_version(scene: Scene) -> None:
    await scene.device.stop()
    scene.device.set_version(_NEXT_VERSION[scene.version])


async def _starts(scene: Scene) -> None:
    await scene.device.start()


KEYS = (
    Fault(
        "reset in the handshake",
        breaks=faulty(reset_in_handshake=True, drop=True),
        shows=LinkState.HELD,
        versions=NEGOTIATING,
    ),
    Fault(
        "wrong key",
        breaks=nothing,
        shows=LinkState.KEY_REJECTED,
        mends=Scene.follow,
        from_start=True,
        endpoint={"local_key": OTHER_KEY},
    ),
    Fault(
        "wrong key, at which the device is silent",
        breaks=_key_changes_in_silence,
        shows=LinkState.KEY_REJECTED,
        mends=Scene.follow,
        versions=("3.4",),
    ),
    Fault(
        "device without proof of the key",
        breaks=faulty(bad_proof=True, drop=True),
        shows=LinkState.KEY_REJECTED,
        versions=NEGOTIATING,
    ),
    Fault("key changed by a new pairing", breaks=_key_changes, shows=LinkState.KEY_REJECTED, mends=Scene.follow),
    Fault(
        "an older key is the right one",
        breaks=nothing,
        mends=nothing,
        from_start=True,
        versions=WITH_KEY,
        endpoint={"local_key": OTHER_KEY, "old_keys": (KEY,)},
    ),
    Fault(
        "key changed to one of the older ones",
        breaks=_key_changes_twice,
        shows=LinkState.CONNECTING,
        mends=nothing,
        versions=WITH_KEY,
    ),
    Fault("new firmware speaks another version, announced", breaks=_announced_firmware, shows=LinkState.CONNECTING),
    Fault(
        "new firmware speaks another version, unannounced",
        breaks=_firmware,
        shows=LinkState.CONNECTING,
        mends=nothing,
    ),
    Fault(
        "returns in another version",
        breaks=_returns_in_another_version,
        shows=LinkState.UNREACHABLE,
        mends=_starts,
    ),
    Fault(
        "wrong version configured",
        breaks=lambda scene: scene.device.set_version(_NEXT_VERSION[scene.version]),
        shows=LinkState.CONNECTING,
        mends=nothing,
        from_start=True,
    ),
    Fault("forged announcement of an unknown version", breaks=_forged_version, shows=LinkState.CONNECTING),
    Fault(
        "session key begins with a zero byte",
        breaks=faulty(session_key_zero=3),
        versions=NEGOTIATING,
        from_start=True,
    ),
)
