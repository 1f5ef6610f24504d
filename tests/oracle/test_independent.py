"""The oracle shares no code with the engine: otherwise it would share its mistakes."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BRIDGES = {"bridge.py", "__main__.py"}
ORACLE = sorted(p for p in HERE.glob("*.py") if p.name not in BRIDGES and not p.name.startswith("test_"))


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("file", ORACLE, ids=lambda file: file.name)
def test_the_oracle_imports_only_itself_and_the_standard_library(file: Path):
    for module in imported(file):
        if module == "tests.oracle" or module.startswith("tests.oracle."):
            assert f"{module.rpartition('.')[2]}.py" not in BRIDGES
        else:
            assert module.partition(".")[0] in sys.stdlib_module_names


def test_an_import_of_the_engine_would_be_seen(tmp_path: Path):
    file = tmp_path / "one.py"
    file.write_text("def f():\n    from engine.exact import Exact\n    import engine.score\n", encoding="utf-8")
    assert imported(file) == {"engine.exact", "engine.score"}
