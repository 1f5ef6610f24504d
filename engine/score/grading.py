"""Grades: total → place → threshold and quota → veto or promotion → final."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.exact import Mask
from engine.facts import Move
from engine.integers import whole
from engine.language.grades import GradeMove, Quota
from engine.language.model import Evaluation
from engine.score.conditions import meets
from engine.score.context import Context
from engine.score.result import SetResult


def seats(quota: Quota, members: int) -> int:
    """How many units of a category of so many may have the grade."""
    return max(whole(Fraction(quota.share) * members, quota.rounding), quota.at_least)


def earned(result: SetResult, evaluation: Evaluation, context: Context) -> NDArray[np.int64]:
    """The grade (position, best first) that total and place bring, before any veto.

    Units listed separately are graded by thresholds alone; a grade that has only a quota is closed to them.
    """
    grades = evaluation.grades
    lowest = len(grades) - 1
    found = np.full(len(context), lowest)
    open_rows = np.ones(len(context), dtype=bool)
    for number, grade in enumerate(grades[:-1]):
        line = grade.from_.of(evaluation.full_marks) if grade.from_ else None
        above = result.total >= line if line is not None else np.array(context.ranked)
        candidates = open_rows & above & meets(grade.only_if, result.basis)
        if grade.quota is not None:
            candidates &= _within(grade.quota, candidates, result, context) | ~context.ranked
        found[candidates] = number
        open_rows &= ~candidates
    return found


class Cut(NamedTuple):
    """How a quota meets one unit: its category, the seats, the candidates before the unit and level with it."""

    members: int
    room: int
    before: int
    level: int


def cut(quota: Quota, number: int, result: SetResult, evaluation: Evaluation, row: int) -> Cut:
    """How the quota of a grade met a ranked unit that reached its line; `number` is the position of the grade."""
    grade = evaluation.grades[number]
    members = (result.category == result.category[row]) & (result.place > 0)
    candidates = members & (result.earned >= number)
    if grade.from_ is not None:
        candidates &= result.total >= grade.from_.of(evaluation.full_marks)
    candidates &= meets(grade.only_if, result.basis)
    places, own = result.place[candidates], result.place[row]
    count = int(members.sum())
    return Cut(count, seats(quota, count), int((places < own).sum()), int((places == own).sum()))


def _within(quota: Quota, candidates: NDArray[np.bool_], result: SetResult, context: Context) -> NDArray[np.bool_]:
    """The best candidates of each category, as many as it has seats; equals at the cut are all in or all out."""
    chosen = np.zeros(len(context), dtype=bool)
    for category in range(context.categories):
        members = (context.category == category) & context.ranked
        room = seats(quota, int(members.sum()))
        rows = np.flatnonzero(members & candidates)
        places = result.place[rows]
        ordered = np.sort(places)
        better = np.searchsorted(ordered, places, side="left")
        not_worse = np.searchsorted(ordered, places, side="right")
        chosen[rows] = (not_worse <= room) | ((better < room) & (quota.ties == "all_in"))
    return chosen


def moves_in_force(moves: Iterable[Move]) -> list[Move]:
    """Moves are proposals until a body has decided."""
    return [move for move in moves if move.decision]


def in_force(rule: GradeMove | None, moves: Iterable[list[Move]]) -> Mask:
    """Which units have a decided move on a ground of the rule; `moves` are those of each unit."""
    found = [_hit(rule, {move.ground for move in moves_in_force(own)}) for own in moves]
    return np.array(found, dtype=bool)


def moved(grade: int, moves: list[Move], evaluation: Evaluation, lifts: str = "") -> int:
    """The final grade: several vetoes lower once, a veto cancels a promotion, the lowest stays.

    `lifts` is what the unit's bonuses do to the grade, as a promotion does; of several promotions the best counts.
    """
    lowest = len(evaluation.grades) - 1
    grounds = {move.ground for move in moves_in_force(moves)}
    if _hit(evaluation.veto, grounds):
        effect = evaluation.veto.effect if evaluation.veto else ""
        return {"down_one": min(grade + 1, lowest), "bar_from_top": max(grade, 1), "lowest": lowest}[effect]
    effects = {lifts}
    if evaluation.promotion and _hit(evaluation.promotion, grounds):
        effects.add(evaluation.promotion.effect)
    return 0 if "top" in effects else max(grade - 1, 0) if "up_one" in effects else grade


def _hit(rule: GradeMove | None, grounds: set[str]) -> bool:
    return rule is not None and not grounds.isdisjoint(rule.grounds)
