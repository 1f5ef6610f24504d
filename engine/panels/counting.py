"""A tally → the figure of each unit: what the votes are worth, which of them count, their mean."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from engine.exact import Exact
from engine.facts import Tally
from engine.panels.aggregates import Counts
from engine.panels.methods import Question
from engine.panels.panel import Panel


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes on one question that have points: a row per unit, a column per answer, from the worst to the best.

    `kept` are those of `counts` that the aggregate lets count, `points` their mean, 0 where there is none; `number`
    is how many votes each unit has.
    """

    question: Question
    answers: tuple[str, ...]
    worths: tuple[Fraction, ...]
    counts: Counts
    kept: Counts
    points: Exact
    number: Counts


@dataclass(frozen=True, slots=True)
class Poll:
    """What a panel said, question by question; `points` are those of the unit, `number` its valid ballots.

    Several questions go together by their weights, without those that nobody answered. A ballot may leave some of them
    open, so that the question with most answers says how many there are.
    """

    votes: tuple[Votes, ...]
    points: Exact
    number: Counts


def count_votes(panel: Panel, tally: Tally) -> Poll:
    """The votes of a panel, aggregated as the panel says; nothing is rounded."""
    votes = tuple(_votes(panel, tally, question) for question in panel.method.chosen.questions())
    number = np.max([one.number for one in votes], axis=0)
    if len(votes) == 1:
        return Poll(votes, votes[0].points, number)
    points, weights = Exact.same(0, len(number)), Exact.same(0, len(number))
    for one in votes:
        weight = Exact.same(one.question.weight, len(number)).where(one.number > 0, 0)
        points, weights = points + one.points * weight, weights + weight
    return Poll(votes, points / weights.where(weights > 0, 1), number)


def _votes(panel: Panel, tally: Tally, question: Question) -> Votes:
    method = panel.method.chosen
    mine = [answer for answer in tally.answers if method.question_of(answer) == question.code]
    worth = {answer: value for answer in mine if (value := method.worth(answer)) is not None}
    order = sorted(worth, key=lambda answer: worth[answer])
    counts = tally.counts[:, [tally.answers.index(answer) for answer in order]]
    kept = panel.aggregate.chosen.kept(counts)
    points = Exact.same(0, len(counts))
    for place, answer in enumerate(order):
        points = points + Exact(kept[:, place]) * worth[answer]
    points = points / Exact(np.maximum(kept.sum(axis=1), 1))
    worths = tuple(worth[answer] for answer in order)
    return Votes(question, tuple(order), worths, counts, kept, points, counts.sum(axis=1))
