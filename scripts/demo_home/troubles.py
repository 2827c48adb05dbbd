"""What befalls an account that is set up, seen in a browser and mended as the messages say."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from scripts.demo_home.browser import PATIENCE, Tab
from scripts.demo_home.mistakes import LEFT_OUT
from scripts.demo_home.story import Story, step
from tests.lab.appliance import Appliance
from tests.lab.cloud import Faults
from tests.lab.home import CLIENT_SECRET
from tests.lab.home_devices import HOME

APPLIANCES: Final = {appliance.name: appliance for appliance in HOME}
NEW_KEY: Final = "fedcba9876543210"
NEW_SECRET: Final = NEW_KEY * 2
WRONG_KEY: Final = "0000000000000000"
INTEGRATION: Final = "/config/integrations/integration/localtuya"
REPAIRS: Final = "/config/repairs"


class Troubles:
    """Goes from one trouble to the next; the account has been added."""

    def __init__(self, story: Story, tab: Tab) -> None:
        self._story = story
        self._home = story.home
        self._tab = tab

    async def suffer(self) -> None:
        """Go through all of them."""
        async with self._story.visitor.watching():
            for trouble in (
                self.secret_changed,
                self.plan_expired,
                self.key_unknown,
                self.renamed,
                self.gone,
                self.settings,
                self.more_devices,
                self.connection,
                self.by_hand,
            ):
                with step(trouble.__name__.replace("_", " ")):
                    await trouble()

    async def secret_changed(self) -> None:
        """The secret was reset on Tuya's pages, which shows when a device is paired again."""
        self._home.cloud.client_secret = NEW_SECRET
        await self._pair_again("Sofa light")
        await self._until(self._reauth)
        await self._tab.go(INTEGRATION)
        await self._tab.snap("secret_changed")
        await self._tab.press("Reconfigure")
        await self._tab.snap("secret_changed_form")
        await self._tab.fill_in({"Client Secret": CLIENT_SECRET})
        await self._tab.submit()
        await self._tab.snap("secret_changed_old_one")
        await self._tab.fill_in({"Client Secret": NEW_SECRET})
        await self._tab.submit()
        await self._tab.snap("secret_changed_mended")

    async def plan_expired(self) -> None:
        """The trial ended, which shows when a device is paired again."""
        self._home.cloud.faults = Faults(plan="expired")
        await self._pair_again("Bedroom curtain")
        await self._until(self._issue("cloud_"))
        await self._tab.go(REPAIRS)
        await self._tab.snap("plan_expired_list")
        await self._tab.open("cloud project")
        if self._tab.shown["type"] == "menu":
            await self._tab.snap("plan_expired_menu")
            await self._tab.choose("Put it right")
        await self._tab.snap("plan_expired")
        await self._tab.submit()
        await self._tab.snap("plan_expired_still")
        self._home.cloud.faults = Faults()
        await self._tab.submit()
        await self._tab.snap("plan_expired_mended")

    async def key_unknown(self) -> None:
        """A device was paired with another account: the cloud does not know its key."""
        name = "Tower fan"
        await self._pair_again(name, told=False)
        await self._until(self._issue(f"key_rejected_{APPLIANCES[name].id}"))
        await self._tab.go(REPAIRS)
        await self._tab.snap("key_unknown_list")
        await self._tab.open(f"{name} refuses")
        await self._tab.snap("key_unknown")
        await self._tab.choose("Pair the device again and ask the cloud")
        await self._tab.snap("key_unknown_ask")
        await self._tab.submit()
        await self._tab.snap("key_unknown_same_key")
        await self._tab.close()
        await self._tab.open(f"{name} refuses")
        await self._tab.choose("Enter the local key")
        await self._tab.fill_in({"Local key": "too short"})
        await self._tab.submit()
        await self._tab.snap("key_unknown_short")
        await self._tab.fill_in({"Local key": WRONG_KEY})
        await self._tab.submit()
        await self._tab.snap("key_unknown_wrong")
        await self._tab.fill_in({"Local key": NEW_KEY})
        await self._tab.submit()
        await self._tab.snap("key_unknown_mended")

    async def renamed(self) -> None:
        """A device got another name in the app."""
        device = APPLIANCES["Desk light"]
        self._home.cloud.devices[device.id].fields["name"] = "Writing desk"
        await self._day("renamed", "another name", device)

    async def gone(self) -> None:
        """A device was removed in the app."""
        device = APPLIANCES["Garden pump"]
        self._home.cloud.remove_device(device.id)
        await self._day("gone", "no longer in the account", device)
        await self._tab.choose("Remove the device")
        await self._tab.snap("gone_remove")
        await self._tab.close()

    async def settings(self) -> None:
        """Somebody gives a range of addresses that is none, or too wide."""
        tab = self._tab
        await tab.go(INTEGRATION)
        await tab.press("Configure")
        await tab.snap("options")
        await tab.choose("Settings")
        await tab.page.get_by_role("button", name="Add Address ranges").click()
        await tab.snap("settings")
        for name, wrong in (("none", "192.168.20"), ("too_wide", "10.0.0.0/8"), ("public", "8.8.8.0/24")):
            await tab.fill_in({"Address ranges": wrong})
            await tab.submit()
            await tab.snap(f"settings_{name}")
        await tab.close()

    async def more_devices(self) -> None:
        """Somebody adds what was left out, when the plan has expired."""
        tab = self._tab
        await tab.go(INTEGRATION)
        await tab.press("Add device")
        await tab.snap("more_devices")
        self._home.cloud.faults = Faults(plan="expired")
        await tab.choose("From the account")
        await tab.snap("more_devices_refused")
        self._home.cloud.faults = Faults()
        await tab.submit()
        await tab.snap("more_devices_list")
        await tab.close()

    async def connection(self) -> None:
        """Somebody types a wrong address for a device, and pins nothing."""
        tab = self._tab
        await tab.go(INTEGRATION)
        await tab.press("Change connection")
        await tab.snap("connection")
        await tab.fill_in({"Address": "127.0.99.99"})
        await tab.submit()
        await tab.snap("connection_wrong_address")
        await tab.fill_in({"Address": ""})
        await tab.tick("Keep this address")
        await tab.submit()
        await tab.snap("connection_pinned_nowhere")
        await tab.close()

    async def by_hand(self) -> None:
        """Somebody types a device, with everything that can be wrong with it."""
        device, tab = APPLIANCES[LEFT_OUT], self._tab
        host = self._home.devices[device.id].host
        right = {"Device ID": device.id, "Local key": device.local_key, "Address": host, "Name": "My purifier"}
        await tab.begin("One device by hand")
        await tab.snap("by_hand")
        for name, wrong in {
            "wrong_key": {"Local key": WRONG_KEY},
            "short_key": {"Local key": device.local_key[:-1]},
            "wrong_address": {"Address": "127.0.99.99"},
            "address_of_another": {"Address": self._home.devices[APPLIANCES["Sofa light"].id].host},
            "letter_missing_no_address": {"Device ID": device.id[:-1], "Address": ""},
            "letter_missing": {"Device ID": device.id[:-1]},
        }.items():
            await tab.fill_in({**right, **wrong})
            await tab.submit()
            await tab.snap(f"by_hand_{name}")
        await tab.fill_in(right)
        await tab.submit()
        await tab.snap("by_hand_mended")

    async def _day(self, name: str, words: str, device: Appliance) -> None:
        await self._story.visitor.post("/api/services/demo_day/pass", {})
        await self._until(self._issue(f"{name}_{device.id}"))
        await self._tab.go(REPAIRS)
        await self._tab.snap(f"{name}_list")
        await self._tab.open(words)
        await self._tab.snap(name)

    async def _pair_again(self, name: str, *, told: bool = True) -> None:
        """Give a device another key, of which the cloud may hear or not."""
        appliance = APPLIANCES[name]
        device = self._home.devices[appliance.id]
        await device.stop()
        device.set_key(NEW_KEY)
        await device.start()
        if told:
            self._home.cloud.set_local_key(appliance.id, NEW_KEY)

    async def _until(self, true: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await true():  # noqa: ASYNC110 - what is waited for is in another process
                await asyncio.sleep(0.3)

    async def _reauth(self) -> bool:
        flows = await self._story.visitor.ask("config_entries/flow/progress")
        return any(flow["context"]["source"] == "reauth" for flow in flows)

    def _issue(self, head: str) -> Callable[[], Awaitable[bool]]:
        async def there() -> bool:
            issues = (await self._story.visitor.ask("repairs/list_issues"))["issues"]
            return any(issue["issue_id"].startswith(head) for issue in issues)

        return there
