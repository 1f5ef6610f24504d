"""Everything that the product says through gettext: read from the source, held against the catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

from tests.sample import ROOT

APPS = ("config", "evaluation", "indicators", "scoring", "appeals", "desk")
_CALLS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "pgettext": 1, "pgettext_lazy": 1}
_TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(?:gettext|ngettext|pgettext|_)\((?:{_TEXT}|\d|[,\s])+")


class Message(NamedTuple):
    """A sentence in English, its context, and where it is said."""

    context: str | None
    text: str
    where: str


def messages() -> Iterator[Message]:
    """Every sentence of the apps and the templates."""
    for file in sorted(file for app in APPS for file in (ROOT / app).rglob("*.py") if "migrations" not in file.parts):
        yield from _said_in(file.read_text(encoding="utf-8"), file)
    for file in sorted((ROOT / "templates").rglob("*.html")):
        yield from _said_in(_calls_of(file.read_text(encoding="utf-8")), file)


def _calls_of(template: str) -> str:
    """The calls that a template makes, one on a line: the rest of what `templatize` leaves is no Python."""
    found = [match.group(0).rstrip(", ") for match in _CALL.finditer(templatize(template))]
    return "\n".join(call.rstrip() + ")" for call in found)


def _said_in(source: str, file: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
            at = _CALLS[node.func.id]
            given = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if len(given) > at:
                where = f"{file.relative_to(ROOT)}:{node.lineno}"
                yield Message(given[0] if at else None, given[at], where)
