"""A panel's tally → points: the votes aggregated, held against the best if the scheme says so, and the gaps filled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.exact import Exact, Mask
from engine.facts import Status, Tally
from engine.language.scheme import Indicator
from engine.panels.counting import Poll, count_votes
from engine.panels.panel import Panel
from engine.score.context import Context, Limits, rounded
from engine.score.fill import mean_of_category
from engine.score.result import NodeResult, PanelResult
from engine.text import Text

_TOO_FEW = Text("有效票 {found} 张，少于规定的 {least} 张", "{found} valid ballots, fewer than the {least} required")
_NO_BALLOTS = Text("没有测评票", "there are no ballots")
_NOBODY_TO_COMPARE = Text("没有可比较的单位", "there is nobody to compare with")


def score_panel(node: Indicator, panel: Panel, context: Context) -> NodeResult:
    """Points of a panel for every unit: votes → aggregate → scaled to the best → cap and floor → rounded.

    A unit on nobody's list is not applicable: its panel drops out of the parent. One with too few ballots, or none,
    has the status MISSING in `asked` and goes the way that the panel says.
    """
    full = context.by_category(node.full)
    tally = context.facts.tallies.get(node.code) or _nothing(panel, len(context))
    poll = count_votes(panel, tally)
    asked = _asked(panel, tally, poll, context.left_out[node.code])
    raw, best = poll.points, None
    if panel.scaled_to_best is not None:
        raw, best = _scaled(node, panel, poll.points, asked == Status.GIVEN, full, context)
    exact = Limits(node.cap, node.floor).hold(raw, full)
    points, status = _filled(node, panel, rounded(exact, node.rounding), tally, asked, context)
    _refuse(node, panel, tally, poll, asked, context)
    exact = exact.where(asked == Status.GIVEN, points)
    judged = PanelResult(tally, poll, best)
    return NodeResult(node, full, context.stake(node, full), exact, points, status, asked, judged=judged, raw=raw)


def _nothing(panel: Panel, units: int) -> Tally:
    """The tally of a panel that nobody has voted in."""
    answers = panel.tallied()
    return Tally(answers, np.zeros((units, len(answers)), dtype=np.int64), np.ones(units, dtype=bool))


def _asked(panel: Panel, tally: Tally, poll: Poll, left_out: Mask) -> NDArray[np.int8]:
    asked = np.where(poll.number < panel.minimum_ballots, np.int8(Status.MISSING), np.int8(Status.GIVEN))
    asked[~tally.listed] = Status.NOT_APPLICABLE
    asked[left_out] = Status.LEFT_OUT
    return asked


def unvoted(tally: Tally) -> Mask:
    """The units for which no ballot at all was cast, not even a void one."""
    return np.asarray(~tally.counts.any(axis=1))


def _filled(
    node: Indicator, panel: Panel, points: Exact, tally: Tally, asked: NDArray[np.int8], context: Context
) -> tuple[Exact, NDArray[np.int8]]:
    """The points with the gaps filled, and the status that counts in the roll-up."""
    missing = asked == Status.MISSING
    status = np.where(missing, np.int8(Status.NOT_APPLICABLE), asked)
    averaged = missing & ~unvoted(tally) if panel.below_minimum == "mean" else np.zeros(len(asked), dtype=bool)
    if averaged.any():
        points = mean_of_category(node, points, averaged, asked == Status.GIVEN, context)
        status[averaged] = Status.GIVEN
    return points, status


def _refuse(node: Indicator, panel: Panel, tally: Tally, poll: Poll, asked: NDArray[np.int8], context: Context) -> None:
    missing, nothing = asked == Status.MISSING, unvoted(tally)
    if panel.no_ballots == "block":
        context.refuse(missing & nothing, node, _NO_BALLOTS)
    for row in np.flatnonzero(missing & ~nothing) if panel.below_minimum == "block" else ():
        why = _TOO_FEW.format(found=poll.number[row], least=panel.minimum_ballots)
        context.refuse(np.array([row]), node, why)


def _scaled(
    node: Indicator, panel: Panel, points: Exact, given: Mask, full: Exact, context: Context
) -> tuple[Exact, Exact]:
    """Points × full marks ÷ the best points of the comparison set, and that best; nothing where the best is 0."""
    groups = context.category if panel.scaled_to_best == "category" else np.zeros(len(context), dtype=np.intp)
    members, best = given & context.compared, Exact.same(0, len(context))
    for group in np.unique(groups):
        mine = groups == group
        rows = np.flatnonzero(mine & members)
        if rows.size:
            top = points[int(rows[np.argmax(points.take(rows).order())])]
            best = Exact.same(top, len(context)).where(mine, best)
        else:
            context.refuse(mine & given, node, _NOBODY_TO_COMPARE)
    return points * full / best.where(best > 0, 1), best
