"""The figures as a table for people and as JSON for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
import json
import os
from pathlib import Path
import platform
from statistics import median
import time

from tests.bench.figures import Figure
from tests.bench.measures import Figures

type Samples = dict[str, dict[str, list[float]]]
"""Client -> figure -> one value per repetition."""


@dataclass(frozen=True, slots=True)
class Section:
    """What was measured under one heading."""

    title: str
    figures: Sequence[Figure]
    samples: Samples = field(default_factory=dict)

    def add(self, client: str, figures: Figures) -> None:
        """Take the figures of one repetition."""
        rows = self.samples.setdefault(client, {})
        for name, value in figures.items():
            rows.setdefault(name, []).append(value)

    def median(self, client: str, figure: str) -> float | None:
        """Give the median of all repetitions, None where nothing was measured."""
        values = self.samples.get(client, {}).get(figure)
        return median(values) if values else None

    def verdicts(self, client: str, floor: str) -> dict[str, bool]:
        """Say by figure whether its target is met."""
        met = {}
        for figure in self.figures:
            value = self.median(client, figure.name)
            verdict = None if value is None else figure.met(value, self.median(floor, figure.name))
            if verdict is not None:
                met[figure.name] = verdict
        return met


@dataclass(slots=True)
class Report:
    """All sections of one run; the first client is the one that has targets, the second what it is compared with."""

    name: str
    clients: dict[str, str]
    notes: Sequence[str] = ()
    sections: list[Section] = field(default_factory=list)
    load: list[float] = field(default_factory=lambda: [os.getloadavg()[0]])
    began: float = field(default_factory=time.time)

    def finish(self) -> None:
        """Note how busy the machine was at the end."""
        self.load.append(os.getloadavg()[0])

    def lines(self) -> Iterable[str]:
        """Write the tables."""
        load = " -> ".join(f"{load:.1f}" for load in self.load)
        seconds = time.time() - self.began
        yield f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load}; {seconds:.0f} s"
        for section in self.sections:
            yield ""
            yield from _table(self._rows(section))
        yield ""
        yield from self.notes

    def write(self, path: Path) -> None:
        """Write everything, every repetition included, as JSON."""
        ours, floor = self._compared
        content = {
            "name": self.name,
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "load": self.load,
            "notes": list(self.notes),
            "sections": [
                {
                    "title": section.title,
                    "figures": [asdict(figure) | {"target": figure.target} for figure in section.figures],
                    "samples": section.samples,
                    "met": section.verdicts(ours, floor),
                }
                for section in self.sections
            ],
        }
        path.write_text(json.dumps(content, indent=1))

    @property
    def _compared(self) -> tuple[str, str]:
        ours, *others = self.clients
        return ours, others[0] if others else ""

    def _rows(self, section: Section) -> list[list[str]]:
        ours, floor = self._compared
        clients = [client for client in self.clients if client in section.samples]
        against = [floor] if floor in clients else []
        heads = [self.clients[client] for client in clients]
        rows = [[section.title, *heads, *("ratio" for _ in against), "target", ""]]
        verdicts = section.verdicts(ours, floor)
        for figure in section.figures:
            values = [section.median(client, figure.name) for client in clients]
            if not any(value is not None for value in values):
                continue
            texts = ["" if value is None else figure.text(value) for value in values]
            ratios = []
            for _ in against:
                best, base = section.median(ours, figure.name), section.median(floor, figure.name)
                ratios.append(f"{best / base:.2f}" if best is not None and base else "")
            verdict = verdicts.get(figure.name)
            rows.append(
                [figure.label, *texts, *ratios, figure.target, {True: "met", False: "MISSED", None: ""}[verdict]]
            )
        return rows


def _table(rows: list[list[str]]) -> Iterable[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        first, *others = row
        cells = [text.rjust(width) for text, width in zip(others[:-2], widths[1:-2], strict=True)]
        ends = [text.ljust(width) for text, width in zip(others[-2:], widths[-2:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells, *ends]).rstrip()
        if not number:
            yield "-" * (sum(widths) + 2 * len(widths) - 2)
