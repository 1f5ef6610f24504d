"""How close the next grade is: what is missing to its line, or to the last unit that has a seat of its quota."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from engine.language.grades import Grade
from engine.language.model import Evaluation
from engine.score.grading import seats
from engine.show import show
from engine.text import Text
from scoring.models import ScoreSheet

_FAR_BELOW = Fraction(-(10**12))
BEST = Text("已是最高等次", "the best grade")
_NOTHING = Text("", "")
_LINE = Text("距“{grade}”线 {points} 分", '{points} to the line of "{grade}"')
_SEAT = Text("距“{grade}”名额末位 {points} 分", '{points} to the last seat of "{grade}"')
_BY_QUOTA = Text("“{grade}”按名额评定", '"{grade}" goes by quota')
_CONDITION = Text("分数够“{grade}”，另有条件未达到", 'enough points for "{grade}", but for another condition')


class Nearness:
    """The distances in one category; `sheets` are all of its sheets. Seats are left out where others are not shown."""

    def __init__(
        self, evaluation: Evaluation, category: str, sheets: Sequence[ScoreSheet], *, by_seats: bool = True
    ) -> None:
        self.evaluation, self.category, self.by_seats = evaluation, category, by_seats
        self.ranked = [sheet for sheet in sheets if sheet.place]
        self.position = {grade.name: number for number, grade in enumerate(evaluation.grades)}
        self.seat = {grade.name: self._seat(grade) for grade in evaluation.grades}

    def of(self, sheet: ScoreSheet) -> Text:
        """What a unit is short of, in one sentence; nothing for one without a grade.

        A veto leaves the distance as the points have it; a promotion has gone some of the way.
        """
        earned = self.position.get(sheet.grade_earned)
        if earned is None:
            return _NOTHING
        at = min(earned, self.position.get(sheet.grade, earned))
        if at == 0:
            return BEST
        grade = self.evaluation.grades[at - 1]
        total = Fraction(sheet.total)
        line, seat = self._line(grade) - total, self.seat[grade.name] - total
        if grade.quota is not None and not self.by_seats and line <= 0:
            return _BY_QUOTA.format(grade=grade.name)
        if max(line, seat) <= 0:
            return _CONDITION.format(grade=grade.name)
        text, points = (_LINE, line) if line >= seat else (_SEAT, seat)
        return text.format(grade=grade.name, points=show(points, self._places))

    @property
    def _places(self) -> int:
        return self.evaluation.rounding.total.digits or 0

    def _line(self, grade: Grade) -> Fraction:
        """The points from which a grade is given; below everything where none are stated."""
        return grade.from_.of(self.evaluation.full_marks) if grade.from_ is not None else _FAR_BELOW

    def _seat(self, grade: Grade) -> Fraction:
        """The points of the last unit with a seat, once all seats are taken; below everything before that."""
        if grade.quota is None or not self.by_seats:
            return _FAR_BELOW
        holders = [Fraction(one.total) for one in self.ranked if one.grade_earned == grade.name]
        full = len(holders) >= seats(grade.quota, len(self.ranked), self.category)
        return min(holders, default=_FAR_BELOW) if full else _FAR_BELOW
