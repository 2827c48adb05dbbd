"""What was pasted into the form of an account: cleaned of what copying adds, and refused where it cannot be right."""

from collections.abc import Mapping
import re
from typing import Any, Final
import unicodedata

from homeassistant.const import CONF_CLIENT_ID

from ..const import CONF_CLIENT_SECRET, CONF_USER_ID

_AROUND: Final = re.compile(r"^[^\w-]+|[^\w-]+$")
"""Quotes, commas and the like: no value begins or ends with one."""
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Categories of characters that nobody sees: control and format characters, blanks of any width, line ends."""
_PHONE: Final = re.compile(r"\+?\d{6,15}")

ID_LENGTH: Final = 20
SECRET_LENGTH: Final = 32
_ID: Final = re.compile(r"[0-9A-Za-z_-]{10,31}")
"""More than Tuya gives out, which is 20 small letters and digits: what could be one is left to the cloud to judge."""
_SECRET: Final = re.compile(r"[0-9A-Za-z_-]{16,64}")

ANCHORS: Final = {
    "swapped": "client-id-and-client-secret",
    "invalid_client_id": "client-id-and-client-secret",
    "invalid_client_secret": "client-id-and-client-secret",
    "developer_uid": "uid",
    "app_login": "uid",
    "no_devices": "no-devices",
    "elsewhere": "data-center",
}
"""The paragraphs of docs/tuya_project.md for the errors that are found here, not by the cloud."""


def cleaned(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed without blanks, line ends and other invisible characters, and without quotes around it."""
    return {key: _cleaned(value) if isinstance(value, str) else value for key, value in typed.items()}


def mistakes(typed: Mapping[str, Any]) -> dict[str, str]:
    """Return the errors by field of what cannot be right, whatever the cloud would say."""
    client_id, secret = typed[CONF_CLIENT_ID], typed[CONF_CLIENT_SECRET]
    if len(client_id) == SECRET_LENGTH and len(secret) == ID_LENGTH:
        return {CONF_CLIENT_ID: "swapped"}
    errors = {}
    if not _ID.fullmatch(client_id):
        errors[CONF_CLIENT_ID] = "invalid_client_id"
    if not _SECRET.fullmatch(secret):
        errors[CONF_CLIENT_SECRET] = "invalid_client_secret"
    user_id = typed.get(CONF_USER_ID, "")
    if re.match(r"bay\d", user_id):
        errors[CONF_USER_ID] = "developer_uid"
    elif "@" in user_id or _PHONE.fullmatch(user_id):
        errors[CONF_USER_ID] = "app_login"
    return errors


def exchanged(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed with Client ID and Client Secret in each other's place."""
    return {**typed, CONF_CLIENT_ID: typed[CONF_CLIENT_SECRET], CONF_CLIENT_SECRET: typed[CONF_CLIENT_ID]}


def _cleaned(text: str) -> str:
    return _AROUND.sub("", "".join(char for char in text if unicodedata.category(char) not in _INVISIBLE))
