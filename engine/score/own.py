"""An own list: ragged rows, scored rule by rule, summed per unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.exact import Exact, Rows
from engine.facts import Column, OwnRows, Status
from engine.language.scheme import Indicator, OwnList
from engine.rules.inputs import taken
from engine.score.context import Context, Limits, multiplied, rounded
from engine.score.fill import fill, unsaid
from engine.score.leaf import apply_rule, collects_itself, inputs_of
from engine.score.result import NodeResult, OwnResult, Trace
from engine.show import show
from engine.text import Text

_NO_ROWS = OwnRows(np.zeros(0, dtype=np.intp), (), (), Exact([]), (), (), (), {})


def score_own(node: Indicator, own: OwnList, context: Context) -> NodeResult:
    """Points of a node whose indicators each unit brings itself."""
    rows = context.facts.own.get(node.code, _NO_ROWS)
    full = context.by_category(node.full)
    _check_full(node, rows, full, context)
    result = _rows(node, own, rows, context)
    applicable = np.flatnonzero(result.status == Status.GIVEN)
    units = rows.unit[applicable]
    points = result.points.take(applicable).sums(units, len(context))
    stake = rows.full.take(applicable).sums(units, len(context))
    nothing = stake.equals(0)
    raw = (points * full / stake.where(~nothing, 1)).where(~nothing, 0)
    factor = context.factor(node, ~nothing & ~context.left_out[node.code])
    exact = Limits(node.cap, node.floor).hold(multiplied(raw, factor), full)
    total = rounded(exact, node.rounding)
    asked = np.where(nothing, np.int8(Status.NOT_APPLICABLE), np.int8(Status.GIVEN))
    asked[context.left_out[node.code]] = Status.LEFT_OUT
    total, status = _without_rows(node, rows, full, total, asked, context)
    exact = exact.where(asked == status, total)
    return NodeResult(node, full, context.stake(node, full), exact, total, status, asked, own=result, factor=factor)


def _without_rows(
    node: Indicator, rows: OwnRows, full: Exact, total: Exact, asked: NDArray[np.int8], context: Context
) -> tuple[Exact, NDArray[np.int8]]:
    """A unit that collects the list itself brings none: the node does not apply to it, with what follows from that."""
    none = collects_itself(node, context) & (np.bincount(rows.unit, minlength=len(context)) == 0)
    filled, status = fill(node, full, total.where(~none, 0), np.where(none, asked, np.int8(Status.GIVEN)), context)
    return filled.where(none, total), np.where(none, status, asked)


def _check_full(node: Indicator, rows: OwnRows, full: Exact, context: Context) -> None:
    sums = rows.full.sums(rows.unit, len(context))
    full = full.where(~context.left_out[node.code], 0)
    wrong = ~sums.equals(full) & ~(collects_itself(node, context) & sums.equals(0))
    text = Text("自定指标分值合计 {found}，应为 {full}", "the own indicators add up to {found}, not {full}")
    for row in np.flatnonzero(wrong):
        context.refuse(np.array([row]), node, text.format(found=show(sums[int(row)]), full=show(full[int(row)])))


def _rows(node: Indicator, own: OwnList, rows: OwnRows, context: Context) -> OwnResult:
    count = len(rows.code)
    exact, points = Exact.same(0, count), Exact.same(0, count)
    asked = np.full(count, Status.MISSING, dtype=np.int8)
    itself = collects_itself(node, context)[rows.unit] if count else np.zeros(0, dtype=bool)
    traces: list[Trace] = []
    for name, rule in own.rules.items():
        mine = np.array([chosen == name for chosen in rows.rule], dtype=bool)
        columns = {need: rows.columns.get(need.source, _missing(count)) for need in rule.reads()}
        inputs = inputs_of(node, rule, Limits(), rows.full, rows.unit, columns, context)
        asked[mine] = rule.asked({need: column.status for need, column in columns.items()}, inputs)[mine]
        asked[mine & itself] = Status.NOT_APPLICABLE
        chosen = np.flatnonzero(mine & (asked == Status.GIVEN))
        items = tuple(f"（{rows.code[int(row)]} {rows.name[int(row)]}）" for row in chosen)
        value, worth, applied = apply_rule(
            node, rule, Limits(), own.rounding, taken(inputs, chosen), rows.unit[chosen], context, items
        )
        exact, points = exact + value.placed(chosen, count), points + worth.placed(chosen, count)
        if context.trace:
            traces.append(applied.at(chosen, count))
    points, status = _fill(node, rows, points, asked, context)
    exact = exact.where(asked == Status.GIVEN, points)
    return OwnResult(rows, points, exact, status, asked, tuple(traces))


def _missing(count: int) -> Column:
    return Column(Exact.same(0, count), np.full(count, Status.MISSING, dtype=np.int8))


def _fill(
    node: Indicator, rows: OwnRows, points: Exact, asked: NDArray[np.int8], context: Context
) -> tuple[Exact, NDArray[np.int8]]:
    """Own rows without a reading, by the same ways as leaves; a mean of points has no meaning here."""
    status = asked.copy()
    ways = {Status.NOT_APPLICABLE: node.not_applicable, Status.NOT_DRAWN: node.not_drawn, Status.MISSING: node.missing}
    for which, way in ways.items():
        mask = asked == which
        if way == "renormalise":
            status[mask] = Status.NOT_APPLICABLE
            continue
        if way in (None, "block", "refuse"):
            _refuse(node, rows, np.flatnonzero(mask), which, context)
        points = (rows.full if way == "full" else Exact.same(0, len(points))).where(mask, points)
        status[mask] = Status.GIVEN
    return points, status


def _refuse(node: Indicator, rows: OwnRows, found: Rows, which: Status, context: Context) -> None:
    for row in found:
        item = f"（{rows.code[int(row)]} {rows.name[int(row)]}）"
        why = unsaid(node, context.facts.units[int(rows.unit[row])], which)
        context.refuse(rows.unit[row : row + 1], node, why, item)
