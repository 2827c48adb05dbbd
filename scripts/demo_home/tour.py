"""A walk through the demonstration in a browser, as a new user takes it, with a picture at every stop."""

import argparse
import asyncio
import json
import os
from pathlib import Path
import sys
from typing import Final

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect

from scripts.demo_home.house import HouseError
from scripts.demo_home.story import Story, step
from tests.lab.home_devices import HOME

CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SIZE: Final[ViewportSize] = {"width": 1280, "height": 900}
TALL: Final[ViewportSize] = {"width": 1280, "height": 1300}
PATIENCE: Final = 30_000  # milliseconds
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


class Tour:
    """One browser tab; `snap` numbers the pictures."""

    def __init__(self, story: Story, page: Page, folder: Path) -> None:
        self._story = story
        self._page = page
        self._folder = folder
        self._number = 0

    async def snap(self, name: str) -> None:
        """Take a picture of what is there once it is quiet."""
        self._number += 1
        await self._page.wait_for_load_state("networkidle")
        await self._page.wait_for_timeout(700)  # dialogs fly in
        path = self._folder / f"{self._number:02}_{name}.png"
        await self._page.screenshot(path=path)
        print(f"  {path}", flush=True)

    async def add_account(self) -> None:
        """Go through the config flow."""
        page, credentials = self._page, self._story.home.credentials
        await page.goto(f"{self._story.house.url}/config/integrations/dashboard")
        await page.get_by_role("button", name="Add integration").click()
        await page.get_by_placeholder("Search").last.fill("Local Tuya")
        await self.snap("add_integration")
        await page.get_by_text("Local Tuya", exact=True).last.click()
        await expect(page.get_by_text("With a Tuya account")).to_be_visible()
        await self.snap("menu")
        await page.get_by_text("With a Tuya account").click()
        await expect(page.get_by_role("textbox", name="Client ID")).to_be_visible()
        await self.snap("credentials_empty")
        await page.get_by_role("textbox", name="Client ID").fill(credentials.client_id)
        await page.get_by_role("textbox", name="Client Secret").fill("this is not the secret")
        await page.get_by_role("textbox", name="User ID").fill(credentials.user_id)
        await self.snap("credentials")
        await page.get_by_role("button", name="Submit").click()
        await expect(page.get_by_text("does not belong").first).to_be_visible()
        await self.snap("credentials_wrong")
        await page.get_by_role("textbox", name="Client Secret").fill(credentials.client_secret)
        await page.get_by_role("button", name="Submit").click()
        await self.snap("searching")
        await expect(page.get_by_text("Choose devices").first).to_be_visible()
        await self.snap("devices")
        await page.get_by_role("button", name="Submit").click()
        await self.snap("done")

    async def look_around(self) -> None:
        """See the integration's page, some devices and the overview."""
        page, url = self._page, self._story.house.url
        await page.goto(f"{url}/config/integrations/dashboard")
        await self.snap("integrations")
        await page.goto(f"{url}/config/integrations/integration/localtuya")
        await self.snap("integration")
        await page.set_viewport_size(TALL)
        async with self._story.visitor.watching():
            devices = await self._story.visitor.ask("config/device_registry/list")
        ids = {device["name"]: device["id"] for device in devices}
        for name in (*STOPS, *DIALOGS):
            await page.goto(f"{url}/config/devices/device/{ids[name]}")
            await self.snap(f"device_{name.lower().replace(' ', '_')}")
            if name in DIALOGS:
                await page.locator("ha-device-entities-card").first.get_by_text(name).first.click()
                await self.snap(f"dialog_{DIALOGS[name]}")
        await page.goto(f"{url}/config/repairs")
        await self.snap("repairs")
        await page.goto(f"{url}/home/overview")
        await self.snap("overview")


async def walk(folder: Path) -> None:
    """Start a demonstration and take the tour."""
    async with Story() as story, async_playwright() as playwright:
        with step("browser"):
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await _signed_in(browser, story)
        tour = Tour(story, await context.new_page(), folder)
        try:
            with step(f"{len(HOME)} devices added"):
                await tour.add_account()
            with step("looked around"):
                await tour.look_around()
        except Exception:
            await tour.snap("here_it_stopped")
            raise
        finally:
            await browser.close()


async def _signed_in(browser: Browser, story: Story) -> BrowserContext:
    """Return a browser context in which the demo user is logged in."""
    context = await browser.new_context(viewport=SIZE, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    url = story.house.url
    tokens = {**story.visitor.tokens, "hassUrl": url, "clientId": f"{url}/", "expires": 2**42}
    await context.add_init_script(f"localStorage.hassTokens = {json.dumps(json.dumps(tokens))};")
    return context


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/tour", description="Pictures of the demo, as a new user sees it.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    try:
        folder: Path = parser.parse_args().folder
        folder.mkdir(parents=True, exist_ok=True)
        asyncio.run(walk(folder))
    except (HouseError, OSError) as error:
        print(f"\n✗ {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
