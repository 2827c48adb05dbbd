from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import get_system_health_info

from custom_components.localtuya.const import DOMAIN

from .home_assistant import LAMP, PLUG, Home, hub_of, until, until_available
from .texts import TEXTS

pytest_plugins = ("tests.home_assistant",)


async def test_the_facts(hass: HomeAssistant, home: Home) -> None:
    assert await async_setup_component(hass, "system_health", {})
    entry = await home.set_up(home.subentry(PLUG))
    await home.set_up(home.subentry(LAMP), cloud=False)
    await until_available(entry)
    await until(lambda: not hub_of(entry).strangers())
    info = await get_system_health_info(hass, DOMAIN)
    assert info | {"available": 2} == {
        "devices": 2,
        "available": 2,
        "cloud_calls": 4,
        "cloud_causes": "learn 4",
        "cloud_projects": "Tuya: 4",
        "cloud_refuses": "-",
    }
    assert info.keys() == TEXTS["system_health"]["info"].keys()

    home.cloud.faults.plan = "quota"
    account = hub_of(entry).account
    assert account is not None
    await hub_of(entry).follower.async_look()
    info = await get_system_health_info(hass, DOMAIN)
    assert info["cloud_causes"] == "learn 4, follow 1"
    assert info["cloud_refuses"].startswith("Tuya: ")
    assert "used up" in info["cloud_refuses"]
