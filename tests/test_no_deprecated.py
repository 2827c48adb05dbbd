import ast
from functools import partial
import logging
from pathlib import Path

from homeassistant.helpers.frame import ReportBehavior, report_usage
import pytest

from .deprecation import deprecated_calls

PACKAGE = Path(__file__).parent.parent / "custom_components" / "localtuya"
GIVEN_UP = {
    "async_get_device",
    "async_update_reload_and_abort",
    "async_forward_entry_setup",
    "via_device",
    "show_advanced_options",
}
"""Names that Home Assistant has given up, or gives up where an entry has an update listener."""


def test_names_that_are_given_up_are_not_used() -> None:
    used = {
        f"{path.name}: {name}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in _names(node)
        if name in GIVEN_UP
    }
    assert not used


@pytest.mark.usefixtures("hass")
def test_the_log_check_sees_what_home_assistant_says(caplog: pytest.LogCaptureFixture) -> None:
    given_up = partial(report_usage, "does what nobody should", core_behavior=ReportBehavior.LOG)
    ours = compile("given_up()", str(PACKAGE / "hub.py"), "exec")
    exec(ours, {"given_up": given_up})  # noqa: S102 - a call that comes from our file
    assert deprecated_calls(caplog.records)
    caplog.clear()
    logging.getLogger(__name__).warning("Detected nothing")
    assert not deprecated_calls(caplog.records)


def _names(node: ast.AST) -> list[str]:
    match node:
        case ast.Attribute():
            return [node.attr]
        case ast.Name():
            return [node.id]
        case ast.keyword():
            return [node.arg or ""]
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom():
            return [node.module or "", *(alias.name for alias in node.names)]
        case _:
            return []
