"""Actions: one datapoint of a device, read and set as a whole, whichever entities there are."""

from typing import Any, cast

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_get_device_and_config_entry
import voluptuous as vol

from .const import DOMAIN
from .coordinator import DeviceCoordinator
from .devices import device_id_of
from .entity import told
from .hub import LocalTuyaConfigEntry
from .model.codes import fold, is_secret
from .model.convert.structures import structure
from .model.datapoint import Datapoint
from .model.errors import ValueRejected

GET_DATAPOINT = "get_datapoint"
SET_DATAPOINT = "set_datapoint"
ATTR_DATAPOINT = "datapoint"
ATTR_VALUE = "value"

_GET = vol.Schema({vol.Required(ATTR_DEVICE_ID): cv.string, vol.Required(ATTR_DATAPOINT): vol.Coerce(str)})
_SET = _GET.extend({vol.Required(ATTR_VALUE): object})


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    hass.services.async_register(DOMAIN, GET_DATAPOINT, _async_get, _GET, SupportsResponse.ONLY)
    hass.services.async_register(DOMAIN, SET_DATAPOINT, _async_set, _SET)


async def _async_get(call: ServiceCall) -> ServiceResponse:
    coordinator, datapoint = _meant(call)
    if is_secret(datapoint.code):
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="secret", translation_placeholders={"code": datapoint.code}
        )
    raw = coordinator.state.dps.get(datapoint.dp)
    return {"datapoint": datapoint.dp, "code": datapoint.code, ATTR_VALUE: value_of(datapoint, raw)}


async def _async_set(call: ServiceCall) -> None:
    coordinator, datapoint = _meant(call)
    with told(coordinator):
        dps = wire_of(datapoint, call.data[ATTR_VALUE], coordinator.state.dps.get(datapoint.dp))
        await coordinator.async_send(dps, optimistic=datapoint.readable)


def value_of(datapoint: Datapoint, raw: object) -> Any:
    """Return what a datapoint says: decoded as far as it can be, bytes of no known layout as hex digits."""
    point = structure(datapoint)
    if raw is None or (point is not None and (known := point.decode(raw)) is not None):
        return None if raw is None else known
    plain = datapoint.decode(raw)
    return plain.hex() if isinstance(plain, bytes) else plain


def wire_of(datapoint: Datapoint, value: object, raw: object) -> dict[str, object]:
    """Return the datapoint to send for a value, given what stands now; raise ValueRejected."""
    if (point := structure(datapoint)) is not None:
        return point.write(value, {datapoint.dp: raw})
    if not datapoint.writable:
        raise ValueRejected(datapoint.code, value, "nothing: it can only be read")
    return {datapoint.dp: datapoint.encode(value)}


def _meant(call: ServiceCall) -> tuple[DeviceCoordinator, Datapoint]:
    """Return the datapoint that is meant, by number or code, and its device; raise ServiceValidationError."""
    device, entry = async_get_device_and_config_entry(call.hass, DOMAIN, call.data[ATTR_DEVICE_ID])
    coordinators = cast("LocalTuyaConfigEntry", entry).runtime_data.coordinators
    coordinator = coordinators.get(device_id_of(device) or "")
    wanted = call.data[ATTR_DATAPOINT]
    schema = coordinator.plan.schema if coordinator else ()
    found = next((each for each in schema if wanted == each.dp or fold(wanted) == fold(each.code)), None)
    if coordinator is None or found is None:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="no_datapoint",
            translation_placeholders={"device": device.name_by_user or device.name or "", "datapoint": wanted},
        )
    return coordinator, found
