"""Every row of the matrix in one version, all versions in turn; scripts/fault_matrix runs the whole of it."""

import asyncio
from typing import cast

import pytest
import pytest_socket

from tests.faults.fault import Cell
from tests.faults.matrix import Place, run
from tests.faults.rows import ROWS

PLACES = [(fault, fault.versions[number % len(fault.versions)]) for number, fault in enumerate(ROWS)]
ID = "{0.name}, {1}"


@pytest.fixture(scope="module")
def matrix(request: pytest.FixtureRequest) -> dict[str, Cell]:
    """Run all cells that are asked for, most of them at once; those that fail once more, as the machine may be busy."""
    pytest_socket.enable_socket()
    pytest_socket.socket_allow_hosts(["127.0.0.0/8"])
    wanted = [
        cast(Place, item.callspec.params["place"])
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.path == request.path and hasattr(item, "callspec")
    ]
    cells: dict[str, Cell] = {}
    for _ in range(2):
        found, _sent = asyncio.run(run(wanted))
        cells |= {ID.format(*place): cell for place, cell in zip(wanted, found, strict=True)}
        wanted = [place for place, cell in zip(wanted, found, strict=True) if not cell.good]
    return cells


@pytest.mark.xdist_group("faults")
@pytest.mark.parametrize("place", PLACES, ids=[ID.format(*place) for place in PLACES])
def test_a_fault(matrix: dict[str, Cell], place: Place) -> None:
    cell = matrix[ID.format(*place)]
    assert not cell.wrong
    assert cell.detected in place[0].states(place[1])
    assert cell.recovered
    assert cell.lost == 0
    assert cell.affected == 0


def test_the_rows_are_many_and_have_names_of_their_own() -> None:
    assert len({fault.name for fault in ROWS}) == len(ROWS) >= 60
    assert {version for _, version in PLACES} == {"3.1", "3.2", "3.3", "3.4", "3.5"}
