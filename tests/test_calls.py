"""How few calls it takes: at set-up, at a start, in a day; and how soon a device is back whose key changed."""

import asyncio
from collections.abc import Callable
from datetime import datetime
import logging
import sys
import time
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest

from custom_components.localtuya import account as account_module, following
from custom_components.localtuya.cloud.errors import CloudUnreachable
from custom_components.localtuya.cloud.ledger import DAY
from custom_components.localtuya.const import CONF_ADOPT, CONF_DEVICES, CONF_LOCAL_KEY, DOMAIN
from custom_components.localtuya.flow.account import AccountFlow
from custom_components.localtuya.following import MOST_CALLS
from tests.lab.cloud import Faults

from .home_assistant import (
    DOOR,
    GATEWAY,
    LAMP,
    PLUG,
    SECRET,
    SWITCH,
    SWITCH_MODEL,
    USER,
    Home,
    hub_of,
    until,
    until_available,
)

pytest_plugins = ("tests.home_assistant",)

_LOGGER = logging.getLogger(__name__)
NEW_KEY = "fedcba9876543210"


def _furnish(home: Home, devices: int, products: int) -> None:
    """Let the account have so many devices with one socket each, of so many products."""
    home.cloud.devices.clear()
    for number in range(devices):
        product = f"product{number % products:09}"
        fields = {"id": f"bf{number:020}", "name": f"Plug {number}", "category": "cz", "product_id": product}
        home.cloud.add_device(USER, fields, model=SWITCH_MODEL, status={}, mac=f"10d561{number:06x}")


@pytest.mark.parametrize(("devices", "products"), [(12, 8), (100, 20), (1000, 60)])
async def test_the_budget(
    hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch, devices: int, products: int
) -> None:
    monkeypatch.setattr(AccountFlow, "search_time", 0.0)
    monkeypatch.setattr(account_module, "_PACE", 0.0)
    _furnish(home, devices, products)
    choice = await home.submit(await home.start_flow("cloud"), home.credentials)
    flow: Any = hass.config_entries.flow._progress[choice["flow_id"]]
    await until(flow._learning.done, 30)
    done = await home.submit(choice, {CONF_DEVICES: list(home.cloud.devices)})
    entry = done["result"]
    await hass.async_block_till_done()
    set_up = home.cloud.calls.copy()
    pages = 2 if devices in {20, 50, 100, 200, 500, 1000} else 1
    """A list that is as long as a page may have another one."""
    lists = {"user_devices": pages, "shared_devices": 1}
    assert set_up == {"token": 1, **lists, "factory_infos": -(-devices // 50), "model": products}
    assert not hub_of(entry).strangers()

    timers: list[tuple[float, Callable[[datetime], None]]] = []

    def call_later(_: HomeAssistant, delay: float, job: Callable[[datetime], None]) -> CALLBACK_TYPE:
        timers.append((delay, job))
        return lambda: None

    monkeypatch.setattr(following, "async_call_later", call_later)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    start = home.cloud.calls - set_up
    assert start.total() == 0

    looks = 0
    while (delay := sum(delay for delay, _ in timers)) < DAY:
        home.cloud.expire_tokens()
        timers[-1][1](dt_util.utcnow())
        await until(lambda: home.cloud.calls["model"] == products + looks + 1)  # noqa: B023 - the look's last call
        looks += 1
    day = home.cloud.calls - set_up
    assert looks == 1, delay
    assert day == {"token": 1, "user_devices": pages, "model": 1}
    assert day.total() <= 4
    _LOGGER.info("%s devices: set-up %s, start %s, day %s calls", devices, set_up.total(), start.total(), day.total())


def _normal(_: Home) -> None:
    """Let nothing happen."""


def _miss(home: Home) -> None:
    """Let somebody remove the lamp from the account."""
    home.cloud.remove_device(LAMP)


def _share(home: Home, *, with_key: bool = True) -> None:
    """Let the lamp belong to somebody else, who shares it."""
    home.cloud.devices[LAMP].uid = home.cloud.add_user("eu1679928018454Other").uid
    home.cloud.share(LAMP, USER, with_key=with_key)


def _share_without_key(home: Home) -> None:
    _share(home, with_key=False)


def _buy(home: Home, **more: object) -> None:
    """Pair a device that is new."""
    fields = {"id": "bf00000000000000000new", "name": "Heater", "category": "cz", "product_id": "plugplugplugplug"}
    home.cloud.add_device(USER, fields | {"active_time": 4_000_000_000} | more, model=SWITCH_MODEL, status={})


def _buy_a_child(home: Home) -> None:
    _buy(home, sub=True, gateway_id=GATEWAY, node_id="a4c138000000new")


def _all_at_once(home: Home) -> None:
    home.cloud.remove_device(SWITCH)
    _share(home)
    _buy(home)


HOUSEHOLDS: dict[str, tuple[Callable[[Home], None], bool, tuple[int, ...]]] = {
    "nothing happens": (_normal, False, (3, 3, 3)),
    "a device is gone": (_miss, False, (4, 3, 3)),
    "a device is shared": (_share, False, (4, 4, 4)),
    "... its key is not": (_share_without_key, False, (4, 4, 4)),
    "a new device": (_buy, False, (3, 3, 3)),
    "... is added by itself": (_buy, True, (6, 3, 3)),
    "... behind a gateway": (_buy_a_child, True, (8, 3, 3)),
    "all at once": (_all_at_once, False, (4, 4, 4)),
}
"""What happens, whether new devices are added by themselves, and the calls of each of the next days.

What a device costs that is added by itself is extra: its gateway, its address, its model.
"""


@pytest.mark.parametrize("household", HOUSEHOLDS)
async def test_three_days(hass: HomeAssistant, home: Home, household: str, capsys: pytest.CaptureFixture[str]) -> None:
    happen, adopt, expected = HOUSEHOLDS[household]
    devices = [home.subentry(device_id) for device_id in (PLUG, LAMP, GATEWAY, DOOR, SWITCH)]
    entry = await home.set_up(*devices, options={CONF_ADOPT: adopt})
    await until(lambda: not hub_of(entry).strangers())
    hub = hub_of(entry)
    assert hub.account is not None
    happen(home)
    days = []
    for _ in expected:
        before = home.cloud.calls.copy()
        hub.account._client._project._token = None  # its life of two hours is over
        await hub.follower.async_look()
        await hass.async_block_till_done()
        await until(lambda: not hub.strangers())
        days.append(home.cloud.calls - before)
    with capsys.disabled():
        asked = "; ".join(", ".join(f"{count} {name}" for name, count in sorted(day.items())) for day in days[:2])
        sys.stdout.write(f"\n| {household:<22} | {' | '.join(str(day.total()) for day in days)} | {asked} |")
    assert all(day.total() <= MOST_CALLS for day in days[1 if adopt else 0 :])
    assert tuple(day.total() for day in days) == expected
    issues = {issue_id for _, issue_id in _issues(hass)}
    assert issues == {f"gone_{LAMP}"} & issues if happen is _miss else issues <= {f"gone_{SWITCH}"}


async def test_a_key_that_changes_while_connected(home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until_available(entry)
    await until(lambda: not hub_of(entry).strangers())
    calls = home.cloud.calls.copy()
    home.cloud.set_local_key(PLUG, NEW_KEY)
    begin = time.perf_counter()
    home.devices[PLUG].set_key(NEW_KEY)
    await until(lambda: not hub_of(entry).switchboards[PLUG].up)
    await until(lambda: hub_of(entry).switchboards[PLUG].up, 10)
    took = time.perf_counter() - begin
    data = next(device.data for device in entry.subentries.values() if device.unique_id == PLUG)
    assert data[CONF_LOCAL_KEY] == NEW_KEY
    assert home.cloud.calls - calls == {"user_devices": 1}
    assert hub_of(entry).account.ledger.today()["key"] == {"devices": 1}  # type: ignore[union-attr]
    _LOGGER.info("back after %.2f s", took)


async def test_a_new_key_that_the_device_refuses_too_is_said_at_once(home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    keys = hub_of(entry).keys
    home.cloud.set_local_key(PLUG, NEW_KEY)
    home.devices[PLUG].set_key("x" * 16)
    await until(lambda: PLUG in keys._fresh)
    calls = home.cloud.calls["user_devices"]
    keys.async_rejected(PLUG)
    assert ("localtuya", f"key_rejected_{PLUG}") in _issues(home.hass)
    assert home.cloud.calls["user_devices"] == calls


async def test_many_devices_that_were_paired_again_cost_one_question(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP), home.subentry(GATEWAY))
    await until_available(entry)
    await until(lambda: not hub_of(entry).strangers())
    keys = hub_of(entry).keys
    monkeypatch.setattr(keys, "spacing", 0.3)
    calls = home.cloud.calls["user_devices"]
    begin = asyncio.get_running_loop().time()
    keys.async_rejected(PLUG)
    await until(lambda: ("localtuya", f"key_rejected_{PLUG}") in _issues(home.hass))
    for device_id in (LAMP, GATEWAY):
        keys.async_rejected(device_id)
    await until(lambda: ("localtuya", f"key_rejected_{GATEWAY}") in _issues(home.hass))
    assert asyncio.get_running_loop().time() - begin >= 0.3
    assert home.cloud.calls["user_devices"] == calls + 2, "the first at once, all others together"


async def test_a_key_is_asked_for_until_the_cloud_is_back(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    await until(lambda: not hub_of(entry).strangers())
    keys = hub_of(entry).keys
    monkeypatch.setattr(keys, "patience", (0.01, 0.5))
    monkeypatch.setattr(keys, "spacing", 0.0)
    await home.cloud.stop()
    home.cloud.set_local_key(PLUG, NEW_KEY)
    home.devices[PLUG].set_key(NEW_KEY)
    await until(lambda: ("localtuya", f"key_rejected_{PLUG}") in _issues(home.hass))
    await home.cloud.start()
    await until(lambda: hub_of(entry).switchboards[PLUG].up, 10)
    assert ("localtuya", f"key_rejected_{PLUG}") not in _issues(home.hass)


@pytest.mark.parametrize("with_key", [True, False])
async def test_the_key_of_a_shared_device(home: Home, monkeypatch: pytest.MonkeyPatch, *, with_key: bool) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until_available(entry)
    await until(lambda: not hub_of(entry).strangers())
    monkeypatch.setattr(hub_of(entry).keys, "patience", (0.01, 0.01))
    _share(home, with_key=with_key)
    calls = home.cloud.calls.copy()
    home.cloud.set_local_key(LAMP, NEW_KEY)
    home.devices[LAMP].set_key(NEW_KEY)
    if with_key:
        await until(lambda: hub_of(entry).switchboards[LAMP].link.local_key == NEW_KEY)
        await until(lambda: hub_of(entry).switchboards[LAMP].up)
    else:
        await until(lambda: ("localtuya", f"key_rejected_{LAMP}") in _issues(home.hass))
    more = 0 if with_key else 1  # a list of more might have told it
    assert home.cloud.calls - calls == {"user_devices": 1 + more, "shared_devices": 1 + more}


async def test_a_part_of_a_list_says_nothing_of_a_key(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The device is not in what was answered: it is asked for again, not left to its user."""
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until_available(entry)
    await until(lambda: not hub_of(entry).strangers())
    keys = hub_of(entry).keys
    monkeypatch.setattr(keys, "patience", (0.01,))
    monkeypatch.setattr(keys, "spacing", 0.0)
    _share(home)
    home.cloud.faults.refuse = {"shared_devices": 500}
    calls = home.cloud.calls.copy()
    keys.async_rejected(LAMP)
    assert keys._asking is not None
    await keys._asking
    assert home.cloud.calls - calls == {"user_devices": 2, "shared_devices": 2}
    assert LAMP not in keys._keeper._resting, "nothing was spent"
    with pytest.raises(CloudUnreachable):
        await keys.async_ask(LAMP)


WITHOUT = {
    "no internet": Faults(),
    "an expired plan": Faults(plan="expired"),
    "a wrong secret": Faults(),
    "a cloud that hangs": Faults(timeouts=True),
    "a cloud that talks nonsense": Faults(garbage=True),
}


@pytest.mark.parametrize("cached", [True, False], ids=["a cache", "an empty cache"])
@pytest.mark.parametrize("trouble", WITHOUT)
async def test_a_start_without_a_working_cloud(hass: HomeAssistant, home: Home, trouble: str, *, cached: bool) -> None:
    devices = (PLUG, LAMP, GATEWAY, DOOR, SWITCH)
    entry = home.entry(*map(home.subentry, devices))
    if cached:
        assert await hass.config_entries.async_setup(entry.entry_id)
        await until(lambda: not hub_of(entry).strangers())
        await hass.config_entries.async_unload(entry.entry_id)
    home.cloud.faults = WITHOUT[trouble]
    if trouble == "no internet":
        await home.cloud.stop()
    if trouble == "a wrong secret":
        home.cloud.client_secret = SECRET[::-1]
    calls = home.cloud.calls.total()
    begin = time.perf_counter()
    assert await hass.config_entries.async_setup(entry.entry_id)
    await until_available(entry)
    took = time.perf_counter() - begin
    assert took < 5
    if cached:
        assert home.cloud.calls.total() == calls
        assert hass.states.get("switch.kitchen_plug")
        await hass.services.async_call("switch", "turn_on", {"entity_id": "switch.kitchen_plug"}, blocking=True)
        assert home.devices[PLUG].dps["1"] is True
    elif trouble != "a cloud that hangs":  # that is waited for a moment before a guess is made
        await until(lambda: er.async_get(hass).async_get_entity_id("switch", DOMAIN, f"local_{PLUG}_1"))
    home.cloud.faults = Faults()
    _LOGGER.info("%s, %s: alive after %.2f s", trouble, "cached" if cached else "empty", took)


def _issues(hass: HomeAssistant) -> set[tuple[str, str]]:
    return set(ir.async_get(hass).issues)
