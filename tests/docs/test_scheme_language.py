"""Every example of docs/scheme-language.md does what the document says. Its points were worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.facts import Status
from engine.language.scheme import EvaluationPlan
from engine.score import score
from engine.score.result import SetResult
from engine.text import Problems
from tests.docs.examples import DOCUMENT, Example, examples, is_result

ALL = examples(DOCUMENT.read_text(encoding="utf-8"))
SCORED = [example for example in ALL if example.kind == "example"]
REFUSED = [example for example in ALL if example.kind == "refused"]


def _named(chosen: list[Example]) -> list:
    return [pytest.param(example, id=example.name) for example in chosen]


def test_examples_have_names_of_their_own():
    names = [example.name for example in ALL]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("example", _named(SCORED))
def test_an_example_earns_what_the_document_says(example: Example):
    plan = example.plan()
    facts = example.facts(plan)
    stopping = {row["unit"] for row in example.units if "stops" in row.values()}
    if stopping:
        with pytest.raises(Problems) as stopped:
            score(plan, facts)
        said = str(stopped.value)
        assert {row["unit"] for row in example.units if row["unit"] in said} == stopping
        return
    outcome = score(plan, facts)
    found, expected = [], []
    for row in example.units:
        result, number = outcome.find(row["unit"])
        headers = [header for header in row if is_result(header)]
        assert headers
        expected.append({header: _expected(header, row[header]) for header in headers})
        found.append({header: _found(header, plan, result, number) for header in headers})
    assert found == expected


@pytest.mark.parametrize("example", _named(REFUSED))
def test_a_wrong_scheme_is_refused_for_the_reason_of_the_document(example: Example):
    with pytest.raises(Problems) as refused:
        example.plan()
    (problem,) = refused.value.found
    assert example.said in problem.what.en


def _expected(header: str, cell: str) -> Fraction | str:
    is_number = header.split()[0] not in ("grade", "gives") and cell not in ("", "不涉及")
    return Fraction(cell) if is_number else cell


def _found(header: str, plan: EvaluationPlan, result: SetResult, row: int) -> Fraction | str:
    what, _, code = header.partition(" ")
    if what == "points":
        return _points(code, result, row)
    if what == "grade":
        return (result.also[code] if code else result.main).final(row).zh
    if what == "gives":
        return result.uses[code][row] or ""
    if what == "place":
        return Fraction(int(result.place[row])) if result.place[row] else ""
    extras = {"bonus": result.bonuses, "deductions": result.deductions}
    return extras[what][row].total if what in extras else result.total[row]


def _points(code: str, result: SetResult, row: int) -> Fraction | str:
    nodes = {node.node.code: node for node in result.nodes() if node.node.code != "everything"}
    node = nodes[code] if code else next(iter(nodes.values()))
    return {Status.GIVEN: node.points[row], Status.NOT_APPLICABLE: "不涉及"}.get(Status(node.status[row]), "")
