"""Connections that are not made, not kept, or not alone."""

from custom_components.localtuya.lan import LinkState
from tests.faults.fault import Fault, by_version, faulty, healed, nothing
from tests.faults.scene import Scene
from tests.lab.faults import Faults

NOBODY = "127.255.255.255"
"""A loopback address at which the system says that there is nobody: TCP does not connect to a broadcast address."""


async def _one_place_taken(scene: Scene) -> None:
    scene.device.faults = Faults(max_clients=1)
    scene.device.drop_clients()
    await scene.guest(eager=True)


async def _three_places_taken(scene: Scene) -> None:
    scene.device.drop_clients()
    for _ in range(3):
        await scene.guest()


async def _evicted_in_turns(scene: Scene) -> None:
    scene.device.faults = Faults(max_clients=1, evict_first_client=True)
    await scene.guest(eager=True)


async def _two_links_in_turns(scene: Scene) -> None:
    scene.device.faults = Faults(max_clients=1, evict_first_client=True)
    await scene.second_link()


async def _others_leave(scene: Scene) -> None:
    await scene.guests_leave()
    healed(scene)


async def _two_clients(scene: Scene) -> None:
    link, reports = await scene.second_link()
    await link.query()
    if not reports:
        raise AssertionError("the second client hears nothing")


async def _power_cut(scene: Scene) -> None:
    await scene.device.stop()


async def _power_back(scene: Scene) -> None:
    await scene.device.start()


CONNECTIONS = (
    Fault("connection refused", breaks=faulty(refuse=True, drop=True), shows=LinkState.UNREACHABLE),
    Fault(
        "connection filtered (no answer to SYN)", breaks=faulty(filtered=True, drop=True), shows=LinkState.UNREACHABLE
    ),
    Fault(
        "nobody at the address",
        breaks=nothing,
        shows=LinkState.GONE,
        mends=Scene.announce,
        from_start=True,
        endpoint={"host": NOBODY},
    ),
    Fault("switched off, later on again", breaks=_power_cut, shows=LinkState.UNREACHABLE, mends=_power_back),
    Fault("accepts, then resets", breaks=faulty(accept_then_reset=True, drop=True), shows=LinkState.WEDGED),
    Fault(
        "accepts, then silence",
        breaks=faulty(accept_then_silence=True, drop=True),
        shows=by_version(LinkState.QUIET, v35=LinkState.KEY_REJECTED),
    ),
    Fault("resets at the first bytes", breaks=faulty(reset_at_first_bytes=True, drop=True), shows=LinkState.HELD),
    Fault("half-open while commanded", breaks=faulty(silent_after=0), shows=LinkState.QUIET),
    Fault("half-open and idle", breaks=faulty(silent_after=0), shows=LinkState.QUIET, commands=False, pushes=False),
    Fault("no heartbeat answer, but reports", breaks=faulty(no_heartbeat_answer=True), commands=False, lasts=3),
    Fault(
        "no heartbeat answer, idle",
        breaks=faulty(no_heartbeat_answer=True),
        commands=False,
        pushes=False,
        lasts=5,
    ),
    Fault(
        "reset while live",
        breaks=lambda scene: scene.device.drop_clients(reset=True),
        shows=LinkState.CONNECTING,
        mends=nothing,
    ),
    Fault(
        "hangs up after 15 s without a word",
        breaks=faulty(idle_close=1.5),
        commands=False,
        pushes=False,
        lasts=4,
    ),
    Fault(
        "hangs up after 5 s without a word",
        breaks=faulty(idle_close=0.5),
        shows=LinkState.CONNECTING,
        commands=False,
        pushes=False,
        mends=nothing,
        back=lambda scene: scene.device.frames[9] > 3,
    ),
    Fault("second client refused", breaks=_one_place_taken, shows=LinkState.HELD, mends=_others_leave),
    Fault("fourth session closed at once", breaks=_three_places_taken, shows=LinkState.HELD, mends=_others_leave),
    Fault("first client evicted, in turns", breaks=_evicted_in_turns, shows=LinkState.HELD, mends=_others_leave),
    Fault(
        "two Home Assistants evict each other", breaks=_two_links_in_turns, shows=LinkState.HELD, mends=_others_leave
    ),
    Fault("two clients", breaks=_two_clients, mends=_others_leave),
)
