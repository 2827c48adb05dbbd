"""What only the user can repair, said where Home Assistant says such things."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN

_KEY_REJECTED = "key_rejected"


@callback
def async_report_key_rejected(hass: HomeAssistant, device_id: str, name: str, *, cloud: bool) -> None:
    """Say that a device refuses its local key, and what to do: it depends on whether there is a cloud to ask."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        _issue_id(device_id),
        is_fixable=False,
        severity=ir.IssueSeverity.ERROR,
        translation_key=_KEY_REJECTED if cloud else f"{_KEY_REJECTED}_without_cloud",
        translation_placeholders={"name": name},
    )


@callback
def async_solve_key_rejected(hass: HomeAssistant, device_id: str) -> None:
    """Take that back."""
    ir.async_delete_issue(hass, DOMAIN, _issue_id(device_id))


def _issue_id(device_id: str) -> str:
    return f"{_KEY_REJECTED}_{device_id}"
