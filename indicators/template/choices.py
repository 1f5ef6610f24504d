"""The drop-down lists of a template, by the column (or sheet and column) that they are for."""

from __future__ import annotations

from engine.facts import EvaluatedUnit
from engine.scheme import EvaluationPlan
from engine.score.panel import VOID
from indicators.facts.wanted import panels


def choices(plan: EvaluationPlan, units: list[EvaluatedUnit]) -> dict[str, list[str]]:
    """Column key, or `sheet.column`, → what may be chosen there; lists that the scheme leaves empty are left out."""
    evaluation = plan.written
    leaves = [leaf for one in plan.sets for leaf in one.leaves()]
    voted = [node for _, node in panels(plan)]
    bonus = evaluation.bonus.standards if evaluation.bonus else ()
    deductions = evaluation.deductions.standards if evaluation.deductions else ()
    moves = [move for move in (evaluation.veto, evaluation.promotion) if move]
    answers = [
        answer
        for node in voted
        if node.panel
        for answer in (*node.panel.method.chosen.answers(), *node.panel.not_counted)
    ]
    found = {
        "unit": [unit.code for unit in units],
        "units.category": [title for one in plan.sets for title in one.categories.values()],
        "listed_separately": ["是", "否"],
        "indicator": [leaf.code for leaf in leaves if leaf.rule],
        "own.node": [leaf.code for leaf in leaves if leaf.own],
        "own.rule": [name for leaf in leaves if leaf.own for name in leaf.own.rules],
        "own.role": ["独立承担", "协调指导服务"],
        "panel": [node.code for node in voted],
        "ballots.answer": answers,
        "tallies.answer": [*answers, VOID],
        "bonuses.standard": [standard.name for standard in bonus],
        "bonuses.level": [level for standard in bonus for level in standard.levels],
        "deductions.standard": [standard.name for standard in deductions],
        "deductions.level": [level for standard in deductions for level in standard.levels],
        "moves.ground": [ground for move in moves for ground in move.grounds],
        "series.code": list(evaluation.series),
    }
    return {key: list(dict.fromkeys(values)) for key, values in found.items() if values}
