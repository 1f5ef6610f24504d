"""A leaf with a rule: points for every unit, from columns of facts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from engine.exact import Exact, Mask, Rows
from engine.facts import Column, Key, Status
from engine.grammar.places import Places
from engine.language.model import OverFulfilment
from engine.language.scheme import Indicator
from engine.rules.among import Group
from engine.rules.base import Rule
from engine.rules.inputs import Inputs, Need, taken
from engine.score.context import Context, Limits, marks_of, multiplied, rounded
from engine.score.fill import fill
from engine.score.result import NodeResult, Trace

_WHOLE = Fraction(1)


def score_leaf(
    node: Indicator,
    rule: Rule,
    context: Context,
    part: Fraction = _WHOLE,
    pooled: dict[Need, Column] | None = None,
) -> NodeResult:
    """Points of a leaf, or of one slot of it, for every unit of the set.

    Args:
        node: the leaf, as it is in the slot.
        rule: its rule.
        context: the set being scored.
        part: the share of its full marks, cap and floor that is at stake.
        pooled: the columns of the rule, where they are not those of the leaf and slot.
    """
    count = len(context)
    full = context.by_category(node.full)
    full = full if part == 1 else full * part
    columns = pooled or {need: column_of(node, need, context) for need in rule.reads()}
    limits = Limits(node.cap, node.floor, part)
    everybody = inputs_of(node, rule, limits, full, slice(None), columns, context)
    asked = rule.asked({need: column.status for need, column in columns.items()}, everybody)
    asked[collects_itself(node, context)] = Status.NOT_APPLICABLE
    asked[context.left_out[node.code]] = Status.LEFT_OUT
    rows = np.flatnonzero(asked == Status.GIVEN)
    factor = context.factor(node, asked == Status.GIVEN)
    share = None if factor is None else factor.take(rows)
    inputs = taken(everybody, rows)
    exact, points, applied = apply_rule(node, rule, limits, node.rounding, inputs, rows, context, factor=share)
    scored, values = points.placed(rows, count), exact.placed(rows, count)
    filled, status = fill(node, full, scored, asked, context)
    if filled is not scored:
        values = values.where(asked == Status.GIVEN, filled)
    trace = applied.at(rows, count) if context.trace else None
    stake, over = context.stake(node, full), None
    if node.over is not None:
        over = _beyond(node.over, multiplied(applied.raw, share), inputs.full).placed(rows, count)
    return NodeResult(node, full, stake, values, filled, status, asked, trace=trace, factor=factor, over=over)


def _beyond(over: OverFulfilment, raw: Exact, full: Exact) -> Exact:
    """The points beyond full marks that go to the bonus, in points of the leaf: × rate, at most so much."""
    return ((raw - full).at_least(0) * over.rate).at_most(marks_of(over.at_most, full))


def _endless(over: OverFulfilment | None, cap: Exact, full: Exact) -> Exact:
    """What a quotient without end earns: the cap, or what brings the whole bonus of an over-fulfilled leaf."""
    if over is None or over.rate == 0:
        return cap
    return full + marks_of(over.at_most, full) / over.rate


def inputs_of(
    node: Indicator,
    rule: Rule,
    limits: Limits,
    full: Exact,
    units: Rows | slice,
    columns: Mapping[Need, Column],
    context: Context,
) -> Inputs:
    """What a rule sees of all its rows, given or not.

    Args:
        node: the leaf or own list, for the names of its facts.
        rule: the rule that will be applied.
        limits: cap and floor of a row.
        full: points at stake per row.
        units: the unit of each row.
        columns: one per need of the rule, one value per row.
        context: the set being scored.
    """
    assert limits.cap, "what has a rule has a cap"
    assert limits.floor, "what has a rule has a floor"
    cap = marks_of(limits.cap, full, limits.part)
    return Inputs(
        full=full,
        cap=cap,
        floor=marks_of(limits.floor, full, limits.part),
        endless=_endless(node.over, cap, full),
        category=context.category[units],
        categories=context.categories,
        ranked=context.compared[units],
        compared=context.compared[units],
        columns={need: column.values for need, column in columns.items()},
        absent={need: columns[need].status != Status.GIVEN for need in rule.may_need()},
        groups={code: Group(group.name, group.rows[units]) for code, group in context.groups.items()},
        series=context.series,
        names={code: spec.name for code, spec in node.facts.items()},
    )


def column_of(node: Indicator, need: Need, context: Context) -> Column:
    """The column that a leaf reads; in a slot, what is known before the year may hold for every one of them."""
    columns, count = context.facts.columns, len(context)
    missing = Column(Exact.same(0, count), np.full(count, Status.MISSING, dtype=np.int8))
    own = columns.get(Key(node.code, *need, node.slot))
    of_all = columns.get(Key(node.code, *need)) if need.source != "actual" else None
    if own is None or of_all is None:
        return own or of_all or missing
    given = own.status == Status.GIVEN
    return Column(own.values.where(given, of_all.values), np.where(given, own.status, of_all.status))


def apply_rule(
    node: Indicator,
    rule: Rule,
    limits: Limits,
    places: Places,
    inputs: Inputs,
    units: Rows,
    context: Context,
    items: tuple[str, ...] = (),
    factor: Exact | None = None,
) -> tuple[Exact, Exact, Trace]:
    """Rule → factor → cap and floor → rounding, for rows whose needed facts are all given.

    Args:
        node: the leaf or own list, for the places of problems.
        rule: the rule to apply.
        limits: cap and floor of a row.
        places: of the rounding.
        inputs: what the rule sees of these rows.
        units: the unit of each row.
        context: the set being scored; rows that the rule refuses become its problems.
        items: the names of the rows where they are own indicators.
        factor: what the rule's points are multiplied by, per row; None for nothing.

    Returns:
        The exact and the rounded points per row, and what the rule left behind.
    """
    raw = rule.score(inputs)
    exact = limits.hold(multiplied(raw, factor), inputs.full)
    for row, why in dict.fromkeys(inputs.refusals):  # once each, however many parts of the rule looked at the same fact
        context.refuse(units[row : row + 1], node, why, items[row] if items else "")
    return exact, rounded(exact, places), Trace(rule, inputs, raw, np.arange(len(inputs)))


def collects_itself(node: Indicator, context: Context) -> Mask:
    """Units that would supply their own reading and have no substitute: the indicator does not apply to them."""
    found = np.zeros(len(context), dtype=bool)
    for collector in {*node.collector.values()}:
        for row in context.rows_of_name.get(collector, ()):
            found[row] = node.reports_on_itself(collector, context.facts.units[row].category)
    return found
