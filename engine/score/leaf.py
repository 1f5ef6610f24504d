"""A leaf with a rule: points for every unit, from columns of facts."""

from __future__ import annotations

import numpy as np

from engine.exact import Exact, Mask, Rows
from engine.facts import Column, Key, Status, status_of
from engine.grammar.fields import Places
from engine.language.scheme import Indicator
from engine.rules.base import Inputs, Need, Rule
from engine.score.context import Context, Limits, rounded
from engine.score.fill import fill
from engine.score.result import NodeResult, Trace


def score_leaf(node: Indicator, rule: Rule, context: Context) -> NodeResult:
    """Points of a leaf for every unit of the set."""
    count = len(context)
    full = context.by_category(node.full)
    missing = Column(Exact.same(0, count), np.full(count, Status.MISSING, dtype=np.int8))
    columns = {need: context.facts.columns.get(Key(node.code, *need), missing) for need in rule.needs()}
    asked = status_of([column.status for column in columns.values()], count)
    asked[collects_itself(node, context)] = Status.NOT_APPLICABLE
    asked[context.left_out[node.code]] = Status.LEFT_OUT
    rows = np.flatnonzero(asked == Status.GIVEN)
    facts = {need: column.values.take(rows) for need, column in columns.items()}
    limits = Limits(node.cap, node.floor)
    exact, points, applied = apply_rule(node, rule, limits, node.rounding, full.take(rows), rows, facts, context)
    filled, status = fill(node, full, points.placed(rows, count), asked, context)
    values = exact.placed(rows, count).where(asked == Status.GIVEN, filled)
    trace = applied.at(rows, count) if context.trace else None
    return NodeResult(node, full, context.stake(node, full), values, filled, status, asked, trace=trace)


def apply_rule(
    node: Indicator,
    rule: Rule,
    limits: Limits,
    places: Places,
    full: Exact,
    units: Rows,
    facts: dict[Need, Exact],
    context: Context,
    items: tuple[str, ...] = (),
) -> tuple[Exact, Exact, Trace]:
    """Rule → cap and floor → rounding, for rows whose facts are all given.

    Args:
        node: the leaf or own list, for the places of problems.
        rule: the rule to apply.
        limits: cap and floor of a row.
        places: of the rounding.
        full: points at stake per row.
        units: the unit of each row.
        facts: one column per need of the rule, one value per row.
        context: the set being scored; rows that the rule refuses become its problems.
        items: the names of the rows where they are own indicators.

    Returns:
        The exact and the rounded points per row, and what the rule left behind.
    """
    inputs = Inputs(
        full=full,
        cap=limits.cap_of(full),
        floor=limits.floor_of(full),
        category=context.category[units],
        categories=context.categories,
        ranked=context.ranked[units],
        read=lambda fact, source: facts[Need(fact, source)],
        series=context.series,
        names={code: spec.name for code, spec in node.facts.items()},
    )
    raw = rule.score(inputs)
    exact = limits.hold(raw, full)
    for row, why in dict.fromkeys(inputs.refusals):  # once each, however many parts of the rule looked at the same fact
        context.refuse(units[row : row + 1], node, why, items[row] if items else "")
    return exact, rounded(exact, places), Trace(rule, inputs, raw, np.arange(len(full)))


def collects_itself(node: Indicator, context: Context) -> Mask:
    """Units that would supply their own reading and have no substitute: the indicator does not apply to them."""
    found = np.zeros(len(context), dtype=bool)
    for collector in node.collector.values():
        row = context.row_of_name.get(collector)
        if row is not None:
            found[row] = node.reports_on_itself(collector, context.facts.units[row].category)
    return found
