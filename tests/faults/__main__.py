"""The command line of scripts/fault_matrix."""

import argparse
import asyncio
import os
from pathlib import Path
import sys
import time

from tests.faults.matrix import places, run
from tests.faults.report import page

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"


def main() -> int:
    """Run the matrix, write the page; 1 if a cell is not as it should be."""
    parser = argparse.ArgumentParser(prog="scripts/fault_matrix", description=__import__("tests.faults").faults.__doc__)
    parser.add_argument("words", nargs="*", help="only rows with all these words; nothing is written then")
    parser.add_argument("--version", help="only this protocol version; nothing is written then")
    parser.add_argument("--output", type=Path, default=PAGE, metavar="FILE", help="where to write the page")
    arguments = parser.parse_args()
    wanted = [
        (fault, version)
        for fault, version in places()
        if all(word in fault.name for word in arguments.words) and arguments.version in {None, version}
    ]
    begun = time.perf_counter()
    cells, sent = asyncio.run(run(wanted))
    text = page(cells, sent=sent, took=time.perf_counter() - begun, cores=os.cpu_count() or 1)
    if arguments.words or arguments.version:
        print(text.partition("## Result")[2])  # noqa: T201 - a program that talks to a terminal
    else:
        arguments.output.write_text(text)
    bad = [cell for cell in cells if not cell.good]
    for cell in bad:
        print(f"{cell.fault}, {cell.version}: {cell}", file=sys.stderr)  # noqa: T201
    print(f"{len(cells)} cells, {len(bad)} not as they should be")  # noqa: T201
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
