"""Grades: total → place → threshold, quota, conditions → veto or promotion → final."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.exact import Exact, Mask
from engine.facts import Move
from engine.grammar.fields import EVERY
from engine.integers import whole
from engine.language.grades import AlsoGraded, Grade, Quota, Scale
from engine.rules.among import places_among
from engine.score.conditions import meets
from engine.score.context import Context
from engine.score.moving import moved, promotions, reasons, vetoed, vetoes
from engine.score.ranking import points_of, refined
from engine.score.reasons import Reason
from engine.score.result import NOT_GRADED, Graded, SetResult


def seats(quota: Quota, members: int, category: str = EVERY) -> int:
    """How many units of a category of so many may have the grade."""
    share = quota.share_of(category)
    if share is None:
        return quota.number_of(category)
    return max(whole(Fraction(share) * members, quota.rounding or "down"), quota.at_least)


def grade_total(
    result: SetResult, scale: Scale, moves: Sequence[Sequence[Move]], full: Exact, lifts: Sequence[str] = ()
) -> Graded:
    """The grades that the totals bring; `lifts` is what each unit's bonuses do to its grade, as a promotion does."""
    everybody = np.ones(len(result.units), dtype=bool)
    return _Count(result, scale, result.total, full, everybody, result.place).graded(moves, lifts)


def grade_also(result: SetResult, scale: AlsoGraded, moves: Sequence[Sequence[Move]], context: Context) -> Graded:
    """A second grade, on the total or on a node; a unit for which the node does not count has none."""
    if scale.on == "total":
        return grade_total(result, scale, moves, result.main.full)
    node = result.basis.nodes.get(scale.on)
    if node is None:
        nobody = np.zeros(len(result.units), dtype=bool)
        return _Count(result, scale, result.total, result.main.full, nobody, result.place * 0).graded(moves)
    members = context.ranked & node.counts()
    places = np.where(members, places_among(node.points.order(), context.category, members), 0)
    return _Count(result, scale, node.points, node.full, node.counts(), places).graded(moves)


@dataclass(frozen=True)
class _Count:
    """One scale being applied: what is graded (points, their full marks, for whom they count) and the places by it."""

    result: SetResult
    scale: Scale
    points: Exact
    full: Exact
    counts: Mask
    place: NDArray[np.int64]

    def graded(self, moves: Sequence[Sequence[Move]], lifts: Sequence[str] = ()) -> Graded:
        """Count the seats; where moves give seats back or take some inside the quota, count again without these units.

        A unit keeps what its own points and place earned, before anybody was moved.
        """
        scale = self.scale
        found = reasons(scale, moves, self.result.basis.nodes, lifts)
        basis = replace(self.result.basis, vetoed=vetoed(found))
        nobody, best = np.zeros(len(found), dtype=bool), np.zeros(len(found), dtype=np.int64)
        first = Graded(
            scale, self.points, self.full, self.counts, self.place, basis, found, nobody, nobody, best, best, best
        )
        first = replace(first, earned=earned(first, self.result))
        final = _moved(first.earned, found, scale)
        apart = (final != first.earned) & np.array([bool(own) and _leaves_the_count(own) for own in found], dtype=bool)
        seated = apart & np.array([bool(own) and _takes_a_seat(own) for own in found], dtype=bool)
        second = replace(first, apart=apart, seated=seated, grade=final, first=first.earned)
        counted = np.where(apart, first.earned, earned(second, self.result)) if apart.any() else first.earned
        return replace(second, earned=counted, grade=_moved(counted, found, scale))


def _moved(earned: NDArray[np.int64], found: Sequence[Sequence[Reason]], scale: Scale) -> NDArray[np.int64]:
    """The final grades; a unit without a reason keeps what it earned."""
    final = earned.copy()
    for row, own in enumerate(found):
        if own:
            final[row] = moved(int(earned[row]), own, scale)
    return final


def _leaves_the_count(own: Sequence[Reason]) -> bool:
    """Whether a unit that is moved gives its seat back: a veto that refills, a promotion that takes another seat."""
    return any(block.refill for block in vetoes(own)) or _takes_a_seat(own)


def _takes_a_seat(own: Sequence[Reason]) -> bool:
    return any(block.inside_quota for block in promotions(own))


def earned(graded: Graded, result: SetResult) -> NDArray[np.int64]:
    """The grade (position, best first) that points and place bring, before any move; units apart are not counted.

    Units listed separately are graded by thresholds alone; a grade that has only a quota is closed to them.
    """
    scale, ranked = graded.scale, graded.place > 0
    found = np.full(len(result.units), len(scale.grades) - 1)
    open_rows = ~graded.apart
    for number, grade in enumerate(scale.grades[:-1]):
        candidates = open_rows & _qualified(grade, graded)
        if grade.from_ is None:
            candidates &= ranked
        if grade.quota is not None:
            candidates &= _within(grade.quota, number, candidates, graded, result) | ~ranked
        found[candidates] = number
        open_rows &= ~candidates
    return np.where(graded.counts, found, NOT_GRADED)


def _qualified(grade: Grade, graded: Graded) -> Mask:
    """Who reaches the line and meets the conditions."""
    found = meets(grade.only_if, graded.basis)
    return found if grade.from_ is None else found & (graded.points >= line_of(grade, graded))


def line_of(grade: Grade, graded: Graded) -> Exact:
    """The line of a grade per unit; 0 without one."""
    line = grade.from_
    if line is None or not line.relative:
        return Exact.same(line.amount if line else 0, len(graded.full))
    return graded.full * line.amount


def _within(quota: Quota, number: int, candidates: Mask, graded: Graded, result: SetResult) -> Mask:
    """The best candidates of each category, as many as it has seats; equals at the cut are all in or all out."""
    chosen = np.zeros(len(result.units), dtype=bool)
    keys = _keys(quota, graded)
    for category in range(len(result.plan.categories)):
        rows = np.flatnonzero((result.category == category) & (graded.place > 0) & candidates)
        ordered = np.sort(-keys[rows])
        better = np.searchsorted(ordered, -keys[rows], side="left")
        not_worse = np.searchsorted(ordered, -keys[rows], side="right")
        room = _room(quota, number, category, graded, result).left
        chosen[rows] = (not_worse <= room) | ((better < room) & quota.all_in)
    return chosen


def _keys(quota: Quota, graded: Graded) -> NDArray[np.int64]:
    """What orders candidates, higher is better: the place, then the points that the quota breaks ties by."""
    found = np.unique(-graded.place, return_inverse=True)[1].astype(np.int64)
    for code in quota.break_by:
        if code in graded.basis.nodes:
            found = refined(found, points_of(graded.basis.nodes[code]))
    return found


class Room(NamedTuple):
    """The seats of a grade in a category: its members, all seats, those that promotions have taken."""

    members: int
    seats: int
    taken: int

    @property
    def left(self) -> int:
        """The seats that go by place."""
        return max(self.seats - self.taken, 0)


def _room(quota: Quota, number: int, category: int, graded: Graded, result: SetResult) -> Room:
    members = (result.category == category) & (graded.place > 0)
    count = int(members.sum())
    taken = int((members & graded.seated & (graded.grade == number)).sum())
    return Room(count, seats(quota, count, list(result.plan.categories)[category]), taken)


class Cut(NamedTuple):
    """How a quota meets one unit: the room, the candidates before it, those level with it, those of the same place."""

    room: Room
    before: int
    level: int
    same_place: int


def cut(quota: Quota, number: int, graded: Graded, result: SetResult, row: int) -> Cut:
    """How the quota of a grade met a ranked unit that qualified; `number` is the position of the grade."""
    if graded.apart[row]:  # it was counted before anybody was moved
        nobody = np.zeros(len(result.units), dtype=bool)
        graded = replace(graded, apart=nobody, seated=nobody, earned=graded.first)
    members = (result.category == result.category[row]) & (graded.place > 0) & ~graded.apart
    candidates = members & (graded.earned >= number) & _qualified(graded.scale.grades[number], graded)
    keys = _keys(quota, graded)
    before = int((keys[candidates] > keys[row]).sum())
    level = int((keys[candidates] == keys[row]).sum())
    same = int((graded.place[candidates] == graded.place[row]).sum())
    return Cut(_room(quota, number, int(result.category[row]), graded, result), before, level, same)
