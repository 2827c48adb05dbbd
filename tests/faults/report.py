"""The page of the matrix: docs/reliability.md."""

from collections.abc import Iterable
from itertools import groupby
import platform

from custom_components.localtuya.lan import Timing
from tests.faults.fault import ALL, Cell
from tests.faults.neighbours import EVERY, LATE
from tests.faults.scene import SCALE

_INTRODUCTION = """# Reliability

What goes wrong between Home Assistant and a Tuya device, made to happen, in every protocol version. `scripts/fault_matrix` makes this page: it runs the real
engine (`custom_components/localtuya/lan`) against the simulated devices of `tests/lab` on loopback sockets. The same rows are tests (`tests/faults`).

## What is measured

Each cell is a run of its own: a device, a link to it, a command every {pause} ms and as many reports (except in rows that need silence). Something is broken; the
link has to name the state that the evidence allows; the fault ends; the link has to come back, and know what changed meanwhile, without a user and without a
command to wake it. A cell reads

> detected as · time to detect · recovered without user · time to recover

`live · – · yes · –` means that the fault must not be noticed at all: the link stayed live, commands succeeded (or failed with an honest error where the device refuses them)
and reports arrived all the while. `–` in a cell means that the version has no such fault. A cell that fails says so in bold.

* **Time to detect** runs from the moment of the fault to the state; **time to recover** from the end of the fault to a live session with fresh values.
* **Lost** counts commands that were reported as done and never reached the device, over all versions. It must be 0. (A command that failed with an error is not lost: the user knows.)
* **Neighbours** counts trouble of three healthy devices (3.3, 3.4, 3.5) in the same event loop meanwhile: a command (one each {every:.0f} ms to each) that failed or took longer
  than {late:.0f} ms, or a link that was not live. It must be 0.
* No cell may write nulls, keep a command waiting longer than four answer times, or make more connections than its row allows (12 unless a reason is given).

**Times are scaled.** All waits of the link (`Timing`) are divided by {scale}: {waits}. A time in the table that consists of waits is {scale} times as long with the standard
waits; it stands in brackets where it is above 50 ms. What is shorter is work and no waiting, and is not multiplied. Pauses between attempts carry a random factor of 0.5 to 1, so two runs differ.
"Recovered" by the standard waits is bounded by the longest pause: {most:.0f} s, and any announcement of the device, new key or command cuts it short.

## Result

{cells} cells in {rows} rows, {bad} of them not as they should be; {lost} commands lost silently; {affected} neighbours' commands affected, of {sent}. {took:.0f} s on {machine}.
"""


def page(cells: Iterable[Cell], *, sent: int, took: float, cores: int) -> str:
    """Return the page in Markdown."""
    cells = list(cells)
    rows = [(name, list(group)) for name, group in groupby(cells, key=lambda cell: cell.fault)]
    usual = Timing()
    introduction = _INTRODUCTION.format(
        pause=50,
        every=EVERY * 1000,
        late=LATE * 1000,
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
    texts = [_text(cells[version]) if version in cells else "–" for version in ALL]
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
        return "–"
    if time < _WORK:
        return f"{max(1, round(time * 1000))} ms"
    return f"{time:.2f} s ({time * SCALE:.1f} s)"


def _line(texts: Iterable[str]) -> str:
    return f"| {' | '.join(text.replace('|', '/') for text in texts)} |"


_WORK = 0.05
"""Seconds below which a time is work and no waiting."""
