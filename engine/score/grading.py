"""Grades: total → place → threshold, quota, conditions → veto or promotion → final."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

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
from engine.score.cuts import Cut, Cuts, before, left, not_worse
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
        """Count the seats; while moves give seats back or take some inside the quota, count again without these units.

        A unit that leaves the count keeps what it earned when it was last counted. None comes back, so this ends.
        """
        scale, size = self.scale, len(self.result.units)
        found = reasons(scale, moves, self.result.basis.nodes, lifts)
        basis = replace(self.result.basis, vetoed=vetoed(found))
        nobody, best = np.zeros(size, dtype=bool), np.zeros(size, dtype=np.int64)
        blank = Graded(
            scale, self.points, self.full, self.counts, self.place, basis, found, nobody, nobody, best, best, {}
        )
        graded = _counted(blank, self.result)
        while (leaving := _leaving(graded)).any():
            apart = graded.apart | leaving
            held = np.array([bool(own) and _takes_a_seat(own) for own in found], dtype=bool)
            seated = apart & (held | (graded.grade == graded.earned))
            graded = _counted(replace(graded, apart=apart, seated=seated), self.result)
        return graded


def _moved(earned: NDArray[np.int64], found: Sequence[Sequence[Reason]], scale: Scale) -> NDArray[np.int64]:
    """The final grades; a unit without a reason keeps what it earned."""
    final = earned.copy()
    for row, own in enumerate(found):
        if own:
            final[row] = moved(int(earned[row]), own, scale)
    return final


def _leaving(graded: Graded) -> Mask:
    """Whom a move takes out of the count: a veto that refills, a promotion that takes another seat.

    Also who may not keep the seat for which it stands level at the cut: it keeps no one else from it.
    """
    found = graded.grade != graded.earned
    for number, cuts in graded.cuts.items():
        found |= (before(cuts) < left(cuts)) & (graded.earned > number) & _kept_from(number, graded)
    free = np.array([bool(own) and _leaves_the_count(own) for own in graded.reasons], dtype=bool)
    return np.asarray(found & free & ~graded.apart)


def _kept_from(number: int, graded: Graded) -> Mask:
    """Who would not keep a grade, if it earned it."""
    found = [bool(own) and moved(number, own, graded.scale) != number for own in graded.reasons]
    return np.array(found, dtype=bool)


def _leaves_the_count(own: Sequence[Reason]) -> bool:
    return any(block.refill for block in vetoes(own)) or _takes_a_seat(own)


def _takes_a_seat(own: Sequence[Reason]) -> bool:
    return any(block.inside_quota for block in promotions(own))


def _counted(graded: Graded, result: SetResult) -> Graded:
    """The grades (positions, best first) that points and place bring, and the final ones; units apart keep theirs.

    Units listed separately are graded by thresholds alone; a grade that has only a quota is closed to them.
    """
    scale, ranked = graded.scale, graded.place > 0
    earned = np.full(len(result.units), len(scale.grades) - 1)
    open_rows = ~graded.apart
    cuts = {}
    for number, grade in enumerate(scale.grades[:-1]):
        candidates = open_rows & _qualified(grade, graded)
        if grade.from_ is None:
            candidates &= ranked
        if grade.quota is not None:
            now = _cuts(grade.quota, number, candidates, graded, result)
            cuts[number] = np.where(graded.apart, graded.cuts[number], now) if graded.cuts else now
            candidates &= _inside(grade.quota, now) | ~ranked
        earned[candidates] = number
        open_rows &= ~candidates
    earned = np.where(graded.apart, graded.earned, np.where(graded.counts, earned, NOT_GRADED))
    return replace(graded, earned=earned, grade=_moved(earned, graded.reasons, scale), cuts=cuts)


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


def _inside(quota: Quota, cuts: Cuts) -> Mask:
    """Who of the candidates finds a seat; equals at the cut are all in or all out."""
    return (not_worse(cuts) <= left(cuts)) | ((before(cuts) < left(cuts)) & quota.all_in)


def _cuts(quota: Quota, number: int, candidates: Mask, graded: Graded, result: SetResult) -> Cuts:
    """How the quota of a grade (its position) meets its ranked candidates, category by category."""
    found = np.zeros((len(Cut._fields), len(result.units)), dtype=np.int64)
    keys = _keys(quota, graded)
    for category, code in enumerate(result.plan.categories):
        members = (result.category == category) & (graded.place > 0)
        rows = np.flatnonzero(members & candidates)
        count = int(members.sum())
        taken = int((members & graded.seated & (graded.grade == number)).sum())
        ahead, level = _among(-keys[rows])
        same_place = _among(graded.place[rows])[1]
        found[:3, rows] = np.array([[count], [seats(quota, count, code)], [taken]])
        found[3:, rows] = np.stack([ahead, level, same_place])
    return found


def _among(order: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each: how many come before it and how many are level with it, lower first."""
    ordered = np.sort(order)
    ahead = np.searchsorted(ordered, order, side="left").astype(np.int64)
    return ahead, np.searchsorted(ordered, order, side="right").astype(np.int64) - ahead


def _keys(quota: Quota, graded: Graded) -> NDArray[np.int64]:
    """What orders candidates, higher is better: the place, then the points that the quota breaks ties by."""
    found = np.unique(-graded.place, return_inverse=True)[1].astype(np.int64)
    for code in quota.break_by:
        if code in graded.basis.nodes:
            found = refined(found, points_of(graded.basis.nodes[code]))
    return found
