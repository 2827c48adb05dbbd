"""The integration's own texts, in the language of this Home Assistant."""

from collections.abc import Mapping

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from .const import DOMAIN


async def async_texts(hass: HomeAssistant, category: str = "common") -> Mapping[str, str]:
    """Return the texts of a category by their key within it."""
    texts = await async_get_translations(hass, hass.config.language, category, [DOMAIN])
    head = f"component.{DOMAIN}.{category}."
    return {key.removeprefix(head): text for key, text in texts.items()}
