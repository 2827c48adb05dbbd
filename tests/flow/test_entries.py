from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.localtuya.const import CONF_CATEGORY, CONF_NODE_ID, DOMAIN, SUBENTRY_DEVICE
from custom_components.localtuya.flow.entries import free_title, gateways_of, inventory, is_usual, tally, titles_of


def _entry(
    hass: HomeAssistant, title: str, *devices: dict[str, str], unique_id: str | None = None, cloud: bool = True
) -> None:
    rows = [
        {"data": data, "subentry_type": SUBENTRY_DEVICE, "title": data[CONF_DEVICE_ID], "unique_id": None}
        for data in devices
    ]
    entry = MockConfigEntry(
        domain=DOMAIN,
        title=title,
        unique_id=unique_id,
        data={CONF_CLIENT_ID: "c"} if cloud else {},
        subentries_data=rows,
    )
    entry.add_to_hass(hass)


async def test_a_title_is_used_once(hass: HomeAssistant) -> None:
    assert free_title(hass, "Tuya India") == "Tuya India"
    for title in ("Tuya India", "Tuya India 2", "Tuya China"):
        _entry(hass, title)
    assert free_title(hass, "Tuya India") == "Tuya India 3"
    assert free_title(hass, "Tuya China") == "Tuya China 2"


def test_which_titles_their_owner_did_not_give() -> None:
    titles = ("Tuya India", "Tuya India 2", "Tuya India North", "Flat", "Tuya India2")
    assert [title for title in titles if is_usual(title, "Tuya India")] == ["Tuya India", "Tuya India 2"]


async def test_what_the_entries_have(hass: HomeAssistant) -> None:
    child = {CONF_DEVICE_ID: "child", CONF_NODE_ID: "n"}
    _entry(hass, "One", {CONF_DEVICE_ID: "gate", CONF_CATEGORY: "wg2"}, child, unique_id="u1")
    _entry(hass, "Two", {CONF_DEVICE_ID: "plug", CONF_CATEGORY: "cz"}, unique_id="u2")
    known = inventory(hass)
    assert tally(known.values()) == [("One", 2), ("Two", 1)]
    gateways = gateways_of(known)
    assert {device_id: (each.name, each.certain, each.up) for device_id, each in gateways.items()} == {
        "gate": ("gate", True, False),
        "plug": ("plug", False, False),
    }
    _entry(hass, "Left", unique_id="u4", cloud=False)
    assert titles_of(hass, ["u2", "u3", "u4"]) == {"u2": "Two"}
