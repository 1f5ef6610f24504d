"""A scheme's text → the checked scheme, or every problem with its line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from engine.grammar.source import read_source
from engine.language.lint import lint
from engine.language.messages import problems_of
from engine.language.model import SchemeFile
from engine.language.prune import prune
from engine.language.resolve import resolve
from engine.language.scheme import Scheme
from engine.text import Problem, Problems


@cache
def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scheme file, for editors."""
    return SchemeFile.model_json_schema()


@cache
def _words() -> frozenset[str]:
    return frozenset(_properties(json_schema()))


def _properties(schema: Any) -> Iterator[str]:
    """Every key that the language knows anywhere."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _properties(inner)


def read_scheme(text: str, file: str) -> Scheme:
    """Parse and check a rule book.

    Args:
        text: the YAML of the file.
        file: its name, for the places of problems.

    Raises:
        Problems: everything that is wrong, each with file and line.
    """
    data, problems = read_source(text, file)
    if data is None:
        raise Problems(problems)
    written = _written(data, file, problems)
    plans = tuple(resolve(evaluation) for evaluation in written.evaluations) if written else ()
    problems += lint(written, plans, file) if written else []
    if problems or not written:
        raise Problems(sorted(dict.fromkeys(problems), key=lambda problem: problem.place))
    return Scheme(written.scheme, written.title, written.source, sha256(text.encode()).hexdigest(), plans)


def _written(data: Any, file: str, problems: list[Problem]) -> SchemeFile | None:
    """What the file says, or as much of it as can be read; its mistakes of grammar go to the problems."""
    try:
        return SchemeFile.model_validate(data)
    except ValidationError as error:
        problems += problems_of(error.errors(include_url=False), data, file, _words())
        return prune(data, error)
