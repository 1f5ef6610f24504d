"""A node fed by another evaluation: its total, converted from its own full marks."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from engine.exact import Exact
from engine.facts import OtherResult, Status
from engine.language.scheme import Indicator
from engine.score.context import Context, Limits, rounded
from engine.score.fill import fill
from engine.score.result import NodeResult


def score_special(node: Indicator, context: Context) -> NodeResult:
    """Points of a node for every unit of the set: other total ÷ its full marks × full → cap and floor → rounding."""
    full = context.by_category(node.full)
    found = [context.others.get((unit.code, node.special)) for unit in context.facts.units]
    asked = np.array([_status(one) for one in found], dtype=np.int8)
    asked[context.left_out[node.code]] = Status.LEFT_OUT
    raw = Exact.of([_share(one) for one in found]) * full
    exact = Limits(node.cap, node.floor).hold(raw, full)
    scored = rounded(exact, node.rounding).where(asked == Status.GIVEN, 0)
    points, status = fill(node, full, scored, asked, context)
    values = exact.where(asked == Status.GIVEN, points)
    return NodeResult(node, full, context.stake(node, full), values, points, status, asked, raw=raw)


def _status(found: OtherResult | None) -> Status:
    if found == OtherResult():
        return Status.NOT_APPLICABLE
    return Status.MISSING if found is None or found.total is None or found.full is None else Status.GIVEN


def _share(found: OtherResult | None) -> Fraction:
    if found is None or found.total is None or not found.full:
        return Fraction(0)
    return Fraction(found.total) / Fraction(found.full)
