"""Whether units meet conditions: no veto, enough points at a node, a good enough grade in another evaluation."""

from __future__ import annotations

import numpy as np

from engine.exact import Exact, Mask
from engine.facts import OtherResult
from engine.grammar.walk import inside
from engine.language.conditions import Condition, NodeReached, OtherGrade
from engine.language.model import Evaluation
from engine.score.context import Context
from engine.score.result import Basis
from engine.text import Place, Problem, Text

_NO_RESULT = Text(
    "单位“{unit}”没有“{special}”的等次（专项结果表）；没有参加的，总分填 不涉及",
    'the unit "{unit}" has no grade in "{special}" (sheet Other results); n/a as its total if it took no part',
)


def meets(conditions: tuple[Condition, ...] | None, basis: Basis) -> Mask:
    """Which units meet all of the conditions; without conditions everybody does."""
    found = np.ones(len(basis.units), dtype=bool)
    for condition in conditions or ():
        found &= _meets(condition, basis)
    return found


def unmet(conditions: tuple[Condition, ...] | None, basis: Basis, row: int) -> list[Condition]:
    """The conditions that a unit fails, in their order."""
    return [condition for condition in conditions or () if not _meets(condition, basis)[row]]


def _meets(condition: Condition, basis: Basis) -> Mask:
    if isinstance(condition, NodeReached):
        return _reached(condition, basis)
    if isinstance(condition, OtherGrade):
        return np.array([_graded(condition, basis, unit.code) for unit in basis.units], dtype=bool)
    return ~basis.vetoed


def _reached(condition: NodeReached, basis: Basis) -> Mask:
    """A node that does not count for a unit asks nothing of it."""
    node = basis.nodes.get(condition.node)
    if node is None:
        return np.ones(len(basis.units), dtype=bool)
    least = condition.at_least
    line = node.full * least.amount if least.relative else Exact.same(least.amount, len(node.full))
    return (node.points >= line) | ~node.counts()


def _graded(condition: OtherGrade, basis: Basis, unit: str) -> bool:
    found = basis.others.get((unit, condition.evaluation))
    if found is None or found == OtherResult():
        return True  # told by `refuse_unknown`, or it took no part
    grades = basis.special[condition.evaluation].grades
    return found.grade in grades[: grades.index(condition.grade) + 1]


def refuse_unknown(evaluation: Evaluation, basis: Basis, context: Context) -> None:
    """Stop the run for units whose grade in another evaluation a condition asks for, and nobody has told."""
    conditions = inside(evaluation, OtherGrade) if evaluation.special else ()
    for code in dict.fromkeys(condition.evaluation for condition in conditions):
        for unit in basis.units:
            found = basis.others.get((unit.code, code))
            if found is None or (found.total is not None and not found.grade):
                said = _NO_RESULT.format(unit=f"{unit.code} {unit.name}", special=evaluation.special[code].name)
                context.problems.append(Problem(Place(), said))
