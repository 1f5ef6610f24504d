"""One evaluation, from facts to uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import partial

import numpy as np

from engine.exact import Exact
from engine.facts import Facts, Move
from engine.language.model import Evaluation
from engine.language.scheme import EvaluationPlan
from engine.score.conditions import meets, refuse_unknown
from engine.score.context import Context, rounded
from engine.score.counted import Extras
from engine.score.distributing import distribute
from engine.score.extras import NONE, over_fulfilled, score_extras, unknown_years
from engine.score.grading import grade_also, grade_total
from engine.score.moving import reasons, vetoed
from engine.score.ranking import places
from engine.score.result import Basis, Outcome, SetResult
from engine.score.rollup import brought, score_node
from engine.score.using import uses
from engine.text import Problems, Text

_NO_MOVES: list[Move] = []
_NOTHING_APPLIES = Text("没有一项指标适用，无法计分", "no indicator applies, so there is no score")


def score(plan: EvaluationPlan, facts: Facts, trace: bool = False) -> Outcome:
    """Score one evaluation.

    Args:
        plan: the evaluation of a checked scheme.
        facts: everything else; sets without units may be left out.
        trace: keep the intermediate columns of every rule, for derivations.

    Raises:
        Problems: every unit and indicator that stops the run, all at once.
    """
    contexts = [
        Context(
            one,
            facts.sets[one.code],
            facts.series,
            trace,
            facts.other_results,
            facts.factors,
            compares_all=plan.written.compare_listed_separately,
        )
        for one in plan.sets
        if one.code in facts.sets
    ]
    results = tuple(_score_set(plan, facts, context) for context in contexts)
    problems = [problem for context in contexts for problem in context.problems]
    distributions, found = distribute(plan.written, facts, results)
    if problems or found:
        raise Problems([*problems, *found])
    return Outcome(plan, facts, results, tuple(distributions))


def _score_set(plan: EvaluationPlan, facts: Facts, context: Context) -> SetResult:
    evaluation, count = plan.written, len(context)
    units = [unit.code for unit in context.facts.units]
    parts = tuple(score_node(part, context) for part in context.plan.parts)
    full = Exact.same(evaluation.full_marks, count)
    base = brought(parts, full)
    nowhere = ~np.any([part.counts() for part in parts], axis=0) & ~context.stopped()
    context.refuse(nowhere, context.plan.parts[0], _NOTHING_APPLIES)
    moves = _moves(facts.moves, units)
    nodes = {node.node.code: node for part in parts for node in part.walk()}
    against = vetoed(reasons(evaluation, moves, nodes))
    basis = Basis(context.facts.units, nodes, against, evaluation.special, facts.other_results)
    refuse_unknown(evaluation, basis, context)
    over = over_fulfilled(parts, full, units)
    bonuses, deductions = (
        score_extras(rules, claims, units, facts.calendar, partial(meets, basis=basis), beyond)
        for rules, claims, beyond in (
            (evaluation.bonus, facts.bonuses, over),
            (evaluation.deductions, facts.deductions, None),
        )
    )
    context.problems += unknown_years(deductions, facts.calendar)
    exact = with_extras(base, bonuses, deductions, evaluation)
    result = SetResult(
        plan=context.plan, units=context.facts.units, category=context.category, parts=parts, basis=basis, base=base,
        bonuses=bonuses, deductions=deductions, exact_total=exact, total=rounded(exact, evaluation.rounding.total),
        place=np.zeros(count, dtype=np.int64),
    )  # fmt: skip
    result.place = places(result, evaluation.ranking, context)
    result.main = grade_total(result, evaluation, moves, full, [one.lifts for one in bonuses])
    result.also = {scale.code: grade_also(result, scale, moves, context) for scale in evaluation.also_graded}
    result.given = uses(result, evaluation, facts.last_results, context)
    return result


def with_extras(base: Exact, bonuses: list[Extras], deductions: list[Extras], evaluation: Evaluation) -> Exact:
    """The exact total: bonuses and deductions of each unit, then the cap and the floor of the scheme, if it has any."""
    exact = base + _totals(bonuses) - _totals(deductions)
    for marks, hold in ((evaluation.cap, Exact.at_most), (evaluation.floor, Exact.at_least)):
        if marks is not None:
            exact = hold(exact, marks.of(evaluation.full_marks))
    return exact


def _totals(extras: list[Extras]) -> Exact:
    nothing = extras.count(NONE) == len(extras)
    return Exact.same(0, len(extras)) if nothing else Exact.of(one.total for one in extras)


def _moves(moves: Collection[Move], units: list[str]) -> list[list[Move]]:
    """The moves of each unit, in an order of their own; most often nobody has any."""
    if not moves:
        return [_NO_MOVES] * len(units)
    found: dict[str, list[Move]] = defaultdict(list)
    for move in sorted(moves):
        found[move.unit].append(move)
    return [found.get(unit, _NO_MOVES) for unit in units]
