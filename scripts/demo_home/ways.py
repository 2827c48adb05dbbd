"""Other ways in a browser: a file of tinytuya in place of an account, and an account that is left and joined again."""

import json

from scripts.demo_home.browser import DIALOG, Tab
from scripts.demo_home.story import Story
from scripts.demo_home.troubles import INTEGRATION
from tests.lab.home_devices import HOME

FROM_THE_FILE = ("Sofa light", "Hallway gateway", "Front door")
"""The last one has no gateway in the file, and so is not seen."""


async def bring_a_file(tab: Tab) -> None:
    """Add some devices from the text of a file."""
    rows = [
        {"name": each.name, "id": each.id, "key": each.local_key, "product_name": each.name}
        for each in HOME
        if each.name in FROM_THE_FILE
    ]
    await tab.begin("From a file of tinytuya")
    await tab.snap("file")
    await tab.submit()
    await tab.snap("file_nothing")
    await tab.page.locator(f"{DIALOG} textarea").first.fill(json.dumps(rows))
    await tab.submit()
    await tab.snap("file_devices")
    await tab.submit()
    await tab.snap("file_done")
    await tab.go(INTEGRATION)
    await tab.snap("file_integration")


async def leave_and_join(story: Story, tab: Tab) -> None:
    """Have an account work without the cloud, and let it have the cloud again."""
    credentials = story.home.credentials
    await tab.go(INTEGRATION)
    await tab.press("Configure")
    await tab.choose("Work without the cloud")
    await tab.snap("leave")
    await tab.submit()
    await tab.snap("left")
    await tab.go(INTEGRATION)
    await tab.snap("left_integration")
    await tab.page.get_by_role("button", name="Menu").nth(1).click()
    await tab.snap("left_menu")
    await tab.open("Reconfigure")
    await tab.snap("join")
    await tab.fill_in({"Client ID": credentials.client_id, "Client Secret": credentials.client_secret})
    await tab.submit()
    await tab.snap("joined")
