"""The forms of the config flow."""

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.const import CONF_CLIENT_ID, CONF_DEVICE_ID, CONF_HOST, CONF_NAME, CONF_REGION
from homeassistant.helpers.selector import (
    BooleanSelector,
    FileSelector,
    FileSelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import voluptuous as vol

from ..cloud.regions import REGIONS
from ..const import (
    CONF_ADDRESS_RANGES,
    CONF_ADOPT,
    CONF_CLIENT_SECRET,
    CONF_DEVICES,
    CONF_GATEWAY_ID,
    CONF_GRACE,
    CONF_LOCAL_KEY,
    CONF_NODE_ID,
    CONF_PINNED,
    CONF_PROTOCOL_VERSION,
    CONF_TEXT,
    CONF_UPLOAD,
    CONF_USER_ID,
    MOST_GRACE,
)

AUTO = "auto"
"""Find out the data center, or the protocol version."""
VERSIONS = (AUTO, "3.1", "3.2", "3.3", "3.4", "3.5")

_TEXT = TextSelector()
_SECRET = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))
_REGION = SelectSelector(
    SelectSelectorConfig(
        options=[AUTO, *(region.code for region in REGIONS)],
        mode=SelectSelectorMode.DROPDOWN,
        translation_key="region",
    )
)
_VERSION = SelectSelector(
    SelectSelectorConfig(options=list(VERSIONS), mode=SelectSelectorMode.DROPDOWN, translation_key="protocol_version")
)

CLOUD = vol.Schema(
    {
        vol.Required(CONF_REGION): _REGION,
        vol.Required(CONF_CLIENT_ID): _TEXT,
        vol.Required(CONF_CLIENT_SECRET): _SECRET,
        vol.Optional(CONF_USER_ID): _TEXT,
    }
)
REAUTH = vol.Schema({vol.Required(CONF_CLIENT_ID): _TEXT, vol.Required(CONF_CLIENT_SECRET): _SECRET})
RECONFIGURE = vol.Schema({vol.Required(CONF_REGION): _REGION}).extend(REAUTH.schema)
CONNECTION = vol.Schema(
    {
        vol.Required(CONF_LOCAL_KEY): _TEXT,
        vol.Optional(CONF_HOST): _TEXT,
        vol.Required(CONF_PROTOCOL_VERSION, default=AUTO): _VERSION,
    }
)
MANUAL = (
    vol.Schema({vol.Required(CONF_DEVICE_ID): _TEXT}).extend(CONNECTION.schema).extend({vol.Optional(CONF_NAME): _TEXT})
)
FILE = vol.Schema(
    {
        vol.Optional(CONF_UPLOAD): FileSelector(FileSelectorConfig(accept=".json,application/json")),
        vol.Optional(CONF_TEXT): TextSelector(TextSelectorConfig(multiline=True)),
    }
)
KEY = vol.Schema({vol.Required(CONF_LOCAL_KEY): _TEXT})
PLACE = CONNECTION.extend({vol.Required(CONF_PINNED, default=False): BooleanSelector()})
SETTINGS = vol.Schema(
    {
        vol.Optional(CONF_ADDRESS_RANGES): TextSelector(TextSelectorConfig(multiple=True)),
        vol.Required(CONF_GRACE): NumberSelector(
            NumberSelectorConfig(min=0, max=MOST_GRACE, step=1, unit_of_measurement="s", mode=NumberSelectorMode.BOX)
        ),
        vol.Required(CONF_ADOPT, default=False): BooleanSelector(),
    }
)


def devices(options: Iterable[tuple[str, str]], chosen: list[str]) -> vol.Schema:
    """Return the list of devices, given as id and label; the chosen ones are ticked."""
    rows = [SelectOptionDict(value=value, label=label) for value, label in options]
    selector = SelectSelector(SelectSelectorConfig(options=rows, multiple=True, mode=SelectSelectorMode.LIST))
    return vol.Schema({vol.Required(CONF_DEVICES, default=chosen): selector})


def child(gateways: Iterable[tuple[str, str]]) -> vol.Schema:
    """Return the form for a device behind one of these gateways, given as id and name."""
    rows = [SelectOptionDict(value=value, label=label) for value, label in gateways]
    selector = SelectSelector(SelectSelectorConfig(options=rows, mode=SelectSelectorMode.DROPDOWN))
    return vol.Schema(
        {
            vol.Required(CONF_GATEWAY_ID): selector,
            vol.Required(CONF_NODE_ID): _TEXT,
            vol.Required(CONF_DEVICE_ID): _TEXT,
            vol.Optional(CONF_NAME): _TEXT,
        }
    )


def accounts(options: Iterable[tuple[str, str]]) -> vol.Schema:
    """Return the linked app accounts to choose from, given as user id and label."""
    rows = [SelectOptionDict(value=value, label=label) for value, label in options]
    selector = SelectSelector(SelectSelectorConfig(options=rows, mode=SelectSelectorMode.LIST))
    return vol.Schema({vol.Required(CONF_USER_ID): selector})


def stripped(user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed without the blanks that copying leaves around it."""
    return {key: value.strip() if isinstance(value, str) else value for key, value in user_input.items()}
