"""Points without a reading: why there is none, what counts in its place, and the sum of a mean."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from engine.explain.derivation import rounding_lines
from engine.facts import EvaluatedUnit, Status
from engine.language.scheme import Indicator
from engine.rules.wording import NOTHING, bracketed, joined
from engine.score.result import NodeResult, Outcome, SetResult
from engine.show import show
from engine.text import Text

_WHY = {
    Status.NOT_APPLICABLE: Text("不涉及", "not applicable"),
    Status.NOT_DRAWN: Text("抽查未抽中", "not drawn in the sample"),
    Status.MISSING: Text("没有数据", "no data"),
}
_ITSELF = Text(
    "本单位就是采集单位，方案没有指定代为采集的单位",
    "the unit is itself the collector, and the scheme names nobody to collect in its place",
)
_INSTEAD = {
    "mean": Text("按同类单位得分的平均计 {points} 分", "the mean of the category, {points} points"),
    "full": Text("按满分计 {points} 分", "full marks, {points} points"),
    "zero": Text("按方案计 0 分", "0 points, as stated"),
}
_MEAN_OF_THE_DRAWN = Text("按抽中单位得分的平均计 {points} 分", "the mean of those drawn, {points} points")
_COUNTS_NOT = Text("不计", "left out")
_SUM = Text(
    "同类{those} {n} 个单位得分合计 {total}：{total_} ÷ {n} = {mean}",
    "the {n} units of the category{those} have {total} together: {total_} ÷ {n} = {mean}",
)
_WITH_POINTS = Text("有分的", " that have points")
_DRAWN = Text("抽中的", " that were drawn")


def absent_lines(result: NodeResult, row: int, whole: SetResult, outcome: Outcome) -> Iterator[Text]:
    """Why a node has no reading for a unit, and what counts in its place."""
    asked = Status(int(result.asked[row]))
    yield unasked(result.node, whole.units[row], asked, result.points[row])
    if _ways(result.node)[asked] == "mean":
        yield from mean_lines(result, row, whole, outcome)


def unasked(node: Indicator, unit: EvaluatedUnit, asked: Status, points: Fraction) -> Text:
    """The same in one sentence."""
    way, why = _ways(node)[asked], _WHY[asked]
    if asked == Status.NOT_APPLICABLE and node.reports_on_itself(unit.name, unit.category):
        why = _ITSELF
    instead = _INSTEAD.get(way or "", _COUNTS_NOT if why == _ITSELF else NOTHING)
    if asked == Status.NOT_DRAWN and way == "mean":
        why, instead = Text("未抽中", "not drawn"), _MEAN_OF_THE_DRAWN
    return joined([why, instead.format(points=show(points))], "，", ": ")


def mean_lines(result: NodeResult, row: int, whole: SetResult, outcome: Outcome) -> Iterator[Text]:
    """The sum that makes the mean of the points of a category, and its rounding."""
    apart = np.array([unit.listed_separately for unit in whole.units], dtype=bool)
    members = (whole.category == whole.category[row]) & (result.asked == Status.GIVEN)
    members &= ~apart | outcome.plan.written.compare_listed_separately
    rows = np.flatnonzero(members)
    total = sum(result.points.take(rows).fractions(), Fraction(0))
    those = _DRAWN if result.asked[row] == Status.NOT_DRAWN else _WITH_POINTS
    values = {"total": show(total), "total_": bracketed(show(total)), "mean": show(total / len(rows))}
    yield _SUM.format(those=those, n=len(rows), **values)
    yield from rounding_lines(total / len(rows), result.points[row], result.node.rounding)


def _ways(node: Indicator) -> dict[Status, str | None]:
    return {
        Status.NOT_APPLICABLE: node.not_applicable,
        Status.NOT_DRAWN: node.not_drawn,
        Status.MISSING: node.missing,
    }
