"""OUT.json: every node's points, total, place, grade and derivation, per unit; byte-equal for equal facts."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine import VERSION
from engine.exact import Exact
from engine.explain import Derivation, Explainer
from engine.facts import Status
from engine.language.scheme import Scheme
from engine.score.awards import Distribution
from engine.score.distributing import cents
from engine.score.result import NOT_GRADED, Graded, NodeResult, Outcome, SetResult
from engine.show import decimals, fixed, shifted
from scoring.outputs.filled import Filled, filled


def exact_number(value: Fraction | None) -> str | None:
    """A number as text without loss: `87.35`, or `2/3` where it never ends."""
    if value is None:
        return None
    places = decimals(value)
    return f"{value.numerator}/{value.denominator}" if places is None else fixed(value, places)


def exact_numbers(values: Exact) -> list[str]:
    """The numbers of a column as text without loss."""
    if not isinstance(values.den, int) or str(values.den).rstrip("0") != "1":
        return [exact_number(value) or "" for value in values.fractions()]
    places = len(str(values.den)) - 1
    return [shifted(number, places) for number in values.num.tolist()]


def as_document(scheme: Scheme, outcome: Outcome) -> dict[str, Any]:
    """The whole result as plain data; numbers are text, so that no reader rounds them."""
    return {
        "scheme": scheme.code,
        "scheme_sha256": scheme.sha256,
        "evaluation": outcome.plan.code,
        "engine": VERSION,
        "units": [
            _unit(outcome, result, row, explainer)
            for result in outcome.sets
            for explainer in [Explainer(outcome, result)]
            for row in range(len(result.units))
        ],
        "filled": [_filled(one) for one in filled(outcome)],
        "distributions": {one.use.code: _distribution(one) for one in outcome.distributions},
    }


def write_document(path: Path, scheme: Scheme, outcome: Outcome) -> None:
    """Write the document as UTF-8 JSON with sorted keys."""
    text = json.dumps(as_document(scheme, outcome), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _unit(outcome: Outcome, result: SetResult, row: int, explainer: Explainer) -> dict[str, Any]:
    unit = result.units[row]
    return {
        "code": unit.code,
        "name": unit.name,
        "set": result.plan.code,
        "category": unit.category,
        "parent": unit.parent or None,
        "listed_separately": unit.listed_separately,
        "base": exact_number(result.base[row]),
        "bonus": exact_number(result.bonuses[row].total),
        "deductions": exact_number(result.deductions[row].total),
        "total": exact_number(result.total[row]),
        "place": int(result.place[row]) or None,
        **_grades(result.main, row),
        "also_graded": {code: _grades(graded, row) for code, graded in result.also.items()},
        "uses": {code: values[row] for code, values in result.uses.items()},
        "nodes": {node.node.code: _node(node, row) for node in result.nodes()},
        "derivation": _derivation(explainer.total(row)),
    }


def _grades(graded: Graded, row: int) -> dict[str, str | None]:
    """The earned and the final grade; null where there is none."""
    both = {"grade_earned": int(graded.earned[row]), "grade": int(graded.grade[row])}
    return {key: None if grade == NOT_GRADED else graded.scale.grades[grade].name for key, grade in both.items()}


def _distribution(one: Distribution) -> dict[str, Any]:
    return {
        "pool": cents(one.pool),
        "units": [
            {
                "code": share.unit.code,
                "weight": exact_number(share.weight),
                "amount": cents(share.amount),
                "persons": [{"code": person.code, "amount": cents(part)} for person, part in share.persons],
            }
            for share in one.shares
        ],
    }


def _filled(one: Filled) -> dict[str, str | None]:
    return {
        "unit": one.unit.code,
        "indicator": one.node.code,
        "slot": one.slot or None,
        "own": one.item or None,
        "why": one.why.name.lower(),
        "way": one.way,
        "points": exact_number(one.points),
    }


def _node(node: NodeResult, row: int) -> dict[str, Any]:
    counts = node.status[row] == Status.GIVEN
    return {
        "full_marks": exact_number(node.full[row]),
        "points": exact_number(node.points[row]) if counts else None,
        "status": Status(int(node.asked[row])).name.lower(),
    }


def _derivation(derivation: Derivation) -> dict[str, Any]:
    return {
        "code": derivation.code,
        "name": derivation.name,
        "full_marks": exact_number(derivation.full),
        "exact": exact_number(derivation.exact),
        "points": exact_number(derivation.points),
        "brings": exact_number(derivation.brings),
        "lines": {"zh": [line.zh for line in derivation.lines], "en": [line.en for line in derivation.lines]},
        "children": [_derivation(child) for child in derivation.children],
    }
