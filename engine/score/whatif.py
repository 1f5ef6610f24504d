"""What-if: the totals under other weights, many draws of them at once; the points of leaves stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from engine.exact import Exact
from engine.language.model import Evaluation
from engine.score.context import Limits, rounded
from engine.score.result import NodeResult, SetResult
from engine.score.rollup import brought
from engine.score.run import with_extras

_AT_ONCE = 2**18  # totals that are worked on together: few steps, and no more memory than a few of these take


def what_if(result: SetResult, evaluation: Evaluation, weights: Mapping[str, Exact]) -> Iterator[Exact]:
    """The totals that a scored set would have under other weights.

    Every node above a changed weight is rolled up anew, with its cap, floor and rounding; bonuses and deductions stay.

    Args:
        result: the set as it was scored.
        evaluation: what it was scored by.
        weights: by the code of a node that has a weight, a new one per draw, not negative; other nodes keep theirs.

    Yields:
        The totals of some draws after the others: an `Exact` whose `num` has one row per draw and one column per unit.

    Raises:
        ValueError: a code that names no weighted node, a node above that does not go by weights, or columns of
            different lengths.
    """
    draws = _draws(result, weights)
    full = Exact.same(evaluation.full_marks, len(result.units))
    step = max(_AT_ONCE // max(len(result.units), 1), 1)
    for first in range(0, draws, step):
        chosen = np.arange(first, min(first + step, draws))
        drawn = {code: _upright(column.take(chosen)) for code, column in weights.items()}
        base = brought(tuple(_rolled_up(part, drawn) for part in result.parts), full)
        exact = with_extras(base, result.bonuses, result.deductions, evaluation)
        yield rounded(exact, evaluation.rounding.total)


def _draws(result: SetResult, weights: Mapping[str, Exact]) -> int:
    """How many draws there are."""
    weighted = {node.node.code for node in result.nodes() if node.node.weight is not None}
    if strange := sorted(weights.keys() - weighted):
        raise ValueError(f"no weight to change: {', '.join(strange)}")
    lengths = {len(column) for column in weights.values()}
    if len(lengths) != 1:
        raise ValueError("every weight needs one value per draw")
    return lengths.pop()


def _upright(column: Exact) -> Exact:
    """One draw per row, so that numpy spreads it over the units, which stand side by side."""
    den = column.den if isinstance(column.den, int) else column.den[:, None]
    return Exact(column.num[:, None], den)


def _rolled_up(result: NodeResult, drawn: Mapping[str, Exact]) -> NodeResult:
    """A node with its new weight, and with new points if a weight below it is new."""
    node, stake = result.node, drawn.get(result.node.code, result.stake)
    if not any(below.node.code in drawn for child in result.children for below in child.walk()):
        return replace(result, stake=stake)
    if node.roll_up != "sum":
        raise ValueError(f"{node.code} does not go by weights")
    children = tuple(_rolled_up(child, drawn) for child in result.children)
    exact = Limits(node.cap, node.floor).hold(brought(children, result.full), result.full)
    return replace(result, stake=stake, children=children, points=rounded(exact, node.rounding))
