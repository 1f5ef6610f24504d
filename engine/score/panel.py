"""A panel's tally → points: the mean of what the answers are worth."""

from __future__ import annotations

import numpy as np

from engine.exact import Exact
from engine.facts import Status
from engine.language.scheme import Indicator
from engine.panels.panel import Panel
from engine.score.context import Context, Limits, rounded
from engine.score.result import NodeResult
from engine.show import show
from engine.text import Text

_TOO_FEW = Text("有效票 {found} 张，少于规定的 {least} 张", "{found} valid ballots, fewer than the {least} required")
_NO_TALLY = Text("没有测评票", "there are no ballots")


def score_panel(node: Indicator, panel: Panel, context: Context) -> NodeResult:
    """Points of a panel for every unit: Σ votes × worth ÷ Σ votes that have a worth, rounded at the panel.

    A unit on nobody's list is not applicable: its panel drops out of the parent.
    """
    count = len(context)
    full = context.by_category(node.full)
    tally = context.facts.tallies.get(node.code)
    if tally is None:
        if panel.below_minimum == "block":
            context.refuse(~context.left_out[node.code], node, _NO_TALLY)
        status = np.where(context.left_out[node.code], np.int8(Status.LEFT_OUT), np.int8(Status.NOT_APPLICABLE))
        nothing = Exact.same(0, count)
        return NodeResult(node, full, context.stake(node, full), nothing, nothing, status, status)
    points, votes = Exact.same(0, count), Exact.same(0, count)
    for number, answer in enumerate(tally.answers):
        worth = panel.method.chosen.worth(answer)
        if worth is not None:
            cast = Exact(tally.counts[:, number])
            points, votes = points + cast * worth, votes + cast
    asked = np.where(tally.listed, np.int8(Status.GIVEN), np.int8(Status.NOT_APPLICABLE))
    asked[context.left_out[node.code]] = Status.LEFT_OUT
    status = asked.copy()
    few = (asked == Status.GIVEN) & (votes < panel.minimum_ballots)
    status[few] = Status.NOT_APPLICABLE
    if panel.below_minimum == "block":
        for row in np.flatnonzero(few):
            why = _TOO_FEW.format(found=show(votes[int(row)]), least=panel.minimum_ballots)
            context.refuse(np.array([row]), node, why)
    exact = Limits(node.cap, node.floor).hold(points / votes.at_least(1), full)
    return NodeResult(
        node, full, context.stake(node, full), exact, rounded(exact, node.rounding), status, asked, tally=tally
    )
