from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry, ConfigEntryState, ConfigSubentry
from homeassistant.const import CONF_HOST, EVENT_HOMEASSISTANT_STOP, STATE_OFF, STATE_ON, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er, issue_registry as ir
import pytest

from custom_components.localtuya.cache import RecordCache
from custom_components.localtuya.const import (
    CONF_CLIENT_SECRET,
    CONF_GRACE,
    CONF_LOCAL_KEY,
    CONF_OLD_KEYS,
    CONF_PROTOCOL_VERSION,
    DOMAIN,
)
from custom_components.localtuya.devices import identifier
from custom_components.localtuya.learning import Lesson
from custom_components.localtuya.neighbourhood import async_get_neighbourhood
from tests.lab.faults import Faults

from .home_assistant import (
    DOOR,
    DOOR_NODE,
    GATEWAY,
    KEY,
    LAMP,
    PLUG,
    PLUG_MAC,
    SWITCH,
    SWITCH_NODE,
    USER,
    Home,
    hub_of,
    until,
    until_available,
)

pytest_plugins = ("tests.home_assistant",)

NEW_KEY = "fedcba9876543210"
NOBODY = "127.0.61.99"
IMPATIENT = {CONF_GRACE: 0}


def _subentry(entry: ConfigEntry, device_id: str) -> ConfigSubentry:
    return next(device for device in entry.subentries.values() if device.unique_id == device_id)


def _entity(hass: HomeAssistant, platform: str, device_id: str, key: str = "1") -> str:
    entity_id = er.async_get(hass).async_get_entity_id(platform, DOMAIN, f"local_{device_id}_{key}")
    assert entity_id, f"{device_id} has no {platform} {key}"
    return entity_id


def _state(hass: HomeAssistant, platform: str, device_id: str, key: str = "1") -> str | None:
    entity_id = er.async_get(hass).async_get_entity_id(platform, DOMAIN, f"local_{device_id}_{key}")
    state = hass.states.get(entity_id) if entity_id else None
    return state.state if state else None


def _issue(hass: HomeAssistant, device_id: str) -> ir.IssueEntry | None:
    return ir.async_get(hass).async_get_issue(DOMAIN, f"key_rejected_{device_id}")


async def test_devices_come_alive_and_obey(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(*(home.subentry(device_id) for device_id in (PLUG, LAMP, GATEWAY, DOOR, SWITCH)))
    await until_available(entry)
    await until(lambda: _state(hass, "switch", PLUG) == STATE_OFF)
    await until(lambda: _state(hass, "light", LAMP, "20") == STATE_ON)
    await until(lambda: _state(hass, "binary_sensor", DOOR) == STATE_OFF)
    await until(lambda: _state(hass, "switch", SWITCH) == STATE_ON)

    target = {"entity_id": [_entity(hass, "switch", PLUG), _entity(hass, "switch", SWITCH)]}
    await hass.services.async_call("switch", "toggle", target, blocking=True)
    assert home.devices[PLUG].dps["1"] is True
    assert home.devices[GATEWAY].children[SWITCH_NODE] == {"1": False}

    home.devices[GATEWAY].push({"1": True}, DOOR_NODE)
    await until(lambda: _state(hass, "binary_sensor", DOOR) == STATE_ON)
    assert home.devices[GATEWAY].connections == 1, "the children share the gateway's connection"


async def test_device_registry(home: Home, device_registry: dr.DeviceRegistry) -> None:
    entry = await home.set_up(*(home.subentry(device_id) for device_id in (DOOR, PLUG, GATEWAY)))
    await until(lambda: all(device.ready for device in hub_of(entry).coordinators.values()))

    plug = device_registry.async_get_device_by_identifier(identifier(PLUG), entry.entry_id)
    assert plug is not None
    assert plug.name == "Kitchen plug"
    assert plug.manufacturer == "Tuya"
    assert plug.model_id == "plugplugplugplug"
    assert plug.connections == {(dr.CONNECTION_NETWORK_MAC, PLUG_MAC)}
    assert plug.config_subentry_id == _subentry(entry, PLUG).subentry_id
    gateway = device_registry.async_get_device_by_identifier(identifier(GATEWAY), entry.entry_id)
    door = device_registry.async_get_device_by_identifier(identifier(DOOR), entry.entry_id)
    assert gateway is not None
    assert door is not None
    assert door.via_device_id == gateway.id


async def test_set_up_waits_for_nobody(home: Home) -> None:
    for device in home.devices.values():
        device.faults = Faults(accept_then_silence=True)
    home.cloud.faults.timeouts = True

    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))  # async_block_till_done returns

    assert entry.state is ConfigEntryState.LOADED
    assert not hub_of(entry).coordinators[PLUG].ready


async def test_a_start_without_cloud(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(GATEWAY), home.subentry(SWITCH))
    await until_available(entry)
    await until(lambda: all(device.ready for device in hub_of(entry).coordinators.values()))
    await hass.config_entries.async_unload(entry.entry_id)
    await home.cloud.stop()
    calls = home.cloud.calls.total()

    await hass.config_entries.async_setup(entry.entry_id)
    await until_available(entry)
    await until(lambda: _state(hass, "switch", PLUG) == STATE_OFF)
    await until(lambda: _state(hass, "switch", SWITCH) == STATE_ON)
    assert home.cloud.calls.total() == calls

    await home.cloud.start()
    await hass.config_entries.async_reload(entry.entry_id)
    await until_available(entry)
    assert home.cloud.calls.total() == calls, "what is known is not asked again, not even of a product without model"


async def test_a_cloud_that_stays_away(hass: HomeAssistant, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lesson, "patience", (0.01, 0.01))
    await home.cloud.stop()
    entry = await home.set_up(home.subentry(PLUG))
    await until(lambda: hub_of(entry).coordinators[PLUG].ready)
    await until(lambda: _state(hass, "switch", PLUG, "1") is not None)  # a guess from what the device says
    await hass.config_entries.async_unload(entry.entry_id)
    assert await RecordCache(hass, USER).async_load() == {}, "a guess is not kept: the cloud is asked next time"


async def test_a_cloud_that_refuses_the_secret(hass: HomeAssistant, home: Home) -> None:
    home.cloud.client_secret = "changed"
    entry = await home.set_up(home.subentry(PLUG))
    await until(lambda: any(entry.async_get_active_flows(hass, {SOURCE_REAUTH})))
    await until_available(entry)
    await until(lambda: _state(hass, "switch", PLUG) == STATE_OFF)  # a guess
    assert hub_of(entry).strangers()

    home.cloud.client_secret = "again" * 5
    hass.config_entries.async_update_entry(entry, data={**entry.data, CONF_CLIENT_SECRET: home.cloud.client_secret})
    await until(lambda: not hub_of(entry).strangers())


async def test_a_plan_that_has_expired(hass: HomeAssistant, home: Home, caplog: pytest.LogCaptureFixture) -> None:
    home.cloud.faults.plan = "expired"
    entry = await home.set_up(home.subentry(PLUG))
    await until(lambda: _state(hass, "switch", PLUG) == STATE_OFF)  # a guess
    assert "the plan has expired" in caplog.text
    assert hub_of(entry).coordinators[PLUG].record.properties == ()


async def test_a_device_that_is_not_in_the_account(hass: HomeAssistant, home: Home) -> None:
    stranger = home.subentry(LAMP, device_id="bf00000000000stranger")
    entry = await home.set_up(home.subentry(PLUG), stranger)
    await until(lambda: _state(hass, "switch", PLUG) == STATE_OFF)
    await until(lambda: hub_of(entry).coordinators["bf00000000000stranger"].ready)


async def test_a_new_address_is_followed(home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG, host=NOBODY, protocol_version="3.4"), home.subentry(LAMP))
    await until_available(entry, LAMP)
    assert not hub_of(entry).coordinators[PLUG].available

    await home.announce(PLUG)

    await until_available(entry, PLUG)
    data = _subentry(entry, PLUG).data
    await until(lambda: _subentry(entry, PLUG).data[CONF_HOST] == home.devices[PLUG].host, 1)
    assert data[CONF_PROTOCOL_VERSION] == "3.3"
    assert home.devices[LAMP].connections == 1


async def test_a_false_announcement_is_not_believed(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    home.devices[PLUG].host, host = NOBODY, home.devices[PLUG].host
    await home.announce(PLUG)
    seen = async_get_neighbourhood(hass).seen
    await until(lambda: PLUG in seen and seen[PLUG].host == NOBODY)
    assert _subentry(entry, PLUG).data[CONF_HOST] == host
    assert hub_of(entry).coordinators[PLUG].available
    home.devices[PLUG].host = host


async def test_a_device_without_address_waits_for_its_announcement(home: Home) -> None:
    entry = await home.set_up(home.subentry(LAMP, host=None, protocol_version=None))
    assert not hub_of(entry).coordinators[LAMP].available
    await home.announce(LAMP)
    await until_available(entry)
    assert _subentry(entry, LAMP).data[CONF_PROTOCOL_VERSION] == "3.5"


async def test_a_new_local_key_is_taken_from_the_cloud(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until_available(entry)
    await until(lambda: all(device.ready for device in hub_of(entry).coordinators.values()))
    calls = home.cloud.calls["user_devices"]
    home.cloud.set_local_key(PLUG, NEW_KEY)
    home.devices[PLUG].set_key(NEW_KEY)

    await until(lambda: _subentry(entry, PLUG).data[CONF_LOCAL_KEY] == NEW_KEY)
    await until(lambda: hub_of(entry).switchboards[PLUG].up)
    assert home.cloud.calls["user_devices"] == calls + 1
    assert _issue(hass, PLUG) is None


async def test_a_rejected_key_that_the_cloud_cannot_better(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until_available(entry)
    await until(lambda: all(device.ready for device in hub_of(entry).coordinators.values()))
    calls = home.cloud.calls["user_devices"]
    home.devices[PLUG].set_key(NEW_KEY)

    await until(lambda: _issue(hass, PLUG))
    issue = _issue(hass, PLUG)
    assert issue is not None
    assert issue.translation_key == "key_rejected"
    assert issue.translation_placeholders == {"name": "Kitchen plug"}
    assert hub_of(entry).coordinators[LAMP].available, "the others keep working"
    assert home.cloud.calls["user_devices"] == calls + 1

    home.devices[PLUG].set_key(KEY)
    subentry = _subentry(entry, PLUG)
    hass.config_entries.async_update_subentry(entry, subentry, data={**subentry.data, CONF_LOCAL_KEY: NEW_KEY})
    hass.config_entries.async_update_subentry(entry, subentry, data={**subentry.data, CONF_LOCAL_KEY: KEY})
    await until(lambda: _issue(hass, PLUG) is None)


async def test_a_rejected_key_without_cloud(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG, local_key=NEW_KEY), cloud=False)
    await until(lambda: _issue(hass, PLUG))
    issue = _issue(hass, PLUG)
    assert issue is not None
    assert issue.translation_key == "key_rejected_without_cloud"

    hass.config_entries.async_remove_subentry(entry, _subentry(entry, PLUG).subentry_id)
    await hass.async_block_till_done()
    assert _issue(hass, PLUG) is None


async def test_a_rejected_key_while_the_cloud_is_away(hass: HomeAssistant, home: Home) -> None:
    await home.cloud.stop()
    await home.set_up(home.subentry(PLUG, local_key=NEW_KEY))
    await until(lambda: _issue(hass, PLUG))


async def test_deleting_a_device(hass: HomeAssistant, home: Home, device_registry: dr.DeviceRegistry) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until_available(entry)

    hass.config_entries.async_remove_subentry(entry, _subentry(entry, PLUG).subentry_id)
    await hass.async_block_till_done()

    await home.devices[PLUG].wait_for(lambda device: device.clients == 0)
    assert hub_of(entry).coordinators.keys() == {LAMP}
    assert device_registry.async_get_device_by_identifier(identifier(PLUG), entry.entry_id) is None
    assert home.devices[LAMP].connections == 1


async def test_children_without_their_gateway(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(GATEWAY), home.subentry(SWITCH), home.subentry(DOOR), options=IMPATIENT)
    await until_available(entry)
    await until(lambda: _state(hass, "switch", SWITCH) == STATE_ON)
    gateway = _subentry(entry, GATEWAY)

    hass.config_entries.async_remove_subentry(entry, gateway.subentry_id)
    await home.devices[GATEWAY].wait_for(lambda device: device.clients == 0)
    await until(lambda: _state(hass, "switch", SWITCH) == STATE_UNAVAILABLE)

    hass.config_entries.async_add_subentry(
        entry, ConfigSubentry(data=gateway.data, subentry_type="device", title="Gateway", unique_id=GATEWAY)
    )
    await until_available(entry)
    await until(lambda: _state(hass, "switch", SWITCH) == STATE_ON)


async def test_a_child_that_its_gateway_loses(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(GATEWAY), home.subentry(SWITCH), home.subentry(DOOR))
    await until_available(entry)
    await until(lambda: _state(hass, "switch", SWITCH) == STATE_ON)
    home.devices[GATEWAY].online(SWITCH_NODE, present=False)
    await until(lambda: _state(hass, "switch", SWITCH) == STATE_UNAVAILABLE)
    assert _state(hass, "binary_sensor", DOOR) == STATE_OFF
    home.devices[GATEWAY].online(SWITCH_NODE, present=True)
    await until(lambda: _state(hass, "switch", SWITCH) == STATE_ON)


async def test_garbage_on_the_network(hass: HomeAssistant, home: Home) -> None:
    home.devices[LAMP].faults = Faults(flip_bits=5, garbage_before=b"\x00\xff{")
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until_available(entry, PLUG)
    await until(lambda: hub_of(entry).switchboards[LAMP].error)
    assert not hub_of(entry).coordinators[LAMP].available
    home.devices[LAMP].faults = Faults()
    await hass.config_entries.async_reload(entry.entry_id)
    await until_available(entry, LAMP)


async def test_a_datapoint_that_appears_becomes_an_entity(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), cloud=False)
    await until_available(entry)
    await until(lambda: _state(hass, "switch", PLUG) == STATE_OFF)
    before = len(er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id))

    home.devices[PLUG].push({"7": True})
    await until(lambda: len(er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)) > before)
    await hass.config_entries.async_unload(entry.entry_id)
    assert (await RecordCache.of(hass, entry).async_load())[PLUG].dps.keys() == {"1", "7"}


async def test_unload_closes_everything(hass: HomeAssistant, home: Home) -> None:
    await home.announce()
    entry = await home.set_up(*(home.subentry(device_id) for device_id in (PLUG, LAMP, GATEWAY, DOOR)))
    await until_available(entry)

    assert await hass.config_entries.async_unload(entry.entry_id)

    assert entry.state is ConfigEntryState.NOT_LOADED
    for device in home.devices.values():
        await device.wait_for(lambda device: device.clients == 0)
    assert async_get_neighbourhood(hass)._discovery is None


async def test_the_end_of_home_assistant_hangs_up(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await home.devices[PLUG].wait_for(lambda device: device.clients == 0)


async def test_two_entries_share_the_listening(hass: HomeAssistant, home: Home) -> None:
    first = await home.set_up(home.subentry(PLUG, host=None))
    second = await home.set_up(home.subentry(LAMP, host=None), cloud=False)
    await home.announce()
    await until_available(first)
    await until_available(second)
    await hass.config_entries.async_unload(first.entry_id)
    assert async_get_neighbourhood(hass)._discovery is not None
    await hass.config_entries.async_unload(second.entry_id)
    assert async_get_neighbourhood(hass)._discovery is None


async def test_a_child_that_moves_to_a_socket_of_its_own(hass: HomeAssistant, home: Home) -> None:
    """Nothing does that today; the update listener must not depend on it."""
    entry = await home.set_up(home.subentry(GATEWAY), home.subentry(SWITCH))
    await until_available(entry)
    subentry = _subentry(entry, SWITCH)
    plug = home.subentry(PLUG)["data"]
    alone = {**plug, "device_id": SWITCH}
    hass.config_entries.async_update_subentry(entry, subentry, data=alone)
    await home.devices[PLUG].wait_for(lambda device: device.clients == 1)
    hass.config_entries.async_update_subentry(entry, subentry, data=home.subentry(SWITCH)["data"])
    await home.devices[PLUG].wait_for(lambda device: device.clients == 0)
    await until_available(entry)


async def test_an_old_key_that_is_right_again(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG, local_key=NEW_KEY, old_keys=["x" * 16, KEY]), home.subentry(LAMP))
    await until_available(entry)
    assert _issue(hass, PLUG) is None
    assert home.devices[PLUG].clients == 1


async def test_an_old_key_that_is_right_again_comes_first(home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG, local_key=NEW_KEY, old_keys=["x" * 16, KEY]))
    await until_available(entry)
    await until(lambda: _subentry(entry, PLUG).data[CONF_LOCAL_KEY] == KEY)
    assert _subentry(entry, PLUG).data[CONF_OLD_KEYS] == [NEW_KEY, "x" * 16]
    assert hub_of(entry).switchboards[PLUG].link.endpoint.local_key == KEY
    assert home.devices[PLUG].clients == 1


async def test_a_replaced_key_is_kept(home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    home.cloud.set_local_key(PLUG, NEW_KEY)
    home.devices[PLUG].set_key(NEW_KEY)
    await until(lambda: _subentry(entry, PLUG).data.get(CONF_OLD_KEYS) == [KEY])
    await until(lambda: hub_of(entry).switchboards[PLUG].up)
    assert hub_of(entry).switchboards[PLUG].link.endpoint.old_keys == (KEY,)


async def test_a_key_of_the_cloud_does_not_disturb_who_is_connected(home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    await until_available(entry)
    home.cloud.set_local_key(LAMP, "another key 5678")
    home.cloud.set_local_key(PLUG, NEW_KEY)
    home.devices[PLUG].set_key(NEW_KEY)
    await until(lambda: _subentry(entry, LAMP).data.get(CONF_OLD_KEYS))
    data = _subentry(entry, LAMP).data
    assert (data[CONF_LOCAL_KEY], data[CONF_OLD_KEYS]) == (KEY, ["another key 5678"]), "for the day it is needed"
    assert home.devices[LAMP].connections == 1


async def test_other_credentials_are_a_reason_to_ask_again(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG, local_key=NEW_KEY))
    home.cloud.set_local_key(PLUG, NEW_KEY)
    await until(lambda: _issue(hass, PLUG))
    home.cloud.set_local_key(PLUG, KEY)
    calls = home.cloud.calls["user_devices"]
    home.cloud.client_secret = "f" * 32
    hass.config_entries.async_update_entry(entry, data={**entry.data, CONF_CLIENT_SECRET: "f" * 32})
    await until(lambda: _subentry(entry, PLUG).data[CONF_LOCAL_KEY] == KEY)
    await until(lambda: hub_of(entry).switchboards[PLUG].up)
    await until(lambda: _issue(hass, PLUG) is None)
    assert home.cloud.calls["user_devices"] > calls


async def test_nothing_is_stored_that_is_known(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG), home.subentry(LAMP))
    modified = entry.modified_at
    await until_available(entry)
    await hass.async_block_till_done()
    assert entry.modified_at == modified


async def test_another_grace_period_holds_at_once(hass: HomeAssistant, home: Home) -> None:
    entry = await home.set_up(home.subentry(PLUG))
    await until_available(entry)
    hub = hub_of(entry)
    hass.config_entries.async_update_entry(entry, options=IMPATIENT)
    await hass.async_block_till_done()
    assert entry.runtime_data is hub, "not reloaded"
    await home.devices[PLUG].stop()
    await until(lambda: not hub.coordinators[PLUG].available, 1)
    assert home.devices[PLUG].connections == 1
