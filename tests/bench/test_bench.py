"""The benchmark still measures: a tiny run of every client, and what the table says of it."""

import json
from pathlib import Path

import pytest

from tests.bench import figures
from tests.bench.candidate import BEATS, CANDIDATES
from tests.bench.figures import Figure
from tests.bench.fleet import fleet_of
from tests.bench.measures import Sizes
from tests.bench.report import Report, Section
from tests.bench.worker import Idleness, figures_of, started

_TINY = Sizes(connects=1, many=3, most=4, commands=5, pushes=200)


@pytest.mark.parametrize("name", CANDIDATES)
def test_every_client_can_be_measured(name: str, tmp_path: Path) -> None:
    report = Report("lan", figures.CLIENTS)
    section = Section("protocol 3.5", figures.lan(3, 4))
    report.sections.append(section)
    with fleet_of("3.5", 4) as fleet:
        section.add(name, figures_of(started(name, fleet, _TINY)))

    missing = {figure.name for figure in section.figures} - section.samples[name].keys()
    assert missing == {"cpu_idle"}
    assert all(value >= 0 for values in section.samples[name].values() for value in values)
    assert section.samples[name]["threads"][0] >= 1
    report.write(tmp_path / "figures.json")
    assert json.loads((tmp_path / "figures.json").read_text())["sections"][0]["samples"] == section.samples
    assert any("CPU per push" in line for line in report.lines())


@pytest.mark.parametrize("version", ["3.1", "3.3", "3.4"])
def test_every_version_can_be_measured(version: str) -> None:
    with fleet_of(version, 4) as fleet:
        for name in ("floor", "ours"):
            assert figures_of(started(name, fleet, _TINY, crowds=False))["push_rate"] > 0


def test_heartbeats_are_what_idleness_is_measured_by() -> None:
    with fleet_of("3.5", 2) as fleet:
        found = figures_of(started("ours", fleet, Idleness(2, 0.2, 3)))
    assert found["beats"] == pytest.approx(6, abs=2)
    assert set(BEATS) == set(CANDIDATES)


def test_targets_are_ratios_limits_or_nothing() -> None:
    assert Figure("a", "a", "us", ratio=2).met(4.0, 2.0) is True
    assert Figure("a", "a", "us", ratio=2).met(4.1, 2.0) is False
    assert Figure("a", "a", "", ratio=0.7, rate=True).met(0.6, 1.0) is False
    assert Figure("a", "a", "ms", 1e3, limit=5).met(0.005, None) is True
    assert Figure("a", "a", "ms", 1e3).met(0.005, 1.0) is None
