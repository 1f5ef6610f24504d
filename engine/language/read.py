"""A scheme's text → the checked scheme, or every problem with its line."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from engine.language.lint import lint
from engine.language.messages import problems_of
from engine.language.model import SchemeFile
from engine.language.prune import prune
from engine.language.resolve import resolve
from engine.language.source import read_source
from engine.scheme import EvaluationPlan, Scheme
from engine.text import Problem, Problems


@cache
def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scheme file, for editors."""
    return SchemeFile.model_json_schema()


@cache
def _words() -> frozenset[str]:
    models = [json_schema(), *json_schema()["$defs"].values()]
    return frozenset(key for model in models for key in model.get("properties", {}))


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
    try:
        written = SchemeFile.model_validate(data)
    except ValidationError as error:
        problems += problems_of(error, data, file, _words())
        rest, touched = prune(data, error)
        if rest is not None:
            problems += [found for found in _check(rest, file)[1] if found.place.row not in touched]
        raise Problems(sorted(problems, key=lambda problem: problem.place)) from None
    plans, found = _check(written, file)
    if problems or found:
        raise Problems(problems + found)
    return Scheme(written.scheme, written.title, written.source, sha256(text.encode()).hexdigest(), plans)


def _check(written: SchemeFile, file: str) -> tuple[tuple[EvaluationPlan, ...], list[Problem]]:
    plans = tuple(resolve(evaluation) for evaluation in written.evaluations)
    return plans, lint(written, plans, file)
