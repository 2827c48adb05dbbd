"""The page of the matrix: docs/reliability.md."""

from collections.abc import Iterable
from itertools import groupby
import platform

from custom_components.localtuya.lan import Timing
from tests.faults.fault import ALL, MOST_CONNECTIONS, Cell
from tests.faults.neighbours import EVERY, LATE
from tests.faults.scene import PAUSE, SCALE

_INTRODUCTION = """# Reliability

What goes wrong between Home Assistant and a Tuya device, made to happen, in every protocol version.
`scripts/fault_matrix` makes this page: it runs the real engine (`custom_components/localtuya/lan`) against the
simulated devices of `tests/lab` on loopback sockets. The same rows are tests (`tests/faults`).

## What is measured

Each cell is a run of its own: a device, a link to it, a command every {pause} ms and as many reports (except in rows
that need silence). Something is broken; the link has to name the state that the evidence allows; commands go on for a
while and each has to end as done or with an error; the fault ends; the link has to come back without a user, and
without a command to wake it, and to know what changed meanwhile. A cell reads

> detected as · time to detect · recovered without user · time to recover

`live · — · yes · —` means that the fault must not be noticed at all: the link stayed live, commands succeeded (or
failed with an error where the device refuses them) and reports arrived all the while. A cell with nothing but `—` says
that the version has no such fault. A cell that fails says so in bold.

* **Time to detect** runs from the moment of the fault to the state, **time to recover** from the end of the fault
  (where it passes by itself: from its beginning) to a live session with fresh values.
* **Lost** counts commands that were reported as done and never reached the device, over all versions. It must be 0.
  A command that ended with an error is not lost: the user knows.
* **Neighbours** counts trouble of three healthy devices (3.3, 3.4, 3.5) in the same event loop meanwhile: a command
  (one each {every} ms to each) that failed or took longer than {late} ms, or a link that was lost. It must be 0.
  Time in which the machine ran other programs does not count.
* No cell may write nulls to a device, keep a command waiting longer than four answer times, or make more than
  {most_connections} connections (40 where ten forged addresses have to be tried).

**Times are scaled.** All waits of the link (`Timing`) are divided by {scale}: {waits}.
A time that consists of waits is {scale} times as long with the standard waits; this is what stands in brackets, where a
time is above {work} ms. Shorter ones are work, not waiting, and are not multiplied. Pauses between attempts carry a
random factor of 0.5 to 1, so two runs differ. The longest pause between two attempts is {most:.0f} s by the standard
waits; an announcement of the device, a new key or a command ends it at once (where every connection would make it
worse, only news and a first command do).

## What it does not show

* The devices are simulated after Tuya's published firmware source and logs of real ones. Home Assistant and devices
  share one process here, so times of work hold both sides.
* On loopback a device without power refuses connections at once. In a real network its connection is left half-open:
  that is a row of its own.
* Some things look alike on the wire. Silence after the first word of a 3.5 session is what a wrong key looks like, so
  it is called that. A wrong key of 3.1 shows at the first command only, as reading needs none. Where every frame is
  damaged, it looks like another version or key.
* A gateway acknowledges commands to a child that it cannot reach; that counts as having reached the device.

## Result

{cells} cells in {rows} rows, {bad} of them not as they should be. {lost} commands were lost silently; of {sent}
commands to neighbours {affected} were affected. The run took {took:.0f} s on {machine}.
"""


def page(cells: Iterable[Cell], *, sent: int, took: float, cores: int) -> str:
    """Return the page in Markdown."""
    cells = list(cells)
    rows = [(name, list(group)) for name, group in groupby(cells, key=lambda cell: cell.fault)]
    usual = Timing()
    introduction = _INTRODUCTION.format(
        pause=round(PAUSE * 1000),
        most_connections=MOST_CONNECTIONS,
        work=round(_WORK * 1000),
        every=round(EVERY * 1000),
        late=round(LATE * 1000),
        scale=SCALE,
        waits=f"a heartbeat after {usual.heartbeat / SCALE:g} s instead of {usual.heartbeat:g}, an answer within "
        f"{usual.answer / SCALE:g} s instead of {usual.answer:g}",
        most=usual.backoff_most,
        cells=len(cells),
        rows=len(rows),
        bad=sum(not cell.good for cell in cells),
        lost=sum(cell.lost for cell in cells),
        affected=sum(cell.affected for cell in cells),
        sent=f"{sent:,}",
        took=took,
        machine=f"{cores} cores, Python {platform.python_version()}",
    )
    head = ["fault", *ALL, "lost", "neighbours"]
    lines = [introduction, _line(head), _line(["---"] * len(head))]
    lines += [_line(_row(name, {cell.version: cell for cell in group})) for name, group in rows]
    return "\n".join(lines) + "\n"


def _row(name: str, cells: dict[str, Cell]) -> list[str]:
    texts = [_text(cells[version]) if version in cells else "—" for version in ALL]
    lost, affected = (sum(getattr(cell, what) for cell in cells.values()) for what in ("lost", "affected"))
    return [name, *texts, str(lost), str(affected)]


def _text(cell: Cell) -> str:
    parts = [
        cell.detected.replace("_", " ") or "not detected",
        _seconds(cell.detect_time),
        "yes" if cell.recovered else "no",
        _seconds(cell.recover_time),
    ]
    return " · ".join(parts) + (f" **failed: {cell.wrong}**" if cell.wrong else "")


def _seconds(time: float | None) -> str:
    if time is None:
        return "—"
    if time < _WORK:
        return f"{max(1, round(time * 1000))} ms"
    return f"{time:.2f} s ({time * SCALE:.1f} s)"


def _line(texts: Iterable[str]) -> str:
    return f"| {' | '.join(text.replace('|', '/') for text in texts)} |"


_WORK = 0.05
"""Seconds below which a time is work and no waiting."""
