"""The account: Tuya's OpenAPI, read for keys and schemas. Knows neither Home Assistant nor the local network."""

from .client import CloudClient
from .errors import (
    CloudAuthError,
    CloudBusy,
    CloudClockError,
    CloudError,
    CloudRefused,
    CloudSetupError,
    CloudTokenError,
    CloudUnreachable,
)
from .ledger import Cause, Ledger, because
from .regions import REGIONS, Region, base_url, region, region_of_user
from .roll import Roll
from .rows import CloudDevice, FactoryInfo, Instruction, Property, ShadowValue, Specification

__all__ = [
    "REGIONS",
    "Cause",
    "CloudAuthError",
    "CloudBusy",
    "CloudClient",
    "CloudClockError",
    "CloudDevice",
    "CloudError",
    "CloudRefused",
    "CloudSetupError",
    "CloudTokenError",
    "CloudUnreachable",
    "FactoryInfo",
    "Instruction",
    "Ledger",
    "Property",
    "Region",
    "Roll",
    "ShadowValue",
    "Specification",
    "base_url",
    "because",
    "region",
    "region_of_user",
]
