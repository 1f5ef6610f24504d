"""A rule is a screen, a module is a few: what is longer has stopped being read."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from engine.panels.aggregates import AGGREGATES
from engine.panels.methods import METHODS
from engine.rules.base import RULES
from engine.rules.measures import MEASURES
from engine.rules.references import REFERENCES

ENGINE = Path(__file__).resolve().parent.parent.parent / "engine"
A_SCREEN, A_MODULE = 60, 250
KINDS = [kind for family in (RULES, MEASURES, REFERENCES, METHODS, AGGREGATES) for kind in family.kinds.values()]
RULE_CLASSES = [
    (path.name, node)
    for path in sorted((ENGINE / "rules").glob("*.py"))
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.ClassDef)
]


@pytest.mark.parametrize(("file", "node"), RULE_CLASSES, ids=[f"{file}:{node.name}" for file, node in RULE_CLASSES])
def test_every_class_of_the_rules_is_shorter_than_a_screen(file, node):
    assert (node.end_lineno or 0) - node.lineno + 1 <= A_SCREEN


@pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=lambda path: str(path.relative_to(ENGINE)))
def test_no_module_of_the_engine_is_longer_than_250_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= A_MODULE


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_member_of_a_family_says_what_it_does(kind):
    assert inspect.getdoc(kind) != inspect.getdoc(kind.__mro__[1])
    assert len(inspect.getdoc(kind) or "") >= 20
