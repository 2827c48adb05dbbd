from homeassistant.const import CONF_HOST
from homeassistant.core import HomeAssistant

from custom_components.localtuya.roster import Roster

from .home_assistant import PLUG, Home

pytest_plugins = ("tests.home_assistant",)


async def test_news_of_a_device_that_is_just_removed(hass: HomeAssistant, home: Home) -> None:
    entry = home.entry(home.subentry(PLUG))
    (subentry,) = entry.subentries.values()
    roster = Roster(hass, entry)
    roster.apply(subentry)
    hass.config_entries.async_remove_subentry(entry, subentry.subentry_id)
    assert roster.async_store(PLUG, **{CONF_HOST: "127.0.0.9"})
    assert roster.data(PLUG)[CONF_HOST] == "127.0.0.9"
    assert roster.changes().gone == [PLUG]
