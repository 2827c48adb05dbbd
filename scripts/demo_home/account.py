"""The config flow, gone through as a new user does: credentials, devices, done."""

import asyncio
from time import monotonic
from typing import Any, Final

from scripts.demo_home.visitor import Json, Visitor, VisitorError
from tests.lab.home import Credentials

FLOWS: Final = "/api/config/config_entries/flow"
LONGEST: Final = 30.0  # seconds
_POLL: Final = 0.1


async def add_account(visitor: Visitor, credentials: Credentials) -> float:
    """Add the account with all its devices; return when (monotonic) the last form was submitted."""
    step = await visitor.post(FLOWS, {"handler": "localtuya"})
    submitted = monotonic()
    begun = submitted
    while monotonic() - begun < LONGEST:
        page = f"{FLOWS}/{step['flow_id']}"
        match step:
            case {"type": "create_entry"}:
                return submitted
            case {"type": "menu"}:
                step = await visitor.post(page, {"next_step_id": "cloud"})
            case {"type": "form"}:
                answer = _fill_in(step, credentials)
                submitted = monotonic()
                step = await visitor.post(page, answer)
            case {"type": "progress"}:
                await asyncio.sleep(_POLL)
                step = await visitor.get(page)
            case _:
                raise VisitorError(f"the config flow went astray: {step}")
    raise VisitorError(f"the config flow did not end within {LONGEST:.0f} s")


def _fill_in(form: Json, credentials: Credentials) -> Json:
    """Return the answers: the credentials, or all the devices there are."""
    if form.get("errors"):
        raise VisitorError(f"the form {form['step_id']!r} is refused: {form['errors']}")
    known = {
        "region": credentials.region,
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "user_id": credentials.user_id,
    }
    answer: Json = {}
    for row in form["data_schema"]:
        name = row["name"]
        if name in known:
            answer[name] = known[name]
        elif options := _options(row):
            answer[name] = options
    return answer


def _options(row: Json) -> list[Any]:
    """Return everything that can be ticked in a field."""
    select = row.get("selector", {}).get("select") or {}
    if not select.get("multiple"):
        return []
    return [option["value"] if isinstance(option, dict) else option for option in select["options"]]
