import ast
from collections.abc import Callable
import json
from pathlib import Path
from typing import Any

from homeassistant.util.yaml import load_yaml_dict
import pytest

PACKAGE = Path(__file__).parent.parent / "custom_components" / "localtuya"
RULES: dict[str, Any] = load_yaml_dict(str(PACKAGE / "quality_scale.yaml"))["rules"]
MANIFEST = json.loads((PACKAGE / "manifest.json").read_text())
ALL_RULES = """
action-setup appropriate-polling brands common-modules config-flow-test-coverage config-flow dependency-transparency
docs-actions docs-conditions docs-high-level-description docs-installation-instructions docs-removal-instructions
docs-triggers entity-event-setup entity-unique-id has-entity-name runtime-data test-before-configure test-before-setup
unique-config-entry action-exceptions config-entry-unloading docs-configuration-parameters
docs-installation-parameters entity-unavailable integration-owner log-when-unavailable parallel-updates
reauthentication-flow test-coverage devices diagnostics discovery-update-info discovery docs-data-update docs-examples
docs-known-limitations docs-supported-devices docs-supported-functions docs-troubleshooting docs-use-cases
dynamic-devices entity-category entity-device-class entity-disabled-by-default entity-translations
exception-translations icon-translations reconfiguration-flow repair-issues stale-devices async-dependency
inject-websession strict-typing
""".split()  # noqa: SIM905 - readable


def _functions(path: str) -> set[str]:
    nodes = ast.walk(ast.parse((PACKAGE / path).read_text()))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def _done(rule: str) -> bool:
    value = RULES[rule]
    return (value if isinstance(value, str) else value["status"]) == "done"


def _platforms() -> list[Path]:
    return [path for path in PACKAGE.glob("*.py") if "async_setup_entry = " in path.read_text()]


def test_every_rule_is_there() -> None:
    assert len(ALL_RULES) == 54
    assert sorted(RULES) == sorted(ALL_RULES)


@pytest.mark.parametrize(("rule", "value"), RULES.items())
def test_a_rule_has_a_status_and_an_exemption_its_reason(rule: str, value: object) -> None:
    match value:
        case "done" | "todo":
            return
        case {"status": "done" | "todo" | "exempt", "comment": str(comment), **rest}:
            assert comment.strip()
            assert not rest
        case _:
            pytest.fail(f"{rule}: {value}")


CLAIMS: dict[str, Callable[[], bool]] = {
    "brands": (PACKAGE / "brand" / "icon.png").exists,
    "common-modules": lambda: (PACKAGE / "coordinator.py").exists() and (PACKAGE / "entity.py").exists(),
    "config-flow": lambda: "async_step_user" in _functions("config_flow.py"),
    "config-entry-unloading": lambda: "async_unload_entry" in _functions("__init__.py"),
    "dynamic-devices": lambda: "async_step_integration_discovery" in _functions("flow/discovered.py"),
    "stale-devices": lambda: "async_step_remove" in _functions("repairs.py"),
    "diagnostics": lambda: "async_get_config_entry_diagnostics" in _functions("diagnostics.py"),
    "integration-owner": lambda: bool(MANIFEST["codeowners"]),
    "parallel-updates": lambda: all("\nPARALLEL_UPDATES = " in path.read_text() for path in _platforms()),
    "reauthentication-flow": lambda: "async_step_reauth" in _functions("flow/renewal.py"),
    "reconfiguration-flow": lambda: "async_step_reconfigure" in _functions("flow/renewal.py"),
    "repair-issues": lambda: (
        "async_create_issue" in (PACKAGE / "issues.py").read_text()
        and "async_create_fix_flow" in _functions("repairs.py")
    ),
    "icon-translations": (PACKAGE / "icons.json").exists,
    "strict-typing": (PACKAGE / "py.typed").exists,
    "unique-config-entry": lambda: "_abort_if_unique_id_configured" in (PACKAGE / "flow/joining.py").read_text(),
    "has-entity-name": lambda: "_attr_has_entity_name = True" in (PACKAGE / "entity.py").read_text(),
    "runtime-data": lambda: "entry.runtime_data = " in (PACKAGE / "__init__.py").read_text(),
    "inject-websession": lambda: "async_get_clientsession" in (PACKAGE / "account.py").read_text(),
}


@pytest.mark.parametrize("rule", CLAIMS)
def test_what_is_claimed_is_there(rule: str) -> None:
    assert _done(rule)
    assert CLAIMS[rule]()
