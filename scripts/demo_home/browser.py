"""A browser tab at the demonstration, in which the demo user is logged in: what is clicked, typed and photographed."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
import json
import os
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Browser, Error, Locator, Page, Response, ViewportSize, async_playwright, expect

from scripts.demo_home.story import Story, step

CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SIZE: Final[ViewportSize] = {"width": 1280, "height": 900}
TALL: Final[ViewportSize] = {"width": 1280, "height": 1300}
PATIENCE: Final = 60.0  # seconds
DIALOG: Final = "dialog-data-entry-flow"
_FLOW: Final = ("/api/config/config_entries/", "/api/repairs/issues/fix")


class Tab:
    """One tab; `snap` numbers the pictures."""

    def __init__(self, page: Page, url: str, folder: Path) -> None:
        self.page = page
        self.url = url
        self.shown: dict[str, Any] = {}
        """The last step of a config, options or repair flow that Home Assistant answered."""
        self._answered = asyncio.Event()
        self._folder = folder
        self._number = 0
        page.on("response", self._hear)

    async def go(self, path: str) -> None:
        """Open a page of Home Assistant."""
        await self.page.goto(self.url + path)

    async def snap(self, name: str) -> None:
        """Take a picture of what is there once it is quiet."""
        self._number += 1
        await self.page.wait_for_load_state("networkidle")
        await self.page.wait_for_timeout(1000)  # dialogs fly in, texts are rendered
        path = self._folder / f"{self._number:02}_{name}.png"
        await self.page.screenshot(path=path)
        print(f"  {path}", flush=True)

    async def add_integration(self) -> None:
        """Choose the integration from the list of all."""
        await self.go("/config/integrations/dashboard")
        await self.page.get_by_role("button", name="Add integration").click()
        await self.page.get_by_placeholder("Search").last.fill("Local Tuya")

    async def begin(self, way: str) -> None:
        """Add the integration in one of the ways of its menu."""
        await self.add_integration()
        await self.page.get_by_text("Local Tuya", exact=True).last.click()
        await self.choose(way)

    async def choose(self, label: str) -> None:
        """Take an entry of the menu that is shown."""
        self._answered.clear()
        await self.page.locator(DIALOG).get_by_text(label, exact=True).click()
        await self.answer()

    async def fill_in(self, answers: Mapping[str, str]) -> None:
        """Type these texts into the fields of the labels; a data center is chosen from its list."""
        for label, text in answers.items():
            if label == "Data center":
                await self.page.locator(DIALOG).locator("ha-selector-select").click()
                await self.page.get_by_role("menuitem", name=text).click()
            else:
                await self.field(label).fill(text)

    def field(self, label: str) -> Locator:
        """Return a text field of the dialog."""
        return self.page.locator(DIALOG).get_by_role("textbox", name=label).first

    async def press(self, label: str) -> None:
        """Press a button that opens a dialog."""
        self._answered.clear()
        await self.page.get_by_role("button", name=label).first.click()
        await self.answer()

    async def open(self, words: str) -> None:
        """Open a row of a list, which begins a flow."""
        self._answered.clear()
        await self.page.get_by_text(words).first.click()
        await self.answer()

    async def tick(self, label: str) -> None:
        """Tick or untick a row of a list, or choose it."""
        await self.page.locator(DIALOG).get_by_text(label).first.click()

    async def close(self) -> None:
        """Leave the dialog, whatever it shows."""
        await self.page.locator(DIALOG).get_by_role("button", name="Close").first.click()
        await expect(self.page.locator(DIALOG).get_by_role("button", name="Submit")).not_to_be_visible()

    async def submit(self) -> dict[str, Any]:
        """Submit the form; return the step that follows, once it is more than progress."""
        self._answered.clear()
        await self.page.locator(DIALOG).get_by_role("button", name="Submit").click()
        return await self.answer()

    async def answer(self) -> dict[str, Any]:
        """Return the step that is shown, once it is more than progress."""
        async with asyncio.timeout(PATIENCE):
            await self._answered.wait()
        return self.shown

    async def said(self) -> str:
        """Return the messages in the dialog, as they stand there."""
        texts = await self.page.locator(DIALOG).locator("ha-alert").all_inner_texts()
        return " | ".join(text.strip() for text in texts)

    async def _take(self, response: Response) -> None:
        with suppress(Error, ValueError):  # the answer of a page that was left
            shown = await response.json()
            if isinstance(shown, dict) and "type" in shown and "flow_id" in shown:
                self.shown = shown
                if shown["type"] != "progress":
                    self._answered.set()

    async def _hear(self, response: Response) -> None:
        if any(path in response.url for path in _FLOW) and "flow" in response.url + "flow" * ("fix" in response.url):
            await self._take(response)


@asynccontextmanager
async def tab(story: Story, folder: Path, size: ViewportSize = SIZE) -> AsyncIterator[Tab]:
    """Start a browser at the house of a story; a picture shows where it stopped, if it fails."""
    async with async_playwright() as playwright:
        with step("browser"):
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = Tab(await _signed_in(browser, story, size), story.house.url, folder)
        try:
            yield tab
        except Exception:
            await tab.snap("here_it_stopped")
            raise
        finally:
            await browser.close()


async def _signed_in(browser: Browser, story: Story, size: ViewportSize) -> Page:
    """Return a page in which the demo user is logged in."""
    context = await browser.new_context(viewport=size, locale="en-GB")
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    url = story.house.url
    tokens = {**story.visitor.tokens, "hassUrl": url, "clientId": f"{url}/", "expires": 2**42}
    await context.add_init_script(f"localStorage.hassTokens = {json.dumps(json.dumps(tokens))};")
    return await context.new_page()
