"""Tuya's seven data centers; an account, its devices and a project's calls each live in one of them."""

from dataclasses import dataclass, field
import os
import re
from typing import Final

OVERRIDE: Final = "LOCALTUYA_OPENAPI_URL"
"""Environment variable whose URL, when set, stands for every data center: demo and tests point it to the loopback.

Several, like `eu=http://127.0.0.1:8080,us=http://127.0.0.1:8081`, stand for one data center each.
"""

_SINGLE: Final = re.compile(r"([a-z]{2})=([^,]+)")


@dataclass(frozen=True, slots=True)
class Region:
    """One data center; `aliases` are what other programs and older entries call it."""

    code: str
    name: str = field(kw_only=True)
    url: str = field(kw_only=True)
    aliases: tuple[str, ...] = field(kw_only=True, default=())
    continent: str = field(kw_only=True)
    """The data centers of one continent give out user ids with the same beginning."""


REGIONS: Final = (
    Region("cn", name="China", url="https://openapi.tuyacn.com", aliases=("ay",), continent="cn"),
    Region("us", name="Western America", url="https://openapi.tuyaus.com", aliases=("az",), continent="us"),
    Region(
        "ue",
        name="Eastern America",
        url="https://openapi-ueaz.tuyaus.com",
        aliases=("ea", "us-e", "ueaz"),
        continent="us",
    ),
    Region("eu", name="Central Europe", url="https://openapi.tuyaeu.com", continent="eu"),
    Region(
        "we", name="Western Europe", url="https://openapi-weaz.tuyaeu.com", aliases=("eu-w", "weaz"), continent="eu"
    ),
    Region("in", name="India", url="https://openapi.tuyain.com", continent="in"),
    Region("sg", name="Singapore", url="https://openapi-sg.iotbing.com", continent="sg"),
)


def region(code: str) -> Region:
    """Return the data center of a code or alias, in any case; raise ValueError if there is none."""
    wanted = code.strip().lower()
    for row in REGIONS:
        if wanted == row.code or wanted in row.aliases:
            return row
    raise ValueError(f"no data center is called {code!r}")


def base_url(code: str) -> str:
    """Return the URL of a data center's API, without a slash at the end; raise ValueError for an unknown code."""
    row = region(code)
    override = os.environ.get(OVERRIDE, "")
    singles = dict(_SINGLE.findall(override))
    return (singles.get(row.code, row.url) if singles else override or row.url).rstrip("/")


def region_of_user(user_id: str) -> Region | None:
    """Return the data center that a user id names in its first two letters (`eu1679928018454AbCdE`), None if none."""
    head, number = user_id[:2], user_id[2:15]
    if len(number) < 13 or not number.isdecimal():
        return None
    try:
        return region(head)
    except ValueError:
        return None
