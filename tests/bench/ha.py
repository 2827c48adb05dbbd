"""`scripts/bench ha`: the whole way through a real Home Assistant: wire to state, call to answer."""

from tests.bench import figures
from tests.bench.fleet import fleet_of
from tests.bench.ha_worker import Task, started
from tests.bench.report import Report, Section
from tests.bench.worker import figures_of

TASKS = {
    "1 device, 50 reports a second": Task(1, 50, 3),
    "100 devices, 500 reports a second in all": Task(100, 500, 5),
    "300 devices, 500 reports a second in all": Task(300, 500, 5),
    "300 devices, none of them reachable": Task(300, 0, 0),
}
_VERSION = "3.5"


def run(repeat: int) -> Report:
    """Measure everything so many times."""
    report = Report("ha", {"ours": "lan in HA"}, notes=_notes(repeat))
    report.sections += [Section(title, figures.ha(task.devices)) for title, task in TASKS.items()]
    with fleet_of(_VERSION, max(task.devices for task in TASKS.values())) as fleet:
        for _ in range(repeat):
            for section, task in zip(report.sections, TASKS.values(), strict=True):
                section.add("ours", figures_of(started(fleet, task)))
    report.finish()
    return report


def _notes(repeat: int) -> list[str]:
    return [
        f"Medians of {repeat} repetitions, each a new Home Assistant in a new process. Devices: {_VERSION}, 10 DPs,",
        "in a process of their own, on another core. A report changes one DP. The registries are empty at each start,",
        "as at the very first set-up. Lag: how late a timer of 2 ms comes. All connect: the whole set-up.",
        "Reports are measured after the garbage of the set-up is gone.",
    ]
