"""A unit beside its category: each part against the mean and the best of those that are ranked with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from engine.exact import Rows
from engine.score.result import NodeResult, SetResult
from engine.show import show
from scoring.models import ScoreSheet
from scoring.showing.again import Executed
from scoring.showing.bars import WIDTH, share
from scoring.showing.ranking import mean_of

_PLACES = 2
_LINE, _DOT = 2, 5  # how wide the marks of mean and best are drawn


@dataclass(frozen=True, slots=True)
class Beside:
    """One number of a unit beside those of its category; `*_at` are places on a bar of full marks."""

    name: str
    full: str
    points: str
    mean: str
    best: str
    place: int | None
    of: int
    at: int
    mean_at: int
    best_at: int
    below: bool
    children: Sequence[Beside] = ()


def beside(found: Executed, sheet: ScoreSheet) -> list[Beside]:
    """The total, then each part and what it is made of."""
    result, row = found.seat(sheet)
    peers = _peers(result, row)
    evaluation = found.outcome.plan.written
    full, places = Fraction(evaluation.full_marks), evaluation.rounding.total.digits or 0
    totals = [result.total[peer] for peer in peers]
    whole = _beside("", full, result.total[row], totals, places)
    return [whole, *_parts(result.parts, peers, row, deep=True)]


def _peers(result: SetResult, row: int) -> Rows:
    """The ranked units of the category; a unit listed separately stands beside them without being one of them."""
    return np.flatnonzero((result.category == result.category[row]) & (result.place > 0))


def _parts(nodes: Sequence[NodeResult], peers: Rows, row: int, deep: bool) -> Iterator[Beside]:
    for node in nodes:
        counts = node.counts()
        if not counts[peers].any() and not counts[row]:
            continue
        points = [node.points[peer] for peer in peers if counts[peer]]
        below = tuple(_parts(node.children, peers, row, deep=False)) if deep else ()
        mine = node.points[row] if counts[row] else None
        yield _beside(node.node.name, node.full[row], mine, points, node.node.rounding.digits or 0, below)


def _beside(
    name: str, full: Fraction, mine: Fraction | None, all_: list[Fraction], places: int, below: Sequence[Beside] = ()
) -> Beside:
    mean = sum(all_, Fraction(0)) / len(all_) if all_ else None
    best = max(all_, default=None)
    return Beside(
        name, show(full), show(mine, places) if mine is not None else "",
        mean_of(all_, max(places, _PLACES)), show(best, places) if best is not None else "",
        1 + sum(points > mine for points in all_) if mine is not None else None, len(all_),
        _at(mine, full), _at(mean, full, _LINE), _at(best, full, _DOT),
        mine is not None and mean is not None and mine < mean, below,
    )  # fmt: skip


def _at(points: Fraction | None, full: Fraction, wide: int = 0) -> int:
    """Where points stand on the bar; a mark that is so wide stays on it."""
    return min(share(points, full) * WIDTH // 100, WIDTH - wide)
