"""What only the user can repair, said where Home Assistant says such things, and taken back when it is solved."""

from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_call_later

from .const import DOMAIN
from .lan.endpoint import LinkState

_KEY_REJECTED = "key_rejected"

_TROUBLE = {
    LinkState.WEDGED: ("wedged", 120.0),
    LinkState.WRONG_VERSION: ("wrong_version", 300.0),
    LinkState.HELD: ("held", 600.0),
}
"""The issue of a state, and for how many seconds it must last."""
_UNDECIDED = frozenset({LinkState.CONNECTING, LinkState.NEGOTIATING, LinkState.QUIET})
"""States on the way to another: they solve nothing."""


@callback
def async_report_key_rejected(hass: HomeAssistant, device_id: str, name: str, *, cloud: bool) -> None:
    """Say that a device refuses its local key, and what to do: it depends on whether there is a cloud to ask."""
    key = _KEY_REJECTED if cloud else f"{_KEY_REJECTED}_without_cloud"
    _create(hass, f"{_KEY_REJECTED}_{device_id}", key, name, ir.IssueSeverity.ERROR)


@callback
def async_solve_key_rejected(hass: HomeAssistant, device_id: str) -> None:
    """Take that back."""
    ir.async_delete_issue(hass, DOMAIN, f"{_KEY_REJECTED}_{device_id}")


class Complaints:
    """What is complained of about one device: states of its link that last and do not end by themselves."""

    def __init__(self, hass: HomeAssistant, device_id: str, name: str) -> None:
        """Begin without a complaint."""
        self._hass = hass
        self._device_id = device_id
        self._name = name
        self._trouble: str | None = None
        self._cancel: CALLBACK_TYPE | None = None

    @callback
    def async_take(self, state: LinkState) -> None:
        """Take the state of the link."""
        key, patience = _TROUBLE.get(state, (None, 0.0))
        if state in _UNDECIDED or key == self._trouble:
            return
        self._solve()
        if key is not None:
            self._trouble = key
            self._cancel = async_call_later(self._hass, patience, self._complain)

    @callback
    def async_close(self) -> None:
        """Take everything back, a rejected key too: the device is gone or not looked after any more."""
        self._solve()
        async_solve_key_rejected(self._hass, self._device_id)

    @callback
    def _complain(self, _: datetime) -> None:
        self._cancel = None
        if self._trouble is not None:
            issue_id = f"{self._trouble}_{self._device_id}"
            _create(self._hass, issue_id, self._trouble, self._name, ir.IssueSeverity.WARNING)

    def _solve(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        elif self._trouble is not None:
            ir.async_delete_issue(self._hass, DOMAIN, f"{self._trouble}_{self._device_id}")
        self._trouble = None


def _create(hass: HomeAssistant, issue_id: str, key: str, name: str, severity: ir.IssueSeverity) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        is_fixable=False,
        severity=severity,
        translation_key=key,
        translation_placeholders={"name": name},
    )
