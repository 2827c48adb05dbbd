import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
import sys

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "custom_components" / "localtuya"
NAME = "custom_components.localtuya"
FILES = sorted(PACKAGE.rglob("*.py"))
ALLOWED = {
    "lan": {"tinytuya", "cryptography", "orjson"},
    "cloud": {"aiohttp", "orjson", "yarl"},
    "model": set(),
}
"""What a library may import beside itself and the standard library."""
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 50


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> Iterator[str]:
    """Yield the modules that are imported when this one is; an imported name counts as a module if it is one."""
    module = _module(path)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                base = ".".join(package.split(".")[: len(package.split(".")) + 1 - node.level]) if node.level else ""
                source = ".".join(filter(None, (base, node.module)))
                names = [f"{source}.{alias.name}" for alias in node.names]
                modules = [name for name in names if name in MODULES]
                yield from modules or [source]


MODULES = {_module(path) for path in FILES}


@pytest.mark.parametrize("library", ALLOWED)
def test_a_library_imports_only_what_it_may(library: str) -> None:
    allowed = ALLOWED[library] | sys.stdlib_module_names
    ours = f"{NAME}.{library}"
    strangers = {
        f"{path.name}: {imported}"
        for path in (PACKAGE / library).rglob("*.py")
        for imported in _imports(path)
        if imported != ours and not imported.startswith(f"{ours}.") and imported.split(".")[0] not in allowed
    }
    assert not strangers


def test_there_are_no_cycles() -> None:
    graph = {
        _module(path): {imported for imported in _imports(path) if imported in MODULES} - {_module(path)}
        for path in FILES
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' -> '.join(error.args[1])}")


def test_the_check_of_imports_sees_relative_ones() -> None:
    assert f"{NAME}.model.record" in set(_imports(PACKAGE / "cache.py"))
    assert f"{NAME}.cloud.rows" in set(_imports(PACKAGE / "flow" / "findings.py"))


def test_no_file_and_no_function_is_long() -> None:
    long = [
        f"{path.relative_to(PACKAGE)}: {lines} lines"
        for path in FILES
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    ]
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > MOST_LINES_OF_A_FUNCTION:
                    long.append(f"{path.relative_to(PACKAGE)} {node.name}: {lines} lines")
    assert not long
