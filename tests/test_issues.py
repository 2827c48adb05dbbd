from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed
import voluptuous as vol

from custom_components.localtuya.cloud.errors import FAULTS, CloudClockError, CloudSetupError, Fault, error_of
from custom_components.localtuya.const import DOMAIN
from custom_components.localtuya.issues import (
    _TROUBLE,
    REFUSALS,
    REFUSED_OTHERWISE,
    Complaints,
    async_report_key_rejected,
    async_report_refusal,
)
from custom_components.localtuya.lan.endpoint import LinkState

from .texts import TEXTS, lacking

ROWS = [(state, key, patience) for state, (key, patience) in _TROUBLE.items()]


@pytest.fixture
def complaints(hass: HomeAssistant) -> Complaints:
    return Complaints(hass, "plug", "Kitchen plug")


def _issues(hass: HomeAssistant) -> set[str]:
    return {issue_id for domain, issue_id in ir.async_get(hass).issues if domain == DOMAIN}


async def _wait(hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float) -> None:
    freezer.tick(timedelta(seconds=seconds))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()


@pytest.mark.parametrize("row", ROWS)
async def test_what_lasts_is_said_and_taken_back(
    hass: HomeAssistant,
    complaints: Complaints,
    freezer: FrozenDateTimeFactory,
    row: tuple[LinkState, str, float],
) -> None:
    state, key, patience = row
    complaints.async_take(state)
    await _wait(hass, freezer, patience - 2)
    complaints.async_take(LinkState.CONNECTING)
    complaints.async_take(state)
    assert _issues(hass) == set()
    await _wait(hass, freezer, 4)
    assert _issues(hass) == {f"{key}_plug"}
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"{key}_plug")
    assert issue is not None
    assert issue.translation_key == key
    assert issue.translation_placeholders == {"name": "Kitchen plug"}
    assert issue.severity is ir.IssueSeverity.WARNING
    assert not issue.is_fixable
    assert "{name}" in TEXTS["issues"][key]["title"]

    complaints.async_take(LinkState.QUIET)
    assert _issues(hass), "on the way to another state nothing is solved"
    complaints.async_take(LinkState.LIVE)
    assert _issues(hass) == set()
    await _wait(hass, freezer, 2 * patience)
    assert _issues(hass) == set()


async def test_what_passes_is_not_said(
    hass: HomeAssistant, complaints: Complaints, freezer: FrozenDateTimeFactory
) -> None:
    complaints.async_take(LinkState.WEDGED)
    await _wait(hass, freezer, 60)
    complaints.async_take(LinkState.LIVE)
    complaints.async_take(LinkState.WEDGED)
    await _wait(hass, freezer, 100)
    assert _issues(hass) == set()
    await _wait(hass, freezer, 30)
    assert _issues(hass) == {"wedged_plug"}


async def test_one_trouble_takes_the_place_of_another(
    hass: HomeAssistant, complaints: Complaints, freezer: FrozenDateTimeFactory
) -> None:
    complaints.async_take(LinkState.WEDGED)
    await _wait(hass, freezer, 130)
    complaints.async_take(LinkState.HELD)
    assert _issues(hass) == set()
    await _wait(hass, freezer, 610)
    assert _issues(hass) == {"held_plug"}
    complaints.async_take(LinkState.UNREACHABLE)
    assert _issues(hass) == set(), "a device without power is not held"


async def test_the_end_takes_everything_back(
    hass: HomeAssistant, complaints: Complaints, freezer: FrozenDateTimeFactory
) -> None:
    complaints.async_take(LinkState.WEDGED)
    await _wait(hass, freezer, 130)
    async_report_key_rejected(hass, MockConfigEntry(), "plug", "Kitchen plug", cloud=True)
    assert _issues(hass) == {"wedged_plug", "key_rejected_plug"}
    complaints.async_close()
    assert _issues(hass) == set()
    complaints.async_take(LinkState.WEDGED)
    complaints.async_close()
    await _wait(hass, freezer, 130)
    assert _issues(hass) == set()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.code))
def test_every_code_that_its_owner_can_cure_has_steps_of_its_own(fault: Fault) -> None:
    if issubclass(fault.error, CloudSetupError | CloudClockError):
        assert error_of(fault.code).key in REFUSALS


@pytest.mark.parametrize("key", [*REFUSALS, "something new"])
async def test_the_steps_are_complete(hass: HomeAssistant, key: str) -> None:
    entry = MockConfigEntry(title="Tuya")
    async_report_refusal(hass, entry, CloudSetupError(28841002, key=key))
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"cloud_{entry.entry_id}")
    assert issue is not None
    assert issue.translation_key == REFUSALS.get(key, REFUSED_OTHERWISE)
    form = {"type": FlowResultType.FORM, "step_id": "confirm", "data_schema": vol.Schema({})}
    form |= {"errors": {"base": "still_refused"}, "description_placeholders": issue.translation_placeholders}
    assert lacking(TEXTS["issues"][issue.translation_key]["fix_flow"], form) == []
