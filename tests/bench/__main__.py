"""The command line of scripts/bench."""

import argparse
from pathlib import Path

from tests.bench import ha, lan


def main() -> None:
    """Measure what is asked for; print the table."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__import__("tests.bench").bench.__doc__)
    subjects = parser.add_subparsers(dest="subject", required=True)
    lan_parser = subjects.add_parser("lan", help="the LAN engine beside tinytuya and the floor of what is possible")
    lan_parser.add_argument("--quick", action="store_true", help="less of everything, within a minute")
    lan_parser.add_argument("--repeat", type=int, default=5, help="repetitions of a full run (default 5)")
    lan_parser.add_argument("--no-peers", action="store_true", help="without tinytuya")
    ha_parser = subjects.add_parser("ha", help="the whole way through a real Home Assistant")
    ha_parser.add_argument("--repeat", type=int, default=5, help="repetitions (default 5)")
    for each in (lan_parser, ha_parser):
        each.add_argument("--json", type=Path, metavar="FILE", help="write everything that was measured to this file")
    arguments = parser.parse_args()
    if arguments.subject == "ha":
        report = ha.run(arguments.repeat)
    else:
        scope = lan.quick() if arguments.quick else lan.full(arguments.repeat)
        report = lan.run(scope, with_peers=not arguments.no_peers)
    for line in report.lines():
        print(line)  # noqa: T201 - a program that talks to a terminal
    if arguments.json:
        report.write(arguments.json)


if __name__ == "__main__":
    main()
