"""Points where there is no reading: not applicable, missing, not drawn — each by its stated way, or the run stops."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.exact import Exact
from engine.facts import EvaluatedUnit, Status
from engine.language.scheme import Indicator
from engine.score.context import Context, rounded
from engine.text import Text

_UNSAID = {
    Status.NOT_APPLICABLE: Text(
        "报了“不涉及”，方案没有写明怎么算（not_applicable）",
        "not applicable, and the scheme states no way (not_applicable)",
    ),
    Status.NOT_DRAWN: Text(
        "未抽中，方案没有写明怎么算（not_drawn）", "not drawn, and the scheme states no way (not_drawn)"
    ),
    Status.MISSING: Text("缺数据", "no data"),
}
_ITSELF = Text(
    "本单位就是这项指标的采集单位，方案没有指定代为采集的单位（substitute），也没有写明本单位怎么算（not_applicable）",
    "the unit is itself the collector; the scheme names nobody to collect in its place (substitute) "
    "and states no way for it (not_applicable)",
)
_NOBODY = Text("同类没有一个单位有分，无法取平均", "nobody in the category has points to take the mean of")


def fill(
    node: Indicator, full: Exact, points: Exact, asked: NDArray[np.int8], context: Context
) -> tuple[Exact, NDArray[np.int8]]:
    """Fill in the points of units without a reading.

    Args:
        node: the leaf, with its three ways.
        full: full marks per unit.
        points: rounded points per unit, 0 where asked is not GIVEN.
        asked: Status per unit, before filling in.
        context: the set being scored.

    Returns:
        Points (the same column where nothing but zeros was filled in), and the status that counts in the roll-up:
        GIVEN, NOT_APPLICABLE or LEFT_OUT.
    """
    status = asked.copy()
    ways = {
        Status.NOT_APPLICABLE: node.not_applicable,
        Status.NOT_DRAWN: node.not_drawn,
        Status.MISSING: node.missing,
    }
    for which, way in ways.items():
        rows = asked == which
        if not rows.any():
            continue
        if way in (None, "block", "refuse"):
            for row in np.flatnonzero(rows):
                context.refuse(np.array([row]), node, unsaid(node, context.facts.units[int(row)], which))
        elif way == "renormalise":
            status[rows] = Status.NOT_APPLICABLE
            continue
        elif way == "mean":
            points = mean_of_category(node, points, rows, asked == Status.GIVEN, context)
        elif way == "full":
            points = full.where(rows, points)
        status[rows] = Status.GIVEN
    return points, status


def unsaid(node: Indicator, unit: EvaluatedUnit, which: Status) -> Text:
    """Why a unit without a reading stops the run: what was reported of it, or that nobody may report it."""
    itself = which == Status.NOT_APPLICABLE and node.reports_on_itself(unit.name, unit.category)
    return _ITSELF if itself else _UNSAID[which]


def mean_of_category(
    node: Indicator, points: Exact, rows: NDArray[np.bool_], given: NDArray[np.bool_], context: Context
) -> Exact:
    """The points, those of `rows` replaced by the rounded mean of the given ones of their category."""
    means, known = context.mean_of_points(points, given)
    context.refuse(rows & ~known, node, _NOBODY)
    return rounded(means, node.rounding).where(rows, points)
