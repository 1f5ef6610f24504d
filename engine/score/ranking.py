"""Places inside each category."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.exact import Exact
from engine.integers import Ints
from engine.language.grades import Ranking
from engine.rules.among import places_among
from engine.score.context import Context
from engine.score.result import NodeResult, SetResult
from engine.show import show
from engine.text import Place, Problem, Text


def places(result: SetResult, ranking: Ranking, context: Context) -> NDArray[np.int64]:
    """The place of every unit in its category; 0 for units listed separately."""
    total = result.total if ranking.on == "rounded" else result.exact_total
    keys = _ordered(total.order())
    for code in ranking.break_ties_by:
        keys = refined(keys, points_of(result.basis.nodes[code]))
    found = np.where(context.ranked, places_among(keys, context.category, context.ranked), 0)
    if ranking.ties == "error":
        _refuse_ties(result, found, context)
    return _dense(found, context) if ranking.ties == "dense" else found


def refined(keys: NDArray[np.int64], more: Ints) -> NDArray[np.int64]:
    """An order in which `more` decides between equal keys; higher is better in both."""
    return _ordered(_ordered(keys) * (len(keys) + 1) + _ordered(more))


def points_of(node: NodeResult) -> Ints:
    """What orders the units by a node."""
    return told_by(node).order()


def told_by(node: NodeResult) -> Exact:
    """The points by which a node tells units apart; where it does not count they are 0."""
    return node.points.where(node.counts(), 0)


def _ordered(keys: Ints) -> NDArray[np.int64]:
    """The keys as 0, 1, 2 … in their order."""
    return np.unique(keys, return_inverse=True)[1].astype(np.int64)


def _dense(found: NDArray[np.int64], context: Context) -> NDArray[np.int64]:
    result = found.copy()
    for category in range(context.categories):
        rows = np.flatnonzero((context.category == category) & (found > 0))
        result[rows] = np.unique(found[rows], return_inverse=True)[1] + 1
    return result


def _refuse_ties(result: SetResult, found: NDArray[np.int64], context: Context) -> None:
    text = Text(
        "第 {place} 名并列：{units}，同为 {total} 分；方案规定不得并列",
        "a tie for place {place}: {units}, {total} points; the scheme allows none",
    )
    for category in range(context.categories):
        rows = np.flatnonzero((context.category == category) & (found > 0))
        for place in np.unique(found[rows]):
            tied = [int(row) for row in rows if found[row] == place]
            if len(tied) > 1:
                names = "、".join(result.units[row].name for row in tied)
                said = text.format(place=int(place), units=names, total=show(result.total[tied[0]]))
                context.problems.append(Problem(Place(), said))
