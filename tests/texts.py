"""Whether every text that a flow asks for is there, after core's check of translations, for subentry flows too."""

from collections.abc import Mapping
import json
from pathlib import Path
import re
from typing import Any

from homeassistant.components.repairs import RepairsFlow
from homeassistant.config_entries import OptionsFlow
from homeassistant.data_entry_flow import FlowHandler, FlowManager, FlowResultType
from homeassistant.helpers import issue_registry as ir
import pytest

TEXTS: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "custom_components/localtuya/translations/en.json").read_text()
)
_PLACEHOLDER = re.compile(r"{(\w+)}")


@pytest.fixture
def texts_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a flow's step that has no text, or a text whose placeholders are not given."""
    handle = FlowManager._async_handle_step

    async def checked(
        self: FlowManager[Any, Any, Any], flow: FlowHandler[Any, Any, Any], step_id: str, user_input: Any
    ) -> Any:
        issue = (
            ir.async_get(flow.hass).async_get_issue(str(flow.handler), flow.issue_id)
            if isinstance(flow, RepairsFlow)
            else None
        )
        result = await handle(self, flow, step_id, user_input)
        match flow.handler:
            case (str(), str(kind)):
                missing = lacking(TEXTS["config_subentries"][kind], result)
            case "localtuya" if isinstance(flow, RepairsFlow):
                assert issue is not None
                missing = lacking(TEXTS["issues"][issue.translation_key]["fix_flow"], result)
            case "localtuya":
                missing = lacking(TEXTS["config"], result)
            case str() if isinstance(flow, OptionsFlow):
                missing = lacking(TEXTS["options"], result)
            case _:
                missing = []
        assert not missing, f"step {step_id}: {missing}"
        return result

    monkeypatch.setattr(FlowManager, "_async_handle_step", checked)


def lacking(texts: Mapping[str, Any], result: Mapping[str, Any]) -> list[str]:
    """Return what a result of a flow lacks in its texts."""
    placeholders = result.get("description_placeholders") or {}
    match result["type"]:
        case FlowResultType.FORM:
            wanted = _form(result)
        case FlowResultType.MENU:
            step = f"step.{result['step_id']}"
            wanted = [f"{step}.title", *(f"{step}.menu_options.{option}" for option in result["menu_options"])]
        case FlowResultType.ABORT if result.get("translation_domain") != "homeassistant":
            wanted = [f"abort.{result['reason']}"]
        case FlowResultType.CREATE_ENTRY if result.get("description"):
            wanted = [f"create_entry.{result['description']}"]
        case FlowResultType.SHOW_PROGRESS:
            wanted = [f"progress.{result['progress_action']}"]
        case _:
            wanted = []
    return [path for path in wanted if not _complete(texts, path, placeholders)]


def _form(result: Mapping[str, Any]) -> list[str]:
    step = f"step.{result['step_id']}"
    fields = [str(key) for key in result["data_schema"].schema]
    return [
        f"{step}.title",
        f"{step}.description",
        *(f"{step}.{part}.{field}" for field in fields for part in ("data", "data_description")),
        *(f"error.{key}" for key in (result.get("errors") or {}).values()),
    ]


def _complete(texts: Mapping[str, Any], path: str, placeholders: Mapping[str, str]) -> bool:
    found: Any = texts
    for part in path.split("."):
        found = found.get(part, {}) if isinstance(found, Mapping) else {}
    return isinstance(found, str) and set(_PLACEHOLDER.findall(found)) <= placeholders.keys()
