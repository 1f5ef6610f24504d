"""Which sheets and rows of facts a scheme asks for: what a template offers and what completeness is counted against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from engine.facts import EvaluatedUnit
from engine.language.extras import Deductions
from engine.language.model import Evaluation
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.rules.base import FactSpec
from indicators.facts import sheets
from indicators.facts.awards import looks_back
from indicators.facts.sheets import Sheet


class Wanted(NamedTuple):
    """One fact of one unit: the code under which it is reported, and which of its values the rule reads.

    `slots` are the periods or assessors that report it one by one.
    """

    unit: EvaluatedUnit
    leaf: Indicator
    fact: str
    spec: FactSpec
    sources: frozenset[str]
    slots: tuple[str, ...] = ("",)


def wanted(one: IndicatorSetPlan, units: list[EvaluatedUnit]) -> Iterator[Wanted]:
    """Every fact of the common indicators of a set; a collector's rows stand together."""
    for leaf in one.leaves():
        for code, spec in leaf.facts.items() if leaf.rule else ():
            sources = frozenset(need.source for need in leaf.reads() if need.fact == code)
            for unit in units:
                if leaf.full[unit.category] and not leaf.reports_on_itself(unit.name, unit.category):
                    slots = tuple(name for name in leaf.slots.names if name != unit.name) if leaf.slots else ("",)
                    yield Wanted(unit, leaf, code, spec, sources, slots)


def factors_of(one: IndicatorSetPlan) -> dict[str, str]:
    """The factors of a set whose values the facts bring for each unit: code → name."""
    named = [node.factor for node in one.walk() if node.factor is not None]
    return {factor.code: factor.name for factor in named if factor.by_category is None}


def source_of(leaf: Indicator, unit: EvaluatedUnit) -> str:
    """Who reports on a unit: the collector, on itself its substitute, or the unit where it scores itself."""
    collector = leaf.collector[unit.category]
    if leaf.self_scored:
        return unit.name
    return leaf.substitute if collector == unit.name and leaf.substitute else collector


def panels(plan: EvaluationPlan) -> Iterator[tuple[IndicatorSetPlan, Indicator]]:
    """Every panel with its set."""
    return ((one, node) for one in plan.sets for node in one.leaves() if node.panel is not None)


def sheets_for(plan: EvaluationPlan) -> list[Sheet]:
    """The sheets that this evaluation has a use for, in their order, each with the columns that it has a use for."""
    evaluation = plan.written
    leaves = [leaf for one in plan.sets for leaf in one.leaves()]
    rules = [
        rule for leaf in leaves for rule in ([leaf.rule] if leaf.rule else leaf.own.rules.values() if leaf.own else [])
    ]
    voted = [node.panel for _, node in panels(plan) if node.panel]
    useful = {
        sheets.UNITS.key: True,
        sheets.TARGETS.key: any(need.source != "actual" for rule in rules for need in rule.reads()),
        sheets.READINGS.key: bool(rules),
        sheets.OWN.key: any(leaf.own for leaf in leaves),
        sheets.SUBJECTS.key: any(panel.subjects == "in_charge" for panel in voted),
        sheets.BALLOTS.key: any(panel.secrecy == "signed" for panel in voted),
        sheets.TALLIES.key: any(panel.secrecy == "anonymous" for panel in voted),
        sheets.BONUSES.key: evaluation.bonus is not None and bool(evaluation.bonus.standards),
        sheets.DEDUCTIONS.key: evaluation.deductions is not None,
        sheets.CALENDAR.key: _counts_working_days(evaluation),
        sheets.MOVES.key: any(evaluation.grounds()),
        sheets.SERIES.key: bool(evaluation.series),
        sheets.FACTORS.key: any(factors_of(one) for one in plan.sets),
        sheets.LAST_RESULTS.key: any(use.by_rise or use.by_repeat for use in evaluation.use),
        sheets.OTHER_RESULTS.key: bool(evaluation.special),
        sheets.POOLS.key: any(use.distribute for use in evaluation.use),
        sheets.PERSONS.key: any(use.distribute and use.distribute.persons for use in evaluation.use),
    }
    useless = set(_useless_columns(plan))
    return [_without(sheet, useless) for sheet in sheets.SHEETS if useful[sheet.key]]


def _useless_columns(plan: EvaluationPlan) -> Iterator[tuple[str, str]]:
    """Sheet and column of what this evaluation never asks for."""
    evaluation = plan.written
    if all(group.categories is not None for group in evaluation.groups.values()):
        yield sheets.UNITS.key, "groups"
    if not any(use.counts_heads for use in evaluation.use):
        yield sheets.UNITS.key, "headcount"
    back = {key for use in evaluation.use for key in looks_back(use)}
    yield from ((sheets.LAST_RESULTS.key, key) for key in ("grade", "members") if key not in back)
    for sheet, rules in ((sheets.BONUSES, evaluation.bonus), (sheets.DEDUCTIONS, evaluation.deductions)):
        if rules is not None and rules.cut_off is None:
            yield sheet.key, "day"
        if rules is not None and rules.by is None:
            yield from ((sheet.key, column) for column in ("body", "decision"))
    kinds = {leaf.slots.by_assessor for one in plan.sets for leaf in one.leaves() if leaf.slots}
    if False not in kinds:
        yield from ((sheet.key, "period") for sheet in (sheets.TARGETS, sheets.READINGS))
    if True not in kinds:
        yield sheets.READINGS.key, "assessor"
    if evaluation.deductions is not None:
        yield from ((sheets.DEDUCTIONS.key, column) for column in _never_asked(evaluation.deductions))


def _never_asked(deductions: Deductions) -> Iterator[str]:
    """The columns that only other ways of counting deductions read."""
    standards = deductions.standards
    if not any(standard.levels for standard in standards):
        yield "level"
    if deductions.lead_share is None:
        yield "role"
    if not any(standard.passed_on for standard in standards):
        yield "above"
    if not any(standard.lateness for standard in standards):
        yield from ("due", "done", "excused")


def _counts_working_days(evaluation: Evaluation) -> bool:
    standards = evaluation.deductions.standards if evaluation.deductions else ()
    return any(standard.lateness.days == "working" for standard in standards if standard.lateness)


def _without(sheet: Sheet, useless: set[tuple[str, str]]) -> Sheet:
    return replace(sheet, columns=tuple(one for one in sheet.columns if (sheet.key, one.key) not in useless))
