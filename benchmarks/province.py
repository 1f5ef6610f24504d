"""A province drawn from a seed: one scheme and the columns of its units, 5 % of them without a value."""

from __future__ import annotations

import numpy as np

from engine.exact import Exact
from engine.facts import Column, EvaluatedUnit, Facts, Key, SetFacts, Status
from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan

_HEAD = """
language: 1
scheme: province
title: 基准
source: 基准
evaluations:
- code: annual
  title: 基准
  full_marks: {full}
  rounding: {{leaf: 2, node: 2, panel: 2, total: 2}}
  not_applicable: renormalise
  missing: zero
  collectors: [统计局]
  sets: {{all: {{name: 全部, categories: {categories}}}}}
  grades: [{{name: 优秀, from: 90%}}, {{name: 合格}}]
  indicators:
"""
LEAF = "  - {{code: l{n}, name: 指标{n}, full_marks: 10, collector: 统计局, {fact}rule: {rule}}}\n"
FACT = "fact: {measure: 万元, decimals: 2}, "
RULES = (
    "judged",
    "{ratio: {to: target}}",
    "{ratio: {to: target, less_is_better: true, reference_not_positive: 0%}}",
    "{step_table: {on: ratio, to: target, steps: [{from: 100%, points: 10}, {from: 90%, points: 8}], otherwise: 0}}",
)
_FEW = 4


def head(full: int, categories: int = _FEW) -> str:
    """A scheme file down to its indicators, with so many categories."""
    named = ", ".join(f"c{number}: 第{number}类" for number in range(categories))
    return _HEAD.format(full=full, categories=f"{{{named}}}")


def plan_of(text: str) -> EvaluationPlan:
    """The only evaluation of a scheme file."""
    return read_scheme(text, "bench").evaluations[0]


def plan(leaves: int) -> EvaluationPlan:
    """A flat scheme, its rules in turn."""
    text = head(10 * leaves)
    for number in range(leaves):
        rule = RULES[number % len(RULES)]
        text += LEAF.format(n=number, rule=rule, fact="" if rule == "judged" else FACT)
    return plan_of(text)


def members(units: int, categories: int = _FEW) -> tuple[EvaluatedUnit, ...]:
    """So many units, spread over the categories."""
    return tuple(EvaluatedUnit(f"U{n:06}", f"单位{n}", f"c{n % categories}") for n in range(units))


def holes(units: int, random: np.random.Generator) -> np.ndarray:
    """The status of a column: 3 % missing, 2 % not applicable."""
    kind = random.integers(0, 100, units)
    return np.select([kind < 3, kind < 5], [Status.MISSING, Status.NOT_APPLICABLE], Status.GIVEN).astype(np.int8)


def facts(units: int, leaves: int, seed: int = 1) -> Facts:
    """Values and targets with two decimals: amounts against amounts, or percentages against 100 %; judged points."""
    random = np.random.default_rng(seed)
    columns: dict[Key, Column] = {}
    given = np.zeros(units, dtype=np.int8)
    for number in range(leaves):
        judged, percentage = number % 4 == 0, number % 8 in (1, 2)
        low, high = (0, 1001) if judged else (5_000, 12_001) if percentage else (0, 10_000_000)
        values = Exact(random.integers(low, high, units), [100])
        columns[Key(f"l{number}", "actual", "actual")] = Column(values, holes(units, random))
        if not judged:
            targets = np.full(units, 10_000) if percentage else random.integers(1, 10_000_000, units)
            columns[Key(f"l{number}", "actual", "target")] = Column(Exact(targets, [100]), given)
    return Facts({"all": SetFacts(members(units), columns, {}, {})})
