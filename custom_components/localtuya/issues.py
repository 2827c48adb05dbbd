"""What only the user can repair, said where Home Assistant says such things, and taken back when it is solved."""

from datetime import datetime

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_call_later

from .cloud.errors import CloudError
from .const import DOMAIN, GUIDE
from .lan.endpoint import LinkState

KEY_REJECTED = "key_rejected"
REFUSED = "cloud"
RENAMED = "renamed"
GONE = "gone"
REFUSALS = {
    "clock_off": "cloud_clock_off",
    "ip_not_allowed": "cloud_ip_not_allowed",
    "not_subscribed": "cloud_not_subscribed",
    "plan_expired": "cloud_plan_expired",
    "plan_unpaid": "cloud_plan_unpaid",
    "quota_exceeded": "cloud_quota_exceeded",
    "relink": "cloud_relink",
    "wrong_region": "cloud_wrong_region",
    "wrong_user": "cloud_wrong_user",
}
"""Errors of the cloud that have steps of their own."""
REFUSED_OTHERWISE = "cloud_refused"
"""For all others its word is passed on."""
_OF_THE_CLOUD = (f"{REFUSED}_", f"{RENAMED}_", f"{GONE}_")

_TROUBLE = {
    LinkState.WEDGED: ("wedged", 120.0),
    LinkState.WRONG_VERSION: ("wrong_version", 300.0),
    LinkState.HELD: ("held", 600.0),
}
"""The issue of a state, and for how many seconds it must last."""
_UNDECIDED = frozenset({LinkState.CONNECTING, LinkState.NEGOTIATING, LinkState.QUIET})
"""States on the way to another: they solve nothing."""


@callback
def async_report_key_rejected(
    hass: HomeAssistant, entry: ConfigEntry, device_id: str, name: str, *, cloud: bool
) -> None:
    """Say that a device refuses its local key, and what to do: it depends on whether there is a cloud to ask."""
    key = KEY_REJECTED if cloud else f"{KEY_REJECTED}_without_cloud"
    data: dict[str, str | int | float | None] = {"entry_id": entry.entry_id, "device_id": device_id}
    _create(hass, f"{KEY_REJECTED}_{device_id}", key, {"name": name}, severity=ir.IssueSeverity.ERROR, data=data)


@callback
def async_solve_key_rejected(hass: HomeAssistant, device_id: str) -> None:
    """Take that back."""
    ir.async_delete_issue(hass, DOMAIN, f"{KEY_REJECTED}_{device_id}")


@callback
def async_report_refusal(hass: HomeAssistant, entry: ConfigEntry, error: CloudError) -> None:
    """Say that the cloud refuses an account, and the steps that end it."""
    key = REFUSALS.get(error.key, REFUSED_OTHERWISE)
    guide = f"{GUIDE}#{error.cure.anchor}"
    placeholders = {"name": entry.title, "detail": error.answer, "guide": guide}
    data: dict[str, str | int | float | None] = {"entry_id": entry.entry_id}
    _create(hass, f"{REFUSED}_{entry.entry_id}", key, placeholders, severity=ir.IssueSeverity.WARNING, data=data)


@callback
def async_solve_refusal(hass: HomeAssistant, entry_id: str) -> None:
    """Take that back."""
    ir.async_delete_issue(hass, DOMAIN, f"{REFUSED}_{entry_id}")


@callback
def async_report_renamed(hass: HomeAssistant, entry: ConfigEntry, device_id: str, *, old: str, new: str) -> None:
    """Say that a device has another name in the app."""
    data: dict[str, str | int | float | None] = {"entry_id": entry.entry_id, "device_id": device_id, "name": new}
    placeholders = {"old": old, "new": new}
    _create(hass, f"{RENAMED}_{device_id}", RENAMED, placeholders, severity=ir.IssueSeverity.WARNING, data=data)


@callback
def async_solve_renamed(hass: HomeAssistant, device_id: str) -> None:
    """Take that back."""
    ir.async_delete_issue(hass, DOMAIN, f"{RENAMED}_{device_id}")


@callback
def async_report_gone(hass: HomeAssistant, entry: ConfigEntry, device_id: str, name: str) -> None:
    """Say that the account has a device no more."""
    data: dict[str, str | int | float | None] = {"entry_id": entry.entry_id, "device_id": device_id}
    _create(hass, f"{GONE}_{device_id}", GONE, {"name": name}, severity=ir.IssueSeverity.WARNING, data=data)


@callback
def async_solve_gone(hass: HomeAssistant, device_id: str) -> None:
    """Take that back."""
    ir.async_delete_issue(hass, DOMAIN, f"{GONE}_{device_id}")


@callback
def async_solve_account(hass: HomeAssistant, entry_id: str, device_id: str | None = None) -> None:
    """Take back everything that the cloud said of an entry, or of one device of it."""
    for (domain, issue_id), issue in list(ir.async_get(hass).issues.items()):
        if domain != DOMAIN or issue.data is None or issue.data.get("entry_id") != entry_id:
            continue
        if issue_id.startswith(_OF_THE_CLOUD) and device_id in {None, issue.data.get("device_id")}:
            ir.async_delete_issue(hass, DOMAIN, issue_id)


@callback
def is_gone(hass: HomeAssistant, device_id: str) -> bool:
    """Return whether it was said that the account has a device no more."""
    return ir.async_get(hass).async_get_issue(DOMAIN, f"{GONE}_{device_id}") is not None


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
            _create(self._hass, issue_id, self._trouble, {"name": self._name}, severity=ir.IssueSeverity.WARNING)

    def _solve(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        elif self._trouble is not None:
            ir.async_delete_issue(self._hass, DOMAIN, f"{self._trouble}_{self._device_id}")
        self._trouble = None


def _create(
    hass: HomeAssistant,
    issue_id: str,
    key: str,
    placeholders: dict[str, str],
    *,
    severity: ir.IssueSeverity,
    data: dict[str, str | int | float | None] | None = None,
) -> None:
    """Raise an issue; what `data` belongs to has a flow in `repairs`."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        data=data,
        is_fixable=data is not None,
        severity=severity,
        translation_key=key,
        translation_placeholders=placeholders,
    )
