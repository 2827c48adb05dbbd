"""Starts the demonstration; see `--help`."""

import argparse
import asyncio
from contextlib import suppress
import signal
import sys

from scripts.demo_home.account import add_account
from scripts.demo_home.check import check
from scripts.demo_home.house import HouseError
from scripts.demo_home.story import Story, step
from scripts.demo_home.visitor import VisitorError


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/demo", description="A simulated home in a real Home Assistant.")
    parser.add_argument("--auto", action="store_true", help="add the account, so that the entities are there at once")
    parser.add_argument("--check", action="store_true", help="try everything unattended and exit with 0 or 1")
    parser.add_argument("--verbose", action="store_true", help="let the integration log at debug level")
    options = parser.parse_args()
    try:
        return asyncio.run(_demonstrate(options))
    except (HouseError, VisitorError, OSError) as error:
        print(f"\n✗ {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


async def _demonstrate(options: argparse.Namespace) -> int:
    async with Story(verbose=options.verbose) as story:
        if options.check:
            return 0 if await check(story) else 1
        if options.auto:
            with step("account added by the config flow"):
                await add_account(story.visitor, story.home.credentials)
        print(story.invitation())
        print("Settings, Devices & services, Add integration, Local Tuya. Ctrl-C stops everything.", flush=True)
        await _asked_to_stop()
        print()
    return 0


async def _asked_to_stop() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    with suppress(asyncio.CancelledError):
        await asked.wait()


if __name__ == "__main__":
    sys.exit(main())
