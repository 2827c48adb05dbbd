"""A walk through the demonstration in a browser, as a new user takes it, with a picture at every stop."""

import argparse
import asyncio
from pathlib import Path
import sys
from typing import Final

from playwright.async_api import expect

from scripts.demo_home.browser import TALL, Tab, tab
from scripts.demo_home.house import HouseError
from scripts.demo_home.mistakes import blunder
from scripts.demo_home.story import Story, step
from scripts.demo_home.troubles import Troubles
from scripts.demo_home.ways import bring_a_file, leave_and_join
from tests.lab.home_devices import HOME

STOPS: Final = (
    "Café machine",
    "Hall switch",
    "Office air conditioner",
    "Cellar dehumidifier",
    "Air purifier",
    "Main breaker",
    "Kitchen presence",
    "Cat feeder",
    "Hallway gateway",
    "Robot mower",
    "Driveway camera",
    "Infrared hub",
    "Bedside button",
)
"""The devices whose pages are visited."""
DIALOGS: Final = {
    "Sofa light": "light",
    "Bedroom curtain": "cover",
    "Bathroom floor": "climate",
    "Tower fan": "fan",
    "Robot vacuum": "vacuum",
    "Alarm panel": "alarm",
    "Flat door": "lock",
    "Lawn sprinkler": "valve",
    "Attic siren": "siren",
    "Tea kettle": "water_heater",
}
"""The devices whose main entity is opened."""


async def add_account(story: Story, tab: Tab) -> None:
    """Go through the config flow."""
    page, credentials = tab.page, story.home.credentials
    await tab.add_integration()
    await tab.snap("add_integration")
    await page.get_by_text("Local Tuya", exact=True).last.click()
    await expect(page.get_by_text("With a Tuya account")).to_be_visible()
    await tab.snap("menu")
    await tab.choose("With a Tuya account")
    await tab.snap("credentials_empty")
    await tab.fill_in({"Client ID": credentials.client_id, "Client Secret": credentials.client_secret})
    await tab.fill_in({"User ID": credentials.user_id})
    await tab.snap("credentials")
    await tab.submit()
    await tab.snap("devices")
    await tab.submit()
    await tab.snap("done")


async def look_around(story: Story, tab: Tab) -> None:
    """See the integration's page, some devices and the overview."""
    page = tab.page
    await tab.go("/config/integrations/dashboard")
    await tab.snap("integrations")
    await tab.go("/config/integrations/integration/localtuya")
    await tab.snap("integration")
    await page.set_viewport_size(TALL)
    async with story.visitor.watching():
        devices = await story.visitor.ask("config/device_registry/list")
    ids = {device["name"]: device["id"] for device in devices}
    for name in (*STOPS, *DIALOGS):
        await tab.go(f"/config/devices/device/{ids[name]}")
        await tab.snap(f"device_{name.lower().replace(' ', '_')}")
        if name in DIALOGS:
            await page.locator("ha-device-entities-card").first.get_by_text(name).first.click()
            await tab.snap(f"dialog_{DIALOGS[name]}")
    await tab.go("/config/repairs")
    await tab.snap("repairs")
    await tab.go("/home/overview")
    await tab.snap("overview")


async def walk(folder: Path, *, mistakes: bool) -> None:
    """Start a demonstration and take the tour, or make the mistakes that others made."""
    async with Story() as story, tab(story, folder) as page:
        if mistakes:
            await blunder(story, page)
            await Troubles(story, page).suffer()
            return
        with step("devices of a file"):
            await bring_a_file(page)
        with step(f"{len(HOME)} devices added"):
            await add_account(story, page)
        with step("looked around"):
            await look_around(story, page)
        with step("away from the cloud and back"):
            await leave_and_join(story, page)


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/tour", description="Pictures of the demo, as a new user sees it.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--mistakes", action="store_true", help="make the commonest mistakes, and mend them")
    options = parser.parse_args()
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        asyncio.run(walk(options.folder, mistakes=options.mistakes))
    except (HouseError, OSError) as error:
        print(f"\n✗ {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
