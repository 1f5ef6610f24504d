"""A tally → the figure of each unit: what the votes are worth, which of them count, their mean."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from engine.exact import Exact
from engine.facts import Tally
from engine.panels.aggregates import Counts
from engine.panels.panel import Panel


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes that have points, one row per unit and one column per answer, from the worst answer to the best.

    `kept` are those of `counts` that the aggregate lets count, `points` their mean, 0 where there is none; `number`
    is how many votes each unit has.
    """

    answers: tuple[str, ...]
    worths: tuple[Fraction, ...]
    counts: Counts
    kept: Counts
    points: Exact
    number: Counts


def count_votes(panel: Panel, tally: Tally) -> Votes:
    """The votes of a panel, aggregated as the panel says; nothing is rounded."""
    method = panel.method.chosen
    worth = {answer: value for answer in tally.answers if (value := method.worth(answer)) is not None}
    order = sorted(worth, key=lambda answer: worth[answer])
    counts = tally.counts[:, [tally.answers.index(answer) for answer in order]]
    kept = panel.aggregate.chosen.kept(counts)
    points = Exact.same(0, len(counts))
    for place, answer in enumerate(order):
        points = points + Exact(kept[:, place]) * worth[answer]
    points = points / Exact(np.maximum(kept.sum(axis=1), 1))
    worths = tuple(worth[answer] for answer in order)
    return Votes(tuple(order), worths, counts, kept, points, counts.sum(axis=1))
