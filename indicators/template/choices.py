"""The drop-down lists of a template, by the column (or sheet and column) that they are for."""

from __future__ import annotations

from engine.facts import EvaluatedUnit
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.panels.methods import VOID
from engine.text import Text
from indicators.facts.awards import pools_of
from indicators.facts.cells import NO, YES
from indicators.facts.extras import OFF, ROLES, WORK
from indicators.facts.wanted import factors_of, panels, sheets_for

_ROLES = (Text("独立承担", "alone"), Text("协调指导服务", "coordinates, guides, serves"))


def choices(plan: EvaluationPlan, units: list[EvaluatedUnit], language: str) -> dict[str, list[str]]:
    """Column key, or `sheet.column`, → what may be chosen there; lists that the scheme leaves empty are left out."""
    evaluation = plan.written
    leaves = [leaf for one in plan.sets for leaf in one.leaves()]
    voted = [node for _, node in panels(plan)]
    signed = [node for node in voted if node.panel and node.panel.secrecy == "signed"]
    anonymous = [node for node in voted if node.panel and node.panel.secrecy == "anonymous"]
    bonus = evaluation.bonus.standards if evaluation.bonus else ()
    deductions = evaluation.deductions.standards if evaluation.deductions else ()
    slotted = [leaf.slots for leaf in leaves if leaf.slots]
    yes_no = [Text(*words).to(language) for words in (YES, NO)]
    found = {
        "unit": [unit.code for unit in units],
        "units.category": [title for one in plan.sets for title in one.categories.values()],
        "listed_separately": yes_no,
        "indicator": [leaf.code for leaf in leaves if leaf.rule],
        "period": [name for slots in slotted if not slots.by_assessor for name in slots.names],
        "assessor": [name for slots in slotted if slots.by_assessor for name in slots.names],
        "own.node": [leaf.code for leaf in leaves if leaf.own],
        "own.rule": [name for leaf in leaves if leaf.own for name in leaf.own.rules],
        "own.role": [role.to(language) for role in _ROLES],
        "subjects.panel": [node.code for node in voted if node.panel and node.panel.subjects == "in_charge"],
        "ballots.panel": [node.code for node in signed],
        "ballots.answer": [answer for one, node in panels(plan) for answer in _on_ballots(one, node, units)],
        "tallies.panel": [node.code for node in anonymous],
        "tallies.answer": sorted(_tallied(anonymous), key=lambda answer: answer == VOID),
        "bonuses.standard": [standard.name for standard in bonus],
        "bonuses.level": [level for standard in bonus for level in standard.levels],
        "deductions.standard": [standard.name for standard in deductions],
        "deductions.level": [level for standard in deductions for level in standard.levels],
        "deductions.role": [role.to(language) for role in ROLES],
        "deductions.excused": yes_no,
        "calendar.arrangement": [Text(*word).to(language) for word in (OFF, WORK)],
        "moves.ground": evaluation.grounds(),
        "factors.factor": [name for one in plan.sets for name in factors_of(one).values()],
        "series.code": list(evaluation.series),
        "last_results.grade": [grade.name for grade in evaluation.grades],
        "pools.code": pools_of(evaluation),
        "other_results.evaluation": [special.name for special in evaluation.special.values()],
        "other_results.grade": [grade for special in evaluation.special.values() for grade in special.grades],
    }
    offered = {(sheet.key, column.key) for sheet in sheets_for(plan) for column in sheet.columns}
    of_no_use = {key for key in found if "." in key and tuple(key.split(".")) not in offered}
    return {key: list(dict.fromkeys(values)) for key, values in found.items() if values and key not in of_no_use}


def _on_ballots(one: IndicatorSetPlan, node: Indicator, units: list[EvaluatedUnit]) -> tuple[str, ...]:
    """What the ballots of a signed panel may say."""
    if node.panel is None or node.panel.secrecy != "signed":
        return ()
    return node.panel.ballot_answers(sum(unit.category in one.categories for unit in units))


def _tallied(nodes: list[Indicator]) -> list[str]:
    return [answer for node in nodes if node.panel for answer in node.panel.tallied()]
