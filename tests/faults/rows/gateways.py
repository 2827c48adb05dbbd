"""Gateways and their children."""

from custom_components.localtuya.lan import DeviceRefused, LinkState
from tests.faults.fault import GATEWAYS, NEGOTIATING, Fault, each, faulty, nothing
from tests.faults.scene import Scene
from tests.lab.faults import Faults

_VALUES = {"1": True, "2": 0, "3": "old"}
_FEW = {"dps": {}, "children": each(("a", "b", "c"), _VALUES)}
_MANY = {"dps": {}, "children": each((f"c{number}" for number in range(100)), _VALUES)}


async def _restart(scene: Scene) -> None:
    await scene.device.stop()
    scene.values.clear()


async def _restarted(scene: Scene) -> None:
    await scene.device.start()


async def _restarted_refusing(scene: Scene) -> None:
    scene.device.faults = Faults(refuse_first_queries=6)
    await scene.device.start()


def _all_told(scene: Scene) -> bool:
    return all(scene.values.get(cid, {}).get("3") == "old" for cid in scene.device.children)


def _child_lost(scene: Scene) -> None:
    scene.device.online("b", present=False)


def _child_back(scene: Scene) -> None:
    scene.device.online("b", present=True)


def _known_lost(scene: Scene) -> bool:
    return any("b" in presence.offline for presence in scene.presences)


async def _child_removed(scene: Scene) -> None:
    scene.device.remove_child("b")
    try:
        await scene.link.control({"2": 0}, "b")
    except DeviceRefused:
        scene.link.set_nodes(("a", "c"))
    else:
        raise AssertionError("a child that is gone obeys")


def _child_added(scene: Scene) -> None:
    scene.device.children["new"] = {"3": "old"}
    scene.link.set_nodes(("a", "b", "c", "new"))


def _never_undone(scene: Scene) -> bool:
    """No value that the gateway remembers came back after a newer one was commanded."""
    told = [int(str(report.dps["2"])) for _, report in scene.reports if report.node == "a" and "2" in report.dps]
    if told != sorted(told):
        raise AssertionError(f"old values came back: {told}")
    return True


async def _asked_from_memory(scene: Scene) -> None:
    scene.device.faults = Faults(memory_lag=0.4)
    for _ in range(5):
        await scene.link.query("a")


def _everybody_named(scene: Scene) -> bool:
    return frozenset().union(*(presence.online for presence in scene.presences)) >= scene.device.children.keys()


GATEWAY_FAULTS = (
    Fault(
        "gateway restarts",
        breaks=_restart,
        shows=LinkState.UNREACHABLE,
        mends=_restarted,
        versions=GATEWAYS,
        device=_FEW,
        node="a",
        back=_all_told,
        pushes=False,
    ),
    Fault(
        "gateway restarts and refuses its first queries",
        breaks=_restart,
        shows=LinkState.UNREACHABLE,
        mends=_restarted_refusing,
        versions=GATEWAYS,
        device=_FEW,
        node="a",
        back=_all_told,
        pushes=False,
    ),
    Fault(
        "a child is lost and comes back",
        breaks=_child_lost,
        mends=_child_back,
        versions=NEGOTIATING,
        device=_FEW,
        node="a",
        proof=_known_lost,
        back=lambda scene: "b" in scene.presences[-1].online,
    ),
    Fault("a child is removed", breaks=_child_removed, mends=nothing, versions=GATEWAYS, device=_FEW, node="a"),
    Fault(
        "a child is added",
        breaks=_child_added,
        mends=nothing,
        versions=GATEWAYS,
        device=_FEW,
        node="a",
        proof=_all_told,
    ),
    Fault(
        "gateway answers from memory",
        breaks=_asked_from_memory,
        versions=GATEWAYS,
        device=_FEW,
        node="a",
        pushes=False,
        proof=_never_undone,
    ),
    Fault(
        "online list of 100 children in several frames",
        breaks=faulty(online_chunk=30),
        from_start=True,
        versions=NEGOTIATING,
        device=_MANY,
        node="c99",
        proof=lambda scene: _everybody_named(scene) and _all_told(scene),
    ),
)
