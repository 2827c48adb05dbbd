"""The commonest mistakes of new users, made in a browser one after the other, and mended as the form says."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.async_api import expect

from scripts.demo_home.browser import TALL, Tab
from scripts.demo_home.story import Story, step
from scripts.demo_home.table import table
from tests.lab.cloud import Faults, LabCloud
from tests.lab.home import CLIENT_ID, CLIENT_SECRET, USER_ID, LabHome

RIGHT: Final = {"Client ID": CLIENT_ID, "Client Secret": CLIENT_SECRET, "User ID": USER_ID}

type Answers = Mapping[str, str]
type Change = Callable[[LabCloud], None]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What somebody types who does not know better, or has not done on Tuya's pages; and the cure of it."""

    name: str
    typed: Answers = field(default_factory=dict, kw_only=True)
    """By label, in place of what is right."""
    left_undone: Change = field(default=lambda _: None, kw_only=True)
    cure: Answers = field(default_factory=dict, kw_only=True)
    done: Change = field(default=lambda _: None, kw_only=True)


def _faults(**faults: object) -> Change:
    def change(cloud: LabCloud) -> None:
        cloud.faults = Faults(**faults)  # type: ignore[arg-type]

    return change


def _unlinked(cloud: LabCloud) -> None:
    cloud.users.clear()


def _linked(cloud: LabCloud) -> None:
    cloud.add_user(USER_ID)


def _refused(code: int, endpoint: str = "user_devices") -> Change:
    return _faults(refuse={endpoint: code})


MISTAKES: Final = (
    Mistake("wrong_secret", typed={"Client Secret": "f" * 32}, cure={"Client Secret": CLIENT_SECRET}),
    Mistake("exchanged", typed={"Client ID": CLIENT_SECRET, "Client Secret": CLIENT_ID}),
    Mistake("unknown_client_id", typed={"Client ID": "demo4home7access9kay"}, cure={"Client ID": CLIENT_ID}),
    Mistake("half_client_id", typed={"Client ID": CLIENT_ID[:8]}, cure={"Client ID": CLIENT_ID}),
    Mistake("developer_uid", typed={"User ID": "bay1671210199361PrJ1"}, cure={"User ID": ""}),
    Mistake("mail_address", typed={"User ID": "somebody@example.com"}, cure={"User ID": USER_ID}),
    Mistake("letter_missing", typed={"User ID": USER_ID[:-1]}, cure={"User ID": ""}),
    Mistake("wrong_data_center", typed={"Data center": "Western America"}),
    Mistake("not_linked", left_undone=_unlinked, done=_linked),
    Mistake("not_linked_no_uid", typed={"User ID": ""}, left_undone=_unlinked, done=_linked),
    Mistake("services_missing", left_undone=_faults(plan="not_authorised")),
    Mistake("trial_expired", left_undone=_faults(plan="expired")),
    Mistake("bill_overdue", left_undone=_refused(28841003)),
    Mistake("quota_used_up", left_undone=_faults(plan="quota")),
    Mistake("no_devices", left_undone=_faults(answers={"user_devices": b'{"success":true,"t":1,"result":[]}'})),
    Mistake("ip_allow_list", left_undone=_faults(ip_blocked=True)),
    Mistake("clock_off", left_undone=_refused(1013, "token")),
    Mistake("no_internet", left_undone=_faults(hang_up={"token"})),
    Mistake("proxy", left_undone=_faults(garbage=True)),
    Mistake("tuya_has_a_fault", left_undone=_refused(500)),
    Mistake("busy", left_undone=_faults(rate_limited=True)),
    Mistake("token_taken", left_undone=_refused(1010)),
    Mistake("relink", left_undone=_refused(2406)),
    Mistake("unknown_code", left_undone=_refused(4711)),
    Mistake("pasted", typed={"Client ID": f' "{CLIENT_ID}"\t', "Client Secret": f"\u200b{CLIENT_SECRET} ,"}),
)
"""All at the form of the credentials."""
HOPELESS: Final[tuple[dict[str, Any], ...]] = (
    {"id": "bfhopeless0000without", "name": "Garden lantern", "local_key": ""},
    {"id": "bfhopeless00000remote", "name": "Old television", "category": "infrared_tv", "sub": True},
)
"""Devices that cannot be reached, whatever one does here."""
LEFT_OUT: Final = "Air purifier"


async def blunder(story: Story, tab: Tab) -> None:
    """Make every mistake; print what each was answered with, and what it cost."""
    await tab.page.set_viewport_size(TALL)
    with step("nothing can be reached"):
        await _nothing_there(story.home, tab)
    with step("the page is reloaded in between"):
        await _reloaded(tab)
    rows = []
    for mistake in MISTAKES:
        with step(mistake.name.replace("_", " ")):
            rows.append(await _make(mistake, story.home, tab))
    with step("a slow cloud"):
        await _slow(story.home, tab)
    with step("two accounts"):
        await _two_accounts(story.home, tab)
    with step("what cannot work is ticked"):
        await _hopeless(story.home, tab)
    print(table(("mistake", "said", "calls", "calls of the cure"), rows))


async def _make(mistake: Mistake, home: LabHome, tab: Tab) -> tuple[str, ...]:
    """Make a mistake and mend it."""
    cloud = home.cloud
    cloud.faults = Faults()
    await tab.begin("With a Tuya account")
    mistake.left_undone(cloud)
    await tab.fill_in({**RIGHT, **mistake.typed})
    before = cloud.calls.total()
    await tab.submit()
    await tab.snap(mistake.name)
    said, cost = await tab.said(), cloud.calls.total() - before
    if tab.shown["step_id"] == "cloud":
        cloud.faults = Faults()
        mistake.done(cloud)
        await tab.fill_in(mistake.cure)
        await tab.submit()
        await tab.snap(f"{mistake.name}_mended")
    await tab.close()
    return mistake.name, said, str(cost), str(cloud.calls.total() - before - cost)


async def _nothing_there(home: LabHome, tab: Tab) -> None:
    """See the list of an account whose devices are all in another network, and submit it with nothing chosen."""
    await home.announcer.stop()
    await tab.begin("With a Tuya account")
    await tab.snap("empty_form")
    await tab.fill_in(RIGHT)
    await tab.submit()
    await tab.snap("nothing_reachable")
    await tab.submit()
    await tab.snap("nothing_ticked")
    await home.announcer.start()


async def _reloaded(tab: Tab) -> None:
    """Leave a form by reloading the page, which Home Assistant does not notice, and begin once more."""
    await tab.begin("With a Tuya account")
    await tab.fill_in(RIGHT)
    await tab.submit()
    await tab.snap("reloaded")
    await tab.close()


async def _slow(home: LabHome, tab: Tab) -> None:
    """See that something goes on while the cloud takes its time."""
    await tab.begin("With a Tuya account")
    await tab.fill_in(RIGHT)
    home.cloud.faults = Faults(slow=4.0)
    devices = asyncio.create_task(tab.submit())
    await expect(tab.page.get_by_text("the network is listened to")).to_be_visible()
    await tab.snap("slow_cloud")
    await devices
    home.cloud.faults = Faults()
    await tab.snap("slow_cloud_answered")
    await tab.close()


async def _two_accounts(home: LabHome, tab: Tab) -> None:
    """Leave the User ID empty, where two app accounts are linked."""
    second = "eu1700000000001demo2"
    for name in ("Grandma's lamp", "Grandma's plug", "Grandma's heater", "Grandma's television"):
        home.cloud.add_device(second, {"id": f"bfgrandma{name[-4:]}", "name": name}, model=(), status={})
    await tab.begin("With a Tuya account")
    await tab.fill_in({**RIGHT, "User ID": ""})
    await tab.submit()
    await tab.snap("two_accounts")
    await tab.tick(USER_ID)
    await tab.submit()
    await tab.snap("two_accounts_chosen")
    await tab.close()
    home.cloud.users.pop(second)


async def _hopeless(home: LabHome, tab: Tab) -> None:
    """Tick what cannot work; then add all the others but one."""
    for fields in HOPELESS:
        home.cloud.add_device(USER_ID, fields, model=(), status={})
    await tab.begin("With a Tuya account")
    await tab.fill_in(RIGHT)
    await tab.submit()
    for fields in HOPELESS:
        await tab.tick(fields["name"])
        await tab.snap(f"ticked_{fields['id']}")
        await tab.submit()
        await tab.snap(f"refused_{fields['id']}")
    await tab.tick(LEFT_OUT)
    await tab.submit()
    await tab.snap("done")
