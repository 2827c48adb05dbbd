"""Devices that refuse, answer late, twice, under other numbers, or not at all."""

from custom_components.localtuya.lan import LinkState
from tests.faults.fault import Fault, by_version, faulty, nothing
from tests.faults.scene import Scene
from tests.lab.faults import Faults
from tests.lab.wire import Command

_PLAIN = ("3.1", "3.3", "3.4", "3.5")
"""Versions of devices that take nulls for values."""
_CONTROLS = frozenset({int(Command.CONTROL), int(Command.CONTROL_NEW)})
_UNVALID = "json obj data unvalid"


def _answers_late(scene: Scene) -> None:
    scene.device.faults = Faults(answer_delay=0.5)


def _refreshed_in_vain(scene: Scene) -> None:
    scene.device.faults = Faults(no_updatedps=True)
    scene.link.meter([1])


def _told(scene: Scene) -> bool:
    return scene.values.get(None, {}).get("3") == "old"


ANSWERS = (
    Fault("answers 5 s late", breaks=_answers_late, lasts=3),
    Fault("every frame 5 s late", breaks=faulty(delay=0.5), lasts=3),
    Fault(
        "every frame 5 s late, from the first connection on",
        breaks=faulty(delay=0.5),
        shows=by_version(LinkState.QUIET, v35=LinkState.KEY_REJECTED),
        mends=nothing,
        from_start=True,
    ),
    Fault("heard, but never answers commands", breaks=faulty(ignore=_CONTROLS), obeys=False, versions=_PLAIN),
    Fault("loses one command", breaks=faulty(lose_controls=1)),
    Fault("refuses commands with a retcode", breaks=faulty(control_retcode="data format error"), obeys=False),
    Fault("refuses queries", breaks=faulty(query_retcode=_UNVALID, drop=True), shows=LinkState.CONNECTING),
    Fault(
        "just booted: refuses its first queries",
        breaks=faulty(refuse_first_queries=4),
        from_start=True,
        versions=_PLAIN,
        proof=_told,
        pushes=False,
        commands=False,
    ),
    Fault(
        "plain device that must never be asked with nulls",
        breaks=faulty(query_retcode=_UNVALID),
        from_start=True,
        versions=_PLAIN,
        lasts=5,
    ),
    Fault("retcode 1 with an empty payload after success", breaks=faulty(ack_retcode_one_empty=True)),
    Fault("report before the acknowledgement", breaks=faulty(report_before_ack=True)),
    Fault("acknowledges, does not report", breaks=faulty(no_report=True)),
    Fault("every answer twice", breaks=faulty(duplicate_answers=True)),
    Fault("every answer twice and late", breaks=faulty(duplicate_answers=True, answer_delay=0.4), lasts=3),
    Fault("two empty frames before the answer to a query", breaks=faulty(nulls_before_answer=2)),
    Fault("answers queries as reports", breaks=faulty(answer_queries_as=int(Command.STATUS))),
    Fault("sequence numbers all zero", breaks=faulty(sequence="zero")),
    Fault("sequence numbers at random", breaks=faulty(sequence="random")),
    Fault(
        "refreshes unanswered (UPDATEDPS)",
        breaks=_refreshed_in_vain,
        proof=lambda scene: scene.device.frames[Command.UPDATEDPS] > 0,
        commands=False,
        pushes=False,
        lasts=4,
    ),
)
